"""Versions of one article: which articles are such, and what was changed between them."""

import pandas as pd
import pytest

import samestory as ss

FIRST = [
    "A warehouse on the Tessin quay burned down on Sunday night, and two firefighters were hurt.",
    "The blaze began shortly after ten in a hall where a furniture maker keeps foam and varnish.",
    "“We saw flames as high as the crane,” said Lena Moravec, who lives across the canal.",
    "Police arrested a former employee of the furniture maker near the railway station.",
    "The harbour was closed to ships until the morning, and trams were led around the quay.",
    "The hall was built in 1962 and had been inspected in the spring.",
]
NIGHT, MORNING = pd.Timestamp("2031-05-04 23:30"), pd.Timestamp("2031-05-05 07:10")


@pytest.fixture(scope="module")
def compared():
    """The changes between two articles, given as lists of sentences, and the articles' texts."""

    def changes(first, second, *, outlets=("Herald", "Herald"), published=(NIGHT, MORNING), **columns):
        texts = [" ".join(first), "\n\n".join(second)]
        rows = pd.DataFrame({"article_id": ["one", "two"], "outlet": outlets, "title": "", "text": texts})
        story = ss.annotate(rows.assign(published=list(published), **columns))
        return (
            ss.statements.versions(story),
            ss.statements.version_pairs(story),
            dict(zip(["one", "two"], texts, strict=True)),
        )

    return changes


def told(table):
    return [(row.how, row.text_a if row.how == "taken out" else row.text_b) for row in table.itertuples()]


def with_fourth(sentence):
    return [*FIRST[:3], sentence, *FIRST[4:]]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        pytest.param(
            [*FIRST, "One firefighter later died in hospital."],
            [("added", "One firefighter later died in hospital.")],
            id="a sentence added",
        ),
        pytest.param(FIRST[:3] + FIRST[4:], [("taken out", FIRST[3])], id="a sentence taken out"),
        pytest.param(
            with_fourth(FIRST[3].replace("arrested", "reportedly arrested")),
            [("softened", FIRST[3].replace("arrested", "reportedly arrested"))],
            id="reportedly",
        ),
        pytest.param(
            with_fourth(FIRST[3].replace("arrested", "may have arrested")),
            [("softened", FIRST[3].replace("arrested", "may have arrested"))],
            id="may have",
        ),
        pytest.param(
            with_fourth("Police arrested a clerk of the furniture maker near the bus station."),
            [("changed", "Police arrested a clerk of the furniture maker near the bus station.")],
            id="another person",
        ),
        pytest.param(
            [FIRST[0].replace("two firefighters", "three firefighters"), *FIRST[1:]],
            [("changed", FIRST[0].replace("two firefighters", "three firefighters"))],
            id="another figure",
        ),
        pytest.param(
            [FIRST[0].replace("were hurt", "were not hurt"), *FIRST[1:]],
            [("changed", FIRST[0].replace("were hurt", "were not hurt"))],
            id="a not",
        ),
        pytest.param([FIRST[4], *FIRST[:4], FIRST[5]], [], id="another order"),
        pytest.param(
            [
                *FIRST[:4],
                "The harbour was closed to ships until the morning.",
                "Trams were led around the quay.",
                FIRST[5],
            ],
            [],
            id="a sentence split in two",
        ),
        pytest.param(
            [*FIRST[:4], f"{FIRST[4].rstrip('.')}, and the hall{FIRST[5].removeprefix('The hall')}"],
            [],
            id="two sentences joined",
        ),
        pytest.param(FIRST, [], id="the same text, set in paragraphs"),
        pytest.param([*FIRST[:5], FIRST[5].replace("The hall", "This hall")], [], id="a small word"),
        pytest.param([FIRST[0].replace("firefighters", "fire-fighters"), *FIRST[1:]], [], id="a hyphen"),
        pytest.param([*FIRST[:2], FIRST[2].replace("Lena", "Lena K."), *FIRST[3:]], [], id="an initial"),
        pytest.param(["11:20 p.m.", *FIRST], [], id="a clock time"),
        pytest.param([one.replace("“", '"').replace("”", '"') for one in FIRST], [], id="other marks"),
    ],
)
def test_what_was_changed(compared, second, expected):
    table, pairs, texts = compared(FIRST, second)
    assert told(table) == expected
    assert pairs[["article_a", "article_b"]].to_numpy().tolist() == [["one", "two"]]
    for row in table.itertuples():
        for article, start, end, text in (
            (row.article_a, row.start_a, row.end_a, row.text_a),
            (row.article_b, row.start_b, row.end_b, row.text_b),
        ):
            assert pd.isna(start) or texts[article][start:end] == text


