"""One name over all articles."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import tables
from samestory.names.across_outlets import merge_names
from samestory.reading.manifest import read_aliases


def mentions(*articles):
    """One dict an article: entity -> (kind, number of mentions)."""
    rows = [
        {
            "article_id": str(n),
            "start": 0,
            "end": 1,
            "text": "x",
            "kind": kind,
            "form": "name",
            "entity": entity,
        }
        for n, article in enumerate(articles)
        for entity, (kind, count) in article.items()
        for _ in range(count)
    ]
    return tables.build(rows, tables.MENTIONS)


def quotes(*speakers):
    rows = [{"article_id": "0", "start": 0, "end": 1, "text": "x", "speaker": name} for name in speakers]
    return tables.build(rows, tables.QUOTES)


def texts(*bodies):
    return tables.build(
        [{"article_id": str(n), "words": 1, "text": text} for n, text in enumerate(bodies)], tables.ARTICLES
    )


def merged(*articles, text="", aliases=None):
    """{the article's own form: canonical name}."""
    table = mentions(*articles)
    out, _ = merge_names(table, quotes(), texts(text), aliases=aliases)
    return dict(zip(table["entity"], out["entity"], strict=True))


def person(count=1):
    return "PERSON", count


@pytest.mark.parametrize(
    ("forms", "canonical"),
    [
        pytest.param(
            {"Volodymyr Zelensky": 3, "Volodymyr Zelenskyy": 1}, "Volodymyr Zelensky", id="spelling"
        ),
        pytest.param({"Zelenskiy": 5, "Volodymyr Zelensky": 1}, "Volodymyr Zelensky", id="surname alone"),
        pytest.param({"Muammar Gaddafi": 2, "Moammar Qaddafi": 1}, "Muammar Gaddafi", id="romanisation"),
        pytest.param({"Mike Lane": 2, "Michael Lane": 1}, "Mike Lane", id="short form"),
        pytest.param(
            {"Omar bin Said": 3, "Omar bin Said Al Wazir": 1}, "Omar bin Said", id="without the family's name"
        ),
        pytest.param({"Sturdy Holm": 1, "Ann Sturdy Holm": 2}, "Ann Sturdy Holm", id="no given name"),
        pytest.param({"M. Lane": 4, "Michael Lane": 1}, "Michael Lane", id="initial"),
        pytest.param({"José Ruiz": 2, "Jose Ruiz": 1}, "José Ruiz", id="accent"),
        pytest.param({"Jane Doe": 1, "Jane R. Doe": 1}, "Jane Doe", id="ties in alphabetical order"),
    ],
)
def test_merge_names_makes_one_person_of_spellings(forms, canonical):
    found = merged(*({name: person(count)} for name, count in forms.items()))
    assert set(found.values()) == {canonical}


@pytest.mark.parametrize(
    "forms",
    [
        pytest.param(("Jane Doe", "John Doe"), id="given names conflict"),
        pytest.param(("Omar bin Said", "Said bin Omar Al Wazir"), id="father and son"),
        pytest.param(("Ann Holm", "Ida Ann Holm"), id="a given name of their own"),
        pytest.param(("Ann Hayes", "Ann Hayek"), id="short surnames"),
        pytest.param(("Petra Novak", "Peter Novak"), id="given names alike"),
        pytest.param(("Karim Haddad", "Karim Hassan"), id="other surname"),
        pytest.param(["Michelle Obama", "Michael Obama"], id="known given names that look alike"),
    ],
)
def test_merge_names_keeps_two_persons_apart(forms):
    assert len(set(merged(*({name: person()} for name in forms)).values())) == 2


def test_merge_names_takes_jr_for_another_only_where_an_article_tells_of_both():
    apart = merged({"Paul Lane": person(), "Paul Lane Jr.": person()})
    assert apart == {"Paul Lane": "Paul Lane", "Paul Lane Jr.": "Paul Lane Jr."}
    assert set(merged({"Paul Lane": person(2)}, {"Paul Lane Jr.": person()}).values()) == {"Paul Lane"}


def test_merge_names_leaves_a_surname_that_two_bear_alike():
    found = merged({"Jane Doe": person(3)}, {"John Doe": person(3)}, {"Doe": person(2)})
    assert found["Doe"] == "Doe"


def test_merge_names_gives_a_surname_to_who_is_named_far_most_often():
    found = merged({"Jane Doe": person(12)}, {"John Doe": person(1)}, {"Doe": person(2)})
    assert found["Doe"] == "Jane Doe"


def test_merge_names_corrects_a_surname_that_was_no_person():
    table = mentions({"Lina Roth": person(3)}, {"Roth": ("ORG", 1)})
    out, _ = merge_names(table, quotes(), texts(""))
    assert set(out["entity"]) == {"Lina Roth"}
    assert set(out["kind"]) == {"PERSON"}


@pytest.mark.parametrize(
    ("name", "kind", "canonical"),
    [
        ("U.S.", "GPE", "United States"),
        ("US", "GPE", "United States"),
        ("America", "GPE", "United States"),
        ("American", "NORP", "United States"),
        ("Russian", "NORP", "Russia"),
        ("Kiev", "GPE", "Kyiv"),
        ("Kyiv", "GPE", "Kyiv"),
        ("Kremlin", "ORG", "Kremlin"),
        ("Calif.", "GPE", "California"),
    ],
)
def test_merge_names_knows_countries_and_keeps_governments_apart(name, kind, canonical):
    assert merged({name: (kind, 1)})[name] == canonical


def test_merge_names_takes_one_word_for_a_person_only_where_most_articles_do():
    found, _ = merge_names(
        mentions(
            {"Lankaria": person()}, {"Lankaria": ("GPE", 1), "Ann Poe": person()}, {"Ann Poe": ("ORG", 1)}
        ),
        quotes(),
        texts(""),
    )
    assert dict(zip(found["entity"], found["kind"], strict=True)) == {"Lankaria": "GPE", "Ann Poe": "PERSON"}


def test_merge_names_reads_an_acronym_that_one_text_explains():
    found = merged(
        {"Inland Energy Agency": ("ORG", 1)},
        {"IEA": ("ORG", 4)},
        text="The Inland Energy Agency (IEA) met.",
    )
    assert found["IEA"] == "Inland Energy Agency"


@pytest.mark.parametrize(
    ("short", "longer"),
    [
        ("Judiciary Committee", "Senate Judiciary Committee"),
        ("Congress", "American Congress"),
        ("Foreign Ministry", "Polish Foreign Ministry"),
        ("ABC", "ABC News"),
        ("Acme", "Acme Corp."),
        ("GOP", "Republican Party"),
    ],
)
def test_merge_names_knows_the_short_name_of_a_body(short, longer):
    found = merged({longer: ("ORG", 1)}, {short: ("ORG", 4)})
    assert found[short] == found[longer]


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(
            ("Foreign Ministry", "Polish Foreign Ministry", "Latvian Foreign Ministry"), id="of two"
        ),
        pytest.param(("Supreme Court", "Iowa Supreme Court"), id="of a state"),
        pytest.param(("House", "White House"), id="not a country"),
        pytest.param(("House Judiciary Committee", "Senate Judiciary Committee"), id="chambers"),
    ],
)
def test_merge_names_keeps_bodies_apart(names):
    assert len(set(merged(dict.fromkeys(names, ("ORG", 1))).values())) == len(names)


