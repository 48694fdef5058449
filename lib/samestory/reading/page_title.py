"""The headline of a page, told from the names of the site and of the section, and from further titles."""

import re
from collections.abc import Sequence

from samestory.reading.alignment import letters_of

# Ours: what programs are told weighs more than what readers see, and that more than the window's bar.
_WEIGHTS = {"json-ld": 1.5, "og:title": 1.5, "h1": 1.0, "title": 0.4, "twitter:title": 0.3}
_LONE_HEADING = 0.3
_FEW_WORDS = 4
_SURE = 20  # letters of a headline that no other one holds by chance
_BARS = re.compile(r"\s+[|»·•–—:-]+\s+|\s*\|\s*|:\s+|\s+-\s*")


def headline(said: Sequence[tuple[str, str]], sites: Sequence[str]) -> str | None:
    """The headline on which most of the page agrees, None where it has none.

    A text counts for every place that holds it, alone or beside the name of the site or of the section.

    Args:
        said: (place, text), place one of json-ld, og:title, twitter:title, h1, title.
        sites: names of the site, "" where one is not known.
    """
    plain = [(place, _without_site(text, sites)) for place, text in said]
    names = {letters_of(site) for site in sites}
    texts = [text for _, text in plain if letters_of(text) and letters_of(text) not in names]

    def weight(text: str) -> float:
        places = {place for place, other in plain if _holds(other, text)}
        # A heading of a word or two that nothing else repeats is a section's or the site's.
        lone = places == {"h1"} and len(text.split()) < _FEW_WORDS
        return _LONE_HEADING if lone else sum(_WEIGHTS[place] for place in places)

    title = max(texts, key=weight, default=None)
    if title is None or any(place != "title" for place, other in plain if _holds(other, title)):
        return title
    return max(title.split(" | "), key=len).strip()


def _holds(whole: str, part: str) -> bool:
    letters, wanted = letters_of(whole), letters_of(part)
    if letters == wanted or (len(wanted) >= _SURE and wanted in letters):
        return True
    return any(
        letters_of(piece) == wanted
        for bar in _BARS.finditer(whole)
        for piece in (whole[: bar.start()], whole[bar.end() :])
    )


def _without_site(title: str, sites: Sequence[str]) -> str:
    """The headline without the site's name beside it ("Two freed in swap | The Herald")."""
    names = [letters for site in sites if (letters := letters_of(site.removeprefix("The ")))]
    bars = list(_BARS.finditer(title))
    for bar in reversed(bars):
        before, behind = title[: bar.start()], letters_of(title[bar.end() :])
        if behind and letters_of(before) and any(_is_site(behind, name) for name in names):
            return _without_site(before, sites)
    for bar in bars:
        before = letters_of(title[: bar.start()])
        if (
            before
            and any(before == name or (len(before) >= 4 and before in name) for name in names)
            and letters_of(title[bar.end() :])
        ):
            return title[bar.end() :].strip()
    return title


def _is_site(part: str, name: str) -> bool:
    """Is a part of a title the site's name, such as "Herald Online" of The Herald, or herald.example?"""
    return (
        part == name
        or (len(name) >= 4 and name in part and len(part) <= 2 * len(name))
        or (len(part) >= 4 and part in name)
    )
