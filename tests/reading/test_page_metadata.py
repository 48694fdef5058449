"""What a page says of itself: invented heads of pages, of many shapes."""

from datetime import datetime

import pytest

from samestory.reading.page import parse, read_page
from samestory.reading.page_metadata import read_metadata

HEADLINE = "Old bridge in Ostrava to stay closed"
REFERENCE = ', "author": {"@id": "#j"}'


def metadata(head="", body=f"<h1>{HEADLINE}</h1>", *, language="en", title=f"{HEADLINE} | The Herald"):
    head = f"<head><title>{title}</title>{head}</head>"
    tree = parse(f"<html lang='{language}'>{head}<body>{body}<p>Text.</p></body></html>")
    return read_metadata(tree, read_page(tree))


def json_ld(text):
    return f"<script type='application/ld+json'>{text}</script>"


def og(title):
    return f"<meta property='og:title' content='{title}'>"


def node(headline=HEADLINE, published="2024-05-14T09:05:00+02:00", more=""):
    return f'{{"@type": "NewsArticle", "headline": "{headline}", "datePublished": "{published}"{more}}}'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (json_ld(f"[{{\"@type\": \"BreadcrumbList\"}}, {node()}]"), ""),
        (json_ld(f'{{"@graph": [{{"@type": "WebSite"}}, {node()}]}}'), ""),
        (json_ld(f"/*<![CDATA[*/{node()}/*]]>*/"), ""),
        (json_ld(f"<!-- {node()} -->"), ""),
        (json_ld(node()[:-1] + ",}"), ""),
        (json_ld(node("Second bridge inspected", "2020-02-02")) + json_ld(node()), ""),
        ("<meta property='article:published_time' content='2024-05-14T09:05:00Z'>", ""),
        ("<meta property='article:published_time' content='1715677500'>", ""),
        ("<meta name='parsely-page' content='{&quot;pub_date&quot;: &quot;2024-05-14T09:05:00Z&quot;}'>", ""),
        ("", "<span itemprop='datePublished' content='2024-05-14 09:05'>yesterday</span>"),
        ("", "<article><header><time datetime='2024-05-14T09:05:00Z'>May 14</time></header></article>"),
        ("", "<div>By Jane Doe | 14 May 2024, 09:05</div>"),
    ],
    ids=["array", "graph", "cdata", "comment", "trailing-comma", "related-first", "meta", "epoch", "parsely",
         "microdata", "time-element", "line-below-headline"],
)  # fmt: skip
def test_read_metadata_finds_the_time_of_publication(head, body):
    found = metadata(head, f"<h1>{HEADLINE}</h1>{body}")
    assert (found["published"], found["published_from"]) == (datetime(2024, 5, 14, 9, 5), "stated")


@pytest.mark.parametrize(
    ("language", "expected"), [("en-US", datetime(2024, 4, 7)), ("en-GB", datetime(2024, 7, 4)), ("en", None)]
)
def test_read_metadata_reads_a_day_in_the_order_of_the_pages_language(language, expected):
    found = metadata("<meta name='date' content='04/07/2024'>", language=language)
    assert found["published"] == expected or found["published_from"] == "inferred"


def test_read_metadata_takes_the_day_of_the_address():
    found = metadata("<link rel='canonical' href='https://herald.example/2024/may/14/bridge'>")
    assert (found["published"], found["outlet"]) == (datetime(2024, 5, 14), "herald.example")


def test_read_metadata_marks_a_date_that_the_page_does_not_state():
    found = metadata(body=f"<h1>{HEADLINE}</h1><footer><p>Ostrava, May 14, 2024</p></footer>")
    assert (found["published"], found["published_from"]) == (datetime(2024, 5, 14), "inferred")


def test_read_metadata_makes_no_date_of_a_copyright():
    assert metadata(body=f"<h1>{HEADLINE}</h1><footer>© 2019 The Herald</footer>")["published"] is None


