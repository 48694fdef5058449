"""The front page's answer in a minute: what the story is, how its tellings differ, who speaks in them."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from spacy.lang.en.stop_words import STOP_WORDS

from samestory.framing.labelling import labels
from samestory.language.stems import Word, words_of
from samestory.pages.finding import COPY, FACT, HEARD, LEFT_OUT, TOLD_APART, TONE, WORDS, shorten
from samestory.pages.html import count, passage_anchor
from samestory.pages.pictures import for_page
from samestory.pages.tables import format_value
from samestory.quotes.inside import quoted_by_article
from samestory.quotes.plots import MOST_SPEAKERS, plot_share
from samestory.quotes.voices import share
from samestory.statements.alignment import align, told_twice_summary
from samestory.statements.by_outlet import PLACES, coverage, says_by_itself
from samestory.statements.lined_up import UNLIKE
from samestory.statements.pairs import same_statements
from samestory.statements.told_differently import differences
from samestory.story import Story

FOREMOST = 5  # findings
MOST_OF_A_KIND = 2
MOST_DIFFERENCES = 6
_MOST_TOLD = 3  # statements that most outlets tell
MOST_HEADLINES = 12
_SHARED = 0.25  # of the articles that must have a word in their headline for it to name the story (ours)
_SURELY = 0.9  # score of a pair that is shown as one passage told twice
_LOOKED_AT = 200  # of the surest pairs, to find the one that shows most
_LEAST_ALIKE, _MOST_ALIKE = 0.3, 0.85  # share of like words: less is no rewording, more hardly one (ours)
_LEAST_WORDS = 8
_OPENING = 10  # words
_TELLING, _LETTERS = (
    2,
    4,
)  # words that differ, and their letters: less shows nothing (ours)
# What a finding of each kind rests on. The measured accuracy of each method is in its notebook.
HOW_SURE = {
    FACT: ("likely", "the two passages were matched by meaning; compare them"),
    COPY: ("sure", "counted word by word"),
    LEFT_OUT: (
        "likely",
        "looked for in every other article by its names, figures and rare words; whether it is true was not "
        "checked",
    ),
    HEARD: ("likely", "quotes and their speakers are found by a program, which misses some"),
    TOLD_APART: ("likely", "the two passages were matched by meaning; compare them"),
    TONE: ("a tendency", "more than chance, but tone is measured roughly"),
    WORDS: ("likely", "found and counted by a program; read the passages"),
}


def story_name(titles: Iterable[str]) -> str:
    """Name the story by the longest run of words in a headline that other headlines share.

    Small words ("to", "the") end a run.

    Args:
        titles: of every article; missing where it has none.
    Returns:
        empty where no two words in a row are shared.
    """
    every = list(titles)
    headlines = [(title, words_of(title)) for title in every if isinstance(title, str)]
    found = Counter(stem for _, words in headlines for stem in {word.stem for word in words})
    least = max(2, _SHARED * len(every))
    shared = {stem: n for stem, n in found.items() if n >= least and stem not in STOP_WORDS}
    best, best_rank = "", (0, 0)
    for title, words in headlines:
        for run in _runs(words, shared):
            rank = len(run), sum(shared[word.stem] for word in run)
            if rank[0] > 1 and rank > best_rank:
                best, best_rank = title[run[0].start : run[-1].end], rank
    return f"{best[:1].upper()}{best[1:]}"


def _runs(words: Sequence[Word], shared: Mapping[str, int]) -> list[list[Word]]:
    """The words in a row that are shared."""
    runs: list[list[Word]] = [[]]
    for word in words:
        if word.stem in shared:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def foremost(told: Iterable[dict]) -> list[dict]:
    """The findings that matter most, each with how sure it is and on what it rests.

    At most two of a kind come first; more of a kind follow only where there is room.

    Args:
        told: findings as `show_findings` gives them, each with the `file` of its page.
    """
    kinds: Counter[int] = Counter()
    best: list[dict] = []
    more: list[dict] = []
    for one in sorted(told, key=lambda one: -one["weight"]):
        if one["weight"]:
            kinds[one["weight"]] += 1
            sure, why = HOW_SURE.get(one["weight"], ("likely", "computed from the tables"))
            among = best if kinds[one["weight"]] <= MOST_OF_A_KIND else more
            among.append(one | {"sure": sure, "why": why})
    chosen = [*best, *more][:FOREMOST]
    return sorted(chosen, key=lambda one: -one["weight"])


def headlines(articles: pd.DataFrame) -> list[dict]:
    """Outlet, headline, date and article_id of each article by date; of many, some of every outlet."""
    rows = articles.sort_values(["published", "outlet"], na_position="last", kind="stable")
    if len(rows) > MOST_HEADLINES:
        titled = rows[rows["title"].notna()]
        turns = titled.groupby("outlet").cumcount().sort_values(kind="stable").index
        rows = titled.loc[titled.index.isin(turns[:MOST_HEADLINES])]
    return [
        {
            "outlet": row.outlet,
            "title": row.title if isinstance(row.title, str) else _opening(row.text),
            "date": format_value(row.published) if pd.notna(row.published) else "",
            "article_id": row.article_id,
        }
        for row in rows.itertuples()
    ]


def _opening(text: str) -> str:
    """How an article without a headline begins."""
    words = text.split()
    return f"No headline: “{' '.join(words[:_OPENING])} …”" if words else "(no headline)"


def span(articles: pd.DataFrame) -> str:
    """How many articles and outlets, and from when to when."""
    outlets = articles["outlet"].nunique()
    said = f"{count(len(articles), 'article')} from {count(outlets, 'outlet')}"
    days = articles["published"].dropna().dt.normalize()
    if days.empty:
        return said
    first, last = days.min(), days.max()
    # what both dates share is said once
    form = (
        ""
        if first == last
        else "{0.day}"
        if first.to_period("M") == last.to_period("M")
        else "{0.day} {0:%B}"
    )
    form = "{0.day} {0:%B %Y}" if form and first.year != last.year else form
    return f"{said}, {f'{form} to '.format(first) if form else ''}{last.day} {last:%B %Y}"


def most_tell(story: Story) -> list[dict]:
    """What most outlets surely tell, so that a reader learns what happened; at most three statements.

    Returns:
        outlets (their names), perhaps (those that perhaps tell it, too), differ (whether they differ in a
        figure, outcome or name of it), and outlet, anchor, passage: of the telling that says by itself what
        happened and stands first, the headline's before the opening paragraph's.
    """
    told = coverage(story, threshold=_SURELY)
    perhaps = told[told["perhaps"]].groupby("statement")["outlet"].agg(set).to_dict()
    told = told[told["found"] & (told["outlets"] > 1)]
    place = ["article_id", "start"]
    groups: list[set[tuple]] = []
    for _, rows in told.groupby("statement", sort=True):
        here = set(rows[place].itertuples(index=False, name=None))
        # of three that tell one thing, two may have been matched with another each
        same = [group for group in groups if len(group & here) > 1]
        groups = [group for group in groups if group not in same] + [here.union(*same)]
    first = told.assign(rank=told["place"].map(PLACES.index)).sort_values(["rank", "position"], kind="stable")
    first = first.drop_duplicates(place).set_index(place)
    first["loaded"] = _loaded(first, story)  # one outlet's "brutal cuts" do not stand for what all tell
    found, disputed = [], _disputed(story)
    for group in groups:
        numbers = told.loc[[place in group for place in zip(told["article_id"], told["start"], strict=True)]]
        rows = first.loc[sorted(group)].sort_values(["loaded", "rank", "position", "outlet"], kind="stable")
        outlets = sorted(set(rows["outlet"]))
        clear = [says_by_itself(text) for text in rows["text"]]
        if 2 * len(outlets) > story.articles["outlet"].nunique() and any(clear):
            place, best = next(rows[clear].iterrows())
            one = {"outlets": outlets, "outlet": best["outlet"], "passage": shorten(best["text"])}
            one["differ"] = not disputed.isdisjoint(group)
            maybe = set().union(*(perhaps.get(number, set()) for number in numbers["statement"]))
            one["perhaps"] = sorted(maybe - set(outlets))
            rank = -len(outlets), rows["rank"].mean(), rows["position"].mean()
            found.append((rank, one | {"anchor": passage_anchor(*place)}))
    ranked = (one for _, one in sorted(found, key=lambda group: group[0]))
    by_passage: dict[str, dict] = {}
    for one in ranked:  # a sentence that tells two things is shown once, for what more outlets tell
        by_passage.setdefault(one["anchor"], one)
    return list(by_passage.values())[:_MOST_TOLD]


def _disputed(story: Story) -> set[tuple[str, int]]:
    """Article and start of each sentence of which another outlet gives another figure, outcome or name."""
    table = differences(story)
    table = table[table["verdict"].isin(UNLIKE)]
    found = set()
    for _, row in table.iterrows():
        for side in "ab":
            own = story.sentences[story.sentences["article_id"] == row[f"article_{side}"]]
            around = own[(own["start"] <= row[f"start_{side}"]) & (own["end"] > row[f"start_{side}"])]
            found |= {(row[f"article_{side}"], int(start)) for start in around["start"]}
    return found


def _loaded(rows: pd.DataFrame, story: Story) -> list[bool]:
    """Whether a loaded word stands in each passage; the index is its place."""
    marked = dict(iter(story.loaded.groupby("article_id")["start"]))
    return [
        bool(marked.get(row.Index[0], pd.Series(dtype="int64")).between(row.Index[1], row.end).any())
        for row in rows.itertuples()
    ]


def what_differs(story: Story) -> list[dict]:
    """What is counted or said, and each outlet's version: of one statement, told differently.

    Returns:
        what, and sides: text, outlet, anchor, passage. The weightiest kinds come first, names last.
    """
    table = differences(story)
    table = table[table["verdict"].isin(UNLIKE)].sort_values(
        "kind", key=lambda kind: kind.eq("name"), kind="stable"
    )
    found: dict[tuple[str, str], list[dict]] = {}
    for row in table.itertuples():
        sides = found.setdefault((row.kind, row.what), [])
        for side in "ab":
            one = _version(row, side)
            if one["anchor"] not in {other["anchor"] for other in sides}:
                sides.append(one)
    told = [
        {
            "what": f"The spelling of {what}" if kind == "name" else f"{what[:1].upper()}{what[1:]}",
            "sides": sides,
        }
        for (kind, what), sides in found.items()
    ]
    return told[:MOST_DIFFERENCES]


def _version(row: Any, side: str) -> dict:
    hedge, text = getattr(row, f"hedge_{side}"), " ".join(getattr(row, f"text_{side}").split())
    return {
        "text": f"{hedge} {text}" if isinstance(hedge, str) else text,
        "outlet": getattr(row, f"outlet_{side}"),
        "anchor": passage_anchor(getattr(row, f"article_{side}"), getattr(row, f"start_{side}")),
        "passage": getattr(row, f"passage_{side}"),
    }


def told_twice(story: Story, *, besides: Collection[str] = (), quoted: bool = True) -> dict | None:
    """The passage that two outlets surely tell, and that shows best how wording differs; None without one.

    Args:
        besides: anchors of passages that are shown already.
        quoted: whether a quotation is looked for first; else what both tell in words of their own.
    Returns:
        sides: outlet, told (quoted, narrated ...), anchor, and pieces of text with their `how` (same, moved,
        reworded, only here); of two quotations only the words in quotation marks are compared.
    """
    pairs = same_statements(story)
    pairs = pairs[pairs["score"] >= _SURELY].head(_LOOKED_AT)
    if pairs.empty:
        return None
    rows = told_twice_summary(story, pairs=pairs)
    words = rows[["text_a", "text_b"]].map(lambda text: len(text.split())).min(axis="columns")
    rows = rows[rows["same_share"].between(_LEAST_ALIKE, _MOST_ALIKE) & (words >= _LEAST_WORDS)]
    anchors = rows.apply(lambda row: passage_anchor(row["article_a"], row["start_a"]), axis="columns")
    rows = rows[~anchors.isin(besides)] if len(rows) else rows
    rows = rows[[_differs(row.text_a, row.text_b) for row in rows.itertuples()]]
    if rows.empty:
        return None
    # A quotation that was cut or turned into the outlet's own words shows more than two summaries of a fact.
    quotes = (rows["told_a"] == "quoted").astype(int) + (rows["told_b"] == "quoted")
    best = rows.loc[((quotes if quoted else -quotes) + rows["score"]).idxmax()]
    runs = align(best["text_a"], best["text_b"])
    quoted = bool((best[["told_a", "told_b"]] == "quoted").all())
    if quoted:
        inside = quoted_by_article(story.quotes, directly=True)
        runs = _quoted_runs(best, "a", runs[0], inside), _quoted_runs(best, "b", runs[1], inside)
    sides = [
        {
            "outlet": best[f"outlet_{side}"],
            "told": best[f"told_{side}"],
            "anchor": passage_anchor(best[f"article_{side}"], best[f"start_{side}"]),
            "pieces": _pieces(best[f"text_{side}"], run),
        }
        for side, run in zip("ab", runs, strict=True)
    ]
    return {
        "sides": sides,
        "quoted": quoted,
        "marks": {piece["how"] for side in sides for piece in side["pieces"]},
    }


def _differs(one: str, other: str) -> bool:
    """Whether some words differ that a reader would stop at."""
    left, right = ({word.stem for word in words_of(text)} - STOP_WORDS for text in (one, other))
    return sum(len(stem) >= _LETTERS for stem in left ^ right) >= _TELLING


def _quoted_runs(row: pd.Series, side: str, runs: Iterable[tuple], inside: Mapping[str, Any]) -> list[tuple]:
    """The runs within a quotation: "she said" is the reporter's."""
    quoted, at = inside[row[f"article_{side}"]], row[f"start_{side}"]
    return [run for run in runs if quoted.around(at + run[0], at + run[1])]


