"""A row's passage where it stands: its sentence lit between its neighbours, unfolded beside the row."""

import bisect
import re

from markupsafe import Markup

from samestory.pages.html import article_anchor, style_sheet
from samestory.story import Story

_LINK = re.compile(
    r'<a href="(?P<href>[^"]*#passage-(?P<article>[^"]+)-(?P<start>\d+))"(?P<title>[^>]*)>(?P<words>.*?)</a>'
)
# No link and no name within the page: it works with several notebooks open, without a kernel and without
# styles (a browser gives <mark> a ground of its own).
_UNFOLDED = Markup(
    '<details class="where"><summary{}>{}</summary><p>{} <mark>{}</mark> {}</p>'
    '<p class="note"><a href="{}">the whole article</a></p></details>'
)


def unfold(html: str, story: Story) -> str:
    """Turn each link to a passage into one that unfolds the passage in place, with a link to the article.

    Args:
        html: of `show_table`, say; links to passages that the story does not have stay as they are.
    """
    articles = {_name(article_id): article_id for article_id in story.articles["article_id"]}
    sentences: dict[str, list[tuple[int, str]]] = {}

    def lit(found: re.Match) -> str:
        article_id = articles.get(found["article"])
        if article_id is None:
            return found[0]
        if article_id not in sentences:
            own = story.sentences[story.sentences["article_id"] == article_id].sort_values("start")
            sentences[article_id] = list(zip(own["start"], own["text"], strict=True))
        told = sentences[article_id]
        here = bisect.bisect_right([start for start, _ in told], int(found["start"])) - 1
        if here < 0:
            return found[0]
        around = [told[n][1] if 0 <= n < len(told) else "" for n in (here - 1, here, here + 1)]
        # What stands in the link was escaped in the template that wrote it.
        title, words, href = (Markup(found[name]) for name in ("title", "words", "href"))
        return _UNFOLDED.format(title, words, *around, href)

    unfolded = _LINK.sub(lit, html)
    return html if unfolded == html else f"{style_sheet('context.css')}{unfolded}"


def _name(article_id: str) -> str:
    """An article's name as it stands in the anchors of its passages."""
    return article_anchor(article_id).removeprefix("article-")
