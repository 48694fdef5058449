"""Cleaning: invented pages with every kind of clutter, and prose that looks like clutter but isn't."""

import re
import textwrap

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.reading.cleaning import clean
from samestory.reading.draft import INVISIBLE, plain, split_blocks
from samestory.reading.furniture import caption_cut, clutter_kind

PROSE = (
    "The mayor of Ostrava said on Tuesday that the bridge would stay closed for another month.\n\n"
    "Engineers found cracks in two of its pillars, according to the city's report."
)
HEADLINE = "Old bridge in Ostrava to stay closed"


def cuts(raw, **options):
    return [(raw[start:end].strip(), reason) for start, end, reason in clean(raw, **options).removed]


@pytest.mark.parametrize(
    ("top", "published", "author"),
    [
        (f"date 2024-05-14 {HEADLINE} Tuesday, May 14, 2024 9:05:10 AM", "2024-05-14 09:05:10", None),
        (f"{HEADLINE}\nPublished: 14 May 2024, 09:05 GMT | Updated: 15 May 2024", "2024-05-14 09:05", None),
        (f"{HEADLINE}\nBy Jane Doe | 14 May 2024 10:15 GMT", "2024-05-14 10:15", "Jane Doe"),
        (f"{HEADLINE}\n\nBy Jane Doe and Jan Ek, HPA\n\nMay 14, 2024", "2024-05-14", "Jane Doe and Jan Ek"),
        (f"{HEADLINE}\nMay 14, 2024, 4:32 PM GMT By Jane Doe", "2024-05-14 16:32", "Jane Doe"),
        (f"{HEADLINE}\n4:56 PM · May 14, 2024 · 3 min read", "2024-05-14 16:56", None),
        (f"{HEADLINE}\nUpdated 2024-05-14T09:05:00+02:00", "2024-05-14 09:05", None),
        (f"{HEADLINE}\nUpdated: 15 May 2024\nPublished: 14 May 2024", "2024-05-14", None),
        (f"News\n{HEADLINE}\nJane Doe — Tuesday, 14 May 2024, 17:20", "2024-05-14 17:20", None),
        (f"{HEADLINE}\nOstrava • HPA • 5342 views\n14.05.2024 17:20", "2024-05-14 17:20", None),
        (f"{HEADLINE}\nby Jane Doe\nMay 14, 2024 5:20 pm (Updated: May 15, 2024 6:00 pm)\n2 min read",
         "2024-05-14 17:20", "Jane Doe"),
        (f"Title: {HEADLINE}\nDate: 14 May 2024\nAuthor: Jane Doe\n", "2024-05-14", "Jane Doe"),
        (f"Home > News > Region\nEN | DE | CS\n{HEADLINE}\nShare Tweet Email\n", None, None),
        (HEADLINE, None, None),
    ],
    ids=["program", "published-updated", "byline-and-time", "two-authors", "time-byline", "dot-separated",
         "updated-only", "updated-first", "dash-separated", "views", "small-by",
         "header-fields", "menus", "headline-only"],
)  # fmt: skip
def test_clean_reads_the_top_of_a_page(top, published, author):
    cleaned = clean(f"{top}\n\n{PROSE}")
    assert cleaned.stated["title"] == HEADLINE
    assert cleaned.text == PROSE
    assert cleaned.stated.get("author") == author
    assert cleaned.published == (pd.Timestamp(published) if published else None)


@pytest.mark.parametrize(
    "repeated",
    [HEADLINE, HEADLINE.upper(), f"{HEADLINE} The closed bridge at dawn (photo: Jane Doe / Herald)",
     f"{HEADLINE} The mayor at the bridge (collage by The Herald)", f"{HEADLINE}.",
     f"{HEADLINE} Workers at the river. Photo: Agency"],
    ids=["same", "capitals", "with-photo", "with-collage", "full-stop", "with-photo-line"],
)  # fmt: skip
def test_clean_cuts_the_repeated_headline_and_its_caption(repeated):
    raw = f"{HEADLINE}\n\n{repeated}\n\n{PROSE}"
    assert clean(raw).text == PROSE
    assert cuts(raw)[0] == (HEADLINE, "headline")
    assert {reason for _, reason in cuts(raw)[1:]} <= {"headline repeated", "picture caption"}