def _pieces(text: str, runs: Iterable[tuple[int, int, str]]) -> list[dict]:
    """The text in pieces: marked words, and what stands between them."""
    pieces, at = [], 0
    for start, end, how in runs:
        pieces += [{"how": "same", "text": text[at:start]}, {"how": how, "text": text[start:end]}]
        at = end
    pieces.append({"how": "same", "text": text[at:]})
    return [piece for piece in pieces if piece["text"]]


def who_speaks(story: Story) -> dict | None:
    """The figure of whose words each outlet prints; None where nobody is quoted."""
    if not story.quotes["act"].eq("speech").any():
        return None
    shares = share(story)
    figure = for_page(plot_share(shares))
    main = shares.groupby("speaker")["share"].sum().sort_values(ascending=False, kind="stable").index
    who = _called([name for name in main if not name.startswith("(")][:MOST_SPEAKERS], story)
    note = f"What the outlets call them: {who.rstrip('.')}. {figure['note']}" if who else figure["note"]
    return figure | {"note": note.strip()}


def _called(speakers: Sequence[str], story: Story) -> str:
    """ "Helen Bright, council leader; Joan Farrell, secretary": the title or role given most often."""
    given = labels(story)
    of_one = [not _is_plural(label) for label in given["label"]]
    given = given[given["how"].isin(["title", "apposition"]) & np.array(of_one, bool)]
    told = []
    for speaker in speakers:
        own = given[given["entity"] == speaker]
        if len(own):
            counts = own.groupby(own["label"].str.casefold())["count"].sum()
            called = min(counts.index, key=lambda label: (-counts[label], len(label), label))
            # "Council leader" at the head of a sentence is "council leader"
            told.append(f"{speaker}, {max(own.loc[own['label'].str.casefold() == called, 'label'])}")
    return "; ".join(told)


