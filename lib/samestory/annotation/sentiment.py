"""Polarity and subjectivity of a sentence by TextBlob's lexicon, with the words behind them."""

import re

from textblob.en import sentiment as lexicon

_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")


def sentence_scores(text: str) -> tuple[float | None, float | None]:
    """Polarity and subjectivity of a sentence; None, None where no word is in the lexicon."""
    score = lexicon([token.lower() for token in _TOKEN.findall(text)])
    if not score.assessments:
        return None, None
    return float(score[0]), float(score[1])
