"""What the checks by hand say, in plain sentences."""

from samestory.pages.html import count
from samestory.trust.accuracy import figures
from samestory.trust.coded import Coded
from samestory.trust.reliability import RELIABLE, SKEWED, agreement

_NOT_CHECKED = (
    "Nothing was checked by hand on these articles yet: what follows was measured on other texts, and need "
    "not hold for yours."
)


def in_short(coded: Coded) -> list[str]:
    """Say what was coded, how far coders agree, and how often the machine is right."""
    done = [what for what in coded.samples if not coded.answers[coded.answers["what"] == what].empty]
    if not done:
        return [_NOT_CHECKED]
    return [sentence for what in done for sentence in (_coded(coded, what), _right(coded, what)) if sentence]


def _coded(coded: Coded, what: str) -> str:
    own = coded.answers[coded.answers["what"] == what]
    people = len(coded.coders(what)) or 1
    said = f"{what.capitalize()}: {people} {'person' if people == 1 else 'people'} coded"
    said += f" {count(own['unit'].nunique(), 'passage')}"
    table = agreement(coded)
    low = [
        row.variable
        for row in table[table["what"] == what].drop_duplicates("variable", keep="last").itertuples()
        if not (row.ac1 if row.commonest >= SKEWED else row.alpha) >= RELIABLE
    ]
    if not len(table[table["what"] == what]):
        return f"{said}; with one coder nothing is known of how far people agree."
    if low:
        return f"{said}; they do not agree well enough on {', '.join(low)} to rely on it."
    return f"{said}, and agree well enough on every question."


def _right(coded: Coded, what: str) -> str:
    table = figures(coded)
    rows = table[(table["what"] == what) & (table["measure"] == "precision")]
    if rows.empty:
        return ""
    row = next(rows.itertuples())
    answer = f" “{row.value}”" if isinstance(row.value, str) else ""
    return (
        f"Where the machine says {row.variable}{answer}, {row.right} of {row.of} hold "
        f"({row.low:.0%} to {row.high:.0%} of all such passages, with 95% certainty)."
    )