def test_clean_keeps_a_sentence_that_opens_with_the_headline():
    raw = f"{HEADLINE}\n\n{HEADLINE} on Tuesday, the mayor said.\n\n{PROSE}"
    assert clean(raw).text == f"{HEADLINE} on Tuesday, the mayor said.\n\n{PROSE}"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("ua en ru", "language switcher"),
        ("EN | DE | FR", "language switcher"),
        ("Українська / English", "language switcher"),
        ("Share Tweet WhatsApp Email", "sharing"),
        ("Share this article", "sharing"),
        ("12 comments", "sharing"),
        ("Subscribe to our newsletter and never miss a story!", "subscription"),
        ("Follow The Herald on Facebook and Telegram", "subscription"),
        ("Join our Telegram channel for the latest updates", "subscription"),
        ("We use cookies to improve your visit. Accept all or manage settings.", "cookies"),
        ("Accept all cookies", "cookies"),
        ("Read also: Second bridge inspected in spring", "other articles"),
        ("READ MORE: Second bridge inspected in spring »", "other articles"),
        ("Related stories", "other articles"),
        ("Second bridge inspected in spring Read more", "other articles"),
        ("© 2024 The Herald. All rights reserved.", "copyright"),
        ("Copyright 2024 Example Press", "copyright"),
        ("Tags: bridge, Ostrava, mayor", "tags"),
        ("Advertisement", "advertisement"),
        ("Story continues below", "advertisement"),
        ("3 min read", "listening"),
        ("Reading time: 3 min", "listening"),
        ("0:00 / 1:45", "listening"),
        ("If you see a mistake, select it and press Ctrl+Enter", "notice"),
        ("POLITICS", "section label"),
        ("Skip to main content", "navigation"),
        ("Home > News > Region", "navigation"),
        ("(Reporting by Jane Doe; Editing by John Roe)", "credits"),
        ("Source: Example Press", "source line"),
        ("* * *", "decoration"),
        ("Share this with Facebook", "sharing"),
        ("Share this with", "sharing"),
        ("Image 1 of 13", "picture caption"),
        ("Getty Images", "picture credit"),
        ("10.42am", "publication time"),
        ("9.58am BST", "publication time"),
        ("More must-reads from HERALD", "other articles"),
        ("A post shared by Ostrava City (@ostrava) on May 14, 2024", "embedded post"),
        ("#bridge #ostrava", "embedded post"),
        ("Story highlights", "label"),
        ("Subscribe to continue reading.", "subscription"),
        ("This article is for subscribers only.", "subscription"),
        ("You have reached your limit of free articles.", "subscription"),
        ("Get unlimited access for £1 a week. Cancel anytime.", "subscription"),
        ("Already a subscriber? Log in", "subscription"),
        ("We want to hear what you think about this story. Submit a letter to the editor.", "subscription"),
        ("You can choose your preferences below. They will apply to this website only.", "cookies"),
        ("© The Herald", "copyright"),
    ],
)
def test_clutter_kind_knows(line, kind):
    assert clutter_kind(line, edge=True) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Copyright law protects the letters, the court said.",
        "Cookies were found in the minister's desk, police said.",
        "Follow the money, prosecutors were told.",
        "Subscribers to the gas network will pay more from May.",
        "Related charges against two aides were dropped.",
        "Read the letter, the judge told him.",
        "Share prices fell by a third.",
        "Home is where the heart is, she said.",
        "He resigned.",
        "No.",
        "Join the army, the posters say, and see our country.",
        "Attack on the bridge and its aftermath",
        "Further details can be found in the Herald's full report.",
        "Reporting by foreign media was restricted. Two crews were sent home.",
        "1",
        "Photographs by Jane Doe were shown to the jury.",
        "© is the sign that the engineers put on every page of their report, and the council laughed.",
        "Sign up for an account on the city's site, then choose a street.",
        "More people from abroad arrived in Ostrava",
        "Sign up for a free account with the city, and pay for the bus there.",
        "You may not set a cookie here, as the browser keeps cookies to itself.",
        "The country wants to become a member of the union.",
        "“You have to log in to see your own letters,” he said.",
        "The commission said that consent to cookies must be asked of every visitor to this site.",
        "See also: The court heard on Monday that the men had met in a hotel near the border and"
        " agreed on a price.",
    ],
)
def test_clutter_kind_keeps_prose(line):
    assert clutter_kind(line) is None
    assert caption_cut(line) is None


@pytest.mark.parametrize(
    ("block", "cut", "reason"),
    [
        ("The bridge at dawn (photo: Jane Doe)", "The bridge at dawn (photo: Jane Doe)", "picture caption"),
        ("Photo: Agency", "Photo: Agency", "picture caption"),
        ("Workers at the river, May 14, 2024. REUTERS/Jane Doe", None, "picture caption"),
        ("Workers at the river. (AP Photo/Jane Doe, File)", None, "picture caption"),
        ("The bridge on Tuesday. Jane Doe/Getty Images", None, "picture caption"),
        ("Image copyright Agency Image caption The bridge on Tuesday", None, "picture caption"),
        ("Illustrative photo. Credit: Jane Doe", None, "picture caption"),
        ("The mayor and the bridge. Stock photo: Getty Images", None, "picture caption"),
        ("The mayor at the bridge (Herald collage)", None, "picture caption"),
        ("Illustrative photo (Getty Images)", None, "picture caption"),
        ('"It will stay closed," the mayor said. (Photo: Jane Doe)', "(Photo: Jane Doe)", "picture credit"),
    ],
)
def test_caption_cut_knows(block, cut, reason):
    found = caption_cut(block)
    assert (block[found.start :], found.reason) == (cut or block, reason)


