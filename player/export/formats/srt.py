"""SubRip (SRT): subtitles that every video player knows.

The format has no standard and no way to escape. Lines end in CR LF, as SubRip itself writes them: no player minds,
and some television sets know no other.
"""

from __future__ import annotations

import re
from itertools import count
from typing import BinaryIO

from player.export import Job
from player.export.cues import cues
from player.export.timing import rounded
from player.speech.engine import Seconds

_JOINER = "\N{WORD JOINER}"
"""Has no width and no shape."""
_LOOKS_LIKE_MARKUP = re.compile(r"(?<=<)(?=[A-Za-z/!])|(?<=--)(?=>)")
"""Inside "<i>" and "-->", which players would obey."""
_BRACES = str.maketrans("{}", "\N{FULLWIDTH LEFT CURLY BRACKET}\N{FULLWIDTH RIGHT CURLY BRACKET}")
"""What stands in braces is a command to some players ("{\\an8}"), and nothing to all that draw with libass (mpv)."""


def write(job: Job, file: BinaryIO) -> Seconds:
    """Writes it in UTF-8; times are rounded to the millisecond. Raises as `Exporter` says."""
    job.render()
    timeline = job.timeline
    for number, cue in zip(count(1), cues(timeline), strict=False):
        job.check()
        text = job.story.blocks[cue.block].text
        times = " --> ".join(_time(rounded(at, timeline.rate, 1000)) for at in (cue.first, cue.last))
        lines = "\r\n".join(_plain(text[slice(*line)]) for line in cue.lines)
        file.write(f"{number}\r\n{times}\r\n{lines}\r\n\r\n".encode())
    return Seconds(timeline.duration / timeline.rate)


def _plain(text: str) -> str:
    """Looks the same, and is no markup to any player."""
    return _LOOKS_LIKE_MARKUP.sub(_JOINER, text).translate(_BRACES)


def _time(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{rest:03}"
