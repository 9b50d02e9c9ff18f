"""ASS: subtitles whose words light up as they sound (karaoke), for players with libass (mpv, VLC, Kodi), and for ffmpeg
to burn them into a video.

Written by pysubs2. A cue is an event, and each word has its length in hundredths of a second: {\\k34}word.
"""

from __future__ import annotations

from itertools import pairwise
from typing import BinaryIO

from player.export import Job
from player.export.metadata.public_source import public_source
from player.export.text.cues import Cue, cues, shown
from player.export.text.timing import rounded
from player.speech.engine import Seconds
from player.story.model import Span, Story
from player.story.text import clean

_WIDTH, _HEIGHT = 1920, 1080
"""Pixels in which sizes are counted; players scale them."""
_SAFE = str.maketrans(
    {"{": "\N{FULLWIDTH LEFT CURLY BRACKET}", "}": "\N{FULLWIDTH RIGHT CURLY BRACKET}", "\\": "\\\N{WORD JOINER}"}
)
"""Commands stand in braces, and line breaks begin with a backslash; the format has no escapes."""


def write(job: Job, file: BinaryIO) -> Seconds:
    """Write UTF-8, with times rounded to the hundredth of a second. Raises as Exporter."""
    from pysubs2 import Color, SSAEvent, SSAFile, SSAStyle  # 0.03 s

    job.render()
    timeline = job.timeline
    made = SSAFile()
    made.info.update(_about(job.story))
    made.styles["Default"] = SSAStyle(
        fontname="Sans",
        fontsize=64,
        primarycolor=Color(255, 255, 255),
        secondarycolor=Color(150, 150, 150),
        outline=3,
        shadow=0,
        marginv=60,
    )
    for cue in cues(timeline):
        job.check()
        first, last = (10 * rounded(at, timeline.rate, 100) for at in (cue.first, cue.last))
        text = _karaoke(cue, job.story.blocks[cue.block].text, timeline.rate)
        made.events.append(SSAEvent(start=first, end=last, text=text))
    file.write(made.to_string("ass").encode())
    return Seconds(timeline.duration / timeline.rate)


def _about(story: Story) -> dict[str, str]:
    facts = {"Title": story.title, "Original Script": story.byline, "Source": public_source(story.source)}
    sizes = {"PlayResX": str(_WIDTH), "PlayResY": str(_HEIGHT), "WrapStyle": "2", "ScaledBorderAndShadow": "yes"}
    return {name: clean(value) for name, value in facts.items() if value} | sizes


def _karaoke(cue: Cue, text: str, rate: int) -> str:
    """Return a cue's text with the length of each word; the first has what precedes it, each what follows it."""
    starts = [cue.span.start, *(word.span.start for word in cue.words[1:]), cue.span.end]
    times = [rounded(at, rate, 100) for at in (cue.first, *(word.first for word in cue.words[1:]), cue.last)]
    parts = [f"{{\\k{last - first}}}" for first, last in pairwise(times)]
    return "".join(part + _lines(cue, text, Span(*span)) for part, span in zip(parts, pairwise(starts), strict=True))


def _lines(cue: Cue, text: str, part: Span) -> str:
    """Return a part of a cue's text, with the line break inside it, if there is one."""
    said = []
    for number, line in enumerate(cue.lines):
        start, end = max(part.start, line.start), min(part.end, line.end)
        if start < end:
            words = shown(text, Span(start, end)) if end == line.end else text[start:end]
            said.append(r"\N" * (number > 0 and start == line.start) + words.translate(_SAFE))
    return "".join(said)