@pytest.mark.parametrize(
    "block",
    [
        "The minister shared a photo of the ruined house",
        "Half of those asked disagree, according to a Reuters/Ipsos opinion poll released on Monday",
        "The company sold its picture archive to Getty Images.",
        "He posted a video by mistake, his lawyer said.",
        "The map (the first of its kind) shows every well.",
        "KYIV, July 4 (Reuters) - The bridge was hit, officials said.",
    ],
)
def test_caption_cut_keeps_prose(block):
    assert caption_cut(block) is None


def test_clean_cuts_the_tail_of_a_page():
    tail = (
        "Read also\nSecond bridge inspected in spring\nRiver level falls again\nen de fr\n© 2024 The Herald"
    )
    raw = f"{HEADLINE}\n\n{PROSE}\n\n{tail}"
    assert clean(raw).text == PROSE
    assert [reason for _, reason in cuts(raw)[1:]] == [
        "other articles", "other articles", "other articles", "language switcher", "copyright",
    ]  # fmt: skip


LONGER = [
    PROSE.split("\n\n")[0],
    PROSE.split("\n\n")[1],
    "Nobody was hurt when the bridge was shut, the police said.",
]
LONGER = [*LONGER, "The bus takes the old road now, which takes twenty minutes more than it did before."]


@pytest.mark.parametrize(
    ("added", "reason"),
    [
        (LONGER, "told again"),
        (["Jane Doe is a reporter at The Herald in Ostrava."], "about the author"),
        (["About the author"], "about the author"),
        (["12 comments", "Bob", "2 hours ago", "This is a scandal, the mayor must go.", "Reply"], "comments"),
    ],
    ids=["told-twice", "author-box", "author-heading", "comments"],
)
def test_clean_cuts_what_follows_the_article(added, reason):
    raw = "\n\n".join([HEADLINE, "By Jane Doe", *LONGER, *added])
    cleaned = clean(raw)
    assert cleaned.text == "\n\n".join(LONGER)
    assert reason in [cut for _, _, cut in cleaned.removed]


@pytest.mark.parametrize(
    "added",
    [
        ["Jane Roe is a reporter, and she was on the bridge that night with her brother."],
        ["12 comments were read out.", "The mayor did not want to say more than that, and she left."],
        [LONGER[0]],
    ],
    ids=["reporter-in-the-story", "heading", "refrain"],
)
def test_clean_keeps_what_belongs_to_the_article(added):
    raw = "\n\n".join(
        [HEADLINE, "By Jane Doe", *LONGER, *added, "Two buses go each hour, and the last at ten."]
    )
    assert all(line in clean(raw).text for line in added)


@pytest.mark.parametrize("name", ["Jane Doe", "The Herald"])
def test_clean_cuts_a_name_alone_beside_the_time_and_does_not_guess_whose(name):
    cleaned = clean(f"{HEADLINE}\n\n{name}\n\n14 May 2024, 10:15\n\n{PROSE}")
    assert (cleaned.stated.get("author"), cleaned.text) == (None, PROSE)


def test_clean_tells_a_later_change_from_the_publication():
    cleaned = clean(f"{HEADLINE}\nPublished: 14 May 2024, 09:05 | Updated: 15 May 2024, 10:00\n\n{PROSE}")
    assert cleaned.published == pd.Timestamp("2024-05-14 09:05")
    assert cleaned.updated == pd.Timestamp("2024-05-15 10:00")


def test_clean_keeps_a_heading_inside_the_article():
    raw = f"{HEADLINE}\n\n{PROSE}\n\nWhat the report says\n\nThe cracks are old, it says."
    assert clean(raw).text == f"{PROSE}\n\nWhat the report says\n\nThe cracks are old, it says."


def test_clean_keeps_a_list_entry_with_a_date():
    raw = f"{HEADLINE}\n\n{PROSE}\n\nJane Doe (Labour) — elected May 3, 2012\n\nShe has won twice."
    assert "Jane Doe (Labour) — elected May 3, 2012" in clean(raw).text


def test_clean_takes_the_date_of_a_dateline_and_keeps_it():
    raw = f"{HEADLINE}\n\nOSTRAVA, May 14, 2024 (Agency) - {PROSE}"
    cleaned = clean(raw)
    assert cleaned.published == pd.Timestamp("2024-05-14")
    assert cleaned.text.startswith("OSTRAVA, May 14, 2024 (Agency) - The mayor")


