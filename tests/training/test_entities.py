"""The recogniser is packed from a model in a folder."""

import numpy as np
import spacy
from spacy.training import Example
from spacy.vectors import Vectors

from samestory.training.entities import main


def test_a_model_is_packed_with_its_vectors_in_bytes(tmp_path):
    nlp = spacy.blank("en")
    data = np.array([[1, -2, 0.5], [0, 0, 0]], np.float32)
    nlp.vocab.vectors = Vectors(data=data, keys=["Ann", "Poe"], strings=nlp.vocab.strings)
    nlp.add_pipe("ner").add_label("PERSON")
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc("Ann left"), {"entities": [(0, 3, "PERSON")]})])
    nlp.to_disk(tmp_path / "model")
    main([str(tmp_path / "model"), "--out", str(tmp_path / "out")])
    with np.load(tmp_path / "out" / "entities.npz", allow_pickle=False) as packed:
        rows = dict(zip(packed["keys"].tolist(), packed["rows"].tolist(), strict=True))
        back = packed["vectors"] * packed["scale"][:, None]
        assert packed["vectors"].dtype == np.int8
        np.testing.assert_allclose(back[rows[nlp.vocab.strings["Ann"]]], data[0], atol=0.01)
        assert packed["recogniser"].tobytes() == nlp.get_pipe("ner").to_bytes(exclude=["vocab"])
