"""WebVTT: captions for web pages, and transcripts for podcast players.

Cues are plain text: players that treat cues as HTML, as podcast players do, would show the times of words
(`<00:00:01.000>`) that the format allows in them. With `words` they are written, for players on the web.
"""

from __future__ import annotations

from typing import BinaryIO

from player.audio.clock import timestamp
from player.export import Job
from player.export.metadata.public_source import public_source
from player.export.text.cues import Cue, cues, shown
from player.export.text.timing import rounded
from player.speech.engine import Seconds
from player.story.model import Span, Story
from player.story.text import clean


def write(job: Job, file: BinaryIO) -> Seconds:
    """Write UTF-8, with times rounded to the millisecond. Raises as Exporter."""
    job.render()
    timeline = job.timeline
    file.write(_head(job.story, timeline.script.language).encode())
    for cue in cues(timeline):
        job.check()
        text = job.story.blocks[cue.block].text
        times = " --> ".join(_clock(at, timeline.rate) for at in (cue.first, cue.last))
        line = _with_times if job.options.words else _plain
        lines = "\n".join(line(cue, text, span, timeline.rate) for span in cue.lines)
        file.write(f"\n{times}\n{lines}\n".encode())
    return Seconds(timeline.duration / timeline.rate)


def _head(story: Story, language: str) -> str:
    """Return a comment with title and byline: the format has no other place for them."""
    about = {
        "title": story.title,
        "byline": story.byline,
        "published": story.published,
        "language": language,
        "source": public_source(story.source),
    }
    return "WEBVTT\n\nNOTE\n" + "".join(f"{name}: {_escaped(clean(value))}\n" for name, value in about.items() if value)


def _plain(cue: Cue, text: str, line: Span, rate: int) -> str:
    return _escaped(shown(text, line))


def _with_times(cue: Cue, text: str, line: Span, rate: int) -> str:
    """Return a line with a time before each word but the cue's first: the specification wants times between the cue's,
    in order."""
    parts, at, before = [], line.start, rounded(cue.first, rate, 1000)
    for word in cue.words:
        time = rounded(word.first, rate, 1000)
        if line.start <= word.span.start < line.end and before < time < rounded(cue.last, rate, 1000):
            parts += [_escaped(text[at : word.span.start]), f"<{_clock(word.first, rate)}>"]
            at, before = word.span.start, time
    return "".join((*parts, _escaped(shown(text, Span(at, line.end)))))


def _clock(samples: int, rate: int) -> str:
    return timestamp(rounded(samples, rate, 1000))


def _escaped(text: str) -> str:
    """Return text without markup, and without the arrow between two times."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
