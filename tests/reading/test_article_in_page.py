"""Which lines of a page are its article: invented pages, each odd in one way."""

import pytest

from samestory.reading.cleaning import clean
from samestory.reading.html import read_html

HEADLINE = "Old bridge in Ostrava to stay closed"
OPENING = (
    "The council of Ostrava met for six hours on Tuesday and heard from engineers and two former mayors."
)
MIDDLE = (
    "It then voted by nine to four to keep the old bridge closed until the end of the summer, a clerk said."
)
CLOSING = "Nobody had been hurt when the bridge was shut in the night of 3 May, the police in Ostrava added."
OTHER = [
    "The price of bread rose again in Brno, where bakers blamed a poor harvest and the cost of gas.",
    "Families queued from dawn, and some shops let nobody have more than two loaves, the bakers' guild said.",
    "A loaf now costs twice as much as two years ago, and the guild expects more of the same before winter.",
]
CONSENT = [
    "We and our partners store information on a device, such as cookies, and process personal data of yours.",
    "You can choose your preferences by clicking below. Your preferences will apply to this website only.",
    "By clicking “Accept all” you agree to the storing of cookies on your device to analyse our site usage.",
    "Read our privacy policy to learn how we and our partners use your personal data for the ads you see.",
]


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


STORY = paragraphs(OPENING, MIDDLE, CLOSING)


def read(body, *, head=""):
    page = f"<!doctype html><html lang='en'><head><title>{HEADLINE} | The Herald</title>{head}</head>"
    page += f"<body><nav><a href='/'>Home</a></nav>{body}<footer>All about us</footer></body></html>"
    reading = read_html(page.encode(), "page.html")
    draft = reading.drafts[0]
    cleaned = clean(draft.raw, title=draft.title, body=draft.body, removed=draft.removed)
    return cleaned.text.split("\n\n"), reading.problems


def article(inner):
    return f"<h1>{HEADLINE}</h1><article>{paragraphs(OPENING)}{inner}{paragraphs(MIDDLE, CLOSING)}</article>"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<p>The mayor of <meta content='x'>Ostrava told <svg><path/></svg>them <script>go()</script>no.</p>",
         "The mayor of Ostrava told them no."),
        ("<p>The mayor of <x-name>Ostrava</x-name> told them <amp-text>no</amp-text>.</p>",
         "The mayor of Ostrava told them no."),
        ("<p>The mayor of <div>Ostrava</div> told them no.</p>", "The mayor of Ostrava told them no."),
        ("<div>The mayor of <div class='entity'>Ostrava</div> told them no.</div>",
         "The mayor of Ostrava told them no."),
        ("<p>The mayor of <span style='display: none'>0123456789 0123456789 0123456789 tracking</span>Ostrava"
         " told them on Tuesday that she did not agree.</p>",
         "The mayor of Ostrava told them on Tuesday that she did not agree."),
        ("<p>“No.”</p>", "“No.”"),
        ("<h2>What next</h2>", "What next"),
        ("<div class='crosshead'>What next</div>", "What next"),
    ],
    ids=["meta-svg-script", "custom-elements", "div-in-paragraph", "div-in-div", "hidden-words",
         "short-answer", "subheading", "subheading-in-div"],
)  # fmt: skip
def test_read_html_keeps_a_line_whole(inner, expected):
    assert read(article(inner))[0] == [OPENING, expected, MIDDLE, CLOSING]


