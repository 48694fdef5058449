"""Tone of each voice and toward each actor, worked out by hand on small stories."""

import numpy as np
import pandas as pd
import pytest

import samestory as ss
from samestory import tables
from samestory.intervals import bootstrap_interval
from samestory.sentiment import across

TEXT = "Police praised the rescue. “It was a terrible night,” the mayor said. The train came at noon."


def a_story(text=TEXT, *, outlets=("Herald",), mentions=()):
    """A story of one text under several outlets, whose annotations are written by hand."""
    articles = tables.build(
        [{"article_id": f"a{i}", "outlet": name, "text": text, "words": 1} for i, name in enumerate(outlets)],
        tables.ARTICLES,
    )  # fmt: skip
    parts, rows = [part.strip() + "." for part in text.split(".") if part.strip()], []
    for i in range(len(outlets)):
        for number, part in enumerate(parts):
            start, voice = text.index(part), "mixed" if "“" in part else "narrator"
            rows.append({"article_id": f"a{i}", "start": start, "end": start + len(part), "text": part,
                         "sentence": number, "paragraph": 0, "voice": voice})  # fmt: skip
    quotes = []
    if "“" in text:
        start, end = text.index("“") + 1, text.index("”")
        quote = {"start": start, "end": end, "text": text[start:end], "speaker": "Ann Lee"}
        quotes = [{"article_id": f"a{i}", **quote} for i in range(len(outlets))]
    built = {name: tables.build([], columns) for name, columns in tables.ANNOTATIONS.items()}
    built["sentences"] = tables.build(rows, tables.SENTENCES)
    built["quotes"] = tables.build(quotes, tables.QUOTES)
    built["mentions"] = tables.build(mentions, tables.MENTIONS)
    return ss.Story(articles, **built)


def test_polarity_evidence_gives_each_word_to_its_voice():
    found = ss.sentiment.evidence(a_story())
    assert list(
        zip(found["text"], found["polarity"], found["voice"], found["speaker"].fillna("-"), strict=True)
    ) == [
        ("praised", 0.6, "narrator", "-"),
        ("rescue", 0.5, "narrator", "-"),
        ("terrible", -1.0, "quoted", "Ann Lee"),
    ]
    assert all(TEXT[row.start : row.end] == row.text for row in found.itertuples())


def test_sentence_tone_keeps_sentences_without_a_known_word():
    table = ss.sentiment.sentence_tone(a_story())
    assert list(table["voice"]) == ["narrator", "narrator", "quoted", "narrator"]
    assert table["polarity"].tolist() == pytest.approx([0.55, np.nan, -1.0, np.nan], nan_ok=True)
    assert table["position"].tolist() == [0, 0.5, 0.5, 1]
    assert table["evidence"].tolist()[0] == "praised, rescue"


def test_tone_counts_scored_and_all_sentences():
    table = ss.sentiment.tone(a_story()).set_index("voice")
    assert table.loc["narrator", ["polarity", "n", "n_sentences"]].tolist() == pytest.approx([0.55, 1, 3])
    assert table.loc["quoted", ["polarity", "n", "n_sentences"]].tolist() == [-1, 1, 1]
    assert table[["low", "high"]].isna().all(axis=None)  # one sentence has no interval


def test_tone_by_speaker_leaves_the_narrator_out():
    assert ss.sentiment.tone(a_story(), by="speaker")["speaker"].tolist() == ["Ann Lee"]


def test_tone_refuses_what_cannot_be_grouped_by():
    with pytest.raises(ValueError, match=r"cannot group by .'outlit'.; expected any of: outlet, article_id"):
        ss.sentiment.tone(a_story(), by=["outlit"])


def test_tone_differences_compares_every_two_outlets():
    table = ss.sentiment.tone_differences(a_story(outlets=("Post", "Herald", "Times")))
    assert table[["outlet_a", "outlet_b"]].to_numpy().tolist() == [
        ["Herald", "Post"], ["Herald", "Times"], ["Post", "Times"],
    ]  # fmt: skip
    assert table["difference"].tolist() == [0, 0, 0]


ACTORS = "Poe lied. Poe won, and Poe smiled. “Poe is kind,” said Lee."


def actor(word, nth, toward, entity="Bob Poe", kind="PERSON"):
    start = [i for i in range(len(ACTORS)) if ACTORS.startswith(word, i)][nth]
    return {"article_id": "a0", "start": start, "end": start + len(word), "text": word, "kind": kind,
            "form": "name", "entity": entity, "toward": toward}  # fmt: skip


@pytest.fixture
def actors():
    scores = [actor("Poe", 0, -0.8), actor("Poe", 1, 0.6), actor("Poe", 2, 0.2), actor("Poe", 3, 0.9)]
    return a_story(ACTORS, mentions=[*scores, actor("Lee", 0, None, "Leeds", "GPE")])


def test_tone_toward_averages_within_a_sentence_first(actors):
    (row,) = ss.sentiment.tone_toward(actors).itertuples()
    assert (row.entity, row.n, row.negative, row.neutral, row.positive) == ("Bob Poe", 3, 1, 1, 1)
    assert row.toward == pytest.approx((-0.8 + (0.6 + 0.2) / 2 + 0.9) / 3)


