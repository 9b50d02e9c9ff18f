"""The recorded narration of an EPUB 3: which element sounds when, from its media overlays (SMIL).

Follows EPUB Media Overlays 3.3 (W3C). Clips whose sound is missing, remote or protected, or whose times cannot be, are
left out, so that the usual voice reads their text. Nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from player.story.formats.epub.container import EpubFile
from player.story.formats.epub.package import Package
from player.story.reading.blocks.marks import clip_mark

_CLOCK = re.compile(r"(?:npt=)?(?:(?:(\d{1,4}):)?(\d{1,2}):)?(\d{1,7}(?:\.\d{0,9})?)(h|min|s|ms)?")
"""Clock values of SMIL 3.0: 1:02:03.5, 02:03.5, 5.2s, 300ms, 2min, 1.5h, 12.3."""
_SECONDS = {"h": 3600.0, "min": 60.0, "s": 1.0, "ms": 0.001}
SPEECH = "META-INF/speech.tsv"
"""File of the player's own exports with the exact times of every clip (see `player.export.formats.epub`)."""
_TIMES = re.compile(r"(\S+)\t(\d{1,12})\t(\d{1,12})\t(\d{1,12})\t(\d{1,12})")
_LONGEST = 900_000_000
"""Microseconds. A longer clip is no block's."""
_NOT_TEXT = frozenset(("table", "tbody", "thead", "tfoot", "tr", "ul", "ol", "dl", "img", "br", "hr", "svg", "body"))
"""Elements without text of their own, into which no mark can be put."""


@dataclass(slots=True)
class Narration:
    """The clips of a book."""

    clips: list[tuple[str, int, int, tuple[int, int] | None]] = field(default_factory=list)
    """See Draft.clips."""
    damaged: list[str] = field(default_factory=list)
    """Paths of pages with parts that are missing or damaged; each once."""
    _by_page: dict[str, dict[str, int]] = field(default_factory=dict)
    """{path of a page: {id of an element: index of its clip}}"""

    def add(self, path: str, name: str, clip: tuple[str, int, int, tuple[int, int] | None]) -> None:
        """Add the clip of an element; a second one for the same is ignored."""
        elements = self._by_page.setdefault(path, {})
        if name not in elements:
            elements[name] = len(self.clips)
            self.clips.append(clip)

    def mark(self, page: Any, path: str) -> None:
        """Put marks into a page where its clips begin and end."""
        elements = self._by_page.get(path, {})
        for element in page.xpath("//*[@id]") if elements else ():
            index = elements.get(element.get("id"))
            if index is None or element.tag in _NOT_TEXT:
                continue
            first = last = element
            while len(first) and not (first.text or "").strip() and first[0].tag not in _NOT_TEXT:
                first = first[0]
            while len(last) and not (last[-1].tail or "").strip() and last[-1].tag not in _NOT_TEXT:
                last = last[-1]
            first.text = clip_mark(index) + (first.text or "")
            if len(last):
                last[-1].tail = (last[-1].tail or "") + clip_mark(None)
            else:
                last.text = (last.text or "") + clip_mark(None)


def read_narration(file: EpubFile, package: Package) -> Narration:
    """Return the clips of a book; none for a book without media overlays."""
    found = Narration()
    known = _known(file) if package.overlays else {}
    locked = file.encrypted() if package.overlays else frozenset()
    damaged: dict[str, None] = {}
    for path, own_page in package.overlays.items():
        overlay = file.xml(path)
        for pair in overlay.iter("par"):
            text, audio = pair.find("text"), pair.find("audio")
            if text is None or audio is None:
                continue
            page, name = file.resolve(path, text.get("src", ""))
            sound, _ = file.resolve(path, audio.get("src", ""))
            first, last = microseconds(audio.get("clipBegin", "0")), microseconds(audio.get("clipEnd", ""))
            if page and name and sound and sound not in locked and 0 <= first < last <= first + _LONGEST:
                own = known.get(f"{page}#{name}", (first, last, None))
                found.add(page, name, (file.fingerprint(sound), *own))
            else:
                damaged[page or own_page] = None
        if next(overlay.iter("par"), None) is None:
            damaged[own_page] = None
    found.damaged = list(damaged)
    return found


def _known(file: EpubFile) -> dict[str, tuple[int, int, tuple[int, int] | None]]:
    """Return {"path#id": (first, last, speech)} as the player's own exports have it, beside their overlays."""
    found: dict[str, tuple[int, int, tuple[int, int] | None]] = {}
    for line in (file.read(SPEECH) or b"").decode("utf-8", "replace").splitlines():
        fields = _TIMES.fullmatch(line)
        if fields is None:
            continue
        first, last, begin, end = map(int, fields.groups()[1:])
        if begin <= first < last and begin < end <= begin + _LONGEST:
            found[fields[1]] = (first, last, (begin, end))
    return found


def microseconds(clock: str) -> int:
    """Return a clock value in microseconds; -1 if it is none.

    >>> microseconds("0:01:02.5"), microseconds("2.5s"), microseconds("soon")
    (62500000, 2500000, -1)
    """
    found = _CLOCK.fullmatch(clock.strip())
    if found is None or (found[2] and found[4]):
        return -1
    seconds = float(found[3]) * _SECONDS[found[4] or "s"]
    return round(1_000_000 * (seconds + 60 * int(found[2] or 0) + 3600 * int(found[1] or 0)))
