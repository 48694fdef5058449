"""What was recognised in each article, what is doubtful in it, and a manifest of all to be mended by hand."""

import csv
from io import StringIO
from pathlib import Path

import pandas as pd

from samestory import tables
from samestory.reading.articles import label_unknown, lengths
from samestory.reading.columns import field_of, read_rows
from samestory.reading.disk import leads_out, read_bytes
from samestory.reading.encoding import decode
from samestory.reading.manifest import COLUMNS
from samestory.reading.notice import file_of, unread_files

CHECKED = {
    "file": "str",  # relative to the folder, with the row of a table
    "outlet": "str",  # missing where it is not known
    "headline": "str",
    "published": "str",  # as articles.csv takes it; the day alone where no time is known
    "author": "str",
    "words": "int64",
    "cut_share": "float64",  # of the file's words, 0 to 1
    "doubtful": "str",  # what to look at; missing where nothing is
}
_SHORT = 60  # words; a shorter article is perhaps a summary, or cut off
_LONG = 6000  # words; a longer one perhaps many
_MUCH_CUT = 0.85  # of a page; menus and comments seldom make more


def checked(articles: pd.DataFrame, problems: pd.DataFrame | None = None) -> pd.DataFrame:
    """What is known of each article, and what is doubtful.

    Args:
        problems: with them, files that gave no article stand below, with the reason.
    Returns:
        CHECKED table, one row an article, in their order.
    """
    shares = lengths(articles)["cut_share"]
    unknown = label_unknown([None] * len(articles), articles["article_id"])
    rows = []
    for row, label, share in zip(articles.to_dict("records"), unknown, shares, strict=True):
        known = {name: None if pd.isna(row[name]) else row[name] for name in ("title", "author", "published")}
        outlet = None if row["outlet"] == label else row["outlet"]
        published = known["published"] and _written(known["published"])
        doubts = {
            "no outlet": outlet is None,
            "no date": published is None,
            "date worked out from the text": row["published_from"] == "inferred",
            "no headline": known["title"] is None,
            f"only {row['words']} words": row["words"] < _SHORT,
            "perhaps more than one article": row["words"] > _LONG,
            f"{share:.0%} of its words cut": share > _MUCH_CUT,
            f"not English ({row['language']})": str(row["language"] or "en")[:2].lower() not in ("en", "na"),
        }
        said = ", ".join(doubt for doubt, holds in doubts.items() if holds) or None
        place = {
            "file": row["source"],
            "outlet": outlet,
            "headline": known["title"],
            "author": known["author"],
        }
        numbers = {"published": published, "words": row["words"], "cut_share": share}
        rows.append(place | numbers | {"doubtful": said})
    read = set(map(file_of, articles["source"]))
    for file, reason in ({} if problems is None else unread_files(problems)).items():
        if file not in read:
            rows.append({"file": file, "words": 0, "doubtful": reason})
    return tables.build(rows, CHECKED)


def write_listing(articles: pd.DataFrame, path: Path) -> int:
    """Write `articles.csv`, or add to it the articles that have no row; return how many rows were written.

    A row that is there is never changed: it may be the user's own. A date that was worked out is left for
    the user to fill in. The file opens in a spreadsheet (UTF-8 with a mark); what a spreadsheet would take
    for a formula is left out of it.

    Raises:
        ValueError: the file that is there can't be read, or is a table of texts.
        OSError: it can't be written.
    """
    names, between, text = list(COLUMNS), ",", ""
    listed: set[str] = set()
    if leads_out(path, path.parent):
        raise ValueError("it is a link to another place")
    if path.exists():
        text = decode(read_bytes(path)).text
        names, rows, _ = read_rows(text, wanted=_is_file)
        if not any(map(_is_file, names)):
            raise ValueError(
                f"{path.name} is there and names no files (no column 'file'); move it away first"
            )
        place = next(number for number, name in enumerate(names) if _is_file(name))
        listed = {row[place].strip().casefold() for row in rows if len(row) > place}
        between = max(",;\t", key=text.partition(names[place])[2].partition("\n")[0].count)
    known = checked(articles).rename(columns={"headline": "title"})
    known[["url", "language", "article_id"]] = articles[["url", "language", "article_id"]].to_numpy()
    known.loc[list(articles["published_from"] == "inferred"), "published"] = None
    new = [row for row in known.to_dict("records") if not listed & _names(row)]
    held = StringIO(newline="")
    writer = csv.writer(held, delimiter=between)
    if not text:
        writer.writerow(names)
    writer.writerows([_cell(row, name) for name in names] for row in new)
    start = text if not text or text.endswith("\n") else f"{text}\r\n"
    if new:
        path.write_text(start.removeprefix("\ufeff") + held.getvalue(), "utf-8-sig", newline="")
    return len(new)


def _written(when: pd.Timestamp) -> str:
    return f"{when:%Y-%m-%d}" if when == when.normalize() else f"{when:%Y-%m-%d %H:%M}"


def _names(row: dict) -> set[str]:
    """The names by which a manifest may call an article."""
    source = Path(row["file"])
    return {str(name).casefold() for name in (row["file"], row["article_id"], source.name, source.stem)}


def _cell(row: dict, name: str) -> str:
    value = row.get("file" if _is_file(name) else field_of(name)[0])
    text = "" if value is None or pd.isna(value) else str(value)
    return "" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _is_file(name) else text


def _is_file(name: str) -> bool:
    return name.strip().lower() == "file"
