"""A folder that holds several stories: which, where each is read from, and the index over their reports."""

import re
import shutil
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from samestory import tables
from samestory.publishing.briefing import headlines, span, story_name
from samestory.reading.folder import Loaded
from samestory.reading.manifest import ALIASES, MANIFEST, is_manifest
from samestory.statements.stories import clearly_apart, stories

FIELDS = (
    "article_id",
    "outlet",
    "title",
    "author",
    "url",
    "language",
    "text",
)  # of a table that `load` reads
_LONGEST = 40  # characters of a folder's name


class OneStory(NamedTuple):
    """One story of several."""

    name: str
    folder: str  # of its report, below that of the index
    path: Path  # from which it is read
    span: str  # how many articles and outlets, and from when to when
    headlines: list[dict]


class Several(NamedTuple):
    """The stories of a folder, and the headlines of articles that tell a story that no other outlet tells."""

    stories: list[OneStory]
    alone: list[dict]


def story_folders(root: Path) -> list[Path]:
    """The subfolders with a manifest of their own, where there are two or more: each is a story for itself.

    A subfolder without one is an outlet's, as it always was.
    """
    if not root.is_dir() or (root / MANIFEST).exists():
        return []
    found = [path for path in sorted(root.iterdir()) if path.is_dir() and not path.is_symlink()]
    found = [path for path in found if (path / MANIFEST).is_file() and is_manifest(path / MANIFEST)]
    return found if len(found) > 1 else []


def of_folders(read: dict[Path, Loaded]) -> Several:
    """The stories of subfolders, each as it was read."""
    found = [_one(n, path.name, path, loaded.articles) for n, (path, loaded) in enumerate(read.items(), 1)]
    return Several(found, [])


def of_articles(loaded: Loaded, root: Path, work: Path, *, asked: bool) -> Several | None:
    """The stories that articles tell, each written to a folder of its own to be read from.

    Args:
        work: where these folders are made.
        asked: whether the user said that these are several stories. Otherwise they are taken for such only
            where their groups are plainly of other things: one event must not be torn apart.
    Returns:
        the stories that two or more outlets tell; None where there is no more than one, or it is not sure.
    """
    articles = loaded.articles.reset_index(drop=True)
    if not asked and len(articles) < 4:
        return None
    found = stories(articles)
    told = found[found["outlets"] > 1].groupby("story")
    if not asked and (told.ngroups < 2 or not clearly_apart(articles, found["story"])):
        return None
    made = []
    for n, (_, rows) in enumerate(told, 1):
        own = articles[articles["article_id"].isin(rows["article_id"])]
        folder = work / f"{n:03}"
        _write(own, folder)
        for name in ALIASES:
            if root.is_dir() and (root / name).is_file():
                shutil.copy(root / name, folder / name)
        named = story_name(own["title"]) or next(iter(own["title"].dropna()), f"Story {n}")
        made.append(_one(n, named, folder, own))
    rest = articles[articles["article_id"].isin(found.loc[found["outlets"] < 2, "article_id"])]
    return Several(made, headlines(rest)) if made else None


def _one(n: int, name: str, path: Path, articles: pd.DataFrame) -> OneStory:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    short = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-")
    return OneStory(name, f"{n:02}-{short}".rstrip("-"), path, span(articles), headlines(articles))


def _write(articles: pd.DataFrame, folder: Path) -> None:
    """Write articles as a table that `load` reads, with what is known of them and the user's own columns."""
    folder.mkdir(parents=True)
    told = articles[[*FIELDS, *tables.own_columns(articles)]]
    told.insert(1, "published", articles["published"].dt.strftime("%Y-%m-%d %H:%M"))
    told.to_csv(folder / "these.csv", index=False, encoding="utf-8")  # not articles.csv, which lists files