@pytest.mark.parametrize(
    ("modified", "expected"),
    [("2024-05-15T10:00:00Z", datetime(2024, 5, 15, 10)), ("2024-05-14T09:05:00", None)],
)
def test_read_metadata_tells_a_later_change(modified, expected):
    assert metadata(json_ld(node(more=f', "dateModified": "{modified}"')))["updated"] == expected


@pytest.mark.parametrize(
    ("head", "body", "title", "expected"),
    [
        (og(f"{HEADLINE} - Herald Online"), f"<h1>{HEADLINE}</h1>", "", HEADLINE),
        (og("Ek &amp;amp; the bridge &amp;#8217;s end"), "", "", "Ek & the bridge ’s end"),
        (json_ld(node("Cod &amp; <i>chips</i>")), "", "", "Cod & chips"),
        ("", f"<h1>The Herald</h1><h1>{HEADLINE}</h1>", f"{HEADLINE} - The Herald", HEADLINE),
        ("", f"<h1>Politics | {HEADLINE}</h1>", HEADLINE, HEADLINE),
        ("", "<h1>News</h1>", "Two mayors speak at once", "Two mayors speak at once"),
        ("", "", f"My diary | {HEADLINE}", HEADLINE),
        ("", "", "", None),
    ],
    ids=["site", "escaped-twice", "tags", "site-first", "section", "heading-of-section", "window", "none"],
)  # fmt: skip
def test_read_metadata_finds_the_headline(head, body, title, expected):
    head += "<meta property='og:site_name' content='The Herald'>"
    assert metadata(head, body, title=title)["title"] == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (json_ld(node(more=', "author": [{"name": {"name": "Jane Doe"}}, {"name": "Jan Ek"}]')), "",
         "Jane Doe, Jan Ek"),
        (json_ld(f'{{"@graph": [{node(more=REFERENCE)}, {{"@id": "#j", "name": "Jane Doe"}}]}}'), "",
         "Jane Doe"),
        (json_ld(node(more=', "author": "By Jane Doe"')), "", "Jane Doe"),
        ("<meta name='author' content='By &lt;a href=&quot;/j&quot;&gt;Jane Doe&lt;/a&gt;'>", "", "Jane Doe"),
        ("<meta name='author' content='https://herald.example/jane'>", "<div>By Jane Doe</div>", "Jane Doe"),
        ("<meta name='author' content='Jane Doe, Political Editor @jane'>", "", "Jane Doe, Political Editor"),
        ("<meta name='author' content='The Herald'>", "<div>ByJane Doe</div>", "Jane Doe"),
        ("<meta name='author' content='The Herald'>", "", "The Herald"),
        ("", "<span itemprop='author'><b itemprop='name'>Jane Doe</b></span>", "Jane Doe"),
        ("", "<p>The plan was written by Jane Doe in 2019.</p>", None),
    ],
    ids=["nested", "reference", "by", "tags", "address", "role", "glued", "outlet-itself", "microdata",
         "prose"],
)  # fmt: skip
def test_read_metadata_finds_the_author(head, body, expected):
    head += "<meta property='og:site_name' content='The Herald'>"
    assert metadata(head, f"<h1>{HEADLINE}</h1>{body}")["author"] == expected


@pytest.mark.parametrize(
    "head",
    [
        json_ld('{"@type": ["NewsArticle"], "headline": {"a": [1]}, "author": 7, "datePublished": [null]}'),
        json_ld("[" * 50_000),
        json_ld('{"@graph": {"@graph": {"@graph": 3}}, "mainEntity": [[[["x"]]]]}'),
        json_ld('{"@type": "Article", "author": ' + '{"name": ' * 50 + '"x"' + "}" * 50 + "}"),
        "<meta name='parsely-page' content='[[['>",
        "<meta property='og:url' content='http://[bad'>",
    ],
    ids=["odd-values", "deep", "graphs", "names-in-names", "damaged-parsely", "bad-address"],
)
def test_read_metadata_survives_odd_data(head):
    assert metadata(head)["title"] == HEADLINE
