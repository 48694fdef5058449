"""The commands, on invented articles and notebooks, in real kernels."""

import errno
import re
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from samestory.publishing.cli import main
from samestory.publishing.run import run_notebook, stop_kernels

SUITE = Path(__file__).parents[2] / "notebooks"
ARTICLE = 'The ferry stays in port, the mayor said on Friday. "We wait for the wind," Lena Mora added.'


def write_notebook(path, *code: str, tags=("parameters",)) -> None:
    cells = [
        new_markdown_cell(f"# {path.stem}: what is there?"),
        new_code_cell('ARTICLES = "../seeds"', metadata={"tags": list(tags)}),
        *map(new_code_cell, code),
    ]
    nbformat.write(new_notebook(cells=cells), path)


@pytest.fixture
def folder(tmp_path):
    """A folder with two articles, and two notebooks that read them, one of which fails."""
    (tmp_path / "my articles").mkdir()
    (tmp_path / "my articles" / "post.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "my articles" / "herald.txt").write_text(ARTICLE.replace("ferry", "boat"), encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    names = "from pathlib import Path; sorted(p.name for p in Path(ARTICLES).iterdir())"
    write_notebook(tmp_path / "notebooks" / "0-good.ipynb", names)
    write_notebook(tmp_path / "notebooks" / "1-bad.ipynb", "open(ARTICLES + '/none')", "print('after')")
    return tmp_path


def call(*arguments) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_report_makes_every_page_though_one_notebook_fails(folder):
    code, said = call(
        "report", folder / "my articles", "--out", folder / "out", "--notebooks", folder / "notebooks"
    )
    assert code == 1
    assert "0-good: running on 2 articles …" in said
    assert "a step failed in 1-bad" in said
    good = (folder / "out" / "0-good.html").read_text("utf-8")
    assert "herald.txt" in good
    bad = (folder / "out" / "1-bad.html").read_text("utf-8")
    assert "FileNotFoundError" in bad
    assert "(not run)" in bad
    front = (folder / "out" / "index.html").read_text("utf-8")
    assert "A step failed in: 1-bad." in front
    for html in (good, bad, front):
        assert str(folder) not in html


def test_report_of_an_empty_folder_says_what_to_do(folder):
    (folder / "empty").mkdir()
    code, said = call(
        "report", folder / "empty", "--out", folder / "out", "--notebooks", folder / "notebooks"
    )
    assert code == 1
    assert "no article could be read" in said
    assert "No article could be read." in (folder / "out" / "index.html").read_text("utf-8")


def test_check_shows_what_was_recognised_and_writes_a_listing(folder):
    (folder / "my articles" / "page.png").write_bytes(b"x")
    code, said = call("check", folder / "my articles")
    assert code == 0
    assert said.splitlines()[0].split() == [
        "file", "outlet", "headline", "published", "author", "words", "cut", "doubtful",
    ]  # fmt: skip
    assert "herald.txt" in said
    assert "no outlet, no date" in said
    assert "page.png: not read" in said
    assert any(line.startswith("page.png ") and "a picture" in line for line in said.splitlines())
    assert "2 rows written to" in said
    assert (folder / "my articles" / "articles.csv").is_file()
    assert "has a row for every article" in call("check", folder / "my articles")[1]


def test_check_of_an_empty_folder_says_what_to_do(folder):
    (folder / "empty").mkdir()
    code, said = call("check", folder / "empty")
    assert code == 1
    assert "no articles found; put" in said
    assert "Error: no article could be read in" in said
    assert not (folder / "empty" / "articles.csv").exists()


def test_report_asks_for_the_tagged_cell(folder):
    write_notebook(folder / "notebooks" / "0-good.ipynb", "1 + 1", tags=())
    code, said = call(
        "report", folder / "my articles", "--out", folder / "out", "--notebooks", folder / "notebooks"
    )
    assert code == 1
    assert "0-good.ipynb: no cell is tagged 'parameters'" in said


def test_report_names_where_it_looked_for_notebooks(folder):
    code, said = call("report", folder / "my articles", "--notebooks", folder / "my articles")
    assert code == 1
    assert "no notebooks in" in said


def test_report_of_what_is_not_there():
    for command in ("report", "check"):
        code, said = call(command, "no-such-folder")
        assert code == 1
        assert said.splitlines()[-1].startswith("Error: no folder or file of articles at 'no-such-folder'")


def test_report_into_what_cannot_be_written_is_refused_before_the_work(folder, monkeypatch):
    def read_only(**_):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("tempfile.TemporaryDirectory", read_only)
    code, said = call("report", folder / "my articles", "--out", folder / "out")
    assert code == 1
    assert said.splitlines()[-1] == (
        f"Error: no report can be written into {folder / 'out'}: Read-only file system"
    )
    assert "annotating" not in said


def test_report_that_meets_a_full_disk_leaves_the_old_one(folder, monkeypatch):
    (folder / "out").mkdir()
    (folder / "out" / "index.html").write_text("old")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("samestory.publishing.site.export", full)
    code, said = call(
        "report", folder / "my articles", "--out", folder / "out", "--notebooks", folder / "notebooks"
    )
    assert code == 1
    assert said.splitlines()[-1].endswith("what was there is as it was: No space left on device")
    assert [path.name for path in (folder / "out").iterdir()] == ["index.html"]


def test_notebooks_stores_outputs_and_plain_metadata(folder):
    code, said = call("notebooks", "0-good", "--notebooks", folder / "my articles")
    assert (code, "no notebooks in" in said) == (1, True)
    write_notebook(folder / "notebooks" / "2-sum.ipynb", "print(1 + 1)")
    code, said = call("notebooks", "2-sum", "--notebooks", folder / "notebooks")
    assert code == 0
    stored = nbformat.read(folder / "notebooks" / "2-sum.ipynb", as_version=4)
    assert stored.cells[2].outputs[0].text == "2\n"
    assert set(stored.metadata) == {"kernelspec", "language_info"}
    assert "execution" not in stored.cells[2].metadata


def test_notebooks_leaves_one_that_fails_as_it_was(folder):
    before = (folder / "notebooks" / "1-bad.ipynb").read_bytes()
    code, said = call("notebooks", "1-bad", "--notebooks", folder / "notebooks")
    assert (code, "a step failed in 1-bad" in said) == (1, True)
    assert (folder / "notebooks" / "1-bad.ipynb").read_bytes() == before


def test_notebooks_names_one_that_is_not_there(folder):
    code, said = call("notebooks", "7-none", "--notebooks", folder / "notebooks")
    assert (code, "no notebook is called 7-none" in said) == (1, True)


def test_report_runs_a_notebook_of_the_suite(folder):
    shutil.copy(SUITE / "0-articles.ipynb", folder / "notebooks")
    (folder / "notebooks" / "0-good.ipynb").unlink()
    (folder / "notebooks" / "1-bad.ipynb").unlink()
    code, said = call(
        "report", folder / "my articles", "--out", folder / "out", "--notebooks", folder / "notebooks"
    )
    assert (code, "the report is ready" in said) == (0, True)
    html = (folder / "out" / "0-articles.html").read_text("utf-8")
    assert 'id="article-herald"' in html
    front = (folder / "out" / "index.html").read_text("utf-8")
    assert 'href="0-articles.html#article-herald"' in front
    assert "2 articles from 2 outlets" in front


FERRY = (
    "The ferry Saint Brannoc ran aground off Kellmouth on Tuesday with 84 passengers, the coastguard said.",
    "All 84 people on board the Saint Brannoc were saved after the ferry struck rocks near Kellmouth.",
)
LUNCH = (
    "Pupils at Hartwell Academy get free lunches from September, the headteacher Nora Quill announced.",
    "Hartwell Academy is to serve every pupil a free lunch, said Nora Quill, who leads the school.",
)


def write_articles(folder, *texts, outlets=("Post", "Herald")):
    folder.mkdir(parents=True)
    listing = ["file,outlet,title,country"]
    for n, text in enumerate(texts):
        (folder / f"{n}.txt").write_text(text, "utf-8")
        listing.append(f"{n}.txt,{outlets[n % 2]},{' '.join(text.split()[:6])},NL")
    (folder / "articles.csv").write_text("\n".join(listing), "utf-8")


@pytest.fixture
def reader(tmp_path):
    """The options of a report with a notebook that says what it reads."""
    (tmp_path / "books").mkdir()
    read = "import samestory as ss; read = ss.load(ARTICLES).articles"
    said = f"{read}; read[['outlet', 'title', 'country', 'text']].to_dict('records')"
    write_notebook(tmp_path / "books" / "0-read.ipynb", said)
    return "--out", tmp_path / "out", "--notebooks", tmp_path / "books"


def test_articles_that_are_plainly_of_two_events_get_two_reports(tmp_path, reader):
    write_articles(tmp_path / "in", *FERRY, *LUNCH)
    code, said = call("report", tmp_path / "in", *reader)
    assert code == 0
    assert "found stories: 2" in said
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    links = re.findall(r'<h2><a href="([^"]+)">', index)
    assert len(links) == 2
    read = [((tmp_path / "out" / link).parent / "0-read.html").read_text("utf-8") for link in links]
    for name, other in (("Brannoc", "Hartwell"), ("Hartwell", "Brannoc")):
        assert sum(name in page and other not in page for page in read) == 1


def test_one_event_is_one_report_as_it_was(tmp_path, reader):
    write_articles(tmp_path / "in", *FERRY, FERRY[0].replace("84", "90"), FERRY[1].replace("rocks", "a reef"))
    code, said = call("report", tmp_path / "in", *reader)
    assert code == 0
    assert "stories" not in said
    assert (tmp_path / "out" / "0-read.html").exists()
    code, said = call("report", tmp_path / "in", *reader, "--stories")
    assert "found stories: 1" in said


def test_all_for_one_when_the_user_says_so(tmp_path, reader):
    write_articles(tmp_path / "in", *FERRY, *LUNCH)
    code, said = call("report", tmp_path / "in", *reader, "--one-story")
    assert code == 0
    assert "running on 4 articles" in said


def test_subfolders_with_a_manifest_each_are_stories(tmp_path, reader):
    write_articles(tmp_path / "in" / "the ferry", *FERRY)
    write_articles(tmp_path / "in" / "lunch", *LUNCH)
    code, _ = call("report", tmp_path / "in", *reader)
    assert code == 0
    assert (tmp_path / "out" / "01-lunch" / "0-read.html").exists()
    assert (tmp_path / "out" / "02-the-ferry" / "index.html").exists()
    assert "the ferry" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_asked_for_stories_where_there_are_none(tmp_path, reader):
    write_articles(tmp_path / "in", FERRY[0], LUNCH[0])
    code, said = call("report", tmp_path / "in", *reader, "--stories")
    assert code == 1
    assert "no event is told by two outlets" in said


def test_a_story_whose_step_fails_is_marked_in_the_index(tmp_path, reader):
    write_articles(tmp_path / "in", *FERRY, *LUNCH)
    write_notebook(
        tmp_path / "books" / "1-bad.ipynb", "assert 'Hartwell' not in open(ARTICLES + '/these.csv').read()"
    )
    code, _ = call("report", tmp_path / "in", *reader)
    assert code == 1
    assert (tmp_path / "out" / "index.html").read_text("utf-8").count("Not every page is complete") == 1


def test_annotate_says_what_it_did_and_goes_on(tmp_path):
    write_articles(tmp_path / "in", *FERRY)
    code, said = call("annotate", tmp_path / "in", tmp_path / "out")
    assert code == 0
    assert "2 articles in" in said
    assert "0 problems, 0 set aside" in said
    assert "2 of them from before" in call("annotate", tmp_path / "in", tmp_path / "out")[1]
    code, said = call("annotate", tmp_path / "in", tmp_path / "in")
    assert code == 1
    assert "holds other files and no dataset" in said


def test_notebooks_that_run_end_at_once_when_they_are_stopped(tmp_path):
    path = tmp_path / "0-long.ipynb"
    write_notebook(path, "open('begun', 'w').close(); import time; time.sleep(600)")
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(run_notebook, path)
        while not (tmp_path / "begun").exists():
            time.sleep(0.05)
        stop_kernels()
        assert "died" in done.result(timeout=60).error
