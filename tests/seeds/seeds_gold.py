"""Scores a story of the two seeds against the hand-coded gold; run as a script, it prints the counts."""

import re
from pathlib import Path

import pandas as pd
import yaml

import samestory as ss

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
ENOUGH = 0.5  # Jaccard overlap of words from which a content counts as the gold's, as PolNeAR scorers take it


def gold() -> dict:
    """The hand-coded file as it is."""
    return yaml.safe_load((HERE / "gold.yaml").read_text("utf-8"))


def of_article(table: pd.DataFrame, number: str) -> pd.DataFrame:
    """The rows of the seed whose file name starts with the number, in text order."""
    return table[table["article_id"].str.startswith(number)].sort_values(["start", "end"])


def quote_counts(story: ss.Story) -> dict[str, list]:
    """Required quotes found and missed, wrong details, and speech that no gold quote accounts for."""
    counts = {"found": [], "missed": [], "wrong": [], "spurious": []}
    for number in ("000", "004"):
        rows = [row for row in of_article(story.quotes, number).itertuples() if row.act == "speech"]
        taken = set()
        for quote in gold()[number]["quotes"]:
            best = max(rows, key=lambda row: _likeness(row.text, quote), default=None)
            if best is None or _likeness(best.text, quote) < ENOUGH or best.Index in taken:
                if not quote.get("optional"):
                    counts["missed"].append(quote["content"])
                continue
            taken.add(best.Index)
            if not quote.get("optional"):
                counts["found"].append(best.text)
                counts["wrong"] += _wrong_details(best, quote)
        counts["spurious"] += [row.text for row in rows if row.Index not in taken]
    return counts


def time_counts(story: ss.Story) -> dict[str, list]:
    """Required expressions found with the right value, missed or wrong, and what nothing accounts for."""
    counts = {"found": [], "missed": [], "spurious": []}
    for number in ("000", "004"):
        rows = list(of_article(story.times, number).itertuples())
        for time in gold()[number]["times"]:
            right = next((row for row in rows if _same_time(row, time)), None)
            if right is not None:
                rows.remove(right)
            if not time.get("optional"):
                counts["found" if right is not None else "missed"].append(time["text"])
        optional = [time["text"] for time in gold()[number]["times"] if time.get("optional")]
        counts["spurious"] += [row.text for row in rows if row.text not in optional]
    return counts


def same_speaker(speaker: str | None, expected: str | None) -> bool:
    """Whether a speaker is the expected one: a person by his entity, others by the words."""
    if expected is None or pd.isna(speaker):
        return expected is None and pd.isna(speaker)
    return _plain(expected) in _plain(speaker) or _plain(speaker) in _plain(expected)


def _wrong_details(row, quote) -> list[tuple]:
    wrong = []
    if row.kind not in _as_list(quote["kind"]):
        wrong.append((row.text[:40], "kind", row.kind))
    if not any(same_speaker(row.speaker, expected) for expected in _as_list(quote["speaker"])):
        wrong.append((row.text[:40], "speaker", row.speaker))
    if row.cue not in _as_list(quote["cue"]) and not (quote["cue"] == "accord" and "accord" in str(row.cue)):
        wrong.append((row.text[:40], "cue", row.cue))
    return wrong


def _same_time(row, time) -> bool:
    words = _plain(time["text"])
    overlap = words in _plain(row.text) or _plain(row.text) in words
    return overlap and row.type == time["type"] and row.value in _as_list(time["value"])


def _likeness(text: str, quote: dict) -> float:
    return max(_jaccard(text, content) for content in _as_list(quote["content"]))


def _jaccard(one: str, two: str) -> float:
    a, b = set(_plain(one).split()), set(_plain(two).split())
    return len(a & b) / len(a | b) if a | b else 0.0


def _plain(text: str) -> str:
    """Words only, without a leading article, and one spelling of the name that the outlets spell in two."""
    text = " ".join(re.findall(r"\w+", text.lower())).replace("zelenskyy", "zelensky")
    return text.removeprefix("the ")


def _as_list(value) -> list:
    return value if isinstance(value, list) else [value]


if __name__ == "__main__":
    story = ss.annotate(ss.load(SEEDS))
    for name, counts in (("quotes", quote_counts(story)), ("times", time_counts(story))):
        print(name, {kind: len(items) for kind, items in counts.items()})
        for kind in ("missed", "wrong", "spurious"):
            for item in counts.get(kind, []):
                print("   ", kind, item)
