"""Names that may be one and were kept apart."""

import pandas as pd
import pytest

from samestory import tables
from samestory.names import perhaps_one
from samestory.story import Story


def story(**named):
    """A story in which each name has so many mentions."""
    kinds = {name: kind for name, (kind, _) in named.items()}
    rows = [
        {"article_id": "a", "start": 0, "end": 1, "text": "x", "kind": kinds[n], "form": "name", "entity": n}
        for n, (_, count) in named.items()
        for _ in range(count)
    ]
    empty = {name: tables.build([], columns) for name, columns in tables.ANNOTATIONS.items()}
    articles = tables.build([{"article_id": "a", "words": 1, "text": "x"}], tables.ARTICLES)
    return Story(articles, **empty | {"mentions": tables.build(rows, tables.MENTIONS)})


@pytest.mark.parametrize(
    ("one", "other", "kind", "why"),
    [
        ("Farid Qusani", "Farid Kusani", "PERSON", "surnames alike"),
        ("Poe", "Ann Poe", "PERSON", "a surname alone"),
        ("Michelle Poe", "Michael Poe", "PERSON", "given names alike"),
        ("Transport Together", "Union Transport Together", "ORG", "one name within the other"),
    ],
)
def test_perhaps_one_lists_what_may_be_one(one, other, kind, why):
    table = perhaps_one(story(**{one: (kind, 1), other: (kind, 3)}))
    assert table[["name", "perhaps", "why", "n"]].to_numpy().tolist() == [[one, other, why, 4]]
    assert table["line"].tolist() == [f"{one},{other}"]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [("Ann Poe", "Lee Poe", "PERSON"), ("Ann Poe", "Ann Ray", "PERSON"), ("Ledger", "Union Ferries", "ORG")],
)
def test_perhaps_one_leaves_out_what_is_plainly_two(one, other, kind):
    assert perhaps_one(story(**{one: (kind, 1), other: (kind, 3)})).empty


def test_perhaps_one_of_a_story_without_names_is_empty():
    table = perhaps_one(story())
    assert table.columns.tolist() == ["name", "perhaps", "kind", "why", "n", "line"]
    assert isinstance(table, pd.DataFrame)
