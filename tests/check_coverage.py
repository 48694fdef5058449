"""Say how much of each module the tests run, and fail where it is too little: `make test` calls this.

    python tests/check_coverage.py COVERAGE.json

COVERAGE.json is what `pytest --cov --cov-report=json` writes. coverage itself knows only one limit for all
modules together.
"""

import json
import sys
from pathlib import Path

LEAST = 90  # percent of the lines of each module
SHOWN = 95  # modules below are listed


def below(report: dict, percent: float) -> dict[str, float]:
    """The modules of which less is run, the least covered first."""
    found = {file: data["summary"]["percent_covered"] for file, data in report["files"].items()}
    return {
        file: covered
        for file, covered in sorted(found.items(), key=lambda item: (item[1], item[0]))
        if covered < percent
    }


def main(path: str) -> None:
    """Print the figures; exit with the names of the modules below LEAST."""
    report = json.loads(Path(path).read_text("utf-8"))
    print(f"Tests run {report['totals']['percent_covered']:.1f}% of the lines.", end=" ")
    print(f"Modules below {SHOWN}%:" if below(report, SHOWN) else f"No module is below {SHOWN}%.")
    for file, covered in below(report, SHOWN).items():
        missing = ", ".join(map(str, report["files"][file]["missing_lines"][:12]))
        print(f"{covered:5.1f}%  {file}  (not run: {missing} …)")
    if few := below(report, LEAST):
        sys.exit(f"Tests run less than {LEAST}% of {', '.join(few)}: write a test of what is not run")


if __name__ == "__main__":
    main(sys.argv[1])
