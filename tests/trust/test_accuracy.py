"""Precision, recall and corrected shares worked out by hand, and intervals that hold what they say."""

import numpy as np
import pandas as pd
import pytest

import samestory as ss
from samestory import tables
from samestory.intervals import wilson_interval
from samestory.trust.coded import ANSWERS, Coded, read_sheets

YES = {"reported": "yes", "speaker": "Ilse Brandt", "form": "direct"}
NO = {"reported": "no"}


@pytest.fixture
def coded(made_sample, filled, tmp_path):
    """Of 10 that were found (each stands for 4) 8 hold; of 10 others (each for 6) 1 is a quote."""
    sample = made_sample(["Ilse Brandt"] * 10 + [None] * 10)
    answers = [YES] * 6 + [YES | {"speaker": "Otto Vale"}, YES | {"speaker": "not said"}] + [NO] * 2
    answers += [YES, *[NO] * 9]
    own = dict(zip(sample.rows["unit"], answers, strict=True))
    return read_sheets(filled(sample, tmp_path, {"ann": own}))


def test_wilson():
    # 8 of 10: (.8 + 3.8416 / 20) / 1.38416 = .71675; ± 1.96 / 1.38416 × sqrt(.016 + .009604) = .22658
    assert wilson_interval(0.8, 10) == pytest.approx((0.4902, 0.9433), abs=0.0001)
    assert wilson_interval(0, 10) == pytest.approx((0, 0.2775), abs=0.0001)
    assert all(np.isnan(wilson_interval(0.5, 0)))


def test_precision_and_recall_by_hand(coded):
    table = ss.trust.figures(coded).set_index(["variable", "measure"])
    precision, recall = table.loc[("reported", "precision")], table.loc[("reported", "recall")]
    assert (precision["share"], precision["right"], precision["of"]) == (0.8, 8, 10)
    assert (precision["low"], precision["high"]) == pytest.approx((0.4902, 0.9433), abs=0.0001)
    # 8 × 4 = 32 found, 1 × 6 = 6 missed, so 32 of 38; unweighted 8 of 9
    assert recall["share"] == pytest.approx(32 / 38)
    assert (recall["right"], recall["of"]) == (8, 9)
    assert recall["low"] < 0.7 < recall["share"] < 0.96 < recall["high"] < 1
    # the machine names a speaker in all 8; 6 are right; people name one in 7 of them
    assert table.loc[("speaker", "precision"), ["right", "of"]].tolist() == [6, 8]
    assert table.loc[("speaker", "recall"), ["right", "of"]].tolist() == [6, 7]


def test_no_miss_in_the_sample_is_no_proof_that_nothing_was_missed(made_sample, filled, tmp_path):
    sample = made_sample(["Ilse Brandt"] * 10 + [None] * 10)
    own = dict(zip(sample.rows["unit"], [YES] * 10 + [NO] * 10, strict=True))
    table = ss.trust.figures(read_sheets(filled(sample, tmp_path, {"ann": own})))
    recall = table[table["measure"] == "recall"].iloc[0]
    # none of 10 missed: up to 28 in 100 of 60 may be (Wilson), 17 beside 40 that were found
    assert recall["share"] == 1
    assert recall["low"] == pytest.approx(40 / (40 + 0.2775 * 60), abs=0.01)


def test_errors_side_by_side(coded):
    table = ss.trust.error_matrix(coded, what="quotes").set_index("machine")
    assert table.loc["yes"].to_dict() == {"no": 2, "yes": 8}
    assert table.loc["no"].to_dict() == {"no": 9, "yes": 1}
    speakers = ss.trust.error_matrix(coded, what="quotes", variable="speaker").set_index("machine")
    assert speakers.loc["Ilse Brandt", "Otto Vale"] == 1
    assert speakers.loc["(nothing)", "Ilse Brandt"] == 1
    with pytest.raises(ValueError, match="expected one of: 'quotes'"):
        ss.trust.error_matrix(coded, what="tone")


def test_corrected_shares_by_hand(made_sample):
    coded = check(made_sample, hits=16, of_found=20, missed=5, of_others=20)
    table = ss.trust.corrected(coded, what="quotes").set_index(["outlet", "value"])
    # All: 40 found, 32 of them quotes; 60 others, 15 of them quotes. So of 47 quotes 32 are called so, of 53
    # others 8. Herald: 30 of 60 are called so. p = (.5 - 8 / 53) / (32 / 47 - 8 / 53) = .6589
    herald = table.loc[("Herald", "yes")]
    assert herald["raw"] == 0.5
    assert herald["corrected"] == pytest.approx((0.5 - 8 / 53) / (32 / 47 - 8 / 53))
    assert table.loc[("Herald", "no"), "corrected"] == pytest.approx(1 - herald["corrected"])
    # of all, what the check itself says: 47 of 100
    assert table.loc[("(all outlets)", "yes"), "corrected"] == pytest.approx(0.47)
    assert herald["low"] < herald["corrected"] < herald["high"]
    one = ss.trust.corrected(coded, what="quotes", value="yes").set_index("outlet")
    assert one.loc["Herald", "corrected"] == pytest.approx(herald["corrected"])


