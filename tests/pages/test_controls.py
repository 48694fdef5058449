"""Controls: an answer without anybody there, and one that changes with each choice where somebody is."""

import json
import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from ipywidgets import HBox

import samestory as ss
from samestory.pages import controls, progress
from samestory.pages.columns import show_columns
from samestory.pages.context import unfold
from samestory.pages.controls import VIEW, ask, without_controls

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def story(story_of):
    herald = "The old harbour bridge will close. Mayor Ilse Brandt said that it is safe. Ferries will run."
    post = f"The bridge {HOSTILE} is closed. Ilse Brandt left."
    return story_of({"Herald": herald, f"Post {HOSTILE}": post})


class Live:
    """A cell of a notebook at which somebody sits: its controls, and the answer as it stands."""

    def __init__(self, monkeypatch):
        InteractiveShell.instance()
        self.answers, self.shown, self.controls = [], [], {}
        monkeypatch.setattr(controls, "someone_is_there", lambda: True)
        monkeypatch.setattr(controls, "update_display", lambda data, **_: self.answers.append(data))
        monkeypatch.setattr(controls.widgets, "HBox", self.row)

    def row(self, children, **options):
        self.controls = {one.description: one for one in children}
        return HBox(children, **options)

    def ask(self, *args, **options):
        with capture_output() as captured:
            ask(*args, **options)
        self.shown = captured.outputs
        self.answers.append(captured.outputs[-1].data)

    @property
    def text(self):
        return self.answers[-1]["text/plain"]


@pytest.fixture
def live(monkeypatch):
    return Live(monkeypatch)


def rows():
    return pd.DataFrame(
        {
            "outlet": ["Herald", "Herald", f"Post {HOSTILE}"] * 4,
            "kind": ["a", "b", "b"] * 4,
            "score": [0.2, 0.6, 0.9] * 4,
            "word": [f"word{n}" for n in range(12)],
        }
    )


def test_without_anybody_only_the_first_answer_is_displayed(story, shown):
    (output,) = shown(ask, story, ss.framing.passages_with, word="bridge", caption="With “{word}”")
    assert output.data["text/plain"].startswith("With “bridge”")
    assert VIEW not in output.data


def test_controls_leave_no_words_of_their_own(story, live):
    live.ask(story, rows(), by=["outlet", "kind"])
    assert [set(output.data) for output in live.shown] == [{VIEW}, {"text/html", "text/plain"}]


def test_every_kind_of_choice_changes_the_answer(story, live):
    live.ask(story, rows(), by=["outlet", "kind", "score"])
    assert set(live.controls) == {"Herald", f"Post {HOSTILE}", "kind", "score at least", "search"}
    live.controls["kind"].value = "a"
    assert "word0" in live.text
    assert "word1 " not in live.text + " "
    live.controls["kind"].value = None
    live.controls["score at least"].value = 0.85
    assert set(re.findall(r"word\d+", live.text)) == {"word2", "word5", "word8", "word11"}
    live.controls["search"].value = "WORD8 post"
    assert set(re.findall(r"word\d+", live.text)) == {"word8"}
    live.controls[f"Post {HOSTILE}"].value = False
    assert "Nothing of this kind" in live.text


def test_an_argument_is_chosen_from_a_list_or_written(story, live):
    live.ask(story, ss.sentiment.sentences_about, entity=["Ilse Brandt", "Nobody"], draw=show_columns)
    assert "Herald: 1 sentence" in live.text
    live.controls["entity"].value = "Nobody"
    assert live.text.startswith("unknown entity 'Nobody'")
    live.ask(story, ss.framing.passages_with, word="bridge")
    live.controls["word"].value = "ferries"
    assert "Ferries will run" in live.text


def test_a_figure_can_be_read_as_a_table(story, live):
    def draw(table):
        ax = plt.subplots()[1]
        ax.plot(table["score"])
        return ax

    live.ask(story, rows(), by="outlet", draw=draw, alt="A line of scores.", columns=["word", "score"])
    assert live.text == "Figure: A line of scores."
    live.controls["as a table"].value = True
    assert live.text.splitlines()[0].split() == ["word", "score"]


