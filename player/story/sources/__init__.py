"""Where stories come from: `load` finds the reader that takes a source. A new format is one file, one line here."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from player.errors import SourceError, UsageError
from player.story.model import Story
from player.story.sources.building import Draft, build
from player.story.sources.raw import RawSource

LARGEST = 50_000_000
"""Bytes of a file: five times the longest novels."""


class Format(NamedTuple):
    """A format of stories: how it is known, and the module whose `read(raw) -> Draft` reads it."""

    module: str
    suffixes: tuple[str, ...]
    content_types: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    """Whether a source is of this format by its first bytes, whatever it is called."""


def _is_html(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:300].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<article")) or (
        start.startswith((b"<!--", b"<?xml")) and b"<html" in head[:4096].lower()
    )


def _is_front_matter(head: bytes) -> bool:
    return head.startswith((b"---\n", b"---\r\n")) and b"\n---" in head[3:4096]


FORMATS = (
    Format("html_source", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml"), _is_html),
    Format("markdown_source", (".md", ".markdown", ".mkd"), ("text/markdown",), _is_front_matter),
    Format("text_source", (".txt", ".text", ""), ("text/plain",), lambda head: True),
)
"""The first that takes a source reads it: by its content, then by its media type or suffix; text takes the rest."""

_REFUSED = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive (an EPUB or an office document?)"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"ID3", "an audio file"),
    (b"RIFF", "an audio or video file"),
    (b"fLaC", "an audio file"),
    (b"OggS", "an audio or video file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
)


def load(source: str, *, pages: Path | None = None, refresh: bool = False) -> Story:
    """The story of a file, a URL, or "-" for standard input.

    `pages` is the folder in which fetched pages are kept; with `refresh` they are fetched anew.
    Raises UsageError when there is no such file, SourceError when there is no story to be had from it.
    """
    if source == "-":
        raw = RawSource(_checked(sys.stdin.buffer.read(LARGEST + 1), "standard input"), "-")
        return _story(raw, "standard input", "-", hashlib.sha256(raw.data).hexdigest()[:16])
    if source.lower().startswith(("http://", "https://")):
        from player.story.sources.fetch import fetch

        raw = fetch(source, pages=pages, refresh=refresh)
        return _story(raw, source, source, _identity(source))
    path = Path(source).expanduser()
    raw = RawSource(_checked(_read(path), source), path.name)
    absolute = str(path.absolute())
    return _story(raw, source, absolute, _identity(absolute))


def _story(raw: RawSource, name: str, source: str, identity: str) -> Story:
    for magic, what in _REFUSED:
        if raw.data.startswith(magic):
            raise SourceError(f"{name} is {what}", "stories can be text, Markdown or web pages (HTML)")
    module = import_module(f"player.story.sources.{_format(raw).module}")
    draft: Draft = module.read(raw)
    stem = "" if raw.name == "-" else raw.stem
    return build(draft, name=name, stem=stem, source=source, identity=identity)


def _format(raw: RawSource) -> Format:
    head = raw.data[:8192]
    *specific, fallback = FORMATS
    for candidate in specific:
        if candidate.sniff(head):
            return candidate
    for candidate in specific:
        if raw.content_type in candidate.content_types or (not raw.content_type and raw.suffix in candidate.suffixes):
            return candidate
    return fallback


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise UsageError(f"there is no file {path}", "give a file, a URL, or - for standard input") from None
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder", "give one of the files in it") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise SourceError(f"{path} cannot be read ({reason})") from error


def _checked(data: bytes, name: str) -> bytes:
    if len(data) > LARGEST:
        raise SourceError(f"{name} is larger than {LARGEST // 1_000_000} MB", "split it into parts")
    return data


def _identity(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]
