"""Key findings in words, computed from tables; the report's first page gathers them."""

from collections.abc import Iterable

from samestory.display.html import render, show_html

# The report finds the sentences by this type; JupyterLab shows the HTML beside it.
FINDINGS_MIME = "application/vnd.samestory.findings+json"


def show_findings(findings: Iterable[str]) -> None:
    """Display findings as a list, one plain sentence each."""
    findings = [str(finding) for finding in findings]
    lines = [f"- {finding}" for finding in findings] or ["No finding: there is too little to compare."]
    html = render("findings.html.j2", findings=findings)
    show_html(html, "\n".join(lines), data={FINDINGS_MIME: findings})