def test_clean_joins_hard_wrapped_lines():
    paragraphs = [
        "The mayor of Ostrava said on Tuesday that the old bridge across the river would stay closed for"
        " another month while engineers look at its pillars. A team of US-Czech divers is to examine the"
        " foundations in the first days of June, he said.",
        "Engineers found cracks in two of the pillars, according to the report that the city published"
        " after a vote in its council.",
    ]
    wrapped = "\n\n".join(textwrap.fill(paragraph, 62) for paragraph in paragraphs)
    assert clean(wrapped).text == "\n\n".join(paragraphs)


def test_plain_goes_on_behind_a_hyphen_at_the_end_of_a_line():
    assert (
        plain("a team of US-\n  Czech divers - from\nthe north")
        == "a team of US-Czech divers - from the north"
    )


def test_clean_keeps_one_paragraph_a_line_where_the_text_is_not_wrapped():
    lines = [
        "The bridge is closed.",
        "Nobody knows for how long, the mayor said.",
        "It may be years.",
        PROSE[-70:],
    ]
    assert clean("\n".join(lines)).text == "\n\n".join(lines)


@pytest.mark.parametrize(
    "raw",
    ["One\u00a0man\u200b was  hurt.", "\ufeffOne man was hurt.\r\n", "One man w\u00adas hurt.\x00",
     "\tOne man\vwas hurt."],
    ids=["nbsp-zero-width", "mark-and-crlf", "soft-hyphen-nul", "tabs"],
)  # fmt: skip
def test_clean_normalises_space(raw):
    assert clean(raw).text.replace("\n\n", " ") == "One man was hurt."


def test_clean_keeps_curly_quotation_marks_and_emoji():
    raw = "“It’s over,” she said 👩\u200d🚒."
    assert clean(raw).text == raw


def test_clean_of_a_lone_headline_keeps_it():
    assert clean(HEADLINE).text == HEADLINE
    assert clean("").text == ""


PAGE_LINES = st.sampled_from(
    [HEADLINE, PROSE, "ua en ru", "Share", "Photo: Agency", "By Jane Doe | 3 May 2024 10:15 GMT", "Read also",
     "", f"{HEADLINE} The mayor (photo: Agency)", "Date: 3 May 2024", "© 2024 Herald", "Title: Bridge shut"]
)  # fmt: skip
PAGES = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(PAGE_LINES, st.text(max_size=60)), max_size=12).map("\n".join),
)


@settings(max_examples=50, deadline=None)
@given(PAGES)
def test_clean_loses_nothing(raw):
    cleaned = clean(raw)
    position, kept = 0, []
    for start, end, reason in cleaned.removed:
        assert position <= start < end <= len(raw)
        assert reason
        kept.append(raw[position:start])
        position = end
    kept.append(raw[position:])
    assert visible("".join(kept)) == visible(cleaned.text)


@settings(max_examples=50, deadline=None)
@given(PAGES)
def test_clean_gives_paragraphs_with_one_blank_line_between(raw):
    text = clean(raw).text
    assert text == text.strip()
    for paragraph in text.split("\n\n") if text else []:
        assert paragraph
        assert plain(paragraph) == paragraph


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_split_blocks_covers_every_visible_character(raw):
    assert visible("".join(raw[start:end] for start, end in split_blocks(raw))) == visible(raw)


@pytest.mark.parametrize(
    "raw",
    ["7" * 1_000_000, "a " * 100_000, "(photo " * 30_000, "By A" * 40_000, "\n".join(["x"] * 50_000),
     "Follow " * 40_000, "/" * 200_000, "12:00 " * 30_000, " " * 200_000 + "x", "Home > " * 90, "en " * 200,
     "Reporting by A" + ";" * 60 + " a.b", "©" + "a" * 600 + "!", "more from " + "a" * 600 + "!",
     "Jane " + "Doe" * 200 + " is", "#ab" * 230 + "!", "share this with " + "x " * 300 + "!",
     "log in to " * 65, "a post shared by " + "@" * 600],
    ids=["digits", "no-full-stop", "open-brackets", "bylines", "short-lines", "invitations", "slashes",
         "clocks", "space", "breadcrumbs", "languages", "credits",
         "copyright", "more-from", "author-box", "hashtags", "share", "prompts", "embedded"],
)  # fmt: skip
def test_clean_is_fast_on_hostile_text(raw):
    assert visible(clean(raw).text) or clean(raw).removed


def visible(text):
    text = re.sub(f"[{INVISIBLE}\x00-\x1f\x7f-\x9f]", "", text)
    return "".join(text.split())
