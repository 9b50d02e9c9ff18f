"""The cover that music players show: the story's own picture, else one drawn from its title and byline."""

from __future__ import annotations

import hashlib
import logging
from bisect import bisect_right
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from player.errors import CacheError, SourceError
from player.export.pictures.lettering import font, look, writable

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

    from player.audio.store.cache import Store
    from player.story.model import Story

_logger = logging.getLogger(__name__)

SIDE = 1400
"""Pixels: Apple's minimum for a podcast's cover."""
MEDIA_TYPE = "image/jpeg"
_FORMAT = 2
_QUALITY = 88
_SMALLEST = 200
"""Pixels. Smaller pictures are logos or tracking pixels."""
_LARGEST_FILE = 8_000_000
"""Bytes in a picture's file; larger ones are no covers."""
_LARGEST = 40_000_000
"""Pixels: a small file can expand to any number of them."""
_MARGIN = 120
_SMALLEST_TYPE = 36
_one_at_a_time = Lock()
"""Of the covers that are made: a drawn one takes 6 MB, a story's own picture up to 120 until it is smaller."""


class _Text(NamedTuple):
    lines: list[str]
    font: ImageFont.FreeTypeFont
    height: int
    """Height of a line in pixels."""


def cover(story: Story, store: Store) -> bytes:
    """Return a JPEG: the story's own picture if it is available, else a drawn cover (0.1 s; the same for the same
    story). Both are kept in the store."""
    return own_picture(story, store) or drawn_cover(story, store)


def drawn_cover(story: Story, store: Store) -> bytes:
    """Return the drawn cover, even if the story has a picture."""
    identity = (story.identity, story.title, story.byline)
    made = _kept(store, identity, lambda: drawn(story.title, story.byline, story.identity))
    assert made is not None
    return made


def own_picture(story: Story, store: Store) -> bytes | None:
    """Return the story's own picture as a JPEG; None when it has none or it is not available."""
    if story.picture is None:
        return None
    url, inside = story.picture.url, story.picture.inside
    data = story.picture.data or _beside(story.source, story.picture.path)
    identity = (url, hashlib.sha256(data).hexdigest())
    return _kept(store, identity, lambda: _converted(data or _fetched(url, inside)))


def _kept(store: Store, identity: tuple[str, ...], make: Callable[[], bytes | None]) -> bytes | None:
    from player.audio.store.cache import make_key

    key = make_key("cover", _FORMAT, *identity)
    kept = store.get(key, ".jpg")
    if kept is not None:
        return kept
    made = make()
    if made is not None:
        try:
            store.put(key, ".jpg", made)
        except CacheError:  # made again next time
            _logger.info("the cover is not kept", exc_info=True)
    return made


def _beside(source: str, path: str) -> bytes:
    """Return a file from the story's own folder, or below it: a page must not reach other files of its reader."""
    try:
        folder = Path(source).parent.resolve()
        file = (folder / path).resolve()
        if path and file.is_relative_to(folder) and file.is_file() and file.stat().st_size <= _LARGEST_FILE:
            return file.read_bytes()
    except (OSError, ValueError):  # missing: a cover is drawn
        _logger.info("the picture %s cannot be read", path, exc_info=True)
    return b""


def _fetched(url: str, inside: bool) -> bytes:
    from player.story.opening.fetch import fetch

    try:
        return fetch(url, inside=inside, largest=_LARGEST_FILE).data if url else b""
    except SourceError:  # off-line, or missing: a cover is drawn
        _logger.info("the picture %s cannot be had", url, exc_info=True)
        return b""


def _converted(data: bytes) -> bytes | None:
    """Return a picture as a JPEG within SIDE x SIDE pixels; None when it is no picture, or too small for a cover."""
    from PIL import Image, ImageOps  # 0.06 s

    try:
        with _one_at_a_time, Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF")) as opened:
            if min(opened.size) < _SMALLEST or opened.width * opened.height > _LARGEST:
                return None
            picture = ImageOps.exif_transpose(opened).convert("RGB")
            picture.thumbnail((SIDE, SIDE))
            return _jpeg(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        _logger.info("a picture cannot be read", exc_info=True)
        return None


def _jpeg(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=_QUALITY, optimize=True)
    return file.getvalue()


# -- drawing -----------------------------------------------------------------------------------------------------


def drawn(title: str, byline: str, identity: str) -> bytes:
    """Return a JPEG of SIDE x SIDE pixels, the same for the same words; `identity` distinguishes stories of one
    title."""
    with _one_at_a_time:
        return _jpeg(_picture(title, byline, identity))


def _picture(title: str, byline: str, identity: str) -> Image.Image:
    from PIL import Image, ImageDraw

    background, accent, digest = look(title, identity)
    picture = Image.new("RGB", (SIDE, SIDE), background)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((_MARGIN, _MARGIN, _MARGIN + 150, _MARGIN + 14), fill=accent)
    at = _MARGIN + 60
    if shown := writable(title):
        large = _fitted(shown, SIDE - 2 * _MARGIN, 620)
        for line in large.lines:
            draw.text((_MARGIN, at), line, fill="white", font=large.font)
            at += large.height
        at += 30
    if named := writable(byline):
        small = _fitted(named, SIDE - 2 * _MARGIN, 120, largest=52)
        for line in small.lines[:2]:
            draw.text((_MARGIN, at), line, fill=accent, font=small.font)
            at += small.height
    _draw_sound(draw, digest, accent, SIDE - 290 if shown else SIDE // 2)
    return picture


def _draw_sound(draw: ImageDraw.ImageDraw, digest: bytes, accent: tuple[int, int, int], middle: int) -> None:
    """Draw bars like a waveform around the height `middle` (pixels from the top), different for every story."""
    count, gap = 32, 14
    width = (SIDE - 2 * _MARGIN - gap * (count - 1)) / count
    for n, byte in enumerate(digest[:count]):
        swell = 1 - abs(n - count / 2) / (count / 2) * 0.55
        half = (18 + 150 * byte / 255) * swell
        left = _MARGIN + n * (width + gap)
        draw.rounded_rectangle((left, middle - half, left + width, middle + half), radius=width / 2, fill=accent)


def _fitted(text: str, width: int, height: int, largest: int = 132) -> _Text:
    """Return the text in the largest type that fits. Smaller type is preferred to broken words, down to a limit; text
    too long for the smallest type ends in dots."""
    sizes = range(largest, _SMALLEST_TYPE - 1, -6)
    for size, whole in [(size, True) for size in sizes if size > largest // 2] + [(size, False) for size in sizes]:
        large = font(size)
        lines = [part for line in _wrapped(text, large, width) for part in _cut(line, large, width)]
        step = round(size * 1.22)
        if len(lines) * step <= height and (not whole or " ".join(lines) == text):
            return _Text(lines, large, step)
    most = max(height // step, 1)
    return _Text([*lines[: most - 1], lines[most - 1][:-2] + "…"] if len(lines) > most else lines, large, step)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(line: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Split a word that is wider than the cover."""
    pieces = []
    while font.getlength(line) > width and len(line) > 1:
        at = bisect_right(range(1, len(line)), width, key=lambda end: int(font.getlength(line[:end])))
        pieces.append(line[: max(at, 1)])
        line = line[max(at, 1) :]
    return [*pieces, line]
