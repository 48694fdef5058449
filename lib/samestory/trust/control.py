"""Right, wrong or mend: a control that writes what a reader thinks of a row into corrections.csv."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import ipywidgets as widgets
import pandas as pd
from IPython.display import display

from samestory.pages.controls import LONGEST_OPTION, NAMED, ROW, VIEW
from samestory.pages.html import render, show_html
from samestory.pages.progress import someone_is_there
from samestory.pages.tables import format_value, show_table
from samestory.reading import corrections as kinds
from samestory.story import Story
from samestory.trust.corrections import correct

MOST = 500  # rows to choose from
_NONE_YET = "Nothing here was corrected by hand yet."


class Judged(NamedTuple):
    """What can be said of a row of one table: it is right, it is wrong, it should be ..."""

    columns: tuple[str, ...]  # by which the table is known
    right: str  # kind of correction; "" where there is none
    wrong: str
    mended: str
    value: str = ""  # the column that holds the machine's answer


_JUDGED = (  # the first whose columns the table has
    Judged(("name", "perhaps"), kinds.SAME_NAME, kinds.DIFFERENT_NAMES, "", "perhaps"),
    Judged(("article_a", "article_b"), kinds.SAME_STATEMENT, kinds.DIFFERENT_STATEMENTS, ""),
    Judged(("speaker", "text"), kinds.SPEAKER, kinds.NO_QUOTE, kinds.SPEAKER, "speaker"),
    Judged(("value", "text"), kinds.DATE, kinds.NO_DATE, kinds.DATE, "value"),
    Judged(("entity", "text"), kinds.WHO, "", kinds.WHO, "entity"),
    Judged(("frame", "text"), "", kinds.NO_FRAME, "", "frame"),
    Judged(("score", "text"), "", kinds.NOT_LOADED, ""),
)


def mend(story: Story, rows: pd.DataFrame, *, folder: str | Path) -> None:
    """Display what was corrected of such rows so far, and in JupyterLab a control to say more of each.

    "Right" keeps the machine's answer, also where a later version would give another. "Wrong" takes the row
    out. "Mend" writes what you say instead. Each is a row of `corrections.csv`, and counts from the next run.

    Args:
        rows: quotes, times, events, mentions, frames or loaded words with article_id, start and text; pairs
            of sentences (`same_statements`); pairs of names (`names.perhaps_one`).
        folder: the folder of the articles.
    Raises:
        ValueError: it is no such table.
    """
    judged = _judged(rows)
    if someone_is_there() and len(rows):
        _show_control(story, rows.head(MOST).reset_index(drop=True), judged, folder)
    columns = ["kind", "value", "words", "result", "reason", "article_id", "start"]
    made = story.corrections[story.corrections["kind"].isin([judged.right, judged.wrong, judged.mended])]
    if made.empty:
        show_html(render("nothing.html.j2", text=_NONE_YET), _NONE_YET)
    else:
        show_table(made[columns].dropna(axis="columns", how="all"), caption="Corrected by hand")


def judge(
    story: Story, row: Mapping[str, Any] | pd.Series, verdict: str, value: str = "", *, folder: str | Path
) -> Path:
    """Write down what a reader thinks of one row.

    Args:
        row: as in `mend`.
        verdict: right, wrong or mend.
        value: what is right, for mend.
    Returns:
        the file.
    Raises:
        ValueError: nothing of the kind can be said of such a row, or what `correct` raises.
    """
    judged = _judged(pd.DataFrame([dict(row)]))
    kind = {"right": judged.right, "wrong": judged.wrong, "mend": judged.mended}.get(verdict)
    if not kind:
        raise ValueError(f"verdict={verdict!r}: expected one of: {', '.join(_verdicts(judged))}")
    if judged.columns == ("name", "perhaps"):
        return correct(folder, kind, row["name"], row["perhaps"])
    if judged.columns == ("article_a", "article_b"):
        one, other = (_side(story, row, side) for side in "ab")
        return correct(folder, kind, one, other=other, story=story)
    answer = row[judged.value] if judged.value else ""
    if kind == kinds.NO_FRAME or verdict == "right":
        value = "nobody" if pd.isna(answer) and kind == kinds.SPEAKER else str(answer)
    return correct(folder, kind, row, value, story=story)


def _judged(rows: pd.DataFrame) -> Judged:
    found = next((one for one in _JUDGED if set(one.columns) <= set(rows.columns)), None)
    if found is None or ("text" in found.columns and not {"article_id", "start"} <= set(rows.columns)):
        known = "quotes, times, events, mentions, frames, loaded words, same_statements, perhaps_one"
        raise ValueError(f"no table to be corrected: it has {list(rows.columns)}; expected one of: {known}")
    return found


def _verdicts(judged: Judged) -> list[str]:
    said = {"right": judged.right, "wrong": judged.wrong, "mend": judged.mended}
    return [verdict for verdict, kind in said.items() if kind]


def _side(story: Story, row: Mapping[str, Any] | pd.Series, side: str) -> dict[str, Any]:
    """The sentence on one side of a pair."""
    article_id, sentences = row[f"article_{side}"], story.sentences
    own = sentences[sentences["article_id"] == article_id]
    if f"sentence_{side}" in row:
        own = own[own["sentence"] == row[f"sentence_{side}"]]
    elif f"start_{side}" in row:
        own = own[(own["start"] <= row[f"start_{side}"]) & (own["end"] > row[f"start_{side}"])]
    if len(own) != 1:
        raise ValueError(
            f"the row names no sentence of {article_id!r}; expected sentence_{side} or start_{side}"
        )
    return own.iloc[0][["article_id", "start", "text"]].to_dict()


def _show_control(story: Story, rows: pd.DataFrame, judged: Judged, folder: str | Path) -> None:
    """Choose a row, say what you think of it; a line says what was written."""
    labels = [_label(story, row, judged) for row in rows.to_dict("records")]
    row = widgets.Dropdown(options=list(zip(labels, rows.index, strict=True)), description="row", **NAMED)
    answer = widgets.Text(
        placeholder="what is right", description=judged.value.replace("_", " ") or "value", **NAMED
    )
    said = widgets.Label("")
    box = widgets.HBox([row, *_buttons(judged, _writer(story, rows, row, answer, said, folder))], layout=ROW)
    below = widgets.HBox(([answer] if judged.mended else []) + [said], layout=ROW)
    whole = widgets.VBox([box, below])
    display({VIEW: whole._repr_mimebundle_()[VIEW]}, raw=True)


def _buttons(judged: Judged, write: Callable[[str], None]) -> list[widgets.Button]:
    signs = {"right": "✓ right", "wrong": "✗ wrong", "mend": "mend"}
    buttons = []
    for verdict in _verdicts(judged):
        button = widgets.Button(description=signs[verdict], layout={"width": "auto"})
        button.on_click(lambda _, verdict=verdict: write(verdict))
        buttons.append(button)
    return buttons


def _writer(
    story: Story,
    rows: pd.DataFrame,
    row: widgets.Dropdown,
    answer: widgets.Text,
    said: widgets.Label,
    folder: str | Path,
) -> Callable[[str], None]:
    def write(verdict: str) -> None:
        try:
            file = judge(story, rows.loc[row.value], verdict, answer.value, folder=folder)
        except (ValueError, OSError) as problem:
            said.value = f"Not written: {problem}"
        else:
            said.value = f"Written into {file.name}. Run the notebook again to see it everywhere."
            answer.value = ""

    return write


def _label(story: Story, row: Mapping[str, Any], judged: Judged) -> str:
    """A row in few words, to be chosen from a list."""
    if judged.columns == ("name", "perhaps"):
        text = f"{row['name']} = {row['perhaps']}"
    elif judged.columns == ("article_a", "article_b"):
        one, other = (" ".join(_side(story, row, side)["text"].split()) for side in "ab")
        half = LONGEST_OPTION // 2 - 3
        text = f"{one[:half]} … = {other[:half]}"
    else:
        about = format_value(row[judged.value]) if judged.value else row["article_id"]
        text = f"{about}: {' '.join(str(row['text']).split())}"
    return text if len(text) <= LONGEST_OPTION else text[: LONGEST_OPTION - 2] + " …"
