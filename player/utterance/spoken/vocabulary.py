"""The words of a language that recognisers and speakers know: data/<language>/*.toml, read when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from player.story.language_tag import language_of
from player.tables import table

_DATA = Path(__file__).parent / "data"


class Vocabulary:
    """What is known of one language."""

    def __init__(self, code: str) -> None:
        self.code = code
        """The first part of its tag: "en"."""

    def has(self, file: str) -> bool:
        """Return True if there is data/<language>/<file>.toml."""
        return (_DATA / self.code / f"{file}.toml").is_file()

    def table(self, file: str, name: str = "") -> Mapping[str, Any]:
        """Return a table of data/<language>/<file>.toml, or all of them; empty when there is none."""
        read = _read(self.code, file)
        return read.get(name, {}) if name else read

    def words(self, file: str, name: str) -> frozenset[str]:
        """Return a list of words, as data/<language>/<file>.toml has it under a name: words with blanks between
        them."""
        return _words(self.code, file, name)

    def folded(self, file: str, name: str) -> frozenset[str]:
        """Return the same in small letters."""
        return _folded(self.code, file, name)


@cache
def vocabulary(language: str) -> Vocabulary:
    """Return what is known of the language of a BCP 47 tag: that of its first part."""
    return _of(language_of(language) or "en")


@cache
def _of(code: str) -> Vocabulary:
    return Vocabulary(code if code.isalpha() and code.isascii() else "")


@cache
def _read(code: str, file: str) -> Mapping[str, Any]:
    path = _DATA / code / f"{file}.toml"
    return table(path) if path.is_file() else {}


@cache
def _words(code: str, file: str, name: str) -> frozenset[str]:
    return frozenset(str(_read(code, file).get(name, "")).split())


@cache
def _folded(code: str, file: str, name: str) -> frozenset[str]:
    return frozenset(map(str.lower, _words(code, file, name)))
