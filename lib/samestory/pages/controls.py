"""Controls: choices, sliders and a search box above an answer, which is drawn anew at every change.

They are there only while somebody is there to use them. A run that is stored or rendered holds the answer
to the first choice as an ordinary output, and nothing of the control.
"""

import operator
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import ipywidgets as widgets
import pandas as pd
from IPython import get_ipython
from IPython.display import display, update_display
from IPython.utils.capture import capture_output
from markupsafe import escape

from samestory.pages.context import unfold
from samestory.pages.html import show_html
from samestory.pages.pictures import show_figure
from samestory.pages.progress import someone_is_there
from samestory.pages.tables import show_table
from samestory.story import Story

VIEW = "application/vnd.jupyter.widget-view+json"
SEARCHED_FROM = 8  # rows; a shorter table is read faster than a word is typed
BOXES = 12  # outlets that get a box each; more are a list
LONGEST_OPTION = 80  # characters
STEP = 0.05  # of a slider
ROW = {"flex_flow": "row wrap", "grid_gap": "0 1.2em"}
NAMED = {"style": {"description_width": "initial"}, "layout": {"width": "auto", "max_width": "40em"}}


def ask(
    story: Story,
    about: pd.DataFrame | Callable[..., pd.DataFrame],
    *,
    by: str | Sequence[str] | Mapping[str, Any] = (),
    columns: Sequence[str] | None = None,
    caption: str | None = None,
    limit: int = 40,
    draw: Callable[..., Any] | None = None,
    alt: str = "",
    **choices: Sequence[Any] | str,
) -> None:
    """Display a table, or what is drawn from it, with controls for what else it could show.

    Where nobody is there to use them (a run that is stored, rendered or tested), the answer stands alone.

    Args:
        about: a table, or a function of the story and the choices that gives one.
        by: columns whose rows can be chosen: outlets by boxes, numbers by their least, others from a list.
            A mapping gives each column's first choice, None for all rows.
        columns: those that the table shows; all when None. A table is searched in what it shows.
        caption: may name the choices in braces: "Terms of the frame: {frame}".
        limit: rows that are shown.
        draw: shows one thing from the chosen rows, or returns axes; a table is shown when None.
        alt: of the axes, as in `show_figure`.
        choices: name -> what to choose from, the first choice first; or one text to write over. They go to
            `about`, or to `draw` where `about` is a table.
    Raises:
        ValueError: nothing to choose from, or what `about` raises.
    """
    for name, options in choices.items():
        if not len(options):
            raise ValueError(f"{name}: nothing to choose from; expected at least one value, or a text")
    first = {name: one if isinstance(one, str) else one[0] for name, one in choices.items()}
    by = dict(by) if isinstance(by, Mapping) else dict.fromkeys([by] if isinstance(by, str) else by)
    question = _Question(story, about, columns, caption, limit, draw, alt)
    state = _State(first, by)
    if someone_is_there():
        _show_live(question, state, choices)
    elif get_ipython() is None:  # on a terminal, where nothing can be captured
        question.show(state)
    else:
        data, metadata = question.answer(state)
        display(data, metadata=metadata, raw=True)


def without_controls(model: dict, **_: Any) -> None:
    """Take the controls out of a notebook that is being saved: the answers stay, as ordinary outputs.

    For Jupyter's `ContentsManager.pre_save_hook`; changes the model in place.
    """
    if model.get("type") != "notebook" or not model.get("content"):
        return
    model["content"]["metadata"].pop("widgets", None)
    for cell in model["content"]["cells"]:
        if "outputs" in cell:
            cell["outputs"] = [one for one in cell["outputs"] if VIEW not in one.get("data", {})]


@dataclass
class _State:
    """What is chosen: arguments, rows by their columns, words that a row must have."""

    chosen: dict[str, Any]
    by: dict[str, Any]
    words: str = ""
    as_table: bool = False


@dataclass
class _Question:
    """What is asked, and how its answer is shown."""

    story: Story
    about: pd.DataFrame | Callable[..., pd.DataFrame]
    columns: Sequence[str] | None
    caption: str | None
    limit: int
    draw: Callable[..., Any] | None
    alt: str
    made: dict[tuple, pd.DataFrame] = field(default_factory=dict)

    def table(self, state: _State) -> pd.DataFrame:
        """All rows for what is chosen; made once."""
        if isinstance(self.about, pd.DataFrame):
            return self.about
        key = tuple(state.chosen.values())
        if key not in self.made:
            self.made[key] = self.about(self.story, **state.chosen)
        return self.made[key]

    def show(self, state: _State) -> None:
        """Display the answer."""
        rows = self.table(state)
        for column, value in state.by.items():
            rows = _kept(rows, column, value)
        if self.draw is not None and not state.as_table:
            options = state.chosen if isinstance(self.about, pd.DataFrame) else {}
            ax = self.draw(rows, **options)
            if ax is not None:
                show_figure(ax, alt=self.alt)
            return
        shown = rows if self.columns is None else rows[list(self.columns)]
        caption = self.caption.format(**state.chosen) if self.caption and state.chosen else self.caption
        show_table(shown[_with_words(shown, state.words)], caption=caption, limit=self.limit)

    def answer(self, state: _State) -> tuple[dict, dict]:
        """The answer as data to be displayed, its passages to be unfolded, and their metadata."""
        data, metadata = _captured(lambda: self.show(state))
        if "text/html" in data:
            data["text/html"] = unfold(data["text/html"], self.story)
        return data, metadata


