"""Subtitles (SRT, VTT, SBV, ASS) and lyrics (LRC) as text: the words alone, cues joined to sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from player.errors import SourceError
from player.story.model import BlockKind
from player.story.reading.draft import Draft
from player.story.reading.raw_source import RawSource

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*(?:-->|,)\s*{_CLOCK}(?:\s.*)?")
_EVENT = re.compile(rf"Dialogue:[^,]*,\s*{_CLOCK},\s*{_CLOCK},(?:[^,]*,){{6}}(.*)")
"""A line of Advanced SubStation Alpha: layer, times, six more fields, and what is shown."""
_LYRIC = re.compile(r"((?:\[\d{1,3}:\d\d(?:[.:]\d{1,3})?\]\s*)+)(.*)")
_STAMP = re.compile(r"\[(\d{1,3}):(\d\d)(?:[.:]\d{1,3})?\]")
_TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}|\{[biu]\}|\{/[biu]\}")
_BLANK = re.compile(r"\\[hN]")
"""A hard blank or a line's end of SubStation Alpha, also in other subtitles."""
_SOUND = re.compile(r"\[[^\[\]]{1,60}\]|[♪♫♬#]+(?=\s|$)|(?:^|(?<=\s))[♪♫♬]+")
"""Sounds that are described for those who do not hear them, and notes around songs."""
_ALL_SOUND = re.compile(r"\s*\([^()]{1,60}\)\s*")
_SOUND_BEFORE = re.compile(r"\s*\((?:[a-z][a-z ]{1,30}|[A-Z][A-Z ]{1,30})\)\s+(?=[\"“'‘]?[A-Z])")
"""The same before words: "(sighs) Nobody knows."."""
_SONG, _SONG_ENDS = re.compile(r"\W*[♪♫♬]"), re.compile(r"[♪♫♬]\W*$")
_ADDRESS = re.compile(r"https?://|\bwww\.|\b[\w-]+\.(?:com|net|org)\b", re.IGNORECASE)
_EDGE = 2
"""Cues at either end that name who made the subtitles, if an address on the web is in them."""
_TURN = re.compile(r"\s*(?:>>>?\s*|[-–—]\s*(?=\w))")
"""Where another person speaks."""
_VOICE = re.compile(r"\s*<v(?:\.[\w.-]*)?\s+([^<>]*)>")
"""Who speaks, as WebVTT says it."""
_LABEL = re.compile(r"[^\W\d_a-z](?:[^\W\d_a-z]|[ .'’-]){1,24}: ")
"""The same in capitals: "ANN: "."""
_HEAD = 40
"""Lines among which a song's first is."""
_ABOUT = re.compile(r"\[(ti|ar|al|by|offset|length|re|ve|la|au|tool|#):[^\[\]]*\]", re.IGNORECASE)
_ENDS = (".", "!", "?", "…", "”", '"', "’", "»", "。", "！", "？")
_PAUSE, _LONG_PAUSE = 1.5, 4.0
"""Seconds without words after which a paragraph ends: behind a sentence, and anywhere."""
_LONG = 600
"""Characters from which on a paragraph ends with the next sentence."""


class Cue(NamedTuple):
    """What is shown at a time."""

    start: float
    end: float
    """Both in seconds."""
    lines: list[str]


def read(raw: RawSource) -> Draft:
    """Return the words. Raises SourceError when there are none."""
    lines = re.split(r"\r\n?|\n", raw.text.removeprefix("\ufeff"))
    draft = Draft()
    if lines[0].startswith("WEBVTT"):
        draft.title = lines[0][6:].strip(" -\t")
    if lines[0].strip() == "[Script Info]":
        draft.title = next((line[6:].strip() for line in lines if line.startswith("Title:")), "")
    song = any(map(_LYRIC.match, lines[:_HEAD]))
    texts = (
        (_said(cue.lines[0])[0] for cue in _lyrics(lines, draft))
        if song
        else _paragraphs(_without_credits(list(_cues(lines))))
    )
    for text in texts:
        draft.add(BlockKind.PARAGRAPH, text)
    if not draft.blocks:
        raise SourceError(f"{raw.name} holds no words", "is it a file of subtitles?")
    return draft


