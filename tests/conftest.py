"""Fixtures that every room's tests share: the pipeline and the seeds, read and annotated once."""

from pathlib import Path

import pytest

import samestory as ss
from samestory.annotation.pipeline import load_pipeline

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="session")
def nlp():
    return load_pipeline()


@pytest.fixture(scope="session")
def seeds():
    return ss.load(SEEDS)


@pytest.fixture(scope="session")
def seed_story(seeds):
    return ss.annotate(seeds)
