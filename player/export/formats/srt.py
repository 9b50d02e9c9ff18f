"""SubRip (SRT): subtitles for every video player.

The format has no standard and no escapes. Lines end in CR LF, as SubRip writes them: all players accept that, and some
television sets nothing else.
"""

from __future__ import annotations

import re
from itertools import count
from typing import BinaryIO

from player.audio.clock import timestamp
from player.export import Job
from player.export.text.cues import cues, shown
from player.export.text.timing import rounded
from player.speech.engine import Seconds

_JOINER = "\N{WORD JOINER}"
"""Invisible, without width."""
_LOOKS_LIKE_MARKUP = re.compile(r"(?<=<)(?=[A-Za-z/!])|(?<=--)(?=>)")
"""Places inside "<i>" and "-->", which players would obey."""
_BRACES = str.maketrans("{}", "\N{FULLWIDTH LEFT CURLY BRACKET}\N{FULLWIDTH RIGHT CURLY BRACKET}")
"""Some players take text in braces as a command ("{\\an8}"); players with libass (mpv) hide it."""


def write(job: Job, file: BinaryIO) -> Seconds:
    """Write UTF-8, with times rounded to the millisecond. Raises as Exporter."""
    job.render()
    timeline = job.timeline
    for number, cue in zip(count(1), cues(timeline), strict=False):
        job.check()
        text = job.story.blocks[cue.block].text
        times = " --> ".join(timestamp(rounded(at, timeline.rate, 1000), ",") for at in (cue.first, cue.last))
        lines = "\r\n".join(_plain(shown(text, line)) for line in cue.lines)
        file.write(f"{number}\r\n{times}\r\n{lines}\r\n\r\n".encode())
    return Seconds(timeline.duration / timeline.rate)


def _plain(text: str) -> str:
    """Return text that looks the same, and is no markup to any player."""
    return _LOOKS_LIKE_MARKUP.sub(_JOINER, text).translate(_BRACES)
