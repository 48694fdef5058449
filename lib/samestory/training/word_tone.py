"""Gather the lexicons of tone into lib/samestory/models/word_tone.tsv.

Run as `python -m samestory.training.word_tone`; needs `pip install vaderSentiment`.
"""

from pathlib import Path

MODELS = Path(__file__).parents[1] / "models"


def gather() -> dict[str, list]:
    """Word -> [vader -4..4, polarity -1..1, subjectivity 0..1]; None where not listed."""
    from textblob.en import sentiment
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    tone: dict[str, list] = {}

    def put(word: str, place: int, value: float) -> None:
        if all(letter.isalpha() or letter in "-'" for letter in word):
            tone.setdefault(word.lower(), [None] * 3)[place] = value

    for word, value in SentimentIntensityAnalyzer().lexicon.items():
        put(word, 0, value)
    sentiment.load()
    for word, by_tag in sentiment.items():
        polarity, subjectivity = by_tag[None][:2]
        put(word, 1, polarity)
        put(word, 2, subjectivity)
    return tone


def main() -> None:
    lines = ["word\tvader\tpolarity\tsubjectivity"]
    for word, values in sorted(gather().items()):
        lines.append("\t".join([word, *("" if value is None else f"{value:.3g}" for value in values)]))
    (MODELS / "word_tone.tsv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