@pytest.mark.parametrize(
    "inner",
    [
        "<figure><img src='x'><figcaption>The bridge at dawn, from the north bank</figcaption></figure>",
        "<p><a href='/2'>Second bridge in Ostrava is inspected after years of delay</a></p>",
        "<div class='related-box'><p>River level falls for the third week</p></div>",
        "<p>Subscribe to continue reading.</p>",
        "<div style='display:none'><p>A copy of the story for programs, in words of its own.</p></div>",
        f"<div>{OPENING} {MIDDLE} {CLOSING}</div>",
        "<button>Show more of this</button>",
    ],
    ids=["caption", "link", "related", "prompt", "hidden", "copy", "button"],
)
def test_read_html_leaves_what_is_beside_the_article(inner):
    assert read(article(inner))[0] == [OPENING, MIDDLE, CLOSING]


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>{HEADLINE}</h1><div id='a'><div>{paragraphs(*CONSENT)}</div></div><article>{STORY}</article>",
        f"<h1>{HEADLINE}</h1><div id='a'><div>{paragraphs(*CONSENT)}</div></div><aside>{STORY}</aside>",
        f"<h1>{HEADLINE}</h1><div>{STORY}</div><div role='dialog'>{paragraphs(*CONSENT)}</div>",
        f"<h1>{HEADLINE}</h1><div>{STORY}</div><div>{STORY}</div>",
        f"<h1>{HEADLINE}</h1><main><article>{STORY}</article>"
        f"<article><h2>Bread dearer in Brno</h2>{paragraphs(*OTHER)}</article></main>",
        f"<div><h1>{HEADLINE}</h1>{STORY}<hr><h1>Bread dearer in Brno</h1>{paragraphs(*OTHER)}</div>",
        f"<h1>{HEADLINE}</h1><noscript><div>{STORY}</div></noscript><div id='app'>Loading</div>",
        f"<h1>{HEADLINE}</h1><template><div>{STORY}</div></template><div id='app'>Loading</div>",
    ],
    ids=["consent-first", "in-an-aside", "consent-dialog", "told-twice", "second-article", "second-headline",
         "noscript", "template"],
)  # fmt: skip
def test_read_html_finds_the_article(body):
    text, problems = read(body)
    assert text == [OPENING, MIDDLE, CLOSING]
    assert problems == []


def test_read_html_keeps_the_posts_of_a_live_blog():
    posts = [f"{OPENING} ({n})" for n in range(4)]
    body = "".join(f"<article><h2>At {n} o'clock</h2><p>{post}</p></article>" for n, post in enumerate(posts))
    assert set(posts) <= set(read(f"<h1>{HEADLINE}</h1><main>{body}</main>")[0])


def test_read_html_takes_the_story_that_a_page_holds_for_programs_alone():
    data = f'{{"@type": "NewsArticle", "articleBody": "{OPENING}\\n{MIDDLE}\\n{CLOSING}"}}'
    text, _ = read("<p>Loading the story</p>", head=f"<script type='application/ld+json'>{data}</script>")
    assert text == [OPENING, MIDDLE, CLOSING]


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Are you a robot?</h1><p>To continue, please tick the box below.</p>",
        "<h1>Page not found</h1><p>The page that you asked for has moved or never was.</p>",
    ],
)
def test_read_html_refuses_a_page_that_stands_in_an_articles_place(body):
    with pytest.raises(ValueError, match="it is no article, but a page that says"):
        read(body)


def test_read_html_reads_a_story_about_robots():
    story = paragraphs(OPENING.replace("engineers", "robots"), *[MIDDLE] * 8, "“Are you a robot?” one asked.")
    assert read(f"<h1>{HEADLINE}</h1><article>{story}</article>")[0][-1] == "“Are you a robot?” one asked."


def test_read_html_mends_one_broken_word_of_a_good_page():
    broken = "The council says itâ€™s sure that the beam will hold for another year, and that it is old."
    assert broken.replace("â€™", "’") in read(article(f"<p>{broken}</p>"))[0]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
@pytest.mark.parametrize("declared", ["iso-8859-1", "latin1", "us-ascii"])
def test_read_html_reads_latin_1_as_browsers_do_or_what_it_is_in_truth(encoding, declared):
    quoted = "“We will not open it,” said Ida Holm – a €20m beam has cracked at the old café of Ostrava."
    page = f"<html><head><meta charset='{declared}'></head><body>{article(paragraphs(quoted))}</body></html>"
    assert quoted in read_html(page.encode(encoding), "page.html").drafts[0].raw
