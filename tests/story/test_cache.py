"""The cache: what is kept is what was found, and what changed is annotated anew."""

import ast
from pathlib import Path

import pandas as pd
import pytest

import samestory as ss
from samestory import annotation, tables
from samestory.cache import DEPENDS_ON, PACKAGE, Cache


@pytest.fixture
def parsed(monkeypatch):
    """The texts that were really annotated, in order."""
    seen = []
    plain = annotation.annotate_doc

    def watched(doc, *args, **options):
        seen.append(doc.text)
        return plain(doc, *args, **options)

    monkeypatch.setattr(annotation, "annotate_doc", watched)
    return seen


def test_cache_second_run_annotates_nothing_and_gives_the_same(tmp_path, seeds, seed_story, parsed):
    first = ss.annotate(seeds, cache=tmp_path)
    assert len(parsed) == 2
    second = ss.annotate(seeds, cache=tmp_path)
    assert len(parsed) == 2
    for name in tables.ANNOTATIONS:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(seed_story, name))
        pd.testing.assert_frame_equal(getattr(second, name), getattr(seed_story, name))


def test_cache_only_a_changed_article_is_annotated(tmp_path, seeds, parsed):
    ss.annotate(seeds, cache=tmp_path)
    changed = seeds.copy()
    changed.loc[1, "text"] += "\n\nThe minister said no."
    ss.annotate(changed, cache=tmp_path)
    assert parsed[2:] == [changed.loc[1, "text"]]


def test_cache_publication_date_is_part_of_the_key(tmp_path, seeds, parsed):
    ss.annotate(seeds, cache=tmp_path)
    ss.annotate(seeds.assign(published=pd.Timestamp("2024-01-01")), cache=tmp_path)
    assert len(parsed) == 4


def test_cache_broken_entry_counts_as_absent(tmp_path, seeds, seed_story):
    ss.annotate(seeds, cache=tmp_path)
    for entry in tmp_path.glob("*.json"):
        entry.write_bytes(b'{"sentences": [{"start": \xff')
    again = ss.annotate(seeds, cache=tmp_path)
    pd.testing.assert_frame_equal(again.sentences, seed_story.sentences)


def test_cache_folder_from_the_environment(tmp_path, seeds, monkeypatch):
    monkeypatch.setenv("SAMESTORY_CACHE", str(tmp_path / "kept"))
    ss.annotate(seeds)
    assert len(list((tmp_path / "kept").glob("*.json"))) == 2


def test_cache_key_differs_by_every_part(tmp_path):
    cache = Cache(tmp_path)
    assert cache.key("a", "b") != cache.key("ab", "") != cache.key("a", None)


def test_cache_key_covers_every_module_that_annotation_imports():
    covered = {file.relative_to(PACKAGE) for pattern in DEPENDS_ON for file in PACKAGE.glob(pattern)}
    waiting, seen = (
        [file for file in covered if file.parts[0] == "annotation" and file.suffix == ".py"],
        set(),
    )
    while waiting:
        file = waiting.pop()
        seen.add(file)
        for node in ast.walk(ast.parse((PACKAGE / file).read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module.startswith("samestory."):
                place = Path(*node.module.split(".")[1:])
                found = [place.with_suffix(".py"), place / "__init__.py"]
                waiting += [one for one in found if (PACKAGE / one).exists() and one not in seen]
    assert seen - covered == set()
