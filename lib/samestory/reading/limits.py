"""Nested and packed data, each opened with a bound: YAML, JSON, XML, ZIP and gzip may hold bombs."""

import gzip
import io
import json
import zipfile
import zlib
from typing import Any

import yaml
from lxml import etree

LARGEST = 2**28  # bytes of a file, or of all that is packed in one; a file is read whole
LARGEST_TEXT = 2**26  # bytes of a file that is parsed whole
_MOST_MEMBERS = 20_000  # of an archive
_DEEPEST = 30  # levels of YAML; no front matter has more than three
_MOST_EVENTS = 200_000  # of YAML


def yaml_of(text: str) -> Any:
    """YAML as nested lists and dicts of texts: every value stays as it is written.

    Values are not turned into numbers or dates, as those constructors fail in many ways on odd values.

    Raises:
        ValueError: it is no YAML, refers to itself or to its own parts, or is nested too deeply.
    """
    depth = 0
    try:
        for count, event in enumerate(yaml.parse(text, Loader=yaml.BaseLoader)):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent):
                raise ValueError("it refers to its own parts (*name); write the values out")
            if depth > _DEEPEST or count > _MOST_EVENTS:
                raise ValueError("it is nested too deeply or too long")
        return yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise ValueError(f"no valid YAML ({' '.join(str(error).split())[:200]})") from error


def json_of(text: str) -> Any:
    """JSON as Python has it.

    Raises:
        ValueError: it is no JSON, or nested too deeply.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def xml_of(data: bytes) -> Any:
    """The root of an XML file; no entity of its own is expanded and nothing is fetched.

    Raises:
        ValueError: it is no XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise ValueError(f"no valid XML ({error})") from error
    if root is None:
        raise ValueError("no valid XML")
    return root


def zip_of(data: bytes, *, parsed: int = LARGEST) -> zipfile.ZipFile:
    """A ZIP archive that unpacks to no more than can be read.

    Args:
        parsed: bytes that its XML may have; a parsed tree is many times as large.
    Raises:
        ValueError: it is damaged, or unpacks to more.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise ValueError(f"it can't be unpacked ({error})") from error
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST:
        raise ValueError(f"it unpacks to more than {LARGEST >> 20} MB or {_MOST_MEMBERS:,} files; unpack it")
    if sum(member.file_size for member in members if member.filename.endswith(".xml")) > parsed:
        raise ValueError(f"its text is larger than {parsed >> 20} MB; split it")
    return archive


def member_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """One file of an archive.

    Raises:
        ValueError: it is not there, damaged, or locked with a password.
    """
    try:
        return archive.read(name)
    except KeyError as error:
        raise ValueError(f"no {name!r} in it; it is damaged, or not what its name says") from error
    except RuntimeError as error:  # what zipfile raises where a password is needed
        raise ValueError("it is locked with a password; unlock it first") from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise ValueError(f"{name!r} in it is damaged ({error})") from error


def gunzip(data: bytes) -> bytes:
    """What is packed with gzip.

    Raises:
        ValueError: it is damaged, or unpacks to more than can be read.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            unpacked = packed.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"it can't be unpacked ({error})") from error
    if len(unpacked) > LARGEST:
        raise ValueError(f"it unpacks to more than {LARGEST >> 20} MB; unpack it and split it")
    return unpacked
