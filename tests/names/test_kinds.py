"""What a name names, from all its contexts in an article."""

from itertools import pairwise

import numpy as np
import pytest

from samestory.language.tokens import Tokens
from samestory.names.candidates import candidates
from samestory.names.finder import find_names
from samestory.names.kinds import evidence, kind_odds


def persons(nlp, text):
    doc = nlp(text)
    return [doc[name.first : name.last].text for name in find_names(doc) if name.kind == "PERSON"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The council met late. Lea Brun asks for a ferry. “It was our road,” Brun said.",
            ["Lea Brun", "Brun"],
            id="a full name that begins a sentence",
        ),
        pytest.param(
            "The council met late. Adaeze Nwafor asks for a ferry. “It was our road,” Nwafor said.",
            ["Adaeze Nwafor", "Nwafor"],
            id="a name that the model takes for a company",
        ),
        pytest.param(
            "The council met late. Rania Saleh asks for a ferry. “It was our road,” Saleh said.",
            ["Rania Saleh", "Saleh"],
            id="a name in two halves",
        ),
        pytest.param("Iodine is cheap. The iodine in salt is enough, doctors said.", [], id="a common word"),
        pytest.param("The DAB won a seat. The DAB said it was glad.", [], id="an acronym"),
        pytest.param("Kyiv said on Monday that it would wait. Kyiv waited.", [], id="a capital"),
        pytest.param("RBC-Ukraine said that it had asked.", [], id="a firm with its country"),
        pytest.param("Acme Corp. said on Monday that it would sell.", [], id="a company"),
    ],
)
def test_find_names_tells_persons_from_what_is_none(nlp, text, expected):
    assert persons(nlp, text) == expected


def test_the_mentions_of_a_form_are_judged_together(nlp):
    doc = nlp("Ines Halder spoke. Halder left. The ferry sank.")
    odds = kind_odds(doc, candidates(doc))
    assert odds[("Ines", "Halder")].person > 0
    assert kind_odds(doc, []) == {}


def test_evidence_is_one_row_a_name_and_of_the_size_that_the_head_was_learned_with(nlp):
    doc = nlp("Mr. Halder, 42, who runs the ferry, met Ines Poe of Acme Corp. in Riga.")
    rows = evidence(doc, candidates(doc))
    assert rows.shape == (len(candidates(doc)), 49)
    assert set(np.unique(rows)) <= {0.0, 1.0}


def test_candidates_do_not_overlap(nlp):
    doc = nlp("Ursula von der Meer met Ana Ruiz and BBC News in Riga on Monday. Okafor Uzoma came, too.")
    names = candidates(doc)
    assert all(one.last <= other.first for one, other in pairwise(names))
    assert max(name.last for name in names) <= len(Tokens.of(doc).text)