def test_the_words_that_differ_are_shown(compared):
    table, _, _ = compared(FIRST, with_fourth(FIRST[3].replace("arrested", "questioned")))
    assert table[["words_a", "words_b"]].to_numpy().tolist() == [["arrested", "questioned"]]


def test_surer_than_before(compared):
    hedged = with_fourth(FIRST[3].replace("Police arrested", "Police reportedly arrested"))
    assert [how for how, _ in told(compared(hedged, FIRST)[0])] == ["firmed up"]


def test_the_order_is_that_of_time_not_of_the_table(compared):
    table, pairs, _ = compared(FIRST, FIRST[:5], published=(MORNING, NIGHT))
    assert told(table) == [("added", FIRST[5])]
    (pair,) = pairs.itertuples()
    assert (pair.article_a, pair.published_a, pair.added, pair.ordered) == ("two", NIGHT, 1, True)


@pytest.mark.parametrize("published", [(pd.NaT, MORNING), (pd.Timestamp("2031-05-05"), MORNING)])
def test_without_known_order_nothing_was_added_or_taken_out(compared, published):
    table, pairs, _ = compared(FIRST, FIRST[:5], published=published)
    assert table["how"].tolist() == ["only in one"]
    assert not pairs["ordered"].any()


def test_one_address_is_one_article(compared):
    urls = ["https://www.herald.example/fire?ref=home", "http://herald.example/fire/"]
    second = [
        *FIRST[:2],
        "Nobody was hurt.",
        "The owner, Karl Weiss, spoke of a loss of two million euros.",
        "Insurers will visit the quay this week.",
        "The city council meets on Thursday to talk it over.",
    ]
    _, pairs, _ = compared(FIRST, second, outlets=("Herald", "Herald Online"), url=urls)
    assert len(pairs) == 1


def test_the_rest_of_a_split_sentence_is_compared(compared):
    split = "The harbour was closed to ships until the morning. Buses were led around the quay."
    table, _, _ = compared(FIRST, [*FIRST[:4], split, FIRST[5]])
    assert [(row.how, row.words_a, row.words_b) for row in table.itertuples()] == [
        ("changed", "and trams", "Buses")
    ]


@pytest.mark.parametrize(
    ("second", "options"),
    [
        pytest.param(
            FIRST,
            {
                "outlets": ("Herald", "Post"),
                "url": ["https://a.example/story?id=1", "https://a.example/story?id=2"],
            },
            id="two pages that a site tells apart by their number",
        ),
        pytest.param(FIRST, {"outlets": ("Herald", "Post")}, id="an agency's text in another outlet"),
        pytest.param(FIRST, {"outlets": (None, None)}, id="outlets that are not known"),
        pytest.param(
            FIRST,
            {"outlets": ("Herald", "Post"), "url": ["https://a.example/", "https://a.example"]},
            id="a front page is no address of an article",
        ),
        pytest.param(
            [
                "The council of Tessin meets on Thursday to talk about safety on the quay.",
                "Its members have received a report of forty pages on the state of the halls.",
                "The report says that eleven halls have no sprinklers, and that four have no second exit.",
                "Owners were given two years to mend that, but few have begun, councillor Ada Voss said.",
                "She wants fines for those who wait, while the chamber of trade asks for loans.",
                FIRST[5],
            ],
            {},
            id="another article with a sentence of background",
        ),
        pytest.param(
            ["Ferries to the islands run again from Monday.", "Tickets cost four euros."],
            {},
            id="another article",
        ),
    ],
)
def test_what_is_no_version(compared, second, options):
    table, pairs, _ = compared(FIRST, second, **options)
    assert table.empty
    assert pairs.empty


def test_of_three_versions_each_is_compared_with_the_one_before(story_of):
    texts = {"a": " ".join(FIRST[:4]), "b": " ".join(FIRST[:5]), "c": " ".join(FIRST)}
    story = story_of(texts, published=[NIGHT, MORNING, MORNING + pd.Timedelta(hours=5)])
    articles = story.articles.assign(outlet="Herald")
    pairs = ss.statements.version_pairs(ss.annotate(articles))
    assert pairs[["article_a", "article_b", "added"]].to_numpy().tolist() == [
        ["a", "b", 1],
        ["b", "c", 1],
    ]
