"""Key findings in words, computed from tables; the report's first page gathers them."""

from collections.abc import Iterable

from IPython.display import display


def show_findings(findings: Iterable[str]) -> None:
    """Display findings, one sentence each, as a list."""
    display({"text/plain": "\n".join(f"- {finding}" for finding in findings)}, raw=True)
