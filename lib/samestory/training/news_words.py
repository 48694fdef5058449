"""Count in how many articles of a news corpus each stem occurs: what is rare in news at large.

    python -m samestory.training.news_words FOLDER   (every .txt file below it is one article)

Writes models/news_words.json: stems of at least MIN_ARTICLES articles with their counts, no text.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from samestory.comparison.wording import stems_of

MIN_ARTICLES = 3  # rarer stems are left out: they count as rare as can be anyway
TARGET = Path(__file__).parents[1] / "models" / "news_words.json"


def count_articles(folder: str | Path) -> dict:
    """Count the articles that hold each stem."""
    counts, articles = Counter(), 0
    for file in sorted(Path(folder).rglob("*.txt")):
        counts.update(set(stems_of(file.read_text("utf-8"))))
        articles += 1
    return {"articles": articles, "counts": {s: n for s, n in sorted(counts.items()) if n >= MIN_ARTICLES}}


if __name__ == "__main__":
    TARGET.write_text(json.dumps(count_articles(sys.argv[1]), ensure_ascii=False, indent=0), "utf-8")
