"""The "Listen to Story" page: one self-contained HTML file with text, sound and player.

Text is plain text, one element per block (b0, b1, …); times are numbers in a JSON element; the sound is Opus, and MP3
for browsers without it, as data: addresses, or with the option `split` the files beside it. Frame, style and script lie
beside this module. A content security policy lets the browser run only these two, whatever the story contains.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, urlsplit

from player.audio.beginnings import Beginnings
from player.audio.clock import clock
from player.errors import UsageError
from player.export import Job
from player.export.files.targets import STDOUT
from player.export.metadata.public_source import public_source
from player.export.pictures.cover import MEDIA_TYPE, drawn_cover, own_picture
from player.export.pictures.lettering import look_of_pages
from player.export.sound import opus_sound
from player.export.sound.mp3_sound import DELAY, write_sound
from player.export.text.direction import direction
from player.export.text.story_html import inline, text
from player.export.text.timing import timed_sentences
from player.speech.engine import Samples, Seconds
from player.story.dates import in_words
from player.story.model import Story
from player.story.text import clean

_SLOT = re.compile(r"\{\{(\w+)\}\}")
_MOST_TICKS = 160
"""Most chapters marked at the progress bar: more would be closer than 4 pixels on a narrow screen."""
_STEP = 3 << 18
"""Bytes of sound encoded at once: a multiple of 3, which base64 encodes without padding."""
_TYPES = {".opus": "audio/ogg; codecs=opus", ".mp3": "audio/mpeg"}
"""{suffix of a sound file that browsers play: its type}, the smallest first; MP3 is for browsers without the other."""
_FALL_BACK = 48
"""kbit/s of the MP3 within a page, which few browsers need: with the Opus, the page is an eighth larger than with the
usual MP3 alone."""
_LISTEN = """<div id="listen" class="listen" lang="en" dir="ltr" hidden>
<button type="button" data-do="play"><svg aria-hidden="true"><use href="#i-play"/></svg><span>\
<strong id="listen-text">Listen</strong> <span class="quiet">· {facts}</span></span></button>
<button type="button" data-do="restart" id="restart" hidden>From the beginning</button>
</div>
"""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def write(job: Job, file: BinaryIO) -> Seconds:
    """See Exporter. Times are known once the sound is written, so it is collected in a file."""
    if job.options.split:
        sounds = _sounds_beside(job)
        job.render()
        _fill(file, _slots(job, job.timeline.duration, sounds))
        return Seconds(job.timeline.duration / job.timeline.rate)
    with tempfile.TemporaryFile() as small, tempfile.TemporaryFile() as other:
        fall_back = job
        if opus_sound.can_be_made(job.timeline.rate):
            opus_sound.write_sound(job, small, opus_sound.FOR_PAGES)
            options = replace(job.options, bitrate=job.options.bitrate or _FALL_BACK)
            fall_back = replace(job, options=options, show=lambda progress: None)  # it told of the whole story already
        sound = write_sound(fall_back, other, gapless=False)
        sources = {".opus": (small, Samples(0)), ".mp3": (other, DELAY)}
        _fill(file, _slots(job, sound.samples, _sounds_inside(job, sources)))
    return Seconds(sound.samples / job.timeline.rate)


def _fill(file: BinaryIO, slots: Mapping[str, Iterable[str]]) -> None:
    """Write the frame, with its slots filled. Inserted text is not searched for slots."""
    for number, part in enumerate(_SLOT.split(_part("page.html"))):
        for piece in slots[part] if number % 2 else [part]:
            file.write(piece.encode())


def _slots(job: Job, samples: Samples, sound: Iterable[str]) -> dict[str, Iterable[str]]:
    """Return what fills the frame: `sound` are the rest and the contents of its element, which plays so many
    samples."""
    story = job.story
    script, style = _part("page.js"), look_of_pages() + _part("page.css")
    language = job.timeline.script.language
    language = language if _LANGUAGE.fullmatch(language) else "und"
    starts = _starts(job)
    store = job.renderer.store
    picture = own_picture(story, store)
    return {
        "language": [language],
        "direction": [direction(language)],
        "script_hash": [_hash(script)],
        "style_hash": [_hash(style)],
        "about": [_about(story)],
        "artwork": [] if picture else _artwork(drawn_cover(story, store)),
        "style": [style],
        "script": [script],
        "ticks": [_ticks(story, starts, samples)],
        "no_chapters": [] if story.sections else [" hidden"],
        "text": _text(job, _byline(story, language) + _listen(job, samples) + (_picture(picture) if picture else "")),
        "made": [_made(job)],
        "chapters": _chapters(job, starts, samples),
        "times": _times(job, samples),
        "sound": sound,
        "media": ["'self' file:" if job.options.split else "data: blob:"],
    }


def _part(name: str) -> str:
    """Return the text of a file beside this module, with line feeds: browsers normalise them before checking hashes."""
    return (files(__name__) / name).read_text(encoding="utf-8")


def _hash(inside: str) -> str:
    """Return the hash of a script or style, as a content security policy names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()}"


