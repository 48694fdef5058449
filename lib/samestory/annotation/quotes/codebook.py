"""The codebook of cues: act and stance of the word that reports a quote."""

from functools import lru_cache

from samestory.packaged import packaged_yaml


@lru_cache(maxsize=1)
def read_cues() -> dict[str, tuple[str, str]]:
    """Read codebooks/cues.yaml: lemma -> (act, stance); the first list that names a lemma holds."""
    cues: dict[str, tuple[str, str]] = {}
    for act, stances in packaged_yaml("codebooks/cues.yaml").items():
        for stance, lemmas in stances.items():
            for lemma in lemmas:
                cues.setdefault(lemma, (act, stance))
    return cues
