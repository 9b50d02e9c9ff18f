"""WebVTT: captions for web pages, and transcripts for podcast players.

Cues are plain text. The format allows times of words in cues (<00:00:01.000>), but players that treat cues as HTML, as
podcast players do, would show them.
"""

from __future__ import annotations

from typing import BinaryIO

from player.audio.clock import timestamp
from player.export import Job
from player.export.cues import cues
from player.export.document_privacy import public_source
from player.export.timing import rounded
from player.speech.engine import Seconds
from player.story.model import Story
from player.story.text import clean


def write(job: Job, file: BinaryIO) -> Seconds:
    """Write UTF-8, with times rounded to the millisecond. Raises as Exporter."""
    job.render()
    timeline = job.timeline
    file.write(_head(job.story, timeline.script.language).encode())
    for cue in cues(timeline):
        job.check()
        text = job.story.blocks[cue.block].text
        times = " --> ".join(timestamp(rounded(at, timeline.rate, 1000)) for at in (cue.first, cue.last))
        lines = "\n".join(_escaped(text[slice(*line)]) for line in cue.lines)
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


def _escaped(text: str) -> str:
    """Return text without markup, and without the arrow between two times."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
