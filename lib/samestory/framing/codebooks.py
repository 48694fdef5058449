"""Frame codebooks: YAML files that a user can read, edit and replace.

`codebooks/README.md` says how to write one. All mistakes in a file are reported at once, each with its line
and its remedy.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import yaml

from samestory.packaged import LOADER

LEVELS = {"strong": 2.0, "terms": 1.0, "weak": 0.5}  # how much one occurrence counts (ours)
BUILT_IN = ("policy", "generic", "war_diplomacy")
_FRAME_KEYS = ("definition", "source", *LEVELS, "exclude")
_TOP_KEYS = ("name", "source", "frames")


class Frame(NamedTuple):
    """One frame of a codebook."""

    definition: str
    source: str
    terms: dict[str, float]  # term -> weight of one occurrence
    exclude: tuple[str, ...]  # wordings in which a term is not meant


@dataclass(frozen=True, eq=False)
class Codebook:
    """A codebook as read; equal only to itself, so that its terms are compiled once."""

    name: str
    source: str
    frames: dict[str, Frame]


def read_codebook(path: str | Path) -> Codebook:
    """Read a codebook of frames, and check it.

    Args:
        path: a YAML file, or the name of a built-in codebook: policy, generic, war_diplomacy.
    Raises:
        ValueError: the file is not a codebook; the message lists each mistake as file, line and remedy.
        FileNotFoundError: neither a file nor a built-in codebook.
    """
    if str(path) in BUILT_IN:
        return built_in_codebook(str(path))
    path = Path(path)
    if not path.is_file():
        known = ", ".join(BUILT_IN)
        raise FileNotFoundError(f"no codebook {str(path)!r}; give a YAML file or one of: {known}")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name}: not UTF-8 text ({error.reason}); save it as UTF-8") from error
    return _parse(text, path.name)


@lru_cache(maxsize=len(BUILT_IN))
def built_in_codebook(name: str) -> Codebook:
    """Read one of the codebooks that come with the package."""
    file = f"frames_{name}.yaml"
    return _parse(resources.files("samestory.codebooks").joinpath(file).read_text("utf-8"), file)


def built_in_codebooks() -> list[Codebook]:
    """The codebooks that `annotate` uses when given none: policy, generic, war_diplomacy."""
    return [built_in_codebook(name) for name in BUILT_IN]


def _parse(text: str, file: str) -> Codebook:
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise ValueError(
            f"{file} line {line}: not YAML ({error.problem}); check the indent, and quote text that has "
            "a colon, a question mark or a quotation mark in it"
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(f"{file}: not YAML ({type(error).__name__}); see codebooks/README.md") from error
    reader = _Reader(file)
    book = reader.codebook(root)
    if book is None or reader.wrong_lines:
        mistakes = [f"{file} line {line}: {text}" for line, text in sorted(reader.wrong_lines)]
        raise ValueError("\n".join(mistakes))
    return book


class _Reader:
    """Reads the nodes of one file and collects what is wrong with them, with lines."""

    def __init__(self, file: str):
        self.file = file
        self.wrong_lines: list[tuple[int, str]] = []  # line, what is wrong with it and what to do

    def wrong(self, node, problem: str, remedy: str) -> None:
        line = node.start_mark.line + 1 if node is not None else 1
        self.wrong_lines.append((line, f"{problem}; {remedy}"))

    def codebook(self, root) -> Codebook | None:
        keys = dict(self.pairs(root, "a codebook", _TOP_KEYS))
        if "frames" not in keys:
            self.wrong(root, "no frames", "add 'frames:' with one entry per frame")
            return None
        frames = {name: self.frame(name, node) for name, node in self.pairs(keys["frames"], "frames", None)}
        if not frames:
            self.wrong(keys["frames"], "frames is empty", "add at least one frame with its terms")
        name = self.text(keys.get("name"), "name") or Path(self.file).stem
        return Codebook(name, self.text(keys.get("source"), "source"), frames)

    def frame(self, name: str, node) -> Frame:
        keys = dict(self.pairs(node, f"frame {name!r}", _FRAME_KEYS))
        terms: dict[str, float] = {}
        for level, weight in LEVELS.items():
            for item, term in self.terms(keys.get(level), level):
                if term in terms:
                    self.wrong(item, f"term {term!r} stands twice in frame {name!r}", "delete one of them")
                terms[term] = weight
        if not terms and node is not None:
            self.wrong(node, f"frame {name!r} has no terms", "add 'terms:' with a list of words")
        exclude = tuple(term for _, term in self.terms(keys.get("exclude"), "exclude"))
        definition = self.text(keys.get("definition"), "definition")
        return Frame(definition, self.text(keys.get("source"), "source"), terms, exclude)

    def pairs(self, node, what: str, allowed: tuple[str, ...] | None) -> Iterator[tuple[str, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            got = "nothing" if node is None else _kind(node)
            wrong = f"{what} must be a set of 'key: value' lines, got {got}"
            self.wrong(node, wrong, "see codebooks/README.md")
            return
        seen = set()
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else None
            if not name:
                self.wrong(key, f"a key of {what} must be text, got {_kind(key)}", "write 'word:'")
            elif allowed is not None and name not in allowed:
                self.wrong(key, f"unknown key {name!r} in {what}", f"use one of: {', '.join(allowed)}")
            elif name in seen:
                self.wrong(key, f"{name!r} stands twice in {what}", "join the two")
            else:
                seen.add(name)
                yield name, value

    def terms(self, node, key: str) -> Iterator[tuple[yaml.Node, str]]:
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(node, f"{key} must be a list, got {_kind(node)}", "write one '- word' a line")
            return
        for item in node.value:
            if not isinstance(item, yaml.ScalarNode):
                self.wrong(item, f"term must be text, got {_kind(item)}", "write - 'word'")
            elif item.tag != "tag:yaml.org,2002:str":
                self.wrong(item, f"term {item.value!r} is not read as text", f"write - '{item.value}'")
            elif not any(letter.isalnum() for letter in item.value.split("*")[0]):
                self.wrong(item, f"term {item.value!r} has no letters before *", "begin it with letters")
            else:
                yield item, item.value

    def text(self, node, key: str) -> str:
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.wrong(node, f"{key} must be text, got {_kind(node)}", f'write {key}: "..."')
            return ""
        return node.value


def _kind(node: yaml.Node) -> str:
    kinds = {yaml.ScalarNode: "text", yaml.SequenceNode: "a list", yaml.MappingNode: "a set of 'key: value'"}
    return kinds[type(node)]
