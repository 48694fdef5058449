"""Whatever goes wrong in one article, the others are annotated, nothing is lost, and the problem is named."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samestory as ss
from samestory import annotation


def articles_of(*texts):
    return pd.DataFrame({"article_id": [f"a{n}" for n in range(len(texts))], "text": texts})


def failures(story):
    found = story.problems
    return found[found["annotator"].notna()]


def test_a_noun_known_by_its_written_form_only_stops_nothing():
    story = ss.annotate(articles_of("The flagship sub-league met on Tuesday in Ohio."))
    assert failures(story).empty
    assert len(story.sentences) == 1


WHO = """The flagship sub-league|A co-op|The agency's ex-chief|Mr. Poe|She|The U.N. sub-committee|
Ann Lee Jr.|The company|Both mayors|It"""
DID = """met|said that the group's re-count failed|was hit by|told reporters it would sue|denied|named|
has been set for|called it “a farce”, and left|fears that|announced a mid-term plan for"""
WHAT = """on Tuesday in Ohio|the White House|two weeks ago|a third of its non-members|in the 1990s|at 5 p.m.|
the sub-league of Ohio's farm-workers|who knew him|by May 3-5, 2024|from next month"""
PARTS = [st.sampled_from(parts.replace("\n", "").split("|")) for parts in (WHO, DID, WHAT)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*PARTS), min_size=1, max_size=6))
def test_ordinary_sentences_put_together_at_random_are_annotated(sentences):
    story = ss.annotate(articles_of(" ".join(f"{' '.join(parts)}." for parts in sentences)))
    assert failures(story).empty


def test_an_annotator_that_fails_costs_its_own_table_only(monkeypatch):
    def broken(doc, **_):
        raise RuntimeError(f"cannot read {doc.text[:5]!r}")

    monkeypatch.setattr(annotation, "find_times", broken)
    story = ss.annotate(articles_of("Ann Lee said on Friday that it rained.", "Bob Poe left."))
    assert story.times.empty
    assert len(story.sentences) == 2
    assert story.quotes["speaker"].tolist() == ["Ann Lee"]
    assert failures(story).to_numpy().tolist() == [
        ["a0", "broken", "RuntimeError: cannot read 'Ann L'"],
        ["a1", "broken", "RuntimeError: cannot read 'Bob P'"],
    ]


def test_an_article_that_cannot_be_parsed_keeps_its_text_and_the_others_go_on(monkeypatch):
    plain = annotation.load_pipeline()

    class Breaking:
        def __call__(self, text):
            if "poison" in text:
                raise ValueError("[E999] no parse")
            return plain(text)

        def pipe(self, texts):
            yield from (self(text) for text in texts)

    monkeypatch.setattr(annotation, "load_pipeline", lambda model=None: Breaking())
    story = ss.annotate(articles_of("It rained.", "A poison.", "It snowed."))
    assert story.sentences["article_id"].tolist() == ["a0", "a2"]
    assert story.articles["text"].tolist() == ["It rained.", "A poison.", "It snowed."]
    assert failures(story).to_numpy().tolist() == [["a1", "annotate", "ValueError: [E999] no parse"]]


def test_each_article_is_kept_when_it_is_done(tmp_path, monkeypatch):
    plain = annotation.annotate_doc

    def stopped(doc, *args, **options):
        if "third" in doc.text:
            raise KeyboardInterrupt
        return plain(doc, *args, **options)

    monkeypatch.setattr(annotation, "annotate_doc", stopped)
    with pytest.raises(KeyboardInterrupt):
        ss.annotate(articles_of("The first.", "The second.", "The third."), cache=tmp_path)
    assert len(list(tmp_path.glob("*.json"))) == 2


def test_what_failed_is_tried_again(tmp_path, monkeypatch):
    articles = articles_of("Ann Lee said on Friday that it rained.")
    with monkeypatch.context() as patched:
        patched.setattr(annotation, "find_times", lambda doc, **_: 1 / 0)
        assert len(failures(ss.annotate(articles, cache=tmp_path))) == 1
    assert len(ss.annotate(articles, cache=tmp_path).times) == 1
