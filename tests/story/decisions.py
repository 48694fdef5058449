"""All that is decided on the seeds and the invented story, as rows of text that can be kept and compared.

    python tests/story/decisions.py [--reversed] [FILE]

writes what is decided to FILE, the stored one (tests/fixtures/decisions.json) if none is named; the articles
are given in the order of their names, or against it. Run it after a change that was meant to move something,
and look at what `git diff` shows of the file.
"""

import argparse
import json
from itertools import zip_longest
from pathlib import Path

import pandas as pd

import samestory as ss
from samestory import tables

TESTS = Path(__file__).parents[1]
STORED = TESTS / "fixtures" / "decisions.json"
FOLDERS = {"seeds": TESTS.parent / "seeds", "story": TESTS / "fixtures" / "story"}
RENEW = f"python {Path(__file__).relative_to(TESTS.parent).as_posix()}"
_SHOWN = 5  # rows that a message names
# What is told by the places that stand beside it, or counted from other tables
_LEFT_OUT = {"text", "label", "passage", "closest", "text_a", "text_b", "words_a", "words_b"}

Rows = dict[str, list[str]]  # "story: table" -> its header and its rows as CSV


def rows_of(found: object) -> list[str]:
    """A table, or whatever else a function returns, as lines of text."""
    if isinstance(found, pd.DataFrame):
        return found.to_csv(index=False).splitlines()
    return [str(sentence) for sentence in found] if isinstance(found, list) else [str(found)]


def decided(name: str, story: ss.Story) -> Rows:
    """The annotations, and what is compared by a score, without the texts."""
    found = {table: getattr(story, table) for table in tables.ANNOTATIONS}
    found |= {
        "told twice": ss.same_statements(story),
        "tellings": ss.statements.tellings(story),
        "only in": ss.statements.only_in(story),
        "differences": ss.statements.differences(story),
        "stories": ss.stories(story.articles),
    }
    return {
        f"{name}: {table}": rows_of(rows[[column for column in rows if column not in _LEFT_OUT]])
        for table, rows in found.items()
    }


def unlike(before: Rows, now: Rows) -> str:
    """Which tables and rows differ, in words; empty where none does."""
    said = []
    for table in sorted(before.keys() | now.keys()):
        pairs = zip_longest(before.get(table, []), now.get(table, []), fillvalue="(no row)")
        differ = [(old, new) for old, new in pairs if old != new]
        if differ:
            said.append(f"{table}: {len(differ)} rows differ")
            said += [f"  was {old}\n  is  {new}" for old, new in differ[:_SHOWN]]
    return "\n".join(said)


def main() -> None:
    """Annotate and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", nargs="?", type=Path, default=STORED)
    parser.add_argument("--reversed", action="store_true", help="give the articles in the opposite order")
    options = parser.parse_args()
    found: Rows = {}
    for name, folder in FOLDERS.items():
        articles = ss.load(folder).articles
        found |= decided(name, ss.annotate(articles[::-1] if options.reversed else articles))
    content = json.dumps(found, ensure_ascii=False, indent=0)
    options.file.write_text(content + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