def test_what_is_made_for_a_choice_is_made_once(story, live):
    asked = []

    def make(story, kind):
        asked.append(kind)
        return rows()[lambda table: table["kind"] == kind]

    live.ask(story, make, kind=["a", "b"])
    for kind in ("b", "a", "b"):
        live.controls["kind"].value = kind
    assert asked == ["a", "b"]


def test_what_an_article_says_is_escaped(story, live):
    live.ask(story, ss.framing.passages_with, word="bridge", by="outlet")
    live.controls["word"].value = "closed"
    html = live.answers[-1]["text/html"]
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    live.ask(story, ss.sentiment.sentences_about, entity=["Ilse Brandt", HOSTILE], draw=show_columns)
    live.controls["entity"].value = HOSTILE
    assert "<script" not in live.answers[-1]["text/html"]


def test_nothing_to_choose_from_is_said(story):
    with pytest.raises(ValueError, match="frame: nothing to choose from"):
        ask(story, ss.framing.evidence, frame=[])


def test_many_outlets_are_a_list(story_of, live):
    many = story_of({f"Outlet {n:02}": "It rained." for n in range(controls.BOXES + 1)})
    live.ask(many, pd.DataFrame({"outlet": many.articles["outlet"], "n": 1}), by="outlet")
    live.controls["outlet"].value = "Outlet 03"
    assert re.findall(r"Outlet \d+", live.text) == ["Outlet 03"]


def test_a_saved_notebook_keeps_the_answers_and_no_control():
    answer = {"output_type": "display_data", "data": {"text/plain": "the answer"}, "metadata": {}}
    view = {"output_type": "display_data", "data": {VIEW: {"model_id": "x"}}, "metadata": {}}
    cells = [{"cell_type": "markdown", "source": "a"}, {"cell_type": "code", "outputs": [view, answer]}]
    model = {"type": "notebook", "content": {"metadata": {"widgets": {}}, "cells": cells}}
    without_controls(model, path="a.ipynb", contents_manager=None)
    assert cells[1]["outputs"] == [answer]
    assert model["content"]["metadata"] == {}
    for other in ({"type": "file", "content": "text"}, {"type": "notebook", "content": None}):
        kept = json.dumps(other)
        without_controls(other)
        assert json.dumps(other) == kept


def test_a_row_unfolds_its_sentence_between_its_neighbours(story, shown):
    (output,) = shown(ask, story, ss.framing.passages_with, word="safe")
    html = output.data["text/html"]
    assert "<mark>Mayor Ilse Brandt said that it is safe.</mark> Ferries will run.</p>" in html
    assert re.search(r'<a href="0-articles.ipynb#passage-herald-\d+">the whole article</a>', html)
    assert unfold('<a href="#passage-other-3">there</a>', story) == '<a href="#passage-other-3">there</a>'


def test_columns_hold_so_many_passages_and_count_the_others(story, shown):
    table = pd.DataFrame({"outlet": "Herald", "text": ["a", "b", "c"], "article_id": "herald", "start": 0})
    (output,) = shown(show_columns, table, limit=2)
    assert output.data["text/plain"] == "Herald: 3 sentences"
    assert "1 more not shown" in output.data["text/html"]
    (empty,) = shown(show_columns, table.head(0))
    assert empty.data["text/plain"] == "No sentence was found."


@pytest.mark.parametrize(
    ("parent", "expected"),
    [
        pytest.param({"content": {"allow_stdin": True}}, True, id="JupyterLab"),
        pytest.param({"content": {"allow_stdin": False}}, False, id="a program that runs notebooks"),
        pytest.param({}, False, id="nothing is run"),
    ],
)
def test_someone_is_there_where_a_cell_may_ask(monkeypatch, parent, expected):
    class Shell:
        class kernel:
            @staticmethod
            def get_parent(channel):
                return parent

    monkeypatch.setattr(progress, "get_ipython", lambda: Shell)
    assert progress.someone_is_there() is expected


def test_no_bar_where_nobody_looks_on(capfd):
    assert list(progress.with_progress(range(3), total=3, doing="counting")) == [0, 1, 2]
    assert capfd.readouterr().err == ""


def test_a_bar_on_a_terminal_comes_after_a_while(monkeypatch, capfd):
    monkeypatch.setattr(progress, "LONG", 0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert list(progress.with_progress(range(3), total=3, doing="counting")) == [0, 1, 2]
    assert "counting" in capfd.readouterr().err
