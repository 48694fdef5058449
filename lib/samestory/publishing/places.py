"""Where in a report each passage stands, so that every link leads to it."""

import re
from collections.abc import Mapping


class Places:
    """On which pages each passage and each article stands."""

    def __init__(self, written: Mapping[str, str]):
        self.files: dict[str, list[str]] = {}
        for name, html in written.items():
            for anchor in set(re.findall(r'\bid="((?:passage|article)-[^"]+)"', html)):
                self.files.setdefault(anchor, []).append(name)

    def href(self, anchor: str, *, here: str = "") -> str:
        """The link to an anchor, on this page where it stands there; empty where no page has it."""
        files = self.files.get(anchor)
        return "" if not files else f"#{anchor}" if here in files else f"{files[0]}#{anchor}"

    def linked(self, name: str, html: str) -> str:
        """A page whose links lead to where a passage stands, be it another page.

        A table may link to a passage that no page has room to show: the link becomes plain words.
        """

        def lead(found: re.Match) -> str:
            href = self.href(found[1], here=name)
            return (
                f'<a href="{href}"{found[2]}>{found[3]}</a>' if href else f"<span{found[2]}>{found[3]}</span>"
            )

        return re.sub(
            r'<a href="[^"#]*#((?:passage|article)-[^"]+)"([^>]*)>(.*?)</a>', lead, html, flags=re.S
        )