def test_merge_names_knows_an_acronym_by_the_only_name_with_its_initials():
    found = merged({"Inland Energy Agency": ("ORG", 1)}, {"IEA": ("ORG", 4)}, text="The agency met.")
    assert found["IEA"] == "Inland Energy Agency"


def test_merge_names_leaves_an_acronym_that_two_names_may_have():
    names = {"Inland Energy Agency": ("ORG", 1), "Island Export Authority": ("ORG", 1)}
    found = merged(names, {"IEA": ("ORG", 4)}, text="The agency met.")
    assert found["IEA"] == "IEA"


def test_merge_names_names_speakers_alike_and_keeps_missing_ones_missing():
    table = mentions({"Lina Roth": person(2)})
    _, out = merge_names(table, quotes("Roth", None, "senior official"), texts(""))
    assert out["speaker"].fillna("none").tolist() == ["Roth", "none", "senior official"]
    _, out = merge_names(mentions({"Lina Roth": person(2), "Roth": person(1)}), quotes("Roth"), texts(""))
    assert out["speaker"].tolist() == ["Lina Roth"]


def test_merge_names_gives_a_phrase_one_case():
    _, out = merge_names(mentions(), quotes("Several witnesses", "several witnesses"), texts(""))
    assert out["speaker"].tolist() == ["several witnesses"] * 2


