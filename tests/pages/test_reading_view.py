"""The annotated reading view: every character kept, every mark explained, every place linked."""

import dataclasses
import html as html_module
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import samestory as ss
from samestory import tables
from samestory.pages.html import passage_anchor
from samestory.pages.marks import LAYERS, Mark, mark_paragraphs

TEXT = (
    'The mayor said on Tuesday that "the ferry will sail" and left.\n\n'
    '"I fear no <storm>," Lena Mora added. "It is a disgrace."'
)


def place(passage: str) -> dict:
    start = TEXT.index(passage)
    return {"article_id": "post 1", "start": start, "end": start + len(passage), "text": passage}


def quote(passage: str, kind: str, cue: str, speaker: str) -> dict:
    cue, named = place(cue), place(speaker)
    return place(passage) | {
        "kind": kind,
        "act": "speech",
        "cue": cue["text"],
        "cue_start": cue["start"],
        "cue_end": cue["end"],
        "stance": "neutral",
        "speaker_start": named["start"],
        "speaker_end": named["end"],
        "speaker": "Lena Mora",
        "speaker_form": "name",
    }


@pytest.fixture
def story():
    day = pd.Timestamp("2025-07-01")
    empty = {name: tables.build([], columns) for name, columns in tables.ANNOTATIONS.items()}
    found = {
        "articles": tables.build(
            [
                {
                    "article_id": "post 1",
                    "outlet": "Harbour Post",
                    "title": "Ferry & <storm>",
                    "published": pd.Timestamp("2025-07-04 16:20"),
                    "published_from": "inferred",
                    "language": "en",
                    "words": 23,
                    "removed": [(0, 9, "language_switcher")],
                    "raw": "ua <en> ru " + TEXT,
                    "text": TEXT,
                }
            ],
            tables.ARTICLES,
        ),
        "sentences": tables.build(
            [place('"It is a disgrace."') | {"sentence": 2, "paragraph": 1}], tables.SENTENCES
        ),
        "mentions": tables.build(
            [place("The mayor") | {"kind": "PERSON", "entity": "Lena Mora", "toward": -0.8}], tables.MENTIONS
        ),
        "quotes": tables.build(
            [
                quote('on Tuesday that "the ferry will sail"', "mixed", "said", "The mayor"),
                quote("I fear no <storm>", "direct", "added", "Lena Mora"),
            ],
            tables.QUOTES,
        ),
        "times": tables.build(
            [
                place("on Tuesday")
                | {
                    "type": "DATE",
                    "value": "2025-07-01",
                    "earliest": day,
                    "latest": day,
                }
            ],
            tables.TIMES,
        ),
        "frames": tables.build(
            [place("storm") | {"frame": "public safety", "term": "storm*"}], tables.FRAMES
        ),
        "loaded": tables.build([place("no <storm>") | {"score": 0.9, "voice": "quoted"}], tables.LOADED),
    }
    return ss.Story(**(empty | found))


@pytest.fixture
def read(story, shown):
    """The reading view of the story's article, as HTML."""
    return lambda **options: shown(ss.show_reading, story, **options)[0].data["text/html"]


def written(html: str) -> str:
    """What a reader sees of the text, without the brackets that stand for styles."""
    return html_module.unescape(re.sub(r"<[^>]+>", "", re.sub(r'<span class="plain.*?</span>', "", html)))


def test_reading_view_keeps_every_character(read):
    body = re.search(r'<div class="body".*?</div>', read(), re.S)[0]
    assert [written(part) for part in re.findall(r"<p>(.*?)</p>", body, re.S)] == TEXT.split("\n\n")


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param("Ferry &amp; &lt;storm&gt;", id="headline escaped"),
        pytest.param("Harbour Post · 4 Jul 2025, 16:20 (inferred, not stated) · 23 words", id="date"),
        pytest.param("[Lena Mora · added]", id="speaker and cue"),
        pytest.param("called “The mayor” here; cue “said” (neutral)", id="quote explained"),
        pytest.param("[1 Jul 2025]", id="day"),
        pytest.param("[public safety]", id="frame"),
        pytest.param("codebook term: storm*", id="frame explained"),
        pytest.param("[= Lena Mora]", id="name"),
        pytest.param("tone toward it: -0.80 (from -1 to 1)", id="tone"),
        pytest.param("loaded wording, score 0.90 of 1", id="loaded"),
        pytest.param("language switcher: <q>ua &lt;en&gt; r</q>", id="clutter"),
        pytest.param("Lena Mora (2)", id="speakers counted"),
    ],
)
def test_reading_view_shows(read, expected):
    assert expected in read()


