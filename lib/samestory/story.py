"""The story: the articles of one event and every annotation of them, as tables."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

from samestory import storage, tables

Made = TypeVar("Made")
Options = ParamSpec("Options")


@dataclass(frozen=True)
class Story:
    """The articles of one story and their annotations, one table for each kind of thing.

    For every row of every annotation table, `articles.text[start:end] == text` of its article. The columns,
    their meaning and their units are declared in `samestory.tables`. A story is never changed once it is
    made, so what is computed from it can be kept with it (`once`).
    """

    articles: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    times: pd.DataFrame
    frames: pd.DataFrame
    loaded: pd.DataFrame
    actions: pd.DataFrame
    descriptions: pd.DataFrame
    events: pd.DataFrame
    problems: pd.DataFrame = field(default_factory=lambda: tables.build([], tables.PROBLEMS))
    corrections: pd.DataFrame = field(default_factory=lambda: tables.build([], tables.CORRECTIONS))
    _made: dict[tuple, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by its name, the articles first, problems and corrections last."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.init}

    def save(self, folder: str | Path) -> Path:
        """Write every table as Parquet into a folder, which is made if need be; return the folder."""
        return storage.save(self.tables, folder)

    @classmethod
    def open(cls, folder: str | Path) -> "Story":
        """Read what `save` wrote.

        Raises:
            FileNotFoundError: the folder or one of its tables is not there.
        """
        return cls(**storage.read(folder))

    def export(self, target: str | Path) -> Path:
        """Write every table for other programs: an Excel file (.xlsx), or a folder of CSV files.

        Text that a spreadsheet would take for a formula is kept from being one.

        Raises:
            ValueError: the target's ending is that of another kind of file.
        """
        return storage.export(self.tables, target)


def once(make: Callable[Concatenate[Story, Options], Made]) -> Callable[Concatenate[Story, Options], Made]:
    """Let the story keep what a function makes of it, so that all who ask for it share the work.

    Options must be hashable; one that is left out counts as its default. Everyone gets a table of their own
    to change (pandas copies it only when it is written to).
    """
    parameters = signature(make)

    @wraps(make)
    def made(story: Story, *args: Options.args, **options: Options.kwargs) -> Made:
        bound = parameters.bind(story, *args, **options)
        bound.apply_defaults()
        _, *chosen = bound.arguments.values()
        key = (make.__module__, make.__qualname__, *chosen)
        if key not in story._made:
            story._made[key] = make(story, *args, **options)
        found = story._made[key]
        return found.copy(deep=False) if isinstance(found, pd.DataFrame) else found

    return made
