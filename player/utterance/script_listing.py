"""A script for programs and people to read: what is written, what is said for it, and why."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from player.story.model import Block
from player.utterance.manner import PHONEMES, Manner
from player.utterance.model import Sentence, Utterance
from player.utterance.recorded import said as words_of
from player.utterance.script import SpokenScript
from player.utterance.spoken.readings import Reading
from player.utterance.spoken.speakable import speakable, understood

_SLASHES = str.maketrans(dict.fromkeys(PHONEMES, "/"))


def as_json(script: SpokenScript) -> dict[str, Any]:
    """Return what `listen script --json` prints: the story's blocks and sentences, written and spoken.

    {title, byline, published, language, source, chapters: [{block, title, level}], blocks: [{kind, level, text,
    language, sentences: [{start, end, text, spoken, parts: [{start, end, language, speaker, voice}]}]}],
    notes: [{block, place, text}]}; start, end and place count characters in the block's text. Sentences that the
    narrator says alone have no parts.
    """
    story = script.story
    return {
        "title": story.title,
        "byline": story.byline,
        "published": story.published,
        "language": script.language,
        "source": story.source,
        "chapters": [{"block": s.block, "title": s.title, "level": s.level} for s in story.sections],
        "blocks": [_block_as_json(script, i, block) for i, block in enumerate(story.blocks)],
        "notes": [note._asdict() for note in story.notes],
    }


def _block_as_json(script: SpokenScript, index: int, block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind.value,
        "level": block.level,
        "text": block.text,
        "language": script.written.language_of(index),
        "sentences": [
            {
                "start": s.span.start,
                "end": s.span.end,
                "text": block.text[slice(*s.span)],
                "spoken": _spoken(said),
                **_parts_as_json(script, said),
            }
            for s, said in _sentences(script, index)
        ],
    }


def _parts_as_json(script: SpokenScript, said: list[Utterance]) -> dict[str, Any]:
    """Return who says a sentence, if it is not all the narrator: the narrator's voice is null."""
    if not any(utterance.role for utterance in said):
        return {}
    return {
        "parts": [
            {
                "start": one.span.start,
                "end": one.span.end,
                "language": one.language,
                "speaker": one.speaker,
                "voice": script.roles.voice(one.role),
            }
            for one in said
        ]
    }


def listing(script: SpokenScript, *, why: bool = False) -> Iterator[str]:
    """Lines for a person to read: each block with its sentences, and what is said where it differs.

    In brackets stands what told how to read it, with how sure that is; with `why`, the readings that lost follow.
    """
    chapters = {section.block: (n, section.title) for n, section in enumerate(script.story.sections, 1)}
    notes = {i: list(those) for i, those in groupby(script.story.notes, key=attrgetter("block"))}
    for i, block in enumerate(script.story.blocks):
        if i in chapters:
            number, title = chapters[i]
            yield f"§ {number}  {title}"
        level = f" {block.level}" if block.level else ""
        language = f" ({block.language})" if block.language else ""
        yield f"[{i + 1}] {block.kind.value}{level}{language}"
        yield from sentence_listing(script, i, why=why)
        for note in notes.get(i, ()):
            yield f"  note at {note.place}: {note.text}"


def sentence_listing(script: SpokenScript, block: int, *, why: bool = False) -> Iterator[str]:
    """Lines for a person to read: the sentences of a block, as in `listing`."""
    for sentence, said in _sentences(script, block):
        written, spoken = script.story.blocks[block].text[slice(*sentence.span)], _spoken(said)
        yield f"    {written}"
        if spoken != written:
            yield f"  → {spoken or '(nothing)'}  ({', '.join(_told_by(script, block, sentence, said))})"
        for name, whose, part in _by_others(script, block, said):
            yield f"  by {name} ({whose})" + (f": {part}" if part != written else "")
        if why:
            yield from _lost(script, block, sentence, said)


def _by_others(script: SpokenScript, block: int, said: list[Utterance]) -> Iterator[tuple[str, str, str]]:
    """Yield voice, speaker or language, and text of what others than the narrator say; adjoining clauses together."""
    text = script.story.blocks[block].text
    for (role, language, speaker), group in groupby(said, key=attrgetter("role", "language", "speaker")):
        those = list(group)
        if name := script.roles.voice(role):
            yield name, speaker or language, text[those[0].span.start : those[-1].span.end]


def _sentences(script: SpokenScript, block: int) -> Iterator[tuple[Sentence, list[Utterance]]]:
    """Yield the lines of a block's sentences, with what is said for each."""
    said = {n: list(those) for n, those in groupby(script.utterances(block), key=lambda utterance: utterance.sentence)}
    for n, sentence in enumerate(script.sentences(block)):
        yield sentence, said.get(n, [])


def _spoken(said: list[Utterance]) -> str:
    """Return the words of a sentence as they are spoken, with phonemes between slashes."""
    return " ".join(words_of(utterance.spoken) for utterance in said).translate(_SLASHES)


def _told_by(script: SpokenScript, block: int, sentence: Sentence, said: list[Utterance]) -> list[str]:
    """Return what changed a sentence: readings with how sure they are ("money: sign before .90")."""
    fired: dict[str, None] = {}
    for text, language, manner in _texts(script, block, sentence, said):
        known = understood(text, language, manner, script.written.lexicon).chosen
        sure = {reading.id: f"{reading.id} {_shown(reading)}" for reading in known}
        said_by = speakable(text, language, manner, script.written.lexicon).fired
        fired |= dict.fromkeys(sure.get(name, name) for name in said_by)
    return list(fired) or (["cut at clauses"] if len(said) > 1 else ["nothing to say"])


def _lost(script: SpokenScript, block: int, sentence: Sentence, said: list[Utterance]) -> Iterator[str]:
    """Yield what else might have been meant."""
    for text, language, manner in _texts(script, block, sentence, said):
        for reading in understood(text, language, manner, script.written.lexicon).lost:
            yield f"    not  {text[reading.start : reading.end]!r}  {reading.id} {_shown(reading)}"


def _shown(reading: Reading) -> str:
    return f"{reading.confidence:.2f}".lstrip("0")


def _texts(
    script: SpokenScript, block: int, sentence: Sentence, said: list[Utterance]
) -> Iterator[tuple[str, str, Manner]]:
    """Yield what is written in parts of a sentence, in which language, and the manner it is said in."""
    text = script.story.blocks[block].text
    for utterance in said:
        yield text[slice(*utterance.span)], utterance.language, script.roles.manner(utterance.role)
    if not said:
        yield text[slice(*sentence.span)], script.written.language_of(block, sentence.span), script.roles.manner(0)