def test_reading_view_without_styles_has_the_quotes_alone_in_brackets(read):
    """What GitHub and an untrusted notebook show: no label of any other layer stands between the words."""
    html = re.sub(r"<style>.*?</style>", "", read(), flags=re.S)
    body = re.search(r'<div class="body".*?</div>', html, re.S)[0]
    seen = html_module.unescape(re.sub(r"<[^>]+>", "", body)).split("\n")
    assert [line for line in seen if line] == [
        'The mayor said ⟦Lena Mora: on Tuesday that "the ferry will sail"⟧ and left.',
        '"⟦Lena Mora: I fear no <storm>⟧," Lena Mora added. "It is a disgrace."',
    ]
    assert "hidden" in re.search(r"<fieldset[^>]*>", html)[0]
    assert not re.search(r"<legend[^>]*>[^<]|<label[^>]*>[^<]", html)


def test_reading_view_keeps_each_sentence_in_one_element(read):
    html = read()
    (sentence,) = re.findall(r'<span class="sentence">(.*)</span></p>', html)
    assert written(sentence) == '"It is a disgrace."'
    assert f' id="{passage_anchor("post 1", TEXT.index("It is a") - 1)}"' in sentence


@pytest.mark.parametrize("name", list(tables.ANNOTATIONS))
def test_reading_view_has_a_place_for_every_row(story, read, name):
    html = read()
    for start in getattr(story, name)["start"]:
        assert html.count(f' id="{passage_anchor("post 1", start)}"') == 1


@pytest.mark.parametrize("layer", LAYERS)
def test_reading_view_switches_on_the_layers_asked_for(read, layer):
    html = read(layers=[layer])
    assert re.findall(r'class="show-(\w+)" checked', html) == [layer]


def test_reading_view_holds_no_script_and_no_address(read):
    html = read()
    assert "<script" not in html
    assert "://" not in html


@pytest.mark.parametrize(
    ("article_id", "layers", "message"),
    [
        ("post 2", ["quotes"], "unknown article 'post 2'; expected one of: post 1"),
        ("post 1", ["qoutes"], "unknown layer 'qoutes'; expected one of: quotes, frames"),
    ],
)
def test_reading_view_names_what_is_wrong(story, article_id, layers, message):
    with pytest.raises(ValueError, match=message):
        ss.show_reading(story, article_ids=[article_id], layers=layers)


def test_show_reading_counts_the_articles_it_leaves_out(story):
    InteractiveShell.instance()
    with capture_output() as captured:
        ss.show_reading(story, limit=0)
    assert "1 more article is not shown here" in captured.outputs[0].data["text/html"]


def test_show_reading_of_the_seeds_links_every_row(seed_story):
    InteractiveShell.instance()
    with capture_output() as captured:
        ss.show_reading(seed_story)
    ids = re.findall(r' id="([^"]+)"', captured.outputs[0].data["text/html"])
    assert len(ids) == len(set(ids))
    for name in tables.ANNOTATIONS:
        rows = getattr(seed_story, name)
        assert {passage_anchor(row.article_id, row.start) for row in rows.itertuples()} <= set(ids)


@given(text=st.text(alphabet='ab <&\n"é', max_size=60), data=st.data())
@settings(max_examples=50, deadline=None)
def test_mark_paragraphs_loses_nothing_under_any_overlap(text, data):
    edge = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(edge, edge, st.sampled_from(LAYERS)), max_size=6))
    marks = [Mark(min(a, b), max(a, b), layer, "", "why", "tag") for a, b, layer in spans]
    paragraphs = mark_paragraphs("x", text, marks)
    assert [written(str(part)) for part in paragraphs] == [
        part.strip() for part in text.split("\n\n") if part.strip()
    ]
    assert all(str(part).count("<span") == str(part).count("</span>") for part in paragraphs)
    edges = sorted(data.draw(st.lists(edge, max_size=6)))
    sentences = list(zip(edges[::2], edges[1::2], strict=False))
    in_sentences = mark_paragraphs("x", text, marks, sentences=sentences)
    assert list(map(written, in_sentences)) == list(map(written, paragraphs))
    assert all(str(part).count("<span") == str(part).count("</span>") for part in in_sentences)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("PT1H", "[1 hour]"),
        ("PT30M", "[30 minutes]"),
        ("P2M", "[2 months]"),
        ("P3DE", "[3 decades]"),
        ("PXD", "[PXD]"),
        ("P1Y6M", "[P1Y6M]"),
    ],
)
def test_reading_view_writes_lengths_of_time_in_words(story, read, value, expected):
    story.times.loc[0, ["value", "earliest", "latest"]] = [value, pd.NaT, pd.NaT]
    assert expected in read()


def test_show_reading_of_many_articles_holds_only_the_layers_asked_for(story):
    InteractiveShell.instance()
    others = [story.articles.assign(article_id=f"post {n}") for n in range(2, 13)]
    many = dataclasses.replace(story, articles=pd.concat([story.articles, *others], ignore_index=True))
    with capture_output() as captured:
        ss.show_reading(many, layers=["quotes", "times"])
    html = captured.outputs[0].data["text/html"]
    assert set(re.findall(r'class="show-(\w+)"', html)) == {"quotes", "times"}
    assert "mark frames" not in html
    assert f'id="{passage_anchor("post 1", TEXT.index("storm"))}"' in html
