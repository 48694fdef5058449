"""No article, one, or three that say nothing of themselves give tables and figures, never an exception."""

import inspect

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import samestory as ss

EMPTY, SENTENCE = "", "The ferry was late."
THREE = [
    "The ferry was late on Monday, passengers said. “Nobody told us,” said Ines Halder.",
    "The ferry sank on Monday. Ines Halder said that nobody had told the passengers.",
    "Owners blamed the ferry’s captain, a brutal liar.",
]
STORIES = {"no articles": [], "one empty article": [EMPTY], "one sentence": [SENTENCE]}
LITTLE = [*STORIES, "without outlets", "bare three"]

ROOMS = (ss.reading, ss.framing, ss.sentiment, ss.quotes, ss.timeline, ss.statements)
PUBLIC = {  # found in the rooms, so that a new one is tried without being named here
    f"{room.__name__.rpartition('.')[2]}.{name}": getattr(room, name)
    for room in ROOMS
    for name in room.__all__
}
PUBLIC |= {name: getattr(ss, name) for name in ss.__all__ if callable(getattr(ss, name))}
OF_A_STORY = {
    name
    for name, made in PUBLIC.items()
    if not inspect.isclass(made)
    for parameter in list(inspect.signature(made).parameters.values())[:1]
    if parameter.annotation is ss.Story
}
# a second argument is required
NEEDS_MORE = {"ask", "framing.reframe", "framing.passages_with", "sentiment.sentences_about"}
OF_A_TABLE = {
    "ask": lambda story: ss.ask(story, ss.quotes.speeches, act=["speech"], by=["outlet", "speaker"]),
    "framing.agency_forms": lambda story: ss.framing.agency_forms(ss.framing.agency(story)),
    "framing.label_list": lambda story: ss.framing.label_list(ss.framing.labels(story)),
    "framing.passages_with": lambda story: ss.framing.passages_with(story, word="ferry"),
    "framing.plot_agency": lambda story: ss.framing.plot_agency(ss.framing.agency_roles(story)),
    "framing.plot_keyness": lambda story: ss.framing.plot_keyness(ss.framing.keyness(story)),
    "framing.plot_loaded": lambda story: ss.framing.plot_loaded(ss.framing.loaded_rate(story)),
    "framing.plot_weights": lambda story: ss.framing.plot_weights(ss.framing.weights(story)),
    "framing.reframe": lambda story: ss.framing.reframe(story, codebooks=[]),
    "quotes.plot_direct_share": lambda story: ss.quotes.plot_direct_share(ss.quotes.direct_share(story)),
    "quotes.plot_share": lambda story: ss.quotes.plot_share(ss.quotes.share(story)),
    "quotes.plot_source_types": lambda story: ss.quotes.plot_source_types(ss.quotes.source_types(story)),
    "quotes.plot_stance_share": lambda story: ss.quotes.plot_stance_share(ss.quotes.stance_share(story)),
    "reading.article_list": lambda story: ss.reading.article_list(story.articles),
    "reading.lengths": lambda story: ss.reading.lengths(story.articles),
    "reading.plot_lengths": lambda story: ss.reading.plot_lengths(story.articles),
    "reading.plot_published": lambda story: ss.reading.plot_published(story.articles),
    "reading.removed_passages": lambda story: ss.reading.removed_passages(story.articles),
    "sentiment.plot_tone": lambda story: ss.sentiment.plot_tone(ss.sentiment.sentence_tone(story)),
    "sentiment.plot_tone_through": lambda story: ss.sentiment.plot_tone_through(
        ss.sentiment.sentence_tone(story)
    ),
    "sentiment.plot_tone_toward": lambda story: ss.sentiment.plot_tone_toward(
        ss.sentiment.tone_toward(story)
    ),
    "sentiment.sentences_about": lambda story: ss.sentiment.sentences_about(story, entity=None),
    "statements.core": lambda story: ss.statements.core(ss.statements.coverage(story)),
    "statements.coverage_table": lambda story: ss.statements.coverage_table(ss.statements.coverage(story)),
    "timeline.dated_differently": lambda story: ss.timeline.dated_differently(ss.timeline.events(story)),
    "timeline.event_table": lambda story: ss.timeline.event_table(ss.timeline.events(story)),
    "timeline.how_dated": lambda story: ss.timeline.how_dated(ss.timeline.events(story)),
    "timeline.jumps_by_definition": lambda story: ss.timeline.jumps_by_definition(ss.timeline.events(story)),
    "timeline.jumps_in_time": lambda story: ss.timeline.jumps_in_time(ss.timeline.events(story)),
    "timeline.only_dated_by": lambda story: ss.timeline.only_dated_by(ss.timeline.events(story)),
    "timeline.plot_events": lambda story: ss.timeline.plot_events(ss.timeline.events(story)),
    "timeline.plot_order": lambda story: ss.timeline.plot_order(ss.timeline.events(story)),
}
BY_OUTLET = {"statements.coverage_table", "quotes.speakers_by_outlet"}  # a column an outlet
CALLS = {name: PUBLIC[name] for name in sorted(OF_A_STORY - NEEDS_MORE)} | OF_A_TABLE


@pytest.fixture(scope="module")
def stories(tmp_path_factory):
    columns = ["article_id", "outlet", "text"]
    made = {
        name: ss.annotate(pd.DataFrame([("a", "Post", text) for text in texts], columns=columns))
        for name, texts in STORIES.items()
    }
    made["without outlets"] = ss.annotate(pd.DataFrame({"article_id": ["a", "b", "c"], "text": THREE}))
    folder = tmp_path_factory.mktemp("bare")
    for n, text in enumerate(THREE):
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    return made | {"bare three": ss.annotate(ss.load(folder))}


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.mark.parametrize("little", LITTLE)
@pytest.mark.parametrize("name", CALLS)
def test_little_is_enough(stories, name, little):
    found = CALLS[name](stories[little])
    if ".plot_" in name:
        axes = found.figure.axes
        assert any(ax.texts or ax.collections or ax.patches or ax.lines for ax in axes), "an empty panel"
    elif name.endswith(".in_short"):
        assert all(isinstance(sentence, str) and sentence.strip() for sentence in found)
    elif isinstance(found, pd.DataFrame):
        if name not in BY_OUTLET:
            assert list(found.columns) == list(CALLS[name](stories["bare three"]).columns)
        ss.show_table(found)


@pytest.mark.parametrize("name", sorted(OF_A_STORY - NEEDS_MORE))
def test_the_story_is_left_as_it_was(stories, name):
    story = stories["bare three"]
    before = {table: getattr(story, table).copy(deep=True) for table in story.tables}
    CALLS[name](story)
    for table, kept in before.items():
        pd.testing.assert_frame_equal(getattr(story, table), kept)


def test_every_public_plot_is_tried():
    plots = {name for name in PUBLIC if ".plot_" in name}
    assert plots <= set(CALLS)
