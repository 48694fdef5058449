"""Does a check still hold: does the machine answer today as it did when the sample was drawn?"""

import pandas as pd

from samestory import tables
from samestory.story import Story
from samestory.trust.coded import Coded
from samestory.trust.units import units

MOVED = {
    "what": "str", "unit": "str", "variable": "str",
    "then": "str",  # the answer that was checked; missing where the question was not asked
    "now": "str",  # today's; missing where it is not asked, or the passage is gone
    "passage": "str", "outlet": "str", "article_id": "str", "start": "int64",
}  # fmt: skip
_PLACE = ["article_id", "start", "end", "text", "article_b", "start_b", "text_b"]


def answered_otherwise(story: Story, coded: Coded) -> pd.DataFrame:
    """The sampled passages of which the machine says something else than when the sample was drawn.

    Another version, another codebook, a mended text or a correction by hand may move an answer. Where many
    did, the figures of the check are of a machine that is no longer there: draw a sample anew.

    Returns:
        MOVED table; empty where all is as it was.
    """
    rows = []
    for what, sample in coded.samples.items():
        names = [variable.name for variable in sample.coding.variables]
        today = units(story, what, codebook=sample.codebook).drop_duplicates(_PLACE)
        both = sample.rows.merge(today[_PLACE + names], on=_PLACE, how="left", suffixes=("", "_now"))
        for row in both.to_dict("records"):
            for name in names:
                then, now = row[name], row[f"{name}_now"]
                if pd.isna(then) != pd.isna(now) or (pd.notna(then) and then != now):
                    rows.append(row | {"what": what, "variable": name, "then": then, "now": now})
    return tables.build(rows, MOVED)