def _show_live(question: _Question, state: _State, choices: Mapping[str, Sequence[Any] | str]) -> None:
    """Display the controls, and below them the answer, which they replace."""
    answer_id, controls = uuid.uuid4().hex, []

    def add(control: widgets.Widget, keep: Callable[[Any], None]) -> None:
        def redraw(change: dict) -> None:
            keep(change["new"])
            try:
                data, metadata = question.answer(state)
            except ValueError as problem:  # what was asked for cannot be had: the words say why
                words = str(problem)
                data, metadata = _captured(lambda: show_html(f"<p>{escape(words)}</p>", words))
            update_display(data, metadata=metadata, raw=True, display_id=answer_id)

        control.observe(redraw, names="value")
        controls.append(control)

    for name, options in choices.items():
        add(_chooser(name, options), partial(operator.setitem, state.chosen, name))
    table = question.table(state)
    outlets = sorted(question.story.articles["outlet"].unique())
    for column, value in state.by.items():
        if table[column].nunique() < 2:
            continue
        if column == "outlet" and len(outlets) <= BOXES:
            state.by["outlet"] = set(outlets if value is None else [value])
            for outlet in outlets:
                ticked = outlet in state.by["outlet"]
                box = widgets.Checkbox(ticked, description=outlet, indent=False, layout={"width": "auto"})
                add(box, partial(_tick, state.by["outlet"], outlet))
        else:
            add(_filter(column, table[column], value), partial(operator.setitem, state.by, column))
    if question.draw is not None and question.alt:
        as_table = widgets.Checkbox(False, description="as a table", indent=False, layout={"width": "auto"})
        add(as_table, partial(setattr, state, "as_table"))
    elif question.draw is None and len(table) > SEARCHED_FROM:
        search = widgets.Text(placeholder="search in these rows", description="search", **NAMED)
        add(search, partial(setattr, state, "words"))
    # The view alone: in words it would be stored as "HBox(children=(Dropdown(…" for everyone to read.
    box = widgets.HBox(controls, layout=ROW)
    display({VIEW: box._repr_mimebundle_()[VIEW]}, raw=True)
    data, metadata = question.answer(state)
    display(data, metadata=metadata, raw=True, display_id=answer_id)


def _captured(show: Callable[[], None]) -> tuple[dict, dict]:
    """What a function displays, and its metadata."""
    with capture_output(stdout=False, stderr=False) as captured:
        show()
    return captured.outputs[0].data, captured.outputs[0].metadata


def _chooser(name: str, options: Sequence[Any] | str) -> widgets.Widget:
    """A list of values for an argument, or a text to write over."""
    label = name.replace("_", " ")
    if isinstance(options, str):
        return widgets.Text(options, description=label, continuous_update=False, **NAMED)
    return widgets.Dropdown(options=[(_option(one), one) for one in options], description=label, **NAMED)


def _filter(column: str, values: pd.Series, first: Any) -> widgets.Widget:
    """A control that chooses rows by one column: from its least number on, or by one of its values."""
    label, known = column.replace("_", " "), values.dropna()
    if pd.api.types.is_float_dtype(values) and len(known):
        low, high = known.min() // STEP * STEP, known.max()
        return widgets.FloatSlider(
            low if first is None else first, min=low, max=high, step=STEP, description=f"{label} at least",
            continuous_update=False, style=NAMED["style"], layout={"width": "24em"},
        )  # fmt: skip
    options = [(_option(None), None), *((_option(one), one) for one in known.value_counts().index)]
    index = [value for _, value in options].index(first)
    return widgets.Dropdown(options=options, index=index, description=label, **NAMED)


def _option(value: Any) -> str:
    text = "all" if value is None else " ".join(str(value).split())
    return text if len(text) <= LONGEST_OPTION else text[: LONGEST_OPTION - 2] + " …"


def _tick(ticked: set[str], outlet: str, on: bool) -> None:
    """Note that an outlet's box was ticked or not."""
    (ticked.add if on else ticked.discard)(outlet)


def _kept(rows: pd.DataFrame, column: str, value: Any) -> pd.DataFrame:
    """The rows that a choice keeps: a set of values, one value, or the least number; None keeps all."""
    if value is None:
        return rows
    if isinstance(value, set):
        return rows[rows[column].isin(value)]
    if pd.api.types.is_float_dtype(rows[column]):
        return rows[rows[column] >= value]
    return rows[rows[column] == value]


def _with_words(rows: pd.DataFrame, words: str) -> list[bool]:
    """For each row whether its cells have all the words, in any order and any case."""
    wanted = words.casefold().split()
    cells = rows.astype("str").itertuples(index=False, name=None)
    return [all(word in " ".join(map(str, row)).casefold() for word in wanted) for row in cells]
