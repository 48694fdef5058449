"""What a notebook says where articles are loaded: one line, or one sentence and no traceback."""

from collections.abc import Iterable

import pandas as pd
from IPython import get_ipython
from IPython.display import display
from markupsafe import Markup

from samestory.reading.draft import Problem
from samestory.tables import IN_FORCE

_NAMED = 3  # files that the line names
_LONGEST = 90  # characters of a reason in it
_UNREAD = ("not read", "not followed")


class _Plain(Exception):
    """An error that says all in its sentence: a notebook shows that alone."""

    def _render_traceback_(self) -> list[str]:  # IPython asks for it
        return [str(self)]


class NothingThere(_Plain, FileNotFoundError):
    """There is no such folder, file or manifest."""


class NothingRead(_Plain, ValueError):
    """No article is left to annotate."""


def unread(sources: Iterable[str], problems: pd.DataFrame) -> str | None:
    """Say in one line which files were not read, or only in part; None where all were."""
    reasons = unread_files(problems)
    if not reasons:
        return None
    total = len({file_of(source) for source in sources} | reasons.keys())
    named = [f"{file} ({_short(reason)})" for file, reason in list(reasons.items())[:_NAMED]]
    if len(reasons) > _NAMED:
        named.append(f"{len(reasons) - _NAMED} more")
    were = "was" if len(reasons) == 1 else "were"
    listed = ", ".join(named)
    return (
        f"{len(reasons)} of {total} files {were} not read, or only in part: {listed}. Notebook 0 lists all."
    )


def unread_files(problems: pd.DataFrame) -> dict[str, str]:
    """The files that were not read, or only in part, and the first reason of each."""
    reasons: dict[str, str] = {}
    for file, reason in problems[["file", "reason"]].itertuples(index=False):
        if any(words in reason for words in _UNREAD):
            reasons.setdefault(file_of(file), reason)
    return reasons


def show_unread(articles: pd.DataFrame, problems: pd.DataFrame) -> None:
    """In a notebook, show under the cell that loads what was not read; nothing elsewhere."""
    _show(unread(articles["source"].dropna(), problems))


def corrected(corrections: pd.DataFrame) -> str | None:
    """Say in one line how many corrections by hand there are; None where there are none."""
    if corrections.empty:
        return None
    good = int(corrections["result"].isin(IN_FORCE).sum())
    line = f"{good:,} correction{'' if good == 1 else 's'} by hand"
    if lost := len(corrections) - good:
        line += f"; {lost:,} more could not be applied (notebook 0 lists them under what was not read)"
    return f"{line}."


def show_corrected(corrections: pd.DataFrame) -> None:
    """In a notebook, show under the cell that annotates how much was corrected by hand; nothing elsewhere."""
    _show(corrected(corrections))


def require_articles(articles: pd.DataFrame, problems: pd.DataFrame) -> None:
    """Raise where nothing was read, with what to do in a sentence."""
    if articles.empty and len(problems):
        *others, last = (
            Problem(file, reason) for file, reason in zip(problems["file"], problems["reason"], strict=True)
        )
        more = [f"{problem.file}: {problem.reason}" for problem in others[:_NAMED]]
        raise NothingRead(". ".join([f"{last.file}: {last.reason}", *more]))


def file_of(place: str) -> str:
    """The file in which a place is: rows and pages of a file are parts of it."""
    return place.partition(", ")[0]


def _show(line: str | None) -> None:
    if line and getattr(get_ipython(), "kernel", None) is not None:
        # JupyterLab would set "from $4 to $5" as a formula.
        note = Markup('<div class="mathjax_ignore"><p>{}</p></div>').format(line)
        display({"text/html": note, "text/plain": line}, raw=True)


def _short(reason: str) -> str:
    reason = reason.partition("not read: ")[2] or reason.removeprefix("not read, as it is ")
    return reason if len(reason) <= _LONGEST else reason[: _LONGEST - 1].rstrip() + "…"
