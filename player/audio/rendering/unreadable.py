"""Warnings about text that a voice cannot read, before anything sounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from player.audio.timeline import Timeline
from player.audio.voicing.voicings import Voicings
from player.errors import EngineError, Unspeakable
from player.speech.engine import Voice
from player.speech.scripts import cannot_read, name_of, reader, unread
from player.utterance.model import Utterance
from player.utterance.script import SpokenScript

_ASCII = bytes(range(128))


def unread_by(script: SpokenScript, voice: Voice, role: int = 0) -> Iterator[str]:
    """Yield a notice, with what to do, if a voice cannot read part of what its role says.

    Each character of the story is checked once: 10 ms for 3 MB, or 40 of a script that is not Latin.
    """
    if notice := _notice(list(script.written_for(role)), voice):
        yield notice


def unreadable(said: Utterance, voicings: Voicings) -> Unspeakable | None:
    """Return why its voice cannot speak an utterance, judged by its letters alone; None when it can, or its voice has
    not started."""
    voicing = voicings.known(said.role)
    return None if voicing is None else cannot_read(said.spoken, voicing.hello.voice)


def unreadable_in(timeline: Timeline, voicings: Voicings) -> dict[tuple[int, int], EngineError]:
    """Return (block, utterance) of all that `unreadable` says of a story, with the reason, in order."""
    voices = [one.hello.voice for one in map(voicings.known, range(len(voicings))) if one is not None]
    return {
        (block, n): error
        for block, written in enumerate(timeline.script.story.blocks)
        if any(unread(written.text, voice) for voice in voices)
        for n, said in enumerate(timeline.utterances(block))
        if (error := unreadable(said, voicings)) is not None
    }


def _not_ascii(texts: Iterable[str]) -> set[str]:
    """Return the characters of texts that are not ASCII."""
    written = "".join(texts).encode("utf-8", "surrogatepass")
    return set(written.translate(None, _ASCII).decode("utf-8", "surrogatepass"))


def _notice(texts: list[str], voice: Voice) -> str:
    unknown = {c for c in _not_ascii(texts) if unread(c + c, voice)}  # doubled, because a single letter may be a symbol
    found: Counter[str] = Counter()
    letters = 0
    for text in texts if unknown else ():
        letters += sum(map(str.isalpha, text))
        if not unknown.isdisjoint(text):
            found += unread(text, voice)
    if not found:
        return ""
    scripts = [script for script, _ in found.most_common()]
    script = "Kana" if "Kana" in scripts else scripts[0]  # Japanese uses Chinese characters as well
    names = ", ".join(sorted(map(name_of, scripts)))
    if 2 * found.total() > letters:
        return f"The voice {voice.id} cannot read this story, which is in {names}: {reader(script, voice)}"
    return f"The voice {voice.id} does not read {names}: such words are left out, or spelled; {reader(script, voice)}"