def _cues(lines: list[str]) -> Iterator[Cue]:
    """Find the cues: a line of times, and the lines below it up to a blank one."""
    times: tuple[float, float] | None = None
    said: list[str] = []
    for line in [*lines, ""]:
        if event := _EVENT.match(line):
            yield Cue(_seconds(event.groups()[:4]), _seconds(event.groups()[4:8]), re.split(r"\\[Nn]", event[9]))
            continue
        found = _TIMES.fullmatch(line) if ":" in line else None
        if found:
            if times and said:
                yield Cue(*times, said[:-1] if said[-1].strip().isdecimal() else said)
            times, said = (_seconds(found.groups()[:4]), _seconds(found.groups()[4:])), []
        elif line.strip():
            said.append(line)
        else:
            if times and said:
                yield Cue(*times, said)
            times, said = None if said else times, []


def _without_credits(cues: list[Cue]) -> Iterator[Cue]:
    for n, cue in enumerate(cues):
        at_edge = min(n, len(cues) - 1 - n) < _EDGE and len(cues) > 2 * _EDGE
        if not (at_edge and any(map(_ADDRESS.search, cue.lines))):
            yield cue


def _seconds(clock: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, part = clock
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + float(f"0.{part or 0}")


def _lyrics(lines: list[str], draft: Draft) -> Iterator[Cue]:
    """Find the lines of a song in the order in which they are sung."""
    found: list[Cue] = []
    for line in lines:
        if about := _ABOUT.match(line):
            name, _, value = about[0].strip("[]").partition(":")
            draft.title = value.strip() if name.lower() == "ti" else draft.title
            draft.byline = value.strip() if name.lower() == "ar" else draft.byline
        elif sung := _LYRIC.match(line):
            for minutes, seconds in _STAMP.findall(sung[1]):
                at = int(minutes) * 60.0 + int(seconds)
                found.append(Cue(at, at + _LONG_PAUSE, [sung[2]]))
    yield from sorted(found, key=lambda cue: cue.start)


def _paragraphs(cues: Iterable[Cue]) -> Iterator[str]:
    """Join what is said; a paragraph ends where another person speaks, and where nobody does."""
    words: list[str] = []
    length, ended, last, speaker, sung, song = 0, 0.0, "", "", False, False
    for cue in cues:
        for number, shown in enumerate(cue.lines):
            line, turns = _said(shown)
            if (voice := _VOICE.match(shown)) is not None:
                turns, speaker = turns or voice[1] != speaker, voice[1]
            if not line or line == last:  # captions that roll show each line twice
                continue
            plain = _TAG.sub("", shown)
            song = song or _SONG.match(plain) is not None
            turns, sung, song = turns or sung != song, song, song and _SONG_ENDS.search(plain) is None
            pause = cue.start - ended if number == 0 else 0.0
            whole = last.endswith(_ENDS)
            if words and (turns or pause > _LONG_PAUSE or (whole and (pause > _PAUSE or length > _LONG))):
                yield " ".join(words)
                words, length = [], 0
            words.append(line)
            length += len(line)
            last = line
        ended = max(ended, cue.end)
    if words:
        yield " ".join(words)


def _said(line: str) -> tuple[str, bool]:
    """Return a line's words, and True if another person begins to speak."""
    text = unescape(_TAG.sub("", _BLANK.sub(" ", line)))
    text = "" if _ALL_SOUND.fullmatch(text) else _SOUND.sub(" ", _SOUND_BEFORE.sub("", text, count=1))
    turn = _TURN.match(text)
    text = text[turn.end() :] if turn else text
    return " ".join(text.split()), turn is not None or _LABEL.match(text) is not None
