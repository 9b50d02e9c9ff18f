"""The one look of covers, videos and large letters: colours, and a font, Source Sans (fonts/, SIL Open Font License),
with Latin, Greek and Cyrillic; and that of pages (look.css)."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, NamedTuple

from player.story.text import clean

if TYPE_CHECKING:
    from PIL import ImageFont

    from player.story.model import Story

Colour = tuple[int, int, int]
_COLOURS: tuple[tuple[Colour, Colour], ...] = (
    ((23, 42, 58), (242, 166, 90)),
    ((45, 26, 58), (240, 150, 170)),
    ((18, 52, 48), (190, 214, 120)),
    ((58, 28, 28), (244, 190, 120)),
    ((28, 34, 66), (140, 190, 250)),
    ((50, 44, 24), (240, 208, 110)),
    ((24, 50, 62), (120, 214, 206)),
    ((54, 30, 46), (236, 160, 210)),
)
"""(background, accent). Contrast of white text on the background is at least 9:1, of the accent 5:1."""


class Look(NamedTuple):
    """Colours of a story, the same for its cover and its video."""

    background: Colour
    accent: Colour
    digest: bytes
    """A checksum from which further decoration may be made."""


def look(title: str, identity: str) -> Look:
    """Return the colours for a title; `identity` distinguishes stories of one title."""
    digest = hashlib.sha256(f"{identity}\n{title}".encode("utf-8", "surrogatepass")).digest()
    return Look(*_COLOURS[digest[0] % len(_COLOURS)], digest)


def look_of(story: Story) -> Look:
    """Return the colours of a story."""
    return look(story.title, story.identity)


def look_of_pages() -> str:
    """Return colours and typefaces of all pages, as a style sheet's beginning."""
    return (files("player.export.pictures") / "look.css").read_text(encoding="utf-8")


def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the font, `size` pixels high."""
    from PIL import ImageFont  # 0.06 s

    with as_file(files("player.export.pictures").joinpath("fonts", "SourceSansPro-Semibold.ttf")) as path:
        return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def missing(text: str) -> set[str]:
    """Return the characters of a text, blanks aside, that the font lacks."""
    small = _small()
    box = bytes(small.getmask("\U0010ffff"))
    return {c for c in set(text) - {" "} if bytes(small.getmask(c)) == box or not c.isprintable()}


def can_write(text: str) -> bool:
    """Return True if the font has all letters and digits of a text; what else it lacks is left out."""
    return not any(unicodedata.category(c)[0] in "LN" for c in missing(text))


def writable(text: str) -> str:
    """Return text without symbols that the font lacks, such as emoji; empty when it lacks a letter."""
    lacking = missing(clean(text))
    if any(unicodedata.category(c)[0] in "LN" for c in lacking):
        return ""
    return " ".join("".join(" " if c in lacking else c for c in clean(text)).split())


@cache
def _small() -> ImageFont.FreeTypeFont:
    return font(20)
