"""Cue sheets: where the chapters begin in a sound file of the same name, for players and burners of discs.

The format has no standard for letters beyond ASCII; UTF-8 is what players take today.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from player.export import Job
from player.export.files.targets import STDOUT
from player.export.metadata.chapters import Chapter, chapters, thinned
from player.export.metadata.public_source import public_source
from player.export.text.timing import rounded
from player.speech.engine import Samples, Seconds
from player.story.text import clean

_KINDS = {
    ".mp3": "MP3",
    ".wav": "WAVE",
    ".flac": "WAVE",
    ".m4b": "WAVE",
    ".m4a": "WAVE",
    ".opus": "WAVE",
    ".ogg": "WAVE",
}
"""{suffix of the sound file: type}. Whatever is no MP3 is called a WAVE, as other programs do."""
_MOST = 99
"""Tracks in a cue sheet."""
_FRAMES = 75
"""Units of time per second, as on discs."""
_NO_QUOTES = str.maketrans({'"': "\N{DOUBLE PRIME}"})
"""Text stands in quotation marks, and there are no escapes."""


def write(job: Job, file: BinaryIO) -> Seconds:
    """Write UTF-8. The sound is the first file of the same export that has sound, else one of the same name, if need be
    an MP3 that does not exist. Raises as Exporter."""
    job.render()
    file.write("".join(f"{line}\r\n" for line in _lines(job)).encode())
    return Seconds(job.timeline.duration / job.timeline.rate)


def _lines(job: Job) -> list[str]:
    story, timeline = job.story, job.timeline
    sound = _sound(job)
    lines = ["REM GENRE Speech"]
    if story.published:
        lines.append(f"REM DATE {clean(story.published)}")
    if source := public_source(story.source):
        lines.append(f"REM COMMENT {_quoted(source)}")
    if story.byline:
        lines.append(f"PERFORMER {_quoted(story.byline)}")
    lines += [f"TITLE {_quoted(story.title)}", f"FILE {_quoted(sound.name)} {_KINDS[sound.suffix.lower()]}"]
    found = thinned(chapters(story), _MOST) or [Chapter(0, story.title)]
    for number, (block, title) in enumerate(found, 1):
        begin = Samples(0) if number == 1 else timeline.start(block)
        lines += [
            f"  TRACK {number:02} AUDIO",
            f"    TITLE {_quoted(title)}",
            f"    INDEX 01 {_time(begin, timeline.rate)}",
        ]
    return lines


def _sound(job: Job) -> Path:
    if job.path == STDOUT:
        return Path("story.mp3")
    made = [path for path in job.beside if path.suffix.lower() in _KINDS]
    there = [path for suffix in _KINDS if (path := job.path.with_suffix(suffix)).is_file()]
    return next(iter([*made, *there]), job.path.with_suffix(".mp3"))


def _quoted(text: str) -> str:
    return f'"{clean(text).translate(_NO_QUOTES)}"'


def _time(samples: Samples, rate: int) -> str:
    seconds, frames = divmod(rounded(samples, rate, _FRAMES), _FRAMES)
    return f"{seconds // 60:02}:{seconds % 60:02}:{frames:02}"
