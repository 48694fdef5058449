"""Fixtures that every room's tests share: the pipeline and the seeds, read and annotated once."""

from pathlib import Path

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import samestory as ss
from samestory.language.pipeline import load_pipeline

SEEDS = Path(__file__).parents[1] / "seeds"

BRIDGE = {
    "Herald": (
        "The old harbour bridge will close for eleven months from March, the council decided on Monday.\n\n"
        "“Nobody wants this closure, but rust does not wait,” mayor Ilse Brandt said.\n\n"
        "Repairs are expected to cost 14 million euros. Ferries will run every ten minutes.\n\n"
        "The bridge opened in 1931."
    ),
    "Post": (
        "City councillors voted on Monday to shut the old harbour bridge for eleven months, from March.\n\n"
        "Repairing it is expected to cost 14m euros.\n\n"
        "Mayor Ilse Brandt said that nobody wants the closure but that rust does not wait.\n\n"
        "Shopkeepers on the north bank fear for their trade."
    ),
}


@pytest.fixture(scope="session")
def nlp():
    return load_pipeline()


@pytest.fixture(scope="session")
def seeds():
    return ss.load(SEEDS).articles


@pytest.fixture(scope="session")
def seed_story():
    return ss.annotate(ss.load(SEEDS))


@pytest.fixture(scope="session")
def story_of():
    """Annotate texts given as outlet -> text; each article's name is its outlet's in small letters."""

    def annotate(texts: dict[str, str], **columns) -> ss.Story:
        rows = [
            {"article_id": name.lower(), "outlet": name, "title": "", "published": pd.NaT, "text": text}
            for name, text in texts.items()
        ]
        names = ["article_id", "outlet", "title", "published", "text"]
        return ss.annotate(pd.DataFrame(rows, columns=names).assign(**columns))

    return annotate


@pytest.fixture(scope="session")
def bridge(story_of):
    return story_of(BRIDGE)


@pytest.fixture(scope="session")
def bridge_texts():
    return dict(BRIDGE)


@pytest.fixture
def shown():
    """Run a function and return the outputs that a notebook would store."""
    InteractiveShell.instance()

    def run(function, *args, **options):
        with capture_output() as captured:
            function(*args, **options)
        return captured.outputs

    return run
