"""LRC: lines and words as music players show lyrics (enhanced LRC, also called A2).

    [00:12.34]<00:12.34>Hegseth <00:12.90>defended <00:13.41>President …<00:15.02>

A line is a cue of the subtitles. Without its times, it is the text to the letter.
"""

from __future__ import annotations

import re
from typing import BinaryIO

from player.export import Job
from player.export.text.cues import Cue, cues
from player.export.text.timing import rounded
from player.speech.engine import Seconds
from player.story.model import Story
from player.story.text import clean

_JOINER = "\N{WORD JOINER}"
"""Invisible, without width."""
_LOOKS_LIKE_A_TIME = re.compile(r"(?<=[\[<])(?=\s*\d)|(?<=\[)(?=\w+:)")
"""Places inside "[00:00.00]", "<00:00.00>" and "[ti:…]", which players would obey."""
_BRACKETS = str.maketrans("[]", "()")


def write(job: Job, file: BinaryIO) -> Seconds:
    """Write UTF-8, with times rounded to the hundredth of a second. Raises as Exporter."""
    job.render()
    timeline = job.timeline
    seconds = Seconds(timeline.duration / timeline.rate)
    file.write(_head(job.story, timeline.script.language, seconds).encode())
    for cue in cues(timeline):
        job.check()
        file.write(_line(cue, job.story.blocks[cue.block].text, timeline.rate).encode())
    return seconds


def _head(story: Story, language: str, seconds: Seconds) -> str:
    length = f"{round(seconds) // 60:02}:{round(seconds) % 60:02}"
    tags = {"ti": story.title, "ar": story.byline, "la": language, "length": length}
    return "".join(f"[{tag}:{clean(value).translate(_BRACKETS)}]\n" for tag, value in tags.items() if value)


def _line(cue: Cue, text: str, rate: int) -> str:
    """Return a cue as a line, with a time before each word and after the last."""
    parts, at = [f"[{_time(cue.first, rate)}]"], cue.span.start
    for word in cue.words:
        begin = word.span.start
        while begin > at and not (text[begin - 1].isalnum() or text[begin - 1] == " "):
            begin -= 1  # an opening quotation mark or bracket
        parts += _safe(text[at:begin]), f"<{_time(word.first, rate)}>"
        at = begin
    over = min(cue.words[-1].last, cue.last) if cue.words else cue.last
    return "".join((*parts, _safe(text[at : cue.span.end]), f"<{_time(over, rate)}>\n"))


def _safe(text: str) -> str:
    return _LOOKS_LIKE_A_TIME.sub(_JOINER, text)


def _time(samples: int, rate: int) -> str:
    seconds, rest = divmod(rounded(samples, rate, 100), 100)
    return f"{seconds // 60:02}:{seconds % 60:02}.{rest:02}"
