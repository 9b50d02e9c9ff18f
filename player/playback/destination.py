"""Places as a listener types them: a time, a share of the story, a chapter."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from player.audio.clock import clock
from player.errors import UsageError
from player.playback.player import Player
from player.story.model import Story
from player.story.searching import Folding

_TIME = re.compile(r"([+-]?)(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d+)?) ?s?")
_UNITS = re.compile(r"([+-]?)(?:(\d+) ?h)? ?(?:(\d+) ?m(?:in)?)? ?(?:(\d+) ?s)?")
_SHARE = re.compile(r"(\d+(?:[.,]\d+)?) ?%")
_CHAPTER = re.compile(r"c(?:hapter)? ?(\d+)", re.IGNORECASE)

_HINT = "a time (12:30, +30, -1:00), a share (40%) or a chapter (c3, or part of its title)"


def destination(typed: str, player: Player) -> Callable[[], None]:
    """Return a function that goes to the place typed. Times are those at speed 1, as the player shows them.

    Raises UsageError.
    """
    typed = " ".join(typed.split()).replace("\N{MINUS SIGN}", "-")
    if not typed:
        raise UsageError("nothing is typed", _HINT)
    if found := _SHARE.fullmatch(typed):
        return partial(player.navigation.seek_share, _share(_number(found[1])))
    found = _TIME.fullmatch(typed) or _UNITS.fullmatch(typed)
    if found and any(found.groups()[1:]):
        sign, hours, minutes, seconds = found.groups()
        total = 3600 * int(hours or 0) + 60 * int(minutes or 0) + _number(seconds or "0")
        return _time(sign, total, player)
    return partial(player.navigation.seek, _chapter(typed, player.story), 0)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _share(percent: float) -> float:
    if percent > 100:
        raise UsageError(f"{percent:g} % is more than the story", _HINT)
    return percent / 100


def _time(sign: str, seconds: float, player: Player) -> Callable[[], None]:
    if sign:
        return partial(player.navigation.skip_seconds, -seconds if sign == "-" else seconds)
    timeline = player.timeline
    if seconds * timeline.rate > timeline.duration:
        about = "" if timeline.exact else "about "
        length = clock(timeline.duration / timeline.rate)
        raise UsageError(f"the story lasts {about}{length}", _HINT)
    return partial(player.navigation.seek_sample, int(seconds * timeline.rate))


def _chapter(typed: str, story: Story) -> int:
    """Return the first block of a chapter: of a number, as in the list of chapters (0: what comes before the first), or
    with a title that is, begins with or contains what was typed."""
    sections = story.sections
    if found := _CHAPTER.fullmatch(typed):
        number = int(found[1])
        if not number:
            return 0
        if number > len(sections):
            count = {0: "no chapters", 1: "one chapter"}.get(len(sections), f"{len(sections)} chapters")
            raise UsageError(f"the story has {count}", _HINT)
        return sections[number - 1].block
    fold = Folding().fold
    wanted = fold(typed)
    titles = [fold(section.title) for section in sections]
    for is_meant in (str.__eq__, str.startswith, str.__contains__):
        for section, title in zip(sections, titles, strict=True):
            if is_meant(title, wanted):
                return section.block
    raise UsageError(f"no time, share or chapter: {typed}", _HINT)
