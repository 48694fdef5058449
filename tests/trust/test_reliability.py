"""Alpha and AC1 against the examples that their authors published; disagreements by hand."""

import numpy as np
import pytest

import samestory as ss
from samestory.trust.coded import Coded, read_sheets
from samestory.trust.reliability import coefficient_intervals, coefficients

YES = {"reported": "yes", "speaker": "Ilse Brandt", "form": "direct"}
NO = {"reported": "no"}
# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: A. binary data of two observers, B. nominal
# data of two observers, C. nominal data of four observers, some of them missing.
BINARY = ["0100000010", "1110010000"]
NOMINAL = ["aabbdcccedda", "babbbccceddd"]
FOUR = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]


def codes_of(coders):
    """Units × coders; a point is a missing answer."""
    answers = sorted({one for coder in coders for one in coder} - {"."})
    return np.array([[answers.index(one) if one != "." else -1 for one in coder] for coder in coders]).T


def test_alpha_of_krippendorffs_binary_data():
    assert coefficients(codes_of(BINARY)).alpha == pytest.approx(0.095, abs=0.0005)


def test_alpha_of_krippendorffs_nominal_data():
    assert coefficients(codes_of(NOMINAL)).alpha == pytest.approx(0.692, abs=0.0005)


def test_alpha_and_ac1_of_four_coders_with_missing_answers():
    found = coefficients(codes_of(FOUR))
    assert found.alpha == pytest.approx(0.743, abs=0.0005)
    # Gwet (2014), Handbook of Inter-Rater Reliability, the same data: .8182 agree, AC1 .7754
    assert found.ac1 == pytest.approx(0.7754, abs=0.0001)
    assert found.agree == pytest.approx(0.8182, abs=0.0001)


def test_ac1_stays_high_where_nearly_all_answers_are_one_and_alpha_does_not():
    # of 100: both yes 1, both no 95, one each 4. AC1: pe = 2 × .03 × .97 = .0582, (.96 - .0582) / .9418
    codes = np.array([[1, 1]] + [[0, 0]] * 95 + [[0, 1], [1, 0]] * 2)
    found = coefficients(codes)
    assert found.ac1 == pytest.approx(0.9575, abs=0.0001)
    # alpha: 6 yes and 194 no of 200: De = 2 × 6 × 194 / (200 × 199) = .05849, Do = .04
    assert found.alpha == pytest.approx(1 - 0.04 / 0.0584925, abs=0.0001)


def test_answers_that_are_all_one_have_no_alpha():
    found = coefficients(np.zeros((12, 2), int))
    assert np.isnan(found.alpha)
    assert found.ac1 == 1
    (low, high), ac1 = coefficient_intervals(np.zeros((12, 2), int))
    assert np.isnan(low)
    assert np.isnan(high)
    assert ac1 == (1, 1)


def test_an_interval_holds_its_coefficient_and_narrows_with_more_passages():
    codes = codes_of(FOUR)
    (low, high), (ac1_low, ac1_high) = coefficient_intervals(codes)
    assert low < 0.743 < high
    assert ac1_low < 0.7754 < ac1_high
    (more_low, more_high), _ = coefficient_intervals(np.repeat(codes, 4, axis=0))
    assert more_high - more_low < high - low
    assert np.isnan(coefficient_intervals(codes[:9])[0][0])


@pytest.fixture
def coded(made_sample, filled, tmp_path):
    sample = made_sample(["Ilse Brandt"] * 6 + [None] * 6)
    units = sample.rows["unit"].tolist()
    ann = dict(zip(units, [YES] * 6 + [NO] * 6, strict=True))
    bo = ann | {units[0]: NO}
    cy = ann | {units[1]: YES | {"form": "mixed"}}
    return read_sheets(filled(sample, tmp_path, {"ann": ann, "bo": bo, "cy": cy}))


def test_agreement_of_each_pair_and_of_all(coded):
    table = ss.trust.agreement(coded).set_index(["variable", "coders"])
    assert table.loc["reported"].index.tolist() == ["ann and bo", "ann and cy", "bo and cy", "all 3"]
    assert table.loc[("reported", "ann and bo"), "agree"] == pytest.approx(11 / 12)
    assert table.loc[("reported", "ann and cy"), "alpha"] == 1
    # of 36 pairs 2 differ: Do = 2 / 36; 17 yes, 19 no: De = 2 × 17 × 19 / (36 × 35)
    assert table.loc[("reported", "all 3"), "alpha"] == pytest.approx(1 - (2 / 36) / (646 / 1260))
    assert table.loc[("reported", "all 3"), "reading"] == "reliable (alpha)"
    assert table.loc[("speaker", "all 3"), "reading"] == "all answers are one: there is nothing to tell apart"


def test_where_coders_differ_is_listed_without_the_machines_answer(coded):
    table = ss.trust.disagreements(coded)
    assert table[["unit", "variable", "ann", "bo", "cy"]].to_numpy().tolist() == [
        ["quotes-000000", "reported", "yes", "no", "yes"],
        ["quotes-000001", "form", "direct", "direct", "mixed"],
    ]
    assert "machine" not in table


def test_one_coder_or_none_has_no_agreement():
    assert ss.trust.agreement(Coded()).empty
    assert ss.trust.disagreements(Coded()).empty
