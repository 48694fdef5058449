"""Is a place quoted, by whom, and in their own words?"""

from itertools import pairwise
from typing import NamedTuple

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.quotes.find import Quote
from samestory.quotes.inside import (
    NO_SPEAKER,
    Quoted,
    quoted_by_article,
    sentence_voices,
    speaker_of,
    with_voice,
)


class Content(NamedTuple):
    start: int
    end: int
    kind: str = "direct"
    speaker: str | None = None


# 0....5....10...15...20: Lee's words at 2:12 hold Poe's at 4:8; Fox's touch Lee's; a retold quote follows.
OUTER, NESTED = Content(2, 12, "mixed", "Lee"), Content(4, 8, "direct", "Poe")
TOUCHING, RETOLD = Content(12, 15, "direct", "Fox"), Content(16, 20, "indirect", "Ray")
ALL = [RETOLD, TOUCHING, NESTED, OUTER]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        pytest.param((0,), None, id="before"),
        pytest.param((2,), OUTER, id="first character"),
        pytest.param((4,), NESTED, id="nested"),
        pytest.param((8,), OUTER, id="after the nested one"),
        pytest.param((12,), TOUCHING, id="where two touch"),
        pytest.param((15,), None, id="end is outside"),
        pytest.param((5, 8), NESTED, id="span in the nested one"),
        pytest.param((5, 9), OUTER, id="span out of the nested one"),
        pytest.param((11, 13), None, id="span over two that touch"),
        pytest.param((17, 19), RETOLD, id="retold"),
    ],
)
def test_around_is_the_innermost_quote_that_holds_the_place(place, expected):
    assert Quoted(ALL).around(*place) == expected


def test_directly_leaves_out_what_is_retold():
    assert Quoted(ALL, directly=True).around(17) is None
    assert Quoted(ALL, directly=True).around(3) == OUTER  # mixed is in marks in part
    assert Quoted(ALL, directly=True).parts(0, 25) == [(2, 15)]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        pytest.param((0, 2), [], id="ends where one begins"),
        pytest.param((7, 13), [OUTER, NESTED, TOUCHING], id="three"),
        pytest.param((8, 12), [OUTER], id="beside the nested one"),
        pytest.param((15, 16), [], id="between"),
    ],
)
def test_overlapping_lists_the_quotes_in_text_order(span, expected):
    assert Quoted(ALL).overlapping(*span) == expected


@pytest.mark.parametrize(
    ("span", "parts", "share"),
    [
        pytest.param((0, 25), [(2, 15), (16, 20)], 17 / 25, id="nested and touching are one part"),
        pytest.param((5, 7), [(5, 7)], 1.0, id="inside"),
        pytest.param((10, 18), [(10, 15), (16, 18)], 7 / 8, id="cut at both ends"),
        pytest.param((20, 25), [], 0.0, id="outside"),
        pytest.param((3, 3), [], 0.0, id="empty span"),
    ],
)
def test_parts_and_share(span, parts, share):
    assert Quoted(ALL).parts(*span) == parts
    assert Quoted(ALL).share(*span) == share


def test_without_quotes_nothing_is_quoted():
    nothing: Quoted[Content] = Quoted([])
    assert (nothing.around(3), nothing.overlapping(0, 9), nothing.parts(0, 9), nothing.share(0, 9)) == (
        None, [], [], 0.0,
    )  # fmt: skip


spans = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda span: (span[0], span[0] + span[1]))
contents = st.lists(st.builds(lambda span, kind: Content(*span, kind), spans,
                              st.sampled_from(["direct", "mixed", "indirect"])), max_size=8)  # fmt: skip


