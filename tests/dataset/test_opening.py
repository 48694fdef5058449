"""A dataset opens as a story, in pandas and in DuckDB, and holds what annotation of one article gives."""

import contextlib
import json
import warnings
from pathlib import Path

import pandas as pd
import pytest

import samestory as ss
from samestory.dataset.store import TABLES

GLOBE = (
    "The council voted on Monday to close the old harbour bridge for eleven months, from March.\n\n"
    "Ferries will run every ten minutes.\n\nCyclists are angry."
)
COLUMNS = {
    "sentences": ["start", "voice"],
    "quotes": ["start", "speaker", "kind"],
    "events": ["start", "value"],
}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory, bridge_texts):
    """The harbour bridge in two outlets, beside an article on something else, annotated in full."""
    folder = tmp_path_factory.mktemp("collection")
    rows = [
        {"id": name, "outlet": name, "date": f"2025-06-0{day}", "country": "NL", "text": text}
        for day, (name, text) in enumerate((bridge_texts | {"Globe": GLOBE}).items(), 3)
    ]
    other = (
        "A spokesman for Ilse Brandt said on Friday: “We lost the cup.” The tough coach resigned in tears."
    )
    rows.append({"id": "other", "outlet": "Herald", "date": "2025-08-01", "text": other})
    (folder / "all.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    ss.annotate_dataset(folder / "all.jsonl", folder / "out")
    return folder


def test_each_article_is_as_annotated_alone(dataset):
    loaded = ss.load(dataset / "all.jsonl")
    for article_id in loaded.articles["article_id"]:
        one = loaded.articles[loaded.articles["article_id"] == article_id]
        alone, opened = ss.annotate(one, aliases={}), ss.open_story(dataset / "out", [article_id])
        for name, columns in COLUMNS.items():
            left, right = (story.tables[name][columns].reset_index(drop=True) for story in (alone, opened))
            pd.testing.assert_frame_equal(left, right.astype(left.dtypes), obj=name)


def test_the_articles_of_one_story_are_compared(dataset, bridge):
    story = ss.open_story(dataset / "out", ["Herald", "Post"])
    assert len(story.articles) == 2
    assert len(ss.same_statements(story)) == len(ss.same_statements(bridge)) > 0
    assert story.quotes["speaker"].tolist() == bridge.quotes["speaker"].tolist()
    texts = story.articles.set_index("article_id")["text"]
    for row in story.quotes.itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text


def test_what_is_not_there_is_named(dataset):
    with pytest.raises(ValueError, match=r"1 articles are not in .*such as 'nobody'"):
        ss.open_story(dataset / "out", ["Herald", "nobody"])


def test_pandas_opens_every_table(dataset):
    with warnings.catch_warnings():
        # pandas would rather have pyarrow, which is large; fastparquet leaves files open to be collected
        warnings.simplefilter("ignore")
        found = {name: pd.read_parquet(dataset / "out" / name, engine="fastparquet") for name in TABLES}
    assert sorted(found["articles"]["article_id"]) == ["Globe", "Herald", "Post", "other"]
    for name, columns in TABLES.items():
        assert list(found[name]) == list(columns)
        assert {**found[name].astype(columns).dtypes.astype("str")} == {**columns}


@pytest.fixture(scope="module")
def shown(dataset):
    """What the queries give that README shows, run as they stand there."""
    readme = Path(__file__).parents[2].joinpath("README.md").read_text("utf-8")
    code = readme.split("## A large collection")[1].split("```python\n")[1].split("```")[0]
    names: dict = {}
    with contextlib.chdir(dataset):
        exec(code, names)
    return names


def test_who_is_heard_most(shown):
    row = shown["heard"].set_index("speaker").loc["Ilse Brandt"]
    assert (row["quotes"], row["outlets"]) == (3, 2)


def test_what_one_actor_is_called_by_outlet_and_month(shown):
    found = [(row.outlet, f"{row.month:%Y-%m}", row.label) for row in shown["labels"].itertuples()]
    assert ("Herald", "2025-06", "mayor") in found
    assert ("Post", "2025-06", "mayor") in found


def test_what_all_tell_but_one(shown):
    found = shown["but_one"]
    told = dict(
        zip(
            found["label"].str.extract("(Ferries|million|14m|closure)")[0], found["not_found_in"], strict=True
        )
    )
    assert told.pop("Ferries") == "Post"
    assert set(told.values()) == {"Globe"}