# -- facts about the story --------------------------------------------------------------------------------------------


def _about(story: Story) -> str:
    lines = [f"<title>{inline(story.title)}</title>"]
    if story.byline:
        lines.append(f'<meta name="author" content="{inline(story.byline)}">')
    return "\n".join([*lines, '<meta name="generator" content="Listen to Story">'])


def _byline(story: Story, language: str) -> str:
    """Return byline, date and source, for below the title."""
    facts = []
    if story.byline:
        facts.append(f'<span class="author">{inline(story.byline)}</span>')
    if story.published:
        facts.append(f'<time datetime="{inline(story.published)}">{inline(in_words(story.published, language))}</time>')
    if site := (urlsplit(public_source(story.source)).hostname or "").removeprefix("www."):
        facts.append(f"<span>{inline(site)}</span>")
    separator = "\N{NO-BREAK SPACE}· "  # so that a separator ends a line instead of beginning one
    return f"<p>{separator.join(facts)}</p>\n" if facts else ""


def _listen(job: Job, samples: Samples) -> str:
    """Return the line that offers to play: "Listen · 3 min · Amy"."""
    minutes = max(1, round(samples / job.timeline.rate / 60))
    length = f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
    voice = clean(job.story.narrator) or clean(job.renderer.narrator.hello.voice.name)
    return _LISTEN.format(facts=inline(f"{length} · {voice}"))


def _picture(jpeg: bytes) -> str:
    """Return an element with the story's own picture; its content is unknown, so it has no description."""
    return f'<img src="{_in_address(jpeg)}" alt="">\n'


def _artwork(jpeg: bytes) -> Iterator[str]:
    """Yield metadata for lock screens, and for phones that keep the page as an app, if the story has no picture."""
    yield f'<link rel="apple-touch-icon" href="{_in_address(jpeg)}">\n'


def _in_address(jpeg: bytes) -> str:
    return f"data:{MEDIA_TYPE};base64,{base64.b64encode(jpeg).decode()}"


def _made(job: Job) -> str:
    """Return a line about how the page was made, for below the text."""
    source = public_source(job.story.source)
    origin = f"From {source}. " if source else ""
    voice = job.renderer.narrator.hello.voice.id
    return inline(f"{origin}Read by the voice {voice}. Made with Listen to Story.")


def _text(job: Job, byline: str) -> Iterator[str]:
    for piece in text(job.story, byline):
        job.check()
        yield piece


# -- times ------------------------------------------------------------------------------------------------------------


def _starts(job: Job) -> dict[int, Samples]:
    """Return {block: its first sample}, for blocks that say something."""
    blocks = range(len(job.story.blocks))
    first = {job.timeline.first: Samples(0)}  # with the silence before it
    return {block: job.timeline.start(block) for block in blocks if job.timeline.utterances(block)} | first


