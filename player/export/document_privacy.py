"""Facts about a story that an exported file may state."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import urlsplit

from player.story.language_tag import language_of, script_of
from player.story.text import clean

_RIGHT_TO_LEFT = frozenset(
    # languages as they are usually written, and scripts
    ("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi", "adlm", "arab", "hebr", "nkoo", "syrc")
)


def public_source(source: str) -> str:
    """Return the source without private parts: a URL without its password, a file's name without its folders."""
    if source.startswith(("http://", "https://")):
        url = urlsplit(source)
        return clean(url._replace(netloc=url.netloc.rpartition("@")[2]).geturl())
    return "" if source == "-" else clean(PurePath(source).name)


def direction(language: str) -> str:
    """Return the writing direction of a language (BCP 47), "ltr" or "rtl"; a script in the tag decides ("az-Arab")."""
    return "rtl" if (script_of(language) or language_of(language)) in _RIGHT_TO_LEFT else "ltr"