def test_the_interval_holds_the_error_of_the_check(made_sample):
    small = check(made_sample, hits=10, of_found=10, missed=0, of_others=10)
    large = check(made_sample, hits=40, of_found=40, missed=0, of_others=40)
    widths = []
    for coded in (small, large):
        row = ss.trust.corrected(coded, what="quotes").set_index(["outlet", "value"]).loc[("Post", "yes")]
        assert row["corrected"] == row["raw"] == 0.25  # no error was found
        widths.append(row["high"] - row["low"])
    assert widths[0] > widths[1] > 2 * 1.96 * np.sqrt(0.25 * 0.75 / 40) * 0.9  # that of the passages alone


def of_outlets(table):
    return table[table["outlet"] != "(all outlets)"]


def test_too_small_a_check_corrects_nothing_and_says_why(made_sample):
    few = check(made_sample, hits=3, of_found=3, missed=0, of_others=10)
    table = of_outlets(ss.trust.corrected(few, what="quotes"))
    assert table["corrected"].isna().all()
    assert table["why_not"].str.contains("fewer than 5 passages that people call yes (3)", regex=False).all()
    blind = check(made_sample, hits=10, of_found=20, missed=10, of_others=20)
    table = of_outlets(ss.trust.corrected(blind, what="quotes"))
    assert table["corrected"].isna().all()
    assert table["why_not"].str.contains("hardly depend on what people see").all()
    weak = check(made_sample, hits=8, of_found=12, missed=4, of_others=12)
    table = of_outlets(ss.trust.corrected(weak, what="quotes"))
    assert table["corrected"].isna().all()
    assert table["why_not"].str.contains("might tell too little: code more").all()
    assert table["raw"].notna().all()


def test_of_all_outlets_together_even_a_machine_that_tells_nothing_can_be_corrected(made_sample):
    # half of what was found are quotes, and half of the others: half of all, whatever the machine says
    blind = check(made_sample, hits=10, of_found=20, missed=10, of_others=20)
    table = ss.trust.corrected(blind, what="quotes").set_index(["outlet", "value"])
    row = table.loc[("(all outlets)", "yes")]
    assert row["corrected"] == pytest.approx(0.5)
    # the passages of the check alone: 1.96 × sqrt(.4² × .25 / 20 + .6² × .25 / 20) = .158
    assert row["high"] - row["low"] == pytest.approx(2 * 0.158, rel=0.15)


@pytest.mark.parametrize(
    ("of_found", "of_others", "why_not"),
    [(0, 12, "no passage that the machine calls yes"), (4, 4, "fewer than 10 passages")],
)
def test_a_check_that_tells_nothing_of_all_outlets_says_why(made_sample, of_found, of_others, why_not):
    coded = check(made_sample, hits=of_found, of_found=of_found, missed=0, of_others=of_others)
    table = ss.trust.corrected(coded)
    assert table["corrected"].isna().all()
    assert table["why_not"].str.contains(why_not).all()


def test_all_answers_alike_leave_nothing_to_correct(made_sample):
    coded = check(
        made_sample, hits=0, of_found=0, missed=0, of_others=10, population=[("Post", "no", False, 10)]
    )
    table = ss.trust.corrected(coded, what="quotes")
    assert table["why_not"].str.contains("one answer").all()


def test_intervals_hold_the_truth_about_as_often_as_they_say(made_sample):
    """50 checks of one population: of 40 found 34 hold, of 60 others 9 were missed; 43 of 100 are quotes."""
    rng, held, recalled = np.random.default_rng(1), 0, 0
    for _ in range(50):
        hits, missed = rng.hypergeometric(34, 6, 20), rng.hypergeometric(9, 51, 20)
        coded = check(made_sample, hits=hits, of_found=20, missed=missed, of_others=20)
        table = ss.trust.corrected(coded, what="quotes").set_index(["outlet", "value"])
        row = table.loc[("(all outlets)", "yes")]
        held += row["low"] <= 0.43 <= row["high"]
        figures = ss.trust.figures(coded).set_index("measure").loc["recall"]
        recalled += figures["low"] <= 34 / 43 <= figures["high"]
    assert held >= 45
    assert recalled >= 45


def check(made_sample, *, hits, of_found, missed, of_others, population=None):
    """A check by one coder, without the detour over sheets."""
    sample = made_sample(["Ilse Brandt"] * of_found + [None] * of_others, population=population)
    sample.rows["weight"] = [40 / max(of_found, 1)] * of_found + [60 / of_others] * of_others
    said = ["yes"] * hits + ["no"] * (of_found - hits) + ["yes"] * missed + ["no"] * (of_others - missed)
    rows = [
        {
            "what": "quotes",
            "unit": unit,
            "variable": "reported",
            "coder": "ann",
            "value": value,
            "written": value,
        }
        for unit, value in zip(sample.rows["unit"], said, strict=True)
    ]
    return Coded({"quotes": sample}, tables.build(rows, ANSWERS))


def test_nothing_coded_has_no_figures():
    assert ss.trust.figures(Coded()).empty
    assert isinstance(Coded().compared(), pd.DataFrame)
