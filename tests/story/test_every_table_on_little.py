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

OF_A_STORY = {  # found by their annotation, so that a new one is tried without being named here
    name
    for name in ss.__all__
    if not inspect.isclass(getattr(ss, name))
    for parameter in list(inspect.signature(getattr(ss, name)).parameters.values())[:1]
    if parameter.annotation is ss.Story
}
NEEDS_MORE = {"reading_view", "reframe", "passages_with"}  # a second argument is required
OF_A_TABLE = {
    "agency_forms": lambda story: ss.framing.agency_forms(ss.framing.agency(story)),
    "article_lengths": lambda story: ss.reading.lengths(story.articles),
    "article_list": lambda story: ss.reading.article_list(story.articles),
    "core_statements": lambda story: ss.statements.core(ss.statements.coverage(story)),
    "coverage_table": lambda story: ss.statements.coverage_table(ss.statements.coverage(story)),
    "dated_differently": lambda story: ss.timeline.dated_differently(ss.timeline.events(story)),
    "dating": lambda story: ss.timeline.how_dated(ss.timeline.events(story)),
    "jumps_by_definition": lambda story: ss.timeline.jumps_by_definition(ss.timeline.events(story)),
    "jumps_in_time": lambda story: ss.timeline.jumps_in_time(ss.timeline.events(story)),
    "label_list": lambda story: ss.framing.label_list(ss.framing.labels(story)),
    "only_dated_by": lambda story: ss.timeline.only_dated_by(ss.timeline.events(story)),
    "passages_with": lambda story: ss.framing.passages_with(story, "ferry"),
    "plot_agency": lambda story: ss.framing.plot_agency(ss.framing.agency_roles(story)),
    "plot_coverage": lambda story: ss.statements.plot_coverage(ss.statements.coverage(story)),
    "plot_direct_share": lambda story: ss.quotes.plot_direct_share(ss.quotes.direct_share(story)),
    "plot_framing": lambda story: ss.framing.plot_weights(ss.framing.weights(story)),
    "plot_keyness": lambda story: ss.framing.plot_keyness(ss.framing.keyness(story)),
    "plot_lengths": lambda story: ss.reading.plot_lengths(story.articles),
    "plot_loaded": lambda story: ss.framing.plot_loaded(ss.framing.loaded_rate(story)),
    "plot_order": lambda story: ss.timeline.plot_order(ss.timeline.events(story)),
    "plot_published": lambda story: ss.reading.plot_published(story.articles),
    "plot_source_types": lambda story: ss.quotes.plot_source_types(ss.quotes.source_types(story)),
    "plot_speaker_share": lambda story: ss.quotes.plot_share(ss.quotes.share(story)),
    "plot_stance_share": lambda story: ss.quotes.plot_stance_share(ss.quotes.stance_share(story)),
    "plot_timeline": lambda story: ss.timeline.plot_events(ss.timeline.events(story)),
    "plot_tone": lambda story: ss.sentiment.plot_tone(ss.sentiment.sentence_tone(story)),
    "plot_tone_through": lambda story: ss.sentiment.plot_tone_through(ss.sentiment.sentence_tone(story)),
    "plot_tone_toward": lambda story: ss.sentiment.plot_tone_toward(ss.sentiment.tone_toward(story)),
    "reading_problems": lambda story: ss.reading_problems(story.articles),
    "reframe": lambda story: ss.framing.reframe(story, []),
    "removed_passages": lambda story: ss.reading.removed_passages(story.articles),
    "timeline_table": lambda story: ss.timeline.event_table(ss.timeline.events(story)),
}
BY_OUTLET = {"coverage_table", "speakers_by_outlet"}  # a column an outlet
CALLS = {name: getattr(ss, name) for name in sorted(OF_A_STORY - NEEDS_MORE)} | OF_A_TABLE


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
    if name.startswith("plot_"):
        axes = found.figure.axes
        assert any(ax.texts or ax.collections or ax.patches or ax.lines for ax in axes), "an empty panel"
    elif name.endswith("_findings"):
        assert all(isinstance(sentence, str) and sentence.strip() for sentence in found)
    elif isinstance(found, pd.DataFrame):
        if name not in BY_OUTLET:
            assert list(found.columns) == list(CALLS[name](stories["bare three"]).columns)
        ss.show_table(found)


@pytest.mark.parametrize("name", sorted(OF_A_STORY - NEEDS_MORE))
def test_the_story_is_left_as_it_was(stories, name):
    story = stories["bare three"]
    before = {table: getattr(story, table).copy(deep=True) for table in vars(story)}
    CALLS[name](story)
    for table, kept in before.items():
        pd.testing.assert_frame_equal(getattr(story, table), kept)


def test_every_public_plot_is_tried():
    plots = {name for name in ss.__all__ if name.startswith("plot_")}
    assert plots <= set(CALLS)
