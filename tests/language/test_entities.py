"""The medium model's recogniser beside the small model's parse."""

import numpy as np
import pytest


@pytest.mark.parametrize("name", ["Tunde Oyelaran", "Aoife Byrne", "Chan Ho-lam", "Yusra Haddad"])
def test_it_knows_rare_names_for_persons(nlp, name):
    doc = nlp(f"The council met on Friday. {name} wants the bridge open.")
    assert (name, "PERSON") in {(entity.text, entity.label_) for entity in doc.ents}


def test_it_reads_the_vectors_that_come_with_the_package(nlp):
    vectors = nlp.vocab.vectors
    assert vectors.shape == (20_000, 300)
    known, unknown = vectors.get_batch([nlp.vocab["Friday"].orth, nlp.vocab["zqxjkvw"].orth])
    assert known.any()
    assert np.isfinite(known).all()
    assert not unknown.any()
