"""Exports of press databases beyond the usual ones of the corpus: what is told apart, and what is kept."""

from datetime import datetime

import pytest

from samestory.reading.draft import Draft, FromFile
from samestory.reading.formats.press_databases import split_export

BODY = [
    "The ferry to Sandholm will run on seven days of the month only, its owner told passengers.",
    "Correction: nobody asked the people who work on the island, an earlier notice said.",
    "A second boat may take over the route in spring, if the council pays for it.",
]


def split(*lines):
    return split_export(FromFile([Draft("a", "a.txt", "\n\n".join(lines))], []), "a.txt")


def body(draft):
    return [draft.raw[start:end] for start, end in draft.body]


@pytest.mark.parametrize(
    "lines",
    [
        BODY,
        ["Ferry cut", "By Nell Carey", "3 July 2025", *BODY],
        ["Length: the ferry is 90 words of trouble long.", *BODY],
        [*BODY, "End of document, said the owner."],
        ["Ferry cut", "Island Post", "3 July 2025", *BODY],
        ["The document", "Document one was signed on 3 July 2025.", *BODY],
    ],
    ids=["bare", "byline and date", "a sentence", "a last sentence", "three lines", "documents"],
)
def test_an_article_that_is_no_export_stays_as_it_is(lines):
    [draft] = split(*lines).drafts
    assert draft.body is None
    assert draft.raw == "\n\n".join(lines)


@pytest.mark.parametrize(
    ("day", "when"),
    [
        ("November 9, 2015 Monday", datetime(2015, 11, 9)),
        ("November 9, 2015, Monday", datetime(2015, 11, 9)),
        ("9 November 2015 Monday 9:40 PM GMT", datetime(2015, 11, 9, 21, 40)),
    ],
)
def test_a_date_as_only_nexis_writes_it_is_enough(day, when):
    [draft] = split("Ferry cut", "Island Post", day, *BODY).drafts
    assert (draft.title, draft.outlet, draft.published) == ("Ferry cut", "Island Post", when)
    assert body(draft) == BODY


def test_a_correction_behind_an_article_is_no_date_of_it():
    tail = ["CORRECTION-DATE: July 9, 2025", "CORRECTION: The notice misspelt the island."]
    head = ["Correction Appended", "Island Post", "July 3, 2025 Thursday", "Ferry cut", "LENGTH: 52 words"]
    [draft] = split(*head, *BODY, *tail).drafts
    assert (draft.title, draft.outlet, draft.published) == ("Ferry cut", "Island Post", datetime(2025, 7, 3))
    assert body(draft) == BODY


def test_an_article_without_its_fields_is_kept_whole():
    known = ["Ferry cut", "Island Post", "July 3, 2025 Thursday", "Length: 52 words", "Body", *BODY]
    lost = [line.replace("ferry", "boat") for line in BODY] + ["We took the boat." * 9]
    first, second = split(*known, "End of Document", *lost, "End of Document").drafts
    assert body(first) == BODY
    assert body(second)[: len(BODY)] == lost[: len(BODY)]


def test_two_articles_are_never_one_and_every_word_is_in_one_of_them():
    def one(n):
        head = [f"Ferry cut {n}", "Island Post", "July 3, 2025 Thursday", "Length: 52 words", "Body"]
        return [*head, f"{n}. {BODY[0]}", f"Load-Date: July {n}, 2025", "End of Document"]

    drafts = split(*(line for n in range(1, 8) for line in one(n))).drafts
    assert [draft.title for draft in drafts] == [f"Ferry cut {n}" for n in range(1, 8)]
    assert [body(draft) for draft in drafts] == [[f"{n}. {BODY[0]}"] for n in range(1, 8)]
    assert [draft.source for draft in drafts[:2]] == ["a.txt, article 1", "a.txt, article 2"]


def test_europresse_keeps_a_second_headline_and_cuts_the_author():
    head = [
        "Island Post (web site)",
        "Thursday, July 3, 2025",
        "Ferry cut",
        "The owner is to blame, it says.",
        "Nell Carey",
    ]
    [draft] = split(*head, *BODY, "© 2025 Island Post", "news·20250703·IP·0012").drafts
    assert (draft.title, draft.outlet, draft.author) == ("Ferry cut", "Island Post", "Nell Carey")
    assert (draft.published, body(draft)) == (datetime(2025, 7, 3), [head[3], *BODY])


def test_factiva_fields_in_the_cells_of_a_table_with_any_space():
    cells = [
        "HD|Ferry  cut|",
        "PD|3 July 2025|",
        "SN|Island Post|",
        f"LP|{BODY[0].replace(' ', '  ', 3)}|",
        "TD|",
        *BODY[1:],
    ]
    [draft] = split("SE|News|", *cells, "WC|52 words|", "Document POST000020250703el7300012").drafts
    assert (draft.title, draft.outlet, draft.published) == ("Ferry cut", "Island Post", datetime(2025, 7, 3))
    assert [" ".join(text.split()) for text in body(draft)] == BODY


def test_proquest_without_a_full_text_is_no_article():
    reading = split(
        "Ferry cut", "Abstract: Less.", "Publication date: Jul 3, 2025", "ProQuest document ID: 7"
    )
    assert reading.drafts == []
    assert "no full text" in reading.problems[0].reason


def test_factiva_without_a_byline_and_with_one_that_has_no_by():
    end = "Document POST000020250703el7300012"
    fields = ["92 words", "3 July 2025", "Island Post", "POST", "English", "(c) 2025 Post"]
    again = ["Ferry cut on the island again", "Nell Carey"]
    one, two = split("Ferry cut on the island", *fields, *BODY, end, *again, *fields, *BODY, end).drafts
    assert (one.title, one.author, two.title, two.author) == (
        "Ferry cut on the island", None, "Ferry cut on the island again", "Nell Carey",
    )  # fmt: skip
    assert body(one) == body(two) == BODY