def _is_plural(label: str) -> bool:
    """Whether a label is of many: "climbers", "members of the group"."""
    head = re.split(r" (?:of|for|with|at|in|to) ", label)[0]
    return head.endswith("s") and not head.endswith(("ss", "us"))


def briefing(story: Story, told: Iterable[dict], *, title: str = "") -> dict[str, Any]:
    """All that the front page says of a story, as values for its template.

    Args:
        told: the findings of all notebooks, each with the `file` of its page.
        title: the story's name; by default the words that its headlines share.
    """
    articles = story.articles
    several = len(set(articles["outlet"])) > 1
    best = foremost(told)
    shown = {passage["anchor"] for one in best for passage in one["passages"]}
    differ = what_differs(story) if several else []
    found = {
        "findings": best,
        # what a finding says already is not said twice
        "differences": [one for one in differ if any(side["anchor"] not in shown for side in one["sides"])],
        "differ_above": bool(differ),
        "told_by_most": most_tell(story) if several else [],
        "told_twice": told_twice(story, besides=shown) if several else None,
        "speakers": who_speaks(story),
    }
    return found | {
        "several": several,
        "name": title or name_of(articles),
        "span": span(articles),
        "headlines": headlines(articles),
        "nothing": _nothing(found | {"differences": differ}) if several else [],
    }


def name_of(articles: pd.DataFrame) -> str:
    """The story's name: what its headlines share, or its only headline."""
    titles = [title for title in articles["title"] if isinstance(title, str)]
    if len(titles) == 1:
        return titles[0]
    return story_name(titles) or "How the same story is told"


def _nothing(found: Mapping[str, Any]) -> list[str]:
    """What was looked for and not found, each in a sentence."""
    said = {
        "told_by_most": "No statement was surely told by most of the outlets.",
        "findings": "No difference was sure enough to be called a finding.",
        "told_twice": "No passage was surely told by two outlets in partly other words.",
        "speakers": "Nobody is quoted.",
    }
    return [sentence for name, sentence in said.items() if not found[name]]
