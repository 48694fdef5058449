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
    assert (len(vectors), vectors.vectors_length) == vectors.shape
    known, unknown = nlp.vocab["Friday"], nlp.vocab["zqxjkvw"]
    assert known.vector.any()
    assert not unknown.vector.any()
    assert known.orth in vectors
    assert unknown.orth not in vectors
    np.testing.assert_array_equal(
        vectors.get_batch([known.orth, unknown.orth]), [known.vector, unknown.vector]
    )
