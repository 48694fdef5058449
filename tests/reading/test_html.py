"""Saved web pages: an invented one of the usual build, and pages that mean harm."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samestory as ss
from samestory.reading.html import looks_like_html, read_html

FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture(scope="module")
def page():
    return ss.load(FIXTURES / "saved-page.html").articles.iloc[0]


def test_load_takes_what_a_page_says_of_itself(page):
    assert page["title"] == "Old bridge in Ostrava to stay closed"
    assert page["outlet"] == "The Moravian Herald"
    assert page["published"] == pd.Timestamp("2024-05-14 09:05")
    assert page["published_from"] == "stated"
    assert page["author"] == "Jane Doe, Jan Ek"
    assert page["url"] == "https://herald.example/2024/05/14/bridge-closed"
    assert page["language"] == "en"


def test_load_keeps_the_paragraphs_of_a_page_and_nothing_else(page):
    paragraphs = page["text"].split("\n\n")
    assert [paragraph[:20] for paragraph in paragraphs] == [
        "The mayor of Ostrava", "“Nobody wants to clo", "What the report says", "Engineers found crac",
        "Repairs may cost fou",
    ]  # fmt: skip
    assert "four million crowns & take until autumn" in page["text"]


def test_load_keeps_the_place_of_what_it_cut_from_a_page(page):
    cut = " ".join(page["raw"][start:end] for start, end, _ in page["removed"])
    for words in (
        "Sport",
        "photo: Jane Doe",
        "All rights reserved",
        "Second bridge inspected",
        "By Jane Doe",
    ):
        assert words in cut
    assert "script" not in page["raw"]
    assert "remark" not in page["raw"]


@pytest.mark.parametrize(
    "data",
    [
        b"<html><head><meta charset='no-such-code'></head><body><p>A short page says this.</p>",
        b"<!doctype html><html><body><p>Cut off in the middle of a <a href='",
        b"<html><body><p>One &#xD800; &#0; &bogus; two words here.</p></body></html>",
        b"<html><script type='application/ld+json'>" + b"[" * 50_000 + b"</script><body><p>Nested data.</p>",
        b"<html><script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": {\"a\": 1},"
        b" \"author\": 7, \"datePublished\": [null]}</script><body><p>Odd data stand here.</p>",
        b"<?xml version='1.0' encoding='utf-16'?><html><body><p>A wrong declaration.</p></body></html>",
        b"<html><body><p>" + b"x" * 300_000 + b"</p></body></html>",
    ],
    ids=["unknown-charset", "cut-off", "bad-entities", "deep-json", "odd-json", "xml", "long-word"],
)  # fmt: skip
def test_read_html_survives_damaged_pages(data):
    draft = read_html(data, "page.html").drafts[0]
    assert draft.raw.strip()


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><script>go()</script></body></html>",
        "<html><body>" + "<div>" * 20_000 + "Deep text is here.",
    ],
    ids=["script-only", "too-deep"],
)
def test_load_reports_a_page_without_text(tmp_path, page):
    (tmp_path / "frame.html").write_text(page)
    articles, problems, _ = ss.load(tmp_path)
    assert len(articles) == 0
    assert problems["file"][0] == "frame.html"


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/!-pdivascript&;=\"' \nA.é\x00"), max_size=200))
def test_read_html_never_fails_but_with_a_reason(text):
    try:
        drafts = read_html(text.encode(), "page.html").drafts
    except ValueError:
        return  # no text is visible in it
    assert len(drafts) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One.</p><p>Two.</p>", True),
        ("<!DOCTYPE html><html>", True),
        ("If a < b and c > d, then so it is.", False),
        ("He wrote <br> on the wall.", False),
    ],
)
def test_looks_like_html(text, expected):
    assert looks_like_html(text) is expected


def test_comments_before_no_page_are_read_in_no_time():
    assert not looks_like_html("<!---->" * 60 + "and then prose")
