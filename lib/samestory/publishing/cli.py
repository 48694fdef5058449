"""The command line: `samestory check`, `report`, `worksheet`, `annotate`, and for developers `notebooks`."""

import os
import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import click
import nbformat
import pandas as pd

from samestory import tables
from samestory.annotation import CACHE_VARIABLE, annotate
from samestory.dataset.run import SECONDS, annotate_dataset
from samestory.pages.html import count
from samestory.publishing.browser import find_browser, print_pdf
from samestory.publishing.exchange import require_writable
from samestory.publishing.run import Run, provenance, run_notebook, stop_kernels
from samestory.publishing.several import Several, of_articles, of_folders, story_folders
from samestory.publishing.site import Form, stories_page, write_site
from samestory.publishing.worksheet import write_worksheet
from samestory.reading.checking import checked, write_listing
from samestory.reading.folder import Loaded, load
from samestory.reading.manifest import MANIFEST
from samestory.story import Story
from samestory.trust.frozen import frozen_note

FOLDER = click.Path(file_okay=False, path_type=Path)
NOTEBOOKS = click.option(
    "--notebooks",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the notebooks; found beside the package or in the current folder when not given.",
)
PARALLEL = click.option(
    "--parallel", type=click.IntRange(1), default=2, show_default=True, help="Notebooks that run at a time."
)

_COPY = re.compile(r"-Copy\d+$")  # as JupyterLab names them


@click.group()
def main() -> None:
    """See how different outlets tell the same story."""


@main.command()
@click.argument("articles", type=click.Path(path_type=Path))
@click.option("--write/--no-write", default=True, show_default=True, help="Write articles.csv beside them.")
def check(articles: Path, write: bool) -> None:
    """Show what is recognised in each file of ARTICLES, and write articles.csv to be mended by hand."""
    loaded = _load(articles)
    for line in _columns(checked(loaded.articles, loaded.problems)):
        click.echo(line)
    if len(loaded.problems):
        click.echo(f"\n{count(len(loaded.problems), 'problem')}:")
    for note in loaded.problems.itertuples():
        click.echo(f"  {note.file}: {note.reason}")
    if loaded.articles.empty:
        raise click.ClickException(f"no article could be read in {articles}")
    listing = (articles if articles.is_dir() else articles.parent) / MANIFEST
    click.echo()
    if write:
        click.echo(_written(loaded.articles, listing))
    click.echo(f"Next: `samestory check {articles}` again after a change, or `samestory report {articles}`.")


@main.command()
@click.argument("articles", type=click.Path(path_type=Path))
@click.option("--out", type=FOLDER, default="rendered", show_default=True, help="Folder for the report.")
@click.option(
    "--cache",
    type=FOLDER,
    help=f"Keep annotated articles here for the next time; also set by {CACHE_VARIABLE}.",
)
@click.option("--title", default="", help="The story's name; by default the words that its headlines share.")
@click.option("--without-texts", is_flag=True, help="Keep no passage of more than 25 words: to share it.")
@click.option("--single-file", is_flag=True, help="Write all pages into one HTML file.")
@click.option(
    "--pdf",
    is_flag=True,
    help="Print the front page (with --single-file all pages) as PDF, too, with an installed Chromium.",
)
@click.option(
    "--stories/--one-story",
    "several",
    default=None,
    help="Whether the articles tell several stories, each of which gets a report; by default only where "
    "subfolders have an articles.csv each, or the articles are plainly of several events.",
)
@NOTEBOOKS
@PARALLEL
def report(
    articles: Path,
    out: Path,
    cache: Path | None,
    title: str,
    without_texts: bool,
    single_file: bool,
    pdf: bool,
    several: bool | None,
    folder: Path | None,
    parallel: int,
) -> None:
    """Run every notebook on ARTICLES (a folder or a file) and write a report of HTML pages."""
    options = dict(click.get_current_context().params)
    if pdf and find_browser() is None:
        raise click.ClickException("--pdf needs an installed Chromium; without --pdf the report is made")
    form = Form(title, texts=not without_texts, one_file=single_file)
    notebooks = _find_notebooks(folder)
    click.echo(f"reading articles from {articles}")
    if several is not False and (folders := story_folders(articles)):
        _report_each(of_folders({one: _load(one) for one in folders}), options)
        return
    loaded = _load(articles)
    with _said_plainly(f"no report can be written into {out}"):
        require_writable(out)
    if several is not False:
        with tempfile.TemporaryDirectory(prefix="samestory-") as work:
            if found := of_articles(loaded, articles, Path(work), asked=bool(several)):
                _report_each(found, options)
                return
    if several:
        raise click.ClickException(f"no event is told by two outlets in {articles}; leave --stories out")
    for note in loaded.problems.itertuples():
        click.echo(f"  note: {note.file}: {note.reason}")
    made_from = provenance(loaded.articles, frozen=frozen_note(articles))
    if loaded.articles.empty:
        with _said_plainly(f"the report was not written into {out}; what was there is as it was"):
            front = write_site([], _unread(loaded), made_from, out, form)
        raise click.ClickException(
            f"no article could be read in {articles}; put texts, documents, web pages or tables there "
            f"(what was found is listed in {front})"
        )
    with _cache_folder(cache) as kept:
        number = count(len(loaded.articles), "article")
        click.echo(f"annotating {number}")
        story = annotate(loaded, cache=kept)
        runs = _run_all(notebooks, parallel, articles=articles, cache=kept, what=f"on {number}")
    with _said_plainly(f"the report was not written into {out}; what was there is as it was"):
        front = write_site(runs, story, made_from, out, form)
    click.echo(f"the report is ready: {front}")
    if pdf:
        _print(front)
    _stop_if_failed(runs)


