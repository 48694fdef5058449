"""Headline against body: quotations, figures and names that only the headline has."""

import pandas as pd
import pytest

import samestory as ss

BODY = (
    "Fourteen people were injured when a tram left the rails in Orvil on Tuesday, said the fire brigade.\n\n"
    "Mayor Ines Roth spoke of a dark day for the town. “We will not rest until we know why this tram was "
    "so fast,” she said at the town hall.\n\n"
    "The driver, Paul Okoro, 31, was not hurt. He told investigators from the Federal Rail Agency that the "
    "brake had failed. The French company that built the tram sent three engineers.\n\n"
    "Repairs will cost 2.4 million euros, the council reckons. Some 98 households were without power for the "
    "night. Trams have run in Orvil since 1931, and two people were killed in a crash in 1987."
)


@pytest.fixture(scope="module")
def against():
    """The rows of a headline over BODY, or over another text, and the articles."""

    def rows(title, text=BODY, **columns):
        article = {
            "article_id": "a",
            "outlet": "Herald",
            "title": title,
            "published": pd.NaT,
            "text": text,
        } | columns
        story = ss.annotate(pd.DataFrame([article]))
        return ss.statements.headline_against_body(story), story.articles.iloc[0]

    return rows


@pytest.mark.parametrize(
    ("title", "what", "said", "nearest"),
    [
        pytest.param(
            "Mayor: ‘Somebody will pay for this crime’ after tram crash",
            "quote",
            "Somebody will pay for this crime",
            None,
            id="a quotation nobody says",
        ),
        pytest.param(
            'Tram driver "drunk and asleep" before Orvil crash',
            "quote",
            "drunk and asleep",
            None,
            id="two words that do not stand there",
        ),
        pytest.param(
            "Orvil mourns as ‘carnage’ on the rails shocks town",
            "quote",
            "carnage",
            None,
            id="one word in marks",
        ),
        pytest.param(
            "40 people injured as tram leaves rails in Orvil",
            "number",
            "40",
            "Fourteen people",
            id="another figure of the injured",
        ),
        pytest.param(
            "Twenty people were injured in Orvil tram crash",
            "number",
            "Twenty",
            "Fourteen people",
            id="in words",
        ),
        pytest.param(
            "Repairs of the tram will cost 2.6 million euros",
            "number",
            "2.6 million euros",
            "Repairs",
            id="nearly the same sum, but not more roundly",
        ),
        pytest.param(
            "Repairs of the tram will cost 5 million euros",
            "number",
            "5 million euros",
            "Repairs",
            id="another sum of money",
        ),
        pytest.param(
            "Tram crash in Orvil: what Maria Lindqvist saw from her window",
            "name",
            "Maria Lindqvist",
            None,
            id="a person who does not stand in the text",
        ),
        pytest.param(
            "German engineers look into tram crash as Berlin waits",
            "name",
            "Berlin",
            None,
            id="a capital of another country",
        ),
    ],
)
def test_what_only_the_headline_has(against, title, what, said, nearest):
    rows, article = against(title)
    assert rows[["what", "headline_text"]].to_numpy().tolist() == [[what, said]]
    (row,) = rows.itertuples()
    assert article["title"][row.headline_start : row.headline_end] == said
    assert article["text"][row.start : row.end] == row.text
    assert nearest is None or row.text.startswith(nearest)


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("‘We will not rest’: mayor Roth after tram crash", id="part of a quotation"),
        pytest.param(
            "Mayor Roth: ‘We won’t rest until we know why the tram was this fast’", id="slightly edited"
        ),
        pytest.param("A ‘dark day’ for Orvil", id="quoted from indirect speech"),
        pytest.param("Brake ‘had failed’, driver tells investigators", id="the text has it without marks"),
        pytest.param("The residents' anger and the drivers' fear", id="apostrophes are no marks"),
        pytest.param("14 injured as tram derails", id="in figures for words"),
        pytest.param("More than a dozen injured in Orvil", id="more roundly"),
        pytest.param("Nearly 100 households without power", id="nearly"),
        pytest.param("Tram repairs to cost more than €2m", id="money more roundly"),
        pytest.param("Five things we know about the tram crash", id="a list of things"),
        pytest.param("Orvil tram crash: 3 experts sent", id="another word for what is counted"),
        pytest.param("Okoro's brake failed, FRA told", id="surname, possessive and initials"),
        pytest.param("Paris firm sends engineers after tram crash in Orvil", id="a capital for its people"),
        pytest.param("France sends engineers to Orvil", id="a country for its people"),
        pytest.param("Paolo Okorro unhurt after tram crash in Orvil", id="spelled nearly so"),
        pytest.param("Tram Crash Leaves Fourteen Injured in Orvil", id="every word with a capital"),
        pytest.param("Tram leaves the rails in Orvil | The Herald", id="the site's name"),
        pytest.param("Tram crash in 2031: what now?", id="a year"),
    ],
)
def test_what_the_body_bears_out(against, title):
    rows, _ = against(title)
    assert rows[["what", "headline_text"]].to_numpy().tolist() == []


def test_a_sum_of_the_texts_figures_is_no_difference(against):
    text = BODY.replace("Fourteen people were injured", "Ten men and eight women were injured")
    assert against("18 people injured as tram leaves rails in Orvil", text)[0].empty


def test_the_headline_at_the_head_of_the_text_is_not_its_body(against):
    title = "Tram driver ‘drunk and asleep’ before Orvil crash"
    rows, _ = against(title, f"{title}\n\n{BODY}")
    assert rows["headline_text"].tolist() == ["drunk and asleep"]
    assert rows["start"].iloc[0] > len(title)


@pytest.mark.parametrize("title", ["", None])
def test_no_headline_no_row(against, title):
    assert against(title)[0].empty


def test_a_teaser_has_not_everything(against):
    assert against("‘Somebody will pay for this crime’", BODY[:200])[0].empty


def test_the_author_in_the_headline_is_no_missing_name(against):
    assert against("Maria Lindqvist on the tram crash in Orvil", author="Maria Lindqvist")[0].empty
