"""The cache: what is kept is what was found, and what changed is annotated anew."""

import ast
import errno
import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pandas as pd
import pytest

import samestory as ss
from samestory import annotation, cache, tables
from samestory.cache import PACKAGE, Cache
from samestory.language.pipeline import MODEL

COVERED = {file.relative_to(PACKAGE) for pattern in cache.DEPENDS_ON for file in PACKAGE.glob(pattern)}
# before annotation, beside it, or after it
NOT_KEPT = re.compile(
    r"reading/.*|pages/progress\.py|trust/(?:anchors|mending|places)\.py|(?:story|storage|cache)\.py"
)


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


@pytest.mark.parametrize("content", [b"{}", b"", b"null", b"\n{}", b"0" * 64 + b"\n{}"])
def test_cache_takes_no_entry_that_is_not_whole(tmp_path, seeds, seed_story, parsed, content):
    ss.annotate(seeds, cache=tmp_path)
    for entry in tmp_path.iterdir():
        entry.write_bytes(content)
    again = ss.annotate(seeds, cache=tmp_path)
    assert len(parsed) == 4
    pd.testing.assert_frame_equal(again.quotes, seed_story.quotes)


def test_cache_that_is_cut_short_is_made_anew(tmp_path, seeds, parsed):
    ss.annotate(seeds, cache=tmp_path)
    for entry in tmp_path.iterdir():
        entry.write_bytes(entry.read_bytes()[:-1])
    ss.annotate(seeds, cache=tmp_path)
    assert len(parsed) == 4


def test_a_cache_that_cannot_be_written_costs_only_time_and_is_said_once(tmp_path, seeds, seed_story):
    (tmp_path / "file").write_text("no folder")
    with pytest.warns(UserWarning, match="nothing could be kept in") as said:
        story = ss.annotate(seeds, cache=tmp_path / "file")
    assert len(said) == 1
    pd.testing.assert_frame_equal(story.quotes, seed_story.quotes)


def test_a_full_disk_costs_only_time_and_leaves_no_part(tmp_path, seeds, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.warns(UserWarning, match="nothing could be kept"):
        ss.annotate(seeds, cache=tmp_path)
    assert not list(tmp_path.iterdir())


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
    key = Cache(tmp_path).key
    keys = [key("a", None, None), key("b", None, None), key("a", "en", None), key("a", None, ["en"])]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("package", cache.PACKAGES)
def test_cache_key_has_the_version_of_every_package(tmp_path, monkeypatch, package):
    before = Cache(tmp_path).key("a", None, None)
    installed = cache.installed_version
    monkeypatch.setattr(cache, "installed_version", lambda name: "9" if name == package else installed(name))
    cache.code_digest.cache_clear()
    assert Cache(tmp_path).key("a", None, None) != before
    cache.code_digest.cache_clear()


def test_cache_packages_are_installed_under_these_names():
    assert [package for package in cache.PACKAGES if cache.installed_version(package) is None] == []
    assert MODEL.replace("_", "-") in cache.PACKAGES


def test_cache_key_has_the_version_of_a_model_that_was_named(tmp_path, monkeypatch):
    keys = set()
    for installed in ("3.7.0", "3.8.0", None):
        cache.code_digest()  # with the real versions, and kept
        versions = {"en_core_web_md": installed}
        monkeypatch.setattr(cache, "installed_version", versions.__getitem__)
        cache.model_state.cache_clear()
        keys.add(Cache(tmp_path).key("a", "en_core_web_md", None))
    cache.model_state.cache_clear()
    assert len(keys) == 3


def test_cache_key_has_the_content_of_a_model_in_a_folder(tmp_path):
    meta = tmp_path / "model" / "meta.json"
    meta.parent.mkdir()
    keys = set()
    for content in ("{}", '{"version": "1"}'):
        meta.write_text(content)
        cache.model_state.cache_clear()
        keys.add(Cache(tmp_path / "kept").key("a", str(meta.parent), None))
    assert len(keys) == 2


def test_cache_key_covers_every_module_that_annotation_imports():
    waiting, seen = {Path("annotation.py")}, set()
    while waiting:
        file = waiting.pop()
        seen.add(file)
        waiting |= set(filter(None, map(module_of, imported_by(file)))) - seen
    needed = {file for file in seen if not NOT_KEPT.fullmatch(file.as_posix())}
    assert len(needed) > 30
    assert needed - COVERED == set()


def test_cache_key_covers_every_package_that_its_modules_import():
    code = [file for file in COVERED if file.suffix == ".py" and file.name not in ("plots.py", "findings.py")]
    names = {name.split(".")[0] for file in code for name in imported_by(file)}
    owners = packages_distributions()
    imported = {owners[name][0].lower() for name in names - sys.stdlib_module_names - {"samestory"}}
    assert "spacy" in imported
    assert imported - set(cache.PACKAGES) == set()


def test_cache_key_covers_every_file_that_annotation_reads():
    script = (
        "import sys, samestory as ss, pandas as pd\n"
        "opened = set()\n"
        "sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == 'open' else None)\n"
        "text = '\"It is a shameful day,\" Ann Brook said on Monday. The mayor praised her.'\n"
        "ss.annotate(pd.DataFrame({'article_id': ['a'], 'text': [text], 'published': ['2024-05-14']}))\n"
        "print('\\n'.join(opened))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    data = [Path(line) for line in done.stdout.split("\n") if not line.endswith((".py", ".pyc"))]
    read = {file.relative_to(PACKAGE) for file in data if PACKAGE in file.parents and file.is_file()}
    assert Path("models/reading.onnx") in read
    assert Path("codebooks/cues.yaml") in read
    assert read - COVERED == set()


def imported_by(file):
    """The dotted name of everything that a module imports, such as samestory.names.mentions.find_mentions."""
    for node in ast.walk(ast.parse((PACKAGE / file).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_of(name):
    """The file of the package that holds a dotted name, None for what another package holds."""
    package, *place = name.split(".")
    files = [Path(*place[:length]).with_suffix(".py") for length in range(len(place), 0, -1)]
    return next((file for file in files if package == "samestory" and (PACKAGE / file).is_file()), None)