@main.command("annotate")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("out", type=FOLDER)
@click.option(
    "--workers", type=click.IntRange(-1), default=1, show_default=True, help="Processes; -1: one a core."
)
@click.option("--seconds", type=float, default=SECONDS, show_default=True, help="That one article may take.")
@click.option("--retry", is_flag=True, help="Try again what was set aside.")
def annotate_collection(source: Path, out: Path, workers: int, seconds: float, retry: bool) -> None:
    """Annotate SOURCE, a collection of any size, to OUT, a dataset of Parquet tables.

    Whatever ends it, the same command goes on where it was.
    """
    try:
        done = annotate_dataset(source, out, workers=workers, seconds=seconds, retry=retry)
    except (OSError, ValueError) as problem:
        raise click.ClickException(f"{problem}; what was done is kept, start again to go on") from problem
    told = f"{count(done.articles, 'article')} in {done.folder}"
    before = f", {done.unchanged:,} of them from before" if done.unchanged else ""
    click.echo(f"{told}{before}; {count(done.problems, 'problem')}, {done.quarantined:,} set aside")


@main.command()
@click.argument("articles", type=click.Path(path_type=Path))
@click.option("--out", type=FOLDER, default="worksheet", show_default=True, help="Folder for the sheets.")
@click.option(
    "--cache",
    type=FOLDER,
    help=f"Keep annotated articles here for the next time; also set by {CACHE_VARIABLE}.",
)
@click.option("--title", default="", help="The story's name; by default the words that its headlines share.")
@click.option("--pdf", is_flag=True, help="Print both sheets as PDF, too, with an installed Chromium.")
def worksheet(articles: Path, out: Path, cache: Path | None, title: str, pdf: bool) -> None:
    """Write two sheets for a class on ARTICLES: one to predict on, and one with the machine's answer."""
    if pdf and find_browser() is None:
        raise click.ClickException("--pdf needs an installed Chromium; without --pdf the sheets are made")
    loaded = _load(articles)
    for note in loaded.problems.itertuples():
        click.echo(f"  note: {note.file}: {note.reason}")
    if loaded.articles.empty:
        raise click.ClickException(f"no article could be read in {articles}")
    click.echo(f"annotating {count(len(loaded.articles), 'article')}")
    story = annotate(loaded, cache=cache)
    for path in write_worksheet(story, out, title=title):
        click.echo(f"written: {path}")
        if pdf:
            _print(path)


@main.command()
@NOTEBOOKS
@PARALLEL
@click.argument("names", nargs=-1)
def notebooks(names: tuple[str, ...], folder: Path | None, parallel: int) -> None:
    """Run the notebooks in place and store their outputs (NAMES: only these, such as 3-quotes)."""
    paths = [path for path in _find_notebooks(folder) if not names or path.stem in names]
    unknown = set(names) - {path.stem for path in paths}
    if unknown:
        raise click.ClickException(f"no notebook is called {', '.join(sorted(unknown))}")
    with _cache_folder(None) as kept:
        runs = _run_all(paths, parallel, cache=kept, what="in place")
    for path, run in zip(paths, runs, strict=True):
        if not run.error:
            nbformat.write(run.notebook, path)
    _stop_if_failed(runs)


