"""Tone in cautious sentences: what is said, and what is left unsaid where little is known."""

import pandas as pd

import samestory as ss
from samestory.sentiment import findings

GLOOMY = (
    "The cruel mayor failed. The horrible bridge is ugly. A terrible fire destroyed the awful hall. "
    "The stupid plan is disgusting. "
)
BRIGHT = (
    "The brilliant mayor won. The wonderful bridge is beautiful. A happy crowd enjoyed the excellent hall. "
    "The great plan is superb. "
)


def test_nothing_is_said_of_no_articles(story_of):
    assert ss.sentiment.in_short(story_of({})) == []


def test_few_sentences_are_not_compared(story_of):
    assert ss.sentiment.in_short(story_of({"Herald": "Snow fell.", "Post": "Ferries ran."})) == []


def test_outlets_whose_narration_differs_are_told_apart(story_of):
    findings = ss.sentiment.in_short(story_of({"Herald": GLOOMY * 4, "Post": BRIGHT * 4}))
    [apart] = [finding for finding in findings if "95% interval" in finding]
    assert "Herald uses more negative words than Post" in apart
    assert [passage.outlet for passage in apart.passages] == ["Herald", "Herald", "Post", "Post"]
    assert apart.index("Herald") < apart.index("Post")
    assert "16 and 16 sentences" in apart


def test_outlets_of_the_same_words_are_not_told_apart(story_of):
    findings = ss.sentiment.in_short(story_of({"Herald": GLOOMY * 4, "Post": GLOOMY * 4}))
    assert not any("95% interval" in finding for finding in findings)


def test_an_actor_in_a_better_light_in_one_outlet_is_named(story_of):
    bad = ("Critics called Lena Mora a corrupt failure.", "Lena Mora betrayed the town and lied again.")
    good = ("Neighbours praised Lena Mora as brave.", "Lena Mora won an award for her brilliant work.")
    findings = ss.sentiment.in_short(story_of({"Herald": " ".join(bad * 4), "Post": " ".join(good * 4)}))
    [light] = [finding for finding in findings if "more favourable light" in finding]
    assert light.startswith("Lena Mora appears in a more favourable light in Post than in Herald")


def test_an_actor_of_one_outlet_is_told_of_without_a_comparison(story_of):
    bad = ("Critics called Lena Mora a corrupt failure.", "Lena Mora betrayed the town and lied again.")
    findings = ss.sentiment.in_short(story_of({"Herald": " ".join(bad * 4), "Post": "Snow fell."}))
    [note] = [finding for finding in findings if finding.startswith("Over all articles")]
    assert "8 of the 8 sentences that mention Lena Mora are unfavourable" in note
    assert [passage.outlet for passage in note.passages] == ["Herald", "Herald"]


def test_quotes_darker_than_the_narration_are_told(story_of):
    quoted = "“It was a terrible, horrible, disgusting deed,” said Ann Lee. "
    story = story_of({"Herald": BRIGHT * 3 + "\n\n" + quoted * 6, "Post": "Snow fell."})
    [voices] = [finding for finding in ss.sentiment.in_short(story) if "in quotes" in finding]
    assert voices.startswith("What is quoted sounds more negative than their own words")


def test_a_light_that_few_readers_would_see_is_not_told(story_of, monkeypatch):
    story = story_of({"Herald": "Snow fell.", "Post": "Ferries ran."})
    pairs = pd.DataFrame(
        [("Ann Lee", "Herald", "Post", 0.3, 0.1, 0.5, 9, 9)],
        columns=["entity", "outlet_a", "outlet_b", "difference", "low", "high", "n_a", "n_b"],
    )
    about = pd.DataFrame(columns=["outlet", "article_id", "start", "text", "toward"])
    monkeypatch.setattr(findings, "toward_sentences", lambda story, entity: about)
    for difference, told in ((0.3, False), (0.45, True)):
        monkeypatch.setattr(
            findings, "toward_differences", lambda story, d=difference: pairs.assign(difference=d)
        )
        monkeypatch.setattr(
            findings, "tone_toward", lambda story, by: pd.DataFrame({"low": [], "n": [], "entity": []})
        )
        assert any("more favourable light" in text for text in ss.sentiment.in_short(story)) is told