def _ticks(story: Story, starts: Mapping[int, Samples], total: int) -> str:
    """Return ticks at chapters as an SVG path 1000 wide; at the higher ones where they are too many."""
    heard = [section for section in story.sections if starts.get(section.block)]
    marked = Beginnings(heard).at_most(_MOST_TICKS)
    return "".join(f"M{starts[block] * 1000 / total:.1f} 0v1" for block in marked)


def _chapters(job: Job, starts: Mapping[int, Samples], total: Samples) -> Iterator[str]:
    for section in job.story.sections:
        first = next((start for block, start in starts.items() if block >= section.block), total)
        level = min(max(section.level, 1), 3)
        link = f'<a href="#b{section.block}">{inline(section.title)}</a>'
        yield f'\n<li class="level-{level}">{link}<span>{clock(first / job.timeline.rate)}</span>'


def _times(job: Job, total: Samples) -> Iterator[str]:
    """Yield JSON: {"story": its identity, "rate": samples per second, "samples": length of the story, "sentences":
    [[block, start, length, first sample, [start, length, first sample of each word, counted from the sentence's]], …]}.

    Characters are counted in UTF-16 units, as scripts do.
    """
    key = hashlib.sha256(f"{job.story.identity}\n{job.story.title}".encode(errors="replace")).hexdigest()[:16]
    yield f'{{"story":"{key}","rate":{job.timeline.rate},"samples":{total},"sentences":['
    block, units = -1, [0]
    for number, sentence in enumerate(timed_sentences(job.timeline)):
        if sentence.block != block:
            job.check()
            block = sentence.block
            units = [0, *accumulate(1 + (c > "\uffff") for c in job.story.blocks[block].text)]
        start, end = (units[place] for place in sentence.span)
        begins = sentence.first if number else Samples(0)  # the silence before it belongs to the first
        words: list[int] = []
        for (begin, after), first, _ in sentence.words:
            words += (units[begin] - start, units[after] - units[begin], first - begins)
        row = json.dumps([block, start, end - start, begins, words], separators=(",", ":"))
        yield ("," if number else "") + "\n" + row
    yield "\n]}"


# -- sound ------------------------------------------------------------------------------------------------------------


def _sounds_inside(job: Job, sounds: Mapping[str, tuple[BinaryIO, Samples]]) -> Iterator[str]:
    """Yield elements that hold the sounds as addresses; `sounds` are by their suffix, the preferred one first, each
    with the samples of silence before it. Empty ones are left out."""
    yield ">"
    for suffix, (waiting, delay) in sounds.items():
        waiting.seek(0)
        for n, data in enumerate(iter(partial(waiting.read, _STEP), b"")):
            job.check()
            if not n:
                kind = _TYPES[suffix]
                yield f'\n<source type="{kind}" data-delay="{delay}" src="data:{kind.partition(";")[0]};base64,'
            yield base64.b64encode(data).decode()
        if waiting.tell():
            yield '">'


def _sounds_beside(job: Job) -> list[str]:
    """Return elements for the sound files of the same export, or of the same name, the smallest first.

    Raises UsageError if there is none.
    """
    made = [path for path in job.beside if path.suffix.lower() in _TYPES]
    there = [path for suffix in _TYPES if (path := job.path.with_suffix(suffix)).is_file()]  # of an earlier export
    found = sorted(made or there, key=_preference)
    if job.path == STDOUT or not found:
        raise UsageError("a page without its sound needs a sound file of the same export", "add -o story.mp3")
    return [">", *(_source(path, job.path.parent) for path in found)]


def _source(sound: Path, folder: Path) -> str:
    """Return the element for a sound file, for a page in a folder."""
    address = quote(os.fsencode(Path(os.path.relpath(sound, folder)).as_posix()))
    return f'<source src="{address}" type="{_TYPES[sound.suffix.lower()]}">'


def _preference(path: Path) -> int:
    return list(_TYPES).index(path.suffix.lower())