@given(quotes=contents, span=spans, directly=st.booleans())
def test_parts_are_apart_inside_the_span_and_all_that_is_quoted_there(quotes, span, directly):
    parts = Quoted(quotes, directly=directly).parts(*span)
    assert all(span[0] <= first < last <= span[1] for first, last in parts)
    assert all(one[1] < other[0] for one, other in pairwise(parts))
    kept = [quote for quote in quotes if not directly or quote.kind != "indirect"]
    covered = {i for quote in kept for i in range(quote.start, quote.end)} & set(range(*span))
    assert {i for part in parts for i in range(*part)} == covered


@given(quotes=contents, span=spans)
def test_around_holds_the_span_and_no_later_quote_does(quotes, span):
    found = Quoted(quotes).around(*span)
    holding = [quote for quote in quotes if quote.start <= span[0] and span[1] <= quote.end]
    assert (found is None) == (not holding)
    if found is not None:
        assert found in holding
        assert not any(
            found.start <= quote.start and quote.end <= found.end and quote[:2] != found[:2]
            for quote in holding
        )


@given(quotes=contents, span=spans)
def test_overlapping_is_every_quote_that_shares_a_character(quotes, span):
    found = Quoted(quotes).overlapping(*span)
    assert sorted(found) == sorted(q for q in quotes if q.start < span[1] and span[0] < q.end)


def quotes_table(*rows):
    columns = ["article_id", "start", "end", "kind", "speaker"]
    return pd.DataFrame(rows, columns=columns).astype({"article_id": "str", "kind": "str", "speaker": "str"})


def test_with_voice_says_who_speaks_in_each_article():
    quotes = quotes_table(
        ("a", 2, 12, "direct", "Lee"), ("a", 4, 8, "direct", None), ("b", 0, 9, "indirect", "Ray")
    )
    rows = pd.DataFrame(
        [("a", 5, 7), ("a", 3, 9), ("a", 11, 14), ("b", 5, 7), ("c", 5, 7)],
        columns=["article_id", "start", "end"], index=[9, 7, 5, 3, 1],
    )  # fmt: skip
    found = with_voice(rows, quotes)
    assert found["voice"].tolist() == ["quoted", "quoted", "narrator", "quoted", "narrator"]
    assert found["speaker"].fillna("").tolist() == [NO_SPEAKER, "Lee", "", "Ray", ""]
    assert found.index.tolist() == [9, 7, 5, 3, 1]
    assert "voice" not in rows


def test_with_voice_of_no_rows_has_the_columns():
    found = with_voice(pd.DataFrame(columns=["article_id", "start", "end"]), quotes_table())
    assert found.empty
    assert {"voice", "speaker"} <= set(found.columns)


def test_quoted_by_article_knows_articles_without_quotes():
    inside = quoted_by_article(quotes_table(("a", 2, 12, "indirect", "Lee")), directly=True)
    assert inside["a"].share(0, 20) == 0.0
    assert inside["nowhere"].around(3) is None


@pytest.mark.parametrize(
    ("speaker", "expected"), [("Lee", "Lee"), (None, NO_SPEAKER), (float("nan"), NO_SPEAKER)]
)
def test_speaker_of_names_those_who_have_no_name(speaker, expected):
    assert speaker_of(Content(0, 3, "direct", speaker)) == expected


def test_sentence_voices_counts_content_over_cue_and_speaker(nlp):
    text = "“We will stay,” Ann Lee said. Rain fell. He said rain would fall, and it did."
    start = text.index("rain would fall")
    quotes = [
        Quote(1, text.index("”"), "direct", "speech", "say", 24, 28, None, 16, 23),
        Quote(
            start, start + 15, "indirect", "speech", "say", start - 5, start - 1, None, start - 8, start - 6
        ),
    ]
    places = [(0, 29, 0), (30, 40, 0), (41, len(text), 0)]
    assert [text[a:b] for a, b in ((24, 28), (16, 23), (30, 40))] == ["said", "Ann Lee", "Rain fell."]
    assert sentence_voices(nlp(text), quotes, places) == ["quoted", "narrator", "mixed"]
    assert sentence_voices(nlp(text), [], places) == ["narrator"] * 3
