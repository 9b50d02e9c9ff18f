"""The first step of opening: from the user's name for a story to its bytes or address."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from player.errors import SourceError, UsageError
from player.story.opening import clipboard
from player.story.reading.naming import Naming
from player.story.reading.raw_source import RawSource

CLIPBOARD = "clipboard:"
"""Name of the story in the system's clipboard."""

LARGEST = 50_000_000
"""Bytes of a text: five times the longest novels."""
LARGEST_PACKED = 600_000_000
"""Bytes of a book or document with pictures or recordings: twenty hours of speech."""
_PACKED = (b"PK\x03\x04", b"%PDF")
_LIKE_AN_ADDRESS = re.compile(
    r"www\.|(?:[\w-]+\.)+(?:[a-z]{2,}|\d+)(?::\d+)?/|[\w-]+\.(?:com|org|net|co|info|news|io)$"
)
"""What begins with the name of a server is meant as a page, if no such file is there."""


@dataclass(frozen=True, slots=True)
class Found:
    """A source with its bytes."""

    raw: RawSource
    naming: Naming


@dataclass(frozen=True, slots=True)
class Address:
    """A page that has to be fetched, unless it is kept."""

    url: str
    inside: bool = True
    """True if it may be on this machine or in a private network: allowed for users, not for the web."""

    def naming(self, raw: RawSource) -> Naming:
        """Return the names for a story of this page."""
        return Naming(self.url, self.url, identity(self.url), stem=raw.stem)


def locate(source: str) -> Found | Address:
    """Return the bytes of a file, of "-" (standard input) or of CLIPBOARD; or the address of a page.

    Raises UsageError when there is no such file, SourceError when it cannot be read.
    """
    if source == "-":
        return _unnamed(_standard_input(), "standard input", "-")
    if source == CLIPBOARD:
        text = clipboard.text()
        if clipboard.is_address(text):
            return Address(text.strip())
        return _unnamed(text.encode(errors="replace"), "the clipboard", CLIPBOARD)
    scheme = re.match(r"(\w{2,}):/", source)
    if scheme and scheme[1].lower() in ("http", "https"):
        return Address(source)
    if scheme and scheme[1].lower() == "file":
        source = unquote(urlsplit(source).path)
    elif scheme:
        raise UsageError(f"{scheme[1]}: is no address that can be read", "give an http or https address, or a file")
    return _file(source)


def check_named(source: str) -> None:
    """Raise UsageError, as `locate` does, if a source is a file that is not there, or a folder. Nothing is opened."""
    if source in ("-", CLIPBOARD) or re.match(r"\w{2,}:/", source):
        return
    path = _path(source)
    try:
        about = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(path) from None
    except (OSError, ValueError):
        return  # `locate` tells
    if stat.S_ISDIR(about.st_mode):
        raise _folder(path)


def identity(name: str) -> str:
    """Return a story's identity for the library: a hash of its file's or page's name."""
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _file(source: str) -> Found:
    path = _path(source)
    raw = RawSource(_bytes(path, source), path.name)
    absolute = os.path.normpath(path.absolute())  # "../a.txt" and the same file by another path are one
    return Found(raw, Naming(source, absolute, identity(absolute), stem=raw.stem))


def _unnamed(data: bytes, name: str, source: str) -> Found:
    """Return a source without a name of its own; its identity is a hash of the content."""
    if len(data) > LARGEST:
        raise _too_large(name, LARGEST)
    raw = RawSource(data, name)
    return Found(raw, Naming(name, source, hashlib.sha256(data).hexdigest()[:16], stem=""))


def _standard_input() -> bytes:
    try:
        return sys.stdin.buffer.read(LARGEST + 1)
    except (OSError, ValueError, AttributeError) as error:  # closed, a folder, write-only
        reason = error.strerror if isinstance(error, OSError) else "it is closed"
        raise SourceError(f"standard input cannot be read ({reason})", "give a file, or < FILE") from error


def _path(source: str) -> Path:
    try:
        return Path(source).expanduser()
    except RuntimeError:  # "~name/" of an unknown user
        return Path(source)


def read_file(path: Path, name: str) -> bytes:
    """Return the content of a file. Raises OSError, and SourceError when it is too large for a story."""
    with path.open("rb") as file:
        most = LARGEST_PACKED if file.peek(4).startswith(_PACKED) else LARGEST
        data = file.read(most + 1)
    if len(data) > most:
        raise _too_large(name, most)
    return data


def _bytes(path: Path, name: str) -> bytes:
    try:
        return read_file(path, name)
    except FileNotFoundError:
        raise _missing(path) from None
    except IsADirectoryError:
        raise _folder(path) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise SourceError(f"{path} cannot be read ({reason})") from error


def _missing(path: Path) -> UsageError:
    hint = "give a file, a URL, or - for standard input"
    if _LIKE_AN_ADDRESS.match(str(path)):
        hint = f"for the page give https://{path}"
    return UsageError(f"there is no file {path}", hint)


def _folder(path: Path) -> UsageError:
    return UsageError(f"{path} is a folder", "give one of the files in it")


def _too_large(name: str, most: int) -> SourceError:
    return SourceError(f"{name} is larger than {most // 1_000_000} MB", "split it into parts")