def _report_each(found: Several, options: dict) -> None:
    """A report for each story, and the index over them."""
    out, failed = options["out"], []
    click.echo(f"found stories: {len(found.stories)} (--one-story takes all articles for one)")
    for one in found.stories:
        click.echo(f"== {one.name}: {one.span}")
        try:
            own = {"articles": one.path, "out": out / one.folder, "title": one.name, "several": False}
            report.callback(**options | own)  # type: ignore[misc]
        except click.ClickException as problem:
            click.echo(f"  failed: {problem.message}")
            failed.append(one.folder)
    front = out / "index.html"
    front.write_text(stories_page(found, failed, options["title"]), encoding="utf-8")
    click.echo(f"the index of all reports is ready: {front}")
    if failed:
        raise click.ClickException(f"not every page is complete in {', '.join(failed)}")


def _unread(loaded: Loaded) -> Story:
    """The story of a folder in which nothing could be read: its problems."""
    empty = {name: tables.build([], columns) for name, columns in tables.ANNOTATIONS.items()}
    return Story(loaded.articles, **empty, problems=loaded.problems)


@contextmanager
def _said_plainly(what: str) -> Iterator[None]:
    """A disk that is full or may not be written to, in one sentence."""
    try:
        yield
    except OSError as problem:
        raise click.ClickException(f"{what}: {problem.strerror or problem}") from problem


def _print(front: Path) -> None:
    try:
        print_pdf(front, front.with_suffix(".pdf"))
    except RuntimeError as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"printed: {front.with_suffix('.pdf')}")


def _load(articles: Path) -> Loaded:
    try:
        return load(articles)
    except (OSError, ValueError) as problem:
        raise click.ClickException(str(problem)) from problem


def _columns(found: pd.DataFrame) -> Iterator[str]:
    """The table of what was recognised, in lines of text."""
    told = found.assign(cut=[f"{share:.0%}" for share in found["cut_share"].fillna(0)])
    widths = {"file": 30, "outlet": 20, "headline": 34, "published": 16, "author": 18, "words": 6, "cut": 4}
    yield "  ".join(f"{name:{width}}" for name, width in widths.items()) + "  doubtful"
    for row in told.astype("str").fillna("–").to_dict("records"):
        yield (
            "  ".join(f"{_fit(row[name], width):{width}}" for name, width in widths.items())
            + f"  {row['doubtful']}"
        )


def _fit(text: str, width: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def _written(articles: pd.DataFrame, listing: Path) -> str:
    """Write the manifest and say what was written."""
    there = listing.exists()
    try:
        added = write_listing(articles, listing)
    except (OSError, ValueError) as problem:
        return f"{listing.name} was not written: {problem}."
    if there and not added:
        return f"{listing} has a row for every article and was left as it is."
    did = f"{count(added, 'row')} added to" if there else f"{count(added, 'row')} written to"
    return (
        f"{did} {listing}: correct it in a spreadsheet or an editor; add columns of your own to compare by."
    )


def _run_all(paths: list[Path], parallel: int, *, what: str, **options) -> list[Run]:
    """Run notebooks side by side, each in a kernel of its own; say what happens as it does."""

    def run(path: Path) -> Run:
        click.echo(f"{path.stem}: running {what} …")
        try:
            done = run_notebook(path, **options)
        except ValueError as problem:
            raise click.ClickException(str(problem)) from problem
        result = f"failed: {done.error}" if done.error else "done"
        click.echo(f"{path.stem}: {result} ({done.seconds:.0f} s)")
        return done

    # Threads only wait here: the work is done in the kernels' own processes.
    with ThreadPoolExecutor(parallel) as pool:
        try:
            return list(pool.map(run, paths))
        except KeyboardInterrupt:  # the kernels have not heard of it: they run in sessions of their own
            pool.shutdown(wait=False, cancel_futures=True)
            stop_kernels()
            raise


def _stop_if_failed(runs: list[Run]) -> None:
    failed = [run.name for run in runs if run.error]
    if failed:
        raise click.ClickException(f"a step failed in {', '.join(failed)}")


@contextmanager
def _cache_folder(given: Path | None) -> Iterator[Path]:
    """The folder the user named, or one that lasts as long as the run."""
    named = given or os.environ.get(CACHE_VARIABLE)
    if named:
        yield Path(named).resolve()
    else:
        with tempfile.TemporaryDirectory(prefix="samestory-") as folder:
            yield Path(folder)


def _find_notebooks(folder: Path | None) -> list[Path]:
    """The notebooks by number, without copies: of the folder given, of ./notebooks, or beside the package."""
    beside = Path(__file__).resolve().parents[3] / "notebooks"
    places = [folder] if folder else [Path("notebooks"), beside]
    for place in places:
        found = sorted(path for path in place.glob("*.ipynb") if not _COPY.search(path.stem))
        if found:
            return found
    looked = " and ".join(str(place) for place in places)
    raise click.ClickException(f"no notebooks in {looked}; name their folder with --notebooks")


if __name__ == "__main__":
    main()
