"""Names of speakers: BASIL (Fan et al. 2019), in which quotes of slanted wording carry their speaker.

    python tests/benchmarks/accuracy_speakers.py PATH [dev|test]

PATH is a clone of launchnlp/BASIL. The events are split in two by the MD5 of their id, so that one half stays
unseen. A name is right when its last word is that of BASIL's speaker, accents and Jr. apart.
"""

import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

import samestory as ss
from samestory import tables
from samestory.names.gazetteers import fold

_GROUP = re.compile(
    r"lawmaker|democrats|republicans|campaign|party|official|committee|members|compan|protest|plaintiff|"
    r"catholics|naacp|buzzfeed|secure_america",
    re.I,
)


def measure(corpus_path: str | Path, split: str = "dev") -> list[dict]:
    """Rows of system, metric, value; recall is over every quote of a named person."""
    articles, quotes = _read(Path(corpus_path), split)
    found = ss.annotate(tables.build(articles, tables.ARTICLES)).quotes
    n = Counter()
    for article_id, start, end, speaker in quotes:
        rows = found[(found["article_id"] == article_id) & (found["start"] < end) & (found["end"] > start)]
        overlap = rows["end"].clip(upper=end) - rows["start"].clip(lower=start)
        best = rows.loc[overlap.idxmax(), "speaker"] if len(rows) else None
        n["quotes"] += 1
        n["found"] += len(rows) > 0
        if speaker and not _GROUP.search(speaker):
            n["persons"] += 1
            n["right"] += isinstance(best, str) and _surname(best) == _surname(speaker)
    values = {
        "quotes": n["quotes"],
        "quotes of persons": n["persons"],
        "quote recall": n["found"] / max(1, n["quotes"]),
        "name recall, persons": n["right"] / max(1, n["persons"]),
    }
    return [{"system": "samestory", "metric": metric, "value": value} for metric, value in values.items()]


def _surname(name: str) -> str:
    words = [
        word for word in re.findall(r"[\w'’-]+", fold(name.replace("_", " "))) if word not in ("jr", "sr")
    ]
    return words[-1] if words else ""


def _read(folder: Path, split: str) -> tuple[list[dict], list[tuple]]:
    """Articles with paragraphs joined by a blank line, and (article, start, end, speaker) of the quotes."""
    events: dict[str, list] = {}
    for file in sorted(folder.glob("annotations/**/*_ann.json")):
        article = folder / "articles" / file.relative_to(folder / "annotations")
        article = article.with_name(article.name.replace("_ann", ""))
        if article.is_file():
            pair = json.loads(article.read_text("utf-8")), json.loads(file.read_text("utf-8"))
            events.setdefault(pair[0]["triplet-uuid"], []).append((article.stem, *pair))
    order = sorted(events, key=lambda event: hashlib.md5(event.encode()).hexdigest())
    half = len(order) // 2
    chosen = order[:half] if split == "dev" else order[half:]
    articles, quotes = [], []
    for name, article, annotation in (item for event in chosen for item in events[event]):
        text, places = _text(article["body-paragraphs"])
        outlet, title = article["source"].lower(), article["title"]
        articles.append({"article_id": name, "outlet": outlet, "title": title, "text": text, "words": 1})
        quotes += _quotes(name, annotation["phrase-level-annotations"], places)
    return articles, quotes


def _text(paragraphs: list[list[str]]) -> tuple[str, list[int]]:
    """The text, and where each sentence starts."""
    parts, places, length = [], [], 0
    for n, paragraph in enumerate(paragraphs):
        for k, sentence in enumerate(paragraph):
            gap = " " if k else "\n\n" if n else ""
            places.append(length + len(gap))
            parts.append(gap + sentence)
            length += len(parts[-1])
    return "".join(parts), places


def _quotes(name: str, annotations: list[dict], places: list[int]) -> list[tuple]:
    found = {}
    for item in annotations:
        if item["quote"] == "yes" and item["id"] != "title":
            start = places[int(item["id"][1:])]
            speaker = item["speaker"] or ""
            speaker = None if not speaker or speaker.startswith("other") else speaker
            found[start + item["start"], start + item["end"]] = speaker
    return [(name, start, end, speaker) for (start, end), speaker in sorted(found.items())]


if __name__ == "__main__":
    for row in measure(*sys.argv[1:3]):
        print(f"{row['system']:<12} {row['metric']:<24} {row['value']:.3f}")
