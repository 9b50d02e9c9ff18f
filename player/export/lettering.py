"""The font of covers and large letters: Source Sans (fonts/, SIL Open Font License), with Latin, Greek and Cyrillic."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageFont


def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the font, `size` pixels high."""
    from PIL import ImageFont  # 0.06 s

    with as_file(files("player.export").joinpath("fonts", "SourceSansPro-Semibold.ttf")) as path:
        return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def missing(text: str) -> set[str]:
    """Return the characters of a text, blanks aside, that the font lacks."""
    small = _small()
    box = bytes(small.getmask("\U0010ffff"))
    return {c for c in set(text) - {" "} if bytes(small.getmask(c)) == box or not c.isprintable()}


@cache
def _small() -> ImageFont.FreeTypeFont:
    return font(20)
