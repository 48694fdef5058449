"""Markdown files: front matter, and the marks that are no words of the article."""

from datetime import datetime

import pytest

from samestory.reading.formats.markdown import read_markdown
from samestory.reading.text import read_text


def draft_of(text):
    (draft,) = read_markdown(text.encode(), "folder/post.md").drafts
    return draft


def removed(draft):
    return [draft.raw[start:end] for start, end, _ in draft.removed]


def test_front_matter_states_fields_and_is_no_text():
    front = "---\ntitle: The bridge\noutlet: Post\nauthor: Ida Holm\ndate: 2025-07-01T10:00:00\n---\n"
    draft = draft_of(f"{front}Snow fell.")
    assert (draft.title, draft.outlet, draft.author) == ("The bridge", "Post", "Ida Holm")
    assert draft.published == datetime(2025, 7, 1, 10)
    assert removed(draft) == [front]
    assert [draft.raw[block.start : block.end] for block in draft.body] == ["Snow fell."]


def test_a_date_that_is_none_leaves_the_other_fields():
    draft = draft_of("---\ntitle: The bridge\ndate: Tuesday\n---\nSnow fell.")
    assert (draft.title, draft.published) == ("The bridge", None)


@pytest.mark.parametrize("between", ["title: [open", "- one\n- two"], ids=["no YAML", "no fields"])
def test_lines_between_rules_that_are_no_front_matter_stay_text(between):
    draft = draft_of(f"---\n{between}\n---\nSnow fell.")
    assert draft.title is None
    assert [draft.raw[block.start : block.end] for block in draft.body][-1] == "Snow fell."


def test_marks_are_removed_and_words_kept():
    draft = draft_of(
        "# The *bridge*\n\n> Quoted.\n\n- An item\n\n"
        "See [the page](http://x.y) and ![a ship](s.png) **now**.\n\n# Second heading"
    )
    assert draft.title == "The bridge"
    taken = ["# ", "*", "*", "> ", "- ", "[", "](http://x.y)", "![a ship](s.png)", "**", "**", "# "]
    assert removed(draft) == taken


@pytest.mark.parametrize(
    ("data", "text", "reason"),
    [
        (b"Caf\xe9 closed.", "Café closed.", "it was read as Windows-1252"),
        ("The cafÃ© closed.".encode(), "The café closed.", "was repaired"),
    ],
    ids=["old encoding", "decoded twice"],
)
def test_read_text_says_what_it_mended(data, text, reason):
    drafts, [problem] = read_text(data, "a.txt")
    assert drafts[0].raw == text
    assert reason in problem.reason


def test_read_text_reads_a_web_page_under_a_text_files_name():
    (draft,), problems = read_text(b"<html><body><p>Hello there, this is a page.</p></body></html>", "a.txt")
    assert (draft.raw, problems) == ("Hello there, this is a page.", [])
