"""Side by side: one passage in two wordings, and whole articles with their matching sentences linked."""

import uuid
from collections.abc import Iterable

import pandas as pd

from samestory.pages.html import passage_anchor, render, show_html
from samestory.pages.progress import someone_is_there
from samestory.statements.alignment import told_twice, told_twice_summary
from samestory.statements.pairs import same_statements
from samestory.story import Story

MOST_PAIRS = 25  # passages told twice in one view
_LOOK_AT = 4  # times as many pairs are looked at, to find some that differ
MOST_PARALLEL = 4  # articles side by side
FEW_SHARED = 0.4  # share of same words below which marks would stand on nearly every word (ours)


def show_told_twice(story: Story, *, pairs: pd.DataFrame | None = None, limit: int = MOST_PAIRS) -> None:
    """Display passages told twice side by side: same words plain, reworded and added words marked.

    Where few words are the same, none is marked: what differs is then everything.

    Args:
        pairs: rows of `same_statements`; the sure ones when None.
        limit: pairs shown, the surest first; a note counts the others.
    """
    pairs = _sure_pairs(story) if pairs is None else pairs
    looked_at = pairs.head(_LOOK_AT * limit)
    summary = told_twice_summary(story, pairs=looked_at)
    differ = (summary["same_share"] < 1).to_numpy()
    shown = looked_at[differ].head(limit)
    summary = summary[differ].head(limit).assign(pair=range(len(shown)))
    by_side = dict(list(told_twice(story, pairs=shown).groupby(["pair", "side"])))
    views = [
        {
            "about": f"{row.how}, probability {row.score:.2f}; {row.same_share:.0%} same words",
            "sides": [
                _side(row, side, by_side.get((row.pair, side)) if row.same_share >= FEW_SHARED else None)
                for side in "ab"
            ],
        }
        for row in summary.itertuples()
    ]
    note = _what_is_not_shown(len(pairs), len(shown), int((~differ).sum()))
    lines = [
        f"{row.outlet_a} | {row.outlet_b}: {row.same_share:.0%} same words" for row in summary.itertuples()
    ]
    html = render("told_twice.html.j2", pairs=views, note=note)
    show_html(html, "\n".join(["Told twice:", *lines, note]).strip())


def show_parallel(story: Story, *, article_ids: Iterable[str] | None = None) -> None:
    """Display articles side by side, each sentence linked to those that tell the same in the others.

    Args:
        article_ids: which; the first MOST_PARALLEL when None.
    Raises:
        ValueError: an article is not known.
    """
    known = story.articles["article_id"].tolist()
    chosen = known[:MOST_PARALLEL] if article_ids is None else list(article_ids)
    unknown = [article_id for article_id in chosen if article_id not in known]
    if unknown:
        raise ValueError(f"unknown article {unknown[0]!r}; expected one of: {', '.join(known[:20])}")
    pairs = _sure_pairs(story)
    pairs = pairs[pairs["article_a"].isin(chosen) & pairs["article_b"].isin(chosen)]
    columns = _parallel(story, chosen, pairs)
    left_out = len(known) - len(chosen) if article_ids is None else 0
    note = ""
    if left_out:
        note = (
            f"{left_out:,} more articles are not shown; name some: show_parallel(story, article_ids=[...])."
        )
    linked = ", ".join(f"{one['outlet']} {one['linked']} of {one['sentences']}" for one in columns)
    text = f"Side by side, sentences told elsewhere too: {linked}" if columns else "No article to show."
    show_html(render("parallel.html.j2", columns=columns, pairs=len(pairs), note=note), text)


def _sure_pairs(story: Story) -> pd.DataFrame:
    pairs = same_statements(story)
    return pairs[pairs["sure"]].reset_index(drop=True)


def _what_is_not_shown(pairs: int, shown: int, alike: int) -> str:
    word_for_word = f"{alike:,} pairs are the same word for word and are not shown. " if alike else ""
    left_out = pairs - shown - alike
    return word_for_word + (f"{left_out:,} more pairs are not shown." if left_out else "")


def _side(row, side: str, runs: pd.DataFrame | None) -> dict:
    """One sentence cut into marked words and what stands between them."""
    text, start = getattr(row, f"text_{side}"), getattr(row, f"start_{side}")
    pieces, at = [], 0
    for run in runs.itertuples() if runs is not None else ():
        first, last = run.start - start, run.end - start
        pieces += [{"how": "between", "text": text[at:first]}, {"how": run.how, "text": text[first:last]}]
        at = last
    pieces.append({"how": "between", "text": text[at:]})
    article_id = getattr(row, f"article_{side}")
    return {
        "outlet": getattr(row, f"outlet_{side}"),
        "told": getattr(row, f"told_{side}"),
        "href": "#" + passage_anchor(article_id, start),
        "pieces": [piece for piece in pieces if piece["text"]],
    }


def _parallel(story: Story, chosen: list[str], pairs: pd.DataFrame) -> list[dict]:
    """A column for each article: its paragraphs, and the links of each sentence to its partners."""
    articles = story.articles.set_index("article_id")
    outlet, title = articles["outlet"], articles["title"].fillna("")
    # Two notebooks that are open stand in one page of JupyterLab, where a name must not come twice.
    own = f"parallel-{uuid.uuid4().hex[:8]}" if someone_is_there() else "parallel"
    links: dict[tuple[str, int], list] = {}
    for n, pair in enumerate(pairs.itertuples(), 1):
        one, other = (pair.article_a, pair.sentence_a), (pair.article_b, pair.sentence_b)
        for here, (article_id, sentence) in ((one, other), (other, one)):
            links.setdefault(here, []).append({
                "href": f"#{own}-{passage_anchor(article_id, sentence)}",
                "label": f"{outlet[article_id]} {n}",
                "pair": n,
                "title": f"probability {pair.score:.2f}",
            })  # fmt: skip
    columns = []
    for article_id in chosen:
        rows = story.sentences[story.sentences["article_id"] == article_id].sort_values("start")
        paragraphs: dict[int, list] = {}
        linked = 0
        for row in rows.itertuples():
            found = links.get((article_id, row.sentence), [])
            linked += bool(found)
            anchor = f"{own}-{passage_anchor(article_id, row.sentence)}" if found else ""
            sentence = {"anchor": anchor, "text": row.text, "links": found}
            paragraphs.setdefault(row.paragraph, []).append(sentence)
        head = {"outlet": outlet[article_id], "title": title[article_id]}
        told = {"linked": linked, "sentences": len(rows), "paragraphs": list(paragraphs.values())}
        columns.append(head | told)
    return columns
