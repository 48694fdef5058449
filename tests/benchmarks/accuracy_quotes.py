"""Quotes on PolNeAR (Newell, Margolin & Ruths 2018): PATH is a clone of networkdynamics/PolNeAR.

A predicted content matches a gold one when they share half of their words (Jaccard, one to one,
best first); what the annotator left out in the middle of a content counts for nobody, nor do a
row's own cue and speaker. End to end also asks that the speaker's words overlap the gold source;
attributions without a source count nowhere there.
"""

import re
from collections import Counter
from pathlib import Path

import pandas as pd

import samestory as ss
from samestory.training.corpora import Article, Marked, Spans, read_polnear

WORD = re.compile(r"\w+")
MARK = re.compile(r"[\"“”„«»]")


def measure(clone: Path, split: str = "dev") -> list[dict]:
    """Score samestory and, where it is installed, textacy."""
    articles = read_polnear(clone, split)
    rows = _scores("samestory", articles, _samestory(articles))
    try:
        from textacy.extract import direct_quotations
    except ImportError:
        return [*rows, {"system": "textacy", "metric": "not installed (pip install textacy)", "value": "–"}]
    return rows + _scores("textacy", articles, _textacy(articles, direct_quotations))


def _samestory(articles: list[Article]) -> dict[str, list[dict]]:
    frame = pd.DataFrame({"article_id": [a.name for a in articles], "text": [a.text for a in articles]})
    frame = frame.assign(outlet=None, title="", published=pd.NaT)
    quotes = ss.annotate(frame).quotes.astype(object)
    quotes = quotes.where(quotes.notna(), None)
    return {name: rows.to_dict("records") for name, rows in quotes.groupby("article_id")}


def _textacy(articles: list[Article], direct_quotations) -> dict[str, list[dict]]:
    from samestory.language.pipeline import load_pipeline

    found = {}
    for article, doc in zip(articles, load_pipeline().pipe([a.text for a in articles]), strict=True):
        rows = found[article.name] = []
        try:
            triples = list(direct_quotations(doc))
        except ValueError:  # an odd number of quotation marks ends the whole article there
            triples = []
        for speaker, cue, content in triples:
            row = {"start": content.start_char, "end": content.end_char}
            for role, tokens in (("speaker", speaker), ("cue", cue)):
                row |= {f"{role}_start": tokens[0].idx, f"{role}_end": tokens[-1].idx + len(tokens[-1])}
            rows.append(row)
    return found


def _words(text: str, spans: Spans) -> set[int]:
    return {word.start() for start, end in spans for word in WORD.finditer(text, start, end)}


def _span(row: dict, role: str) -> Spans:
    return [] if row[f"{role}_start"] is None else [(row[f"{role}_start"], row[f"{role}_end"])]


def _touch(first: Spans, second: Spans) -> bool:
    return any(a < d and c < b for a, b in first for c, d in second)


def _hull(spans: Spans) -> tuple[int, int]:
    return min(start for start, _ in spans), max(end for _, end in spans)


def _match(text: str, gold: list[Marked], rows: list[dict]) -> dict[int, int]:
    """Number of the gold attribution -> number of its row."""
    told = []
    for row in rows:
        own = [span for role in ("cue", "speaker") for span in _span(row, role)]
        own = [(a, b) for a, b in own if row["start"] <= a and b <= row["end"]]
        told.append(_words(text, [(row["start"], row["end"])]) - _words(text, own))
    pairs = []
    for i, item in enumerate(gold):
        wanted = _words(text, item.content)
        gap = _words(text, [_hull(item.content)]) - wanted
        for j, words in enumerate(told):
            common = len(wanted & words)
            if common and (share := common / len(wanted | (words - gap))) >= 0.5:
                pairs.append((-share, i, j))
    matched: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if i not in matched and j not in matched.values():
            matched[i] = j
    return matched


def _scores(system: str, articles: list[Article], found: dict[str, list[dict]]) -> list[dict]:
    n = Counter()
    for article in articles:
        _count(n, article, found.get(article.name, []))
    values = {
        "end to end F1": _f1(n["right"], n["rows with source"], n["gold with source"]),
        "end to end F1, quoted": _f1(n["right quoted"], n["rows quoted"], n["gold quoted"]),
        "speaker right, of matched": n["right"] / max(n["matched with source"], 1),
        "cue right, of matched": n["cue right"] / max(n["matched with cue"], 1),
        "content F1, words": _f1(n["words common"], n["words told"], n["words gold"]),
        "content F1, exact": _f1(n["exact"], n["rows"], n["gold"]),
    }
    for kind in ("direct", "mixed", "indirect"):
        values[f"recall, {kind}"] = n[f"found {kind}"] / max(n[f"gold {kind}"], 1)
    return [{"system": system, "metric": name, "value": value} for name, value in values.items()]


def _count(n: Counter, article: Article, rows: list[dict]) -> None:
    text, gold = article.text, article.attributions
    matched = _match(text, gold, rows)
    unscored = {j for i, j in matched.items() if not gold[i].source}
    quoted = [bool(MARK.search(text, max(r["start"] - 1, 0), r["end"] + 1)) for r in rows]
    n["rows with source"] += len(rows) - len(unscored)
    n["rows quoted"] += sum(quoted[j] for j in range(len(rows)) if j not in unscored)
    for i, item in enumerate(gold):
        kind = _kind(text, item.content)
        start, end = _hull(item.content)
        is_quoted = bool(MARK.search(text, start, end))
        n[f"gold {kind}"] += 1
        n["gold with source"] += bool(item.source)
        n["gold quoted"] += bool(item.source) and is_quoted
        if i not in matched:
            continue
        row = rows[matched[i]]
        right = _touch(_span(row, "speaker"), item.source)
        n[f"found {kind}"] += 1
        n["matched with source"] += bool(item.source)
        n["matched with cue"] += bool(item.cue)
        n["right"] += right
        n["right quoted"] += right and is_quoted and quoted[matched[i]]
        n["cue right"] += _touch(_span(row, "cue"), item.cue)
    wanted, told = Counter(), Counter()
    wanted.update(_trim(text, *_hull(item.content)) for item in gold)
    told.update(_trim(text, row["start"], row["end"]) for row in rows)
    n["exact"] += (wanted & told).total()
    n["gold"] += len(gold)
    n["rows"] += len(rows)
    all_gold = _words(text, [span for item in gold for span in item.content])
    gaps = _words(text, [_hull(item.content) for item in gold]) - all_gold
    all_told = _words(text, [(row["start"], row["end"]) for row in rows]) - gaps
    n["words gold"] += len(all_gold)
    n["words told"] += len(all_told)
    n["words common"] += len(all_gold & all_told)


def _kind(text: str, spans: Spans) -> str:
    """direct: all words between marks; indirect: none. Marks alternate within a paragraph."""
    inside = []
    for word in sorted(_words(text, spans)):
        paragraph = text.rfind("\n", 0, word) + 1
        marks = MARK.findall(text, paragraph, word)
        last = marks[-1] if marks else ""
        inside.append(last in ("“", "„", "«") or (last == '"' and len(marks) % 2 == 1))
    return "direct" if all(inside) else "mixed" if any(inside) else "indirect"


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    words = sorted(WORD.finditer(text, start, end), key=lambda word: word.start())
    return (words[0].start(), words[-1].end()) if words else (start, end)


def _f1(right: int, told: int, wanted: int) -> float:
    return 2 * right / max(told + wanted, 1)