def test_merge_names_lets_aliases_win():
    found = merged(
        {"Russian": ("NORP", 1), "L. Roth": person()}, aliases={"Russian": "Moscow", "L. Roth": "Lina"}
    )
    assert found == {"Russian": "Moscow", "L. Roth": "Lina"}


def test_merge_names_of_nothing_is_nothing():
    out, said = merge_names(mentions(), quotes(), texts())
    assert out.dtypes.equals(mentions().dtypes)
    assert said.empty


NAMES = ["Ann Poe", "Anne Poe", "A. Poe", "Poe", "Jon Poe", "John Poe", "Poe Jr.", "Zelenskyy", "Zelensky"]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(1, 4)), max_size=7, unique_by=lambda x: x[0]))
def test_merge_names_does_not_depend_on_the_order_of_articles(items):
    results = [
        merged(*({name: person(count)} for name, count in order))
        for order in itertools.islice(itertools.permutations(items), 0, None, max(1, len(items) * 40))
    ]
    assert all(result == results[0] for result in results)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=12), max_size=5))
def test_merge_names_takes_any_name(names):
    table = mentions(*({name: person()} for name in names if name.strip()))
    out, _ = merge_names(table, quotes(), texts(""))
    assert len(out) == len(table)
    assert out["entity"].notna().all()


def test_read_aliases_reads_csv_and_yaml(tmp_path):
    (tmp_path / "a.csv").write_text("name,canonical\nZelenskyy,Zelensky\n", "utf-8")
    (tmp_path / "a.yaml").write_text("Zelenskyy: Zelensky\nMoscow: [Kremlin, Red Square]\n", "utf-8")
    assert read_aliases(tmp_path / "a.csv") == {"Zelenskyy": "Zelensky"}
    assert read_aliases(tmp_path / "a.yaml") == {
        "Zelenskyy": "Zelensky", "Kremlin": "Moscow", "Red Square": "Moscow"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("a.csv", "from,to\nx,y\n", r"no column \['name', 'canonical'\]; it has \['from', 'to'\]"),
        ("a.csv", "name,canonical\nx,\n", "row 2: needs a name and a canonical name"),
        ("a.csv", "name,canonical\nx,y\nx,z\n", "row 3: 'x' is both 'y' and 'z'"),
        ("a.yaml", "- x\n", "expected lines such as"),
        ("a.yaml", "x: [\n", "no valid YAML"),
        ("a.txt", "x", "are read from .csv, .yaml or .yml"),
    ],
)
def test_read_aliases_says_where_and_what(tmp_path, file, content, message):
    (tmp_path / file).write_text(content, "utf-8")
    with pytest.raises(ValueError, match=message):
        read_aliases(tmp_path / file)


def test_read_aliases_needs_a_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="no file of aliases"):
        read_aliases(tmp_path / "none.csv")


def test_seeds_hold_each_leader_once(seed_story):
    table = seed_story.mentions
    persons = table[(table["kind"] == "PERSON") & (table["form"] == "name")]
    assert sorted(persons["entity"].unique()) == [
        "Donald Trump", "Pete Hegseth", "Vladimir Putin", "Volodymyr Zelensky"
    ]  # fmt: skip
    assert pd.isna(table.loc[table["text"] == "they", "entity"]).all()