def test_toward_sentences_leaves_out_what_speakers_say_of_themselves(actors):
    own = ss.sentiment.toward_sentences(
        ss.Story(**{**actors.tables, "quotes": actors.quotes.assign(speaker="Bob Poe")})
    )
    assert own["toward"].tolist() == pytest.approx([-0.8, 0.4])
    others = ss.sentiment.toward_sentences(actors)
    assert others["speaker"].fillna("-").tolist() == ["-", "-", "Ann Lee"]


def test_toward_sentences_of_an_unknown_actor(actors):
    with pytest.raises(ValueError, match="unknown entity 'Bob'; the most frequent ones are: Bob Poe"):
        ss.sentiment.toward_sentences(actors, entity="Bob")


def test_tone_of_nothing_has_the_columns_of_something(actors):
    empty = a_story("", outlets=("Herald",))
    names = ("tone tone_toward tone_differences toward_differences sentence_tone toward_sentences evidence "
             "tone_by_definition")  # fmt: skip
    for function in (getattr(ss.sentiment, name) for name in names.split()):
        table = function(empty)
        assert table.empty
        assert dict(table.dtypes) == dict(function(actors).dtypes), function.__name__


def test_bootstrap_of_a_mean_is_seeded_and_refuses_few():
    values = np.array([0.0, 0.2, 0.4, 0.6, 0.8])
    low, high = bootstrap_interval(values, seed=1)
    assert (low, high) == bootstrap_interval(values, seed=1)
    assert 0 <= low < 0.4 < high <= 0.8
    assert np.isnan(bootstrap_interval(values[:4])).all()
    assert bootstrap_interval(np.full(9, 0.3)) == pytest.approx((0.3, 0.3))


def test_bootstrap_of_a_difference_tells_clear_cases_apart():
    low, high = bootstrap_interval(np.full(6, 0.5), less=np.full(6, -0.5))
    assert (low, high) == pytest.approx((1.0, 1.0))
    assert np.isnan(bootstrap_interval(np.full(6, 0.5), less=np.full(4, -0.5))).all()


def test_bootstrap_of_a_ratio_is_of_the_sums():
    """2 uses in a sentence of 10 words, none in one of 30: a sample has 0 of 60, 2 of 40, or 4 of 20."""
    low, high = bootstrap_interval([2, 0], per=[10, 30], resamples=400, fewest=1)
    assert (low, high) == pytest.approx((0, 0.2))
    assert bootstrap_interval([2, 4, 6, 8, 10], per=[1, 2, 3, 4, 5]) == pytest.approx((2, 2))
    assert bootstrap_interval([0], per=[0], fewest=1) == (0, 0)


def test_bootstrap_in_blocks_draws_what_it_draws_at_once(monkeypatch):
    values = np.arange(50.0)
    at_once = bootstrap_interval(values, per=values + 1, resamples=300)
    monkeypatch.setattr("samestory.intervals._AT_ONCE", 1000)
    assert bootstrap_interval(values, per=values + 1, resamples=300) == at_once


def test_no_sentence_is_scored_twice_with_one_list_of_words(seed_story, monkeypatch):
    """All that notebook 2 asks for: the built-in words, TextBlob's alone, and a list of the reader's own."""
    scored = []
    plain = across.sentence_polarity
    monkeypatch.setattr(
        across,
        "sentence_polarity",
        lambda text, words, names: scored.append(words) or plain(text, words=words, names=names),
    )
    story, mine = ss.Story(**seed_story.tables), ss.sentiment.read_tone_words()
    for ask in (
        ss.sentiment.in_short, ss.sentiment.sentence_tone, ss.sentiment.tone, ss.sentiment.tone_differences,
        ss.sentiment.evidence, ss.sentiment.tone_toward, ss.sentiment.toward_differences,
        ss.sentiment.toward_sentences, ss.sentiment.tone_by_definition, ss.sentiment.tone_by_definition,
    ):  # fmt: skip
        ask(story)
    ss.sentiment.tone(story, by=["outlet", "speaker"])
    ss.sentiment.tone(story, words=mine)
    ss.sentiment.tone_differences(story, words=mine)
    counts = {words: scored.count(words) for words in scored}
    assert counts == dict.fromkeys([None, across.TEXTBLOB_ALONE, mine], len(story.sentences))


def test_names_have_no_tone_in_any_table(story_of):
    text = "Grace Strong runs the ferry. Strong left the hall. Strong praised him."
    story = story_of({"Herald": text})
    found = ss.sentiment.evidence(story)
    assert [(row.text, row.sentence) for row in found.itertuples()] == [("praised", 2)]
    assert story.sentences["polarity"].notna().tolist() == [False, False, True]


def test_the_sentences_of_known_tone_are_those_with_a_scored_word(seed_story):
    scored = ss.sentiment.sentence_tone(seed_story).dropna(subset="polarity")
    known = seed_story.sentences.dropna(subset="polarity")
    keys = ["article_id", "sentence"]
    assert set(scored[keys].itertuples(index=False)) == set(known[keys].itertuples(index=False))


def test_tone_does_not_depend_on_the_order_of_articles(seed_story):
    turned = {name: table.iloc[::-1].reset_index(drop=True) for name, table in vars(seed_story).items()
              if isinstance(table, pd.DataFrame)}  # fmt: skip
    pd.testing.assert_frame_equal(ss.sentiment.tone(ss.Story(**turned)), ss.sentiment.tone(seed_story))
    pd.testing.assert_frame_equal(
        ss.sentiment.tone_toward(ss.Story(**turned)), ss.sentiment.tone_toward(seed_story)
    )
