"""In every public table that gives a place, the article's text at that place is the row's text."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_every_table_on_little import CALLS, OF_A_STORY

import samestory as ss

PLACES = [("article_id", "start", "end", "text")]
PLACES += [(f"article_{side}", f"start_{side}", f"end_{side}", f"text_{side}") for side in "ab"]
WORDS = [
    "Lee",
    "said",
    "“",
    "”",
    "the",
    "ferry",
    "was",
    "attacked",
    "on",
    "Monday",
    ".",
    "\n\n",
    "$5",
    "brutal",
    "é",
]


def check(story: ss.Story, table: pd.DataFrame) -> int:
    texts = story.articles.set_index("article_id")["text"]
    checked = 0
    for article, start, end, text in PLACES:
        if {article, start, text} <= set(table.columns):
            for row in table.dropna(subset=[article, start]).to_dict("records"):
                last = row[end] if end in row else row[start] + len(row[text])
                assert texts[row[article]][row[start] : last] == row[text]
                if isinstance(row.get("passage"), str):
                    assert row[text] in row["passage"] or row["passage"] in texts[row[article]]
                checked += 1
    return checked


TABLES = sorted(
    name for name in set(CALLS) & OF_A_STORY if not name.startswith("show_") and "in_short" not in name
)


@pytest.mark.parametrize("name", TABLES)
def test_text_is_what_stands_there(seed_story, name):
    table = CALLS[name](seed_story)
    if isinstance(table, pd.DataFrame):
        check(seed_story, table)


def test_places_are_checked_in_many_tables(seed_story):
    tables = [CALLS[name](seed_story) for name in TABLES]
    assert sum(check(seed_story, table) > 0 for table in tables if isinstance(table, pd.DataFrame)) > 12


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=40), min_size=2, max_size=3))
def test_text_is_what_stands_there_on_any_input(drawn):
    texts = [" ".join(words) for words in drawn]
    frame = pd.DataFrame({"article_id": [f"a{n}" for n in range(len(texts))], "text": texts})
    story = ss.annotate(frame)
    for table in story.tables.values():
        check(story, table)
    for name in TABLES:
        table = CALLS[name](story)
        if isinstance(table, pd.DataFrame):
            check(story, table)
