"""What every notebook of the suite keeps to; that they run and print the same is nbval's part."""

import re
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = {path.stem: nbformat.read(path, as_version=4) for path in sorted(FOLDER.glob("*.ipynb"))}
PARAMETERS = 'ARTICLES = "../seeds"  # a folder of articles, or one CSV, JSON Lines or HTML file'
MACHINE_PATH = re.compile(r"/(?:home|root|tmp|work|Users|usr|var)/|[A-Z]:\\\\|site-packages|0x[0-9a-f]{6,}")
MOST_LINES, MOST_CODE_CELLS, MOST_TABLES = 10, 30, 8

pytestmark = pytest.mark.skipif(not NOTEBOOKS, reason="there are no notebooks")
each = pytest.mark.parametrize("notebook", NOTEBOOKS.values(), ids=NOTEBOOKS)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(notebook):
    return [output for cell in code(notebook) for output in cell.outputs]


def words_shown(output) -> str:
    """All that an output says, in text or HTML."""
    data = output.get("data", {})
    return "\n".join(
        [output.get("text", ""), *(str(data[kind]) for kind in data if kind.startswith("text/"))]
    )


def test_numbers_are_unique_and_in_names():
    numbers = [re.match(r"(\d+)-[a-z-]+$", name) for name in NOTEBOOKS]
    assert all(numbers)
    assert len({number[1] for number in numbers}) == len(numbers)


@each
def test_first_cell_asks_a_question(notebook):
    first = notebook.cells[0]
    assert first.cell_type == "markdown"
    assert re.match(r"# \d+ · [^\n]+\?\n", first.source + "\n")


@each
def test_one_title(notebook):
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert len(re.findall(r"^# ", prose, re.M)) == 1


@each
def test_first_code_cell_holds_the_parameters_and_no_other_does(notebook):
    first = code(notebook)[0]
    assert first.source == PARAMETERS
    assert [cell for cell in code(notebook) if "parameters" in cell.metadata.get("tags", [])] == [first]


@each
def test_second_code_cell_loads_and_annotates(notebook):
    source = code(notebook)[1].source
    assert source.startswith("import samestory as ss\n\nstory = ss.annotate(ss.load(ARTICLES))")


@each
def test_ends_with_what_to_doubt(notebook):
    headings = [
        line
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for line in re.findall(r"^## .+$", cell.source, re.M)
    ]
    assert headings[-1] == "## What to doubt"


@each
def test_code_cells_are_short_and_define_nothing(notebook):
    assert len(code(notebook)) <= MOST_CODE_CELLS
    for cell in code(notebook):
        assert len(cell.source.splitlines()) <= MOST_LINES, cell.source
        assert not re.search(r"^\s*(?:class|def) ", cell.source, re.M), cell.source


@each
def test_prose_comes_before_each_step(notebook):
    """From the second code cell on: the first two are the parameters and the imports."""
    steps = [n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code"][2:]
    assert [notebook.cells[n].source for n in steps if notebook.cells[n - 1].cell_type != "markdown"] == []


@each
def test_is_stored_as_run_from_top_to_bottom(notebook):
    counts = [cell.execution_count for cell in code(notebook)]
    assert counts == list(range(1, len(counts) + 1))
    assert outputs(notebook)


@each
def test_no_output_is_an_error_or_a_warning(notebook):
    assert [output for output in outputs(notebook) if output.output_type == "error"] == []
    assert [output.text for output in outputs(notebook) if output.get("name") == "stderr"] == []


@each
def test_every_picture_has_words(notebook):
    pictures = [output for output in outputs(notebook) if "image/png" in output.get("data", {})]
    for output in pictures:
        alt = output.metadata.get("image/png", {}).get("alt", "")
        assert len(alt) > 10
        assert output.data["text/plain"] == f"Figure: {alt}"


@each
def test_no_output_names_a_place_on_this_machine(notebook):
    for output in outputs(notebook):
        assert not MACHINE_PATH.search(words_shown(output)), words_shown(output)[:300]


def places(notebook) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', "\n".join(map(words_shown, outputs(notebook)))))


@each
def test_links_to_passages_lead_somewhere(notebook):
    """To a place in the same notebook, or among the articles in notebook 0."""
    shown = "\n".join(map(words_shown, outputs(notebook)))
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= places(notebook)
    linked = re.findall(r'href="([^"#:]+)#([^"]+)"', shown)
    assert {file for file, _ in linked} <= {"0-articles.ipynb"}
    assert {place for _, place in linked} <= places(NOTEBOOKS["0-articles"])


@each
def test_holds_the_answers_and_no_control(notebook):
    kinds = {kind for output in outputs(notebook) for kind in output.get("data", {})}
    assert not [kind for kind in kinds if "widget" in kind]


@each
def test_has_eight_tables_at_the_most(notebook):
    assert sum(words_shown(output).count("<table") for output in outputs(notebook)) <= MOST_TABLES


def test_the_articles_stand_in_one_notebook():
    views = [name for name, notebook in NOTEBOOKS.items() if any(map(is_reading_view, outputs(notebook)))]
    assert views == ["0-articles"]


def is_reading_view(output) -> bool:
    return 'class="samestory reading"' in words_shown(output)


@each
def test_metadata_says_nothing_about_the_machine(notebook):
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert not [cell for cell in code(notebook) if "execution" in cell.metadata]
