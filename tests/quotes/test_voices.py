"""Who gets to speak: every word is counted once."""

import pytest

import samestory as ss
from samestory import tables
from samestory.story import Story

TEXT = {
    "a": "“We are ready now,” Lina Roth said. It rained all day.",
    "b": "Officials said that the mill would close. Tom Beck believes in luck.",
}
OUTLETS = {"a": "Herald", "b": "Post"}


def quote(article_id, content, speaker, **more):
    start = TEXT[article_id].index(content)
    row = {"article_id": article_id, "start": start, "end": start + len(content), "text": content}
    return row | {"speaker": speaker, "act": "speech", "stance": "neutral", "kind": "direct"} | more


@pytest.fixture
def story():
    articles = [
        {"article_id": n, "outlet": OUTLETS[n], "text": text, "words": len(text.split())}
        for n, text in TEXT.items()
    ]
    quotes = [
        quote("a", "We are ready now,", "Lina Roth", cue="say"),
        quote("a", "ready", "Tom Beck", cue="want"),
        quote("b", "that the mill would close", "Officials", cue="claim", kind="indirect", stance="doubtful"),
        quote("b", "in luck", "Tom Beck", cue="believe", kind="indirect", act="attitude"),
        quote("b", "mill", None, kind="mixed"),
    ]
    names = [("a", "Lina Roth"), ("b", "Tom Beck")]
    mentions = [
        {"article_id": n, "start": TEXT[n].index(name), "end": TEXT[n].index(name) + len(name), "text": name}
        | {"kind": "PERSON", "form": "name", "entity": name, "role": "subject"}
        for n, name in names
    ]
    empty = {name: tables.build([], columns) for name, columns in tables.ANNOTATIONS.items()}
    empty["quotes"] = tables.build(quotes, tables.QUOTES)
    empty["mentions"] = tables.build(mentions, tables.MENTIONS)
    return Story(tables.build(articles, tables.ARTICLES), **empty)


@pytest.fixture
def nothing(story):
    tables_of = {name: getattr(story, name).head(0) for name in tables.ANNOTATIONS}
    return Story(story.articles.head(0), **tables_of)


def test_quoted_word_share_adds_up_and_shows_the_own_voice(story):
    shares = ss.quotes.share(story)
    words = {(row.outlet, row.speaker): row.words for row in shares.itertuples()}
    assert words == {
        ("Herald", "(the outlet itself)"): 7,
        ("Herald", "Lina Roth"): 4,
        ("Herald", "Tom Beck"): 0,  # its only word lies in Roth's quote and is counted there
        ("Post", "(the outlet itself)"): 7,
        ("Post", "Officials"): 5,
        ("Post", "(no speaker)"): 0,
    }
    assert shares.groupby("outlet")["share"].sum().round(9).tolist() == [1.0, 1.0]


def test_quoted_word_share_counts_attitudes_only_when_asked(story):
    shares = ss.quotes.share(story, by=["outlet", "speaker"], act=None)
    assert shares.set_index(["outlet", "speaker"]).loc[("Post", "Tom Beck"), "words"] == 2


def test_quoted_word_share_by_outlet_alone_is_the_share_of_all_speakers(story):
    shares = ss.quotes.share(story, by=["outlet"])
    assert shares["words"].tolist() == [4, 5]
    assert shares["share"].round(3).tolist() == [0.364, 0.417]


def test_direct_share_counts_kinds_in_a_fixed_order(story):
    table = ss.quotes.direct_share(story)
    assert table["kind"].tolist() == ["direct", "mixed", "indirect"] * 2
    assert table["statements"].tolist() == [2, 0, 0, 0, 1, 1]


def test_stance_share_leaves_out_what_has_no_verb(story):
    table = ss.quotes.stance_share(story)
    post = table[table["outlet"] == "Post"].set_index("stance")
    assert post.loc["doubtful", "statements"] == 1
    assert post.loc["doubtful", "all_statements"] == 1


def test_source_types_tell_persons_groups_and_unnamed_sources_apart(story):
    found = dict(
        zip(ss.quotes.speeches(story)["speaker"], ss.quotes.speeches(story)["source_type"], strict=True)
    )
    assert found == {
        "Lina Roth": "named person",
        "Tom Beck": "named person",
        "Officials": "unnamed source",
        "(no speaker)": "(no speaker)",
    }


def test_lists_lead_to_their_place(story):
    for table in (ss.quotes.unattributed(story), ss.quotes.unnamed_sources(story)):
        assert len(table) == 1
        row = table.iloc[0]
        assert TEXT[row["article_id"]][row["start"] : row["end"]] == row["text"]


def test_speakers_by_outlet_says_who_is_not_found_where(story):
    table = ss.quotes.speakers_by_outlet(story)
    assert table.loc["Lina Roth"].tolist() == [4, 0, 1]
    assert table.columns.tolist() == ["Herald", "Post", "outlets"]


def test_stance_verbs_lists_the_verbs_of_each_speaker(story):
    table = ss.quotes.stance_verbs(story).set_index(["outlet", "speaker"])
    assert table.loc[("Post", "Officials"), "doubtful"] == "claim"
    assert table.loc[("Herald", "Lina Roth"), "neutral"] == "say"


def test_share_by_definition_shows_how_far_a_share_moves(story):
    table = ss.quotes.share_by_definition(story).set_index(["outlet", "speaker"])
    assert table.loc[("Post", "Officials"), "speech"] == 1.0
    assert round(table.loc[("Post", "Officials"), "with_attitudes"], 3) == 0.714
    assert table.loc[("Post", "Officials"), "statements"] == 0.5


@pytest.mark.parametrize(
    "table",
    [
        ss.quotes.speeches, ss.quotes.share, ss.quotes.direct_share, ss.quotes.stance_share,
        ss.quotes.source_types, ss.quotes.cue_verbs, ss.quotes.stance_verbs, ss.quotes.speakers_by_outlet,
        ss.quotes.unattributed, ss.quotes.unnamed_sources, ss.quotes.share_by_definition,
    ],
)  # fmt: skip
def test_tables_of_nothing_are_empty_with_the_same_columns(table, story, nothing):
    found = table(nothing)
    assert found.empty
    if table is not ss.quotes.speakers_by_outlet:  # its columns are the outlets
        assert list(found.columns) == list(table(story).columns)


def test_quoted_word_share_says_what_it_can_share_out_by(story):
    with pytest.raises(ValueError, match=r"by\[0\]='speaker': expected one of: 'outlet', 'article_id'"):
        ss.quotes.share(story, by=["speaker"])


def test_speeches_says_which_acts_there_are(story):
    with pytest.raises(ValueError, match="act='song': expected one of: 'speech', 'attitude' or None"):
        ss.quotes.speeches(story, act="song")
