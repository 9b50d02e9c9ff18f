"""A script for programs and people to read: what is written, what is said for it, and why."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from player.story.model import Block
from player.utterance.model import Sentence, Utterance
from player.utterance.script import SpokenScript
from player.utterance.spoken.speakable import speakable


def as_json(script: SpokenScript) -> dict[str, Any]:
    """What `listen script --json` prints: the story's blocks and sentences, written and spoken.

    {title, byline, published, language, source, chapters: [{block, title, level}], blocks: [{kind, level, text,
    sentences: [{start, end, text, spoken}]}]}; start and end count characters in the block's text.
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
    }


def _block_as_json(script: SpokenScript, index: int, block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind.value,
        "level": block.level,
        "text": block.text,
        "sentences": [
            {"start": s.span.start, "end": s.span.end, "text": block.text[slice(*s.span)], "spoken": _spoken(said)}
            for s, said in _sentences(script, index)
        ],
    }


def listing(script: SpokenScript) -> Iterator[str]:
    """Lines for a person to read: each block with its sentences, and what is said where it differs, and why."""
    chapters = {section.block: (n, section.title) for n, section in enumerate(script.story.sections, 1)}
    for i, block in enumerate(script.story.blocks):
        if i in chapters:
            number, title = chapters[i]
            yield f"§ {number}  {title}"
        level = f" {block.level}" if block.level else ""
        yield f"[{i + 1}] {block.kind.value}{level}"
        for sentence, said in _sentences(script, i):
            written, spoken = block.text[slice(*sentence.span)], _spoken(said)
            yield f"    {written}"
            if spoken != written:
                yield f"  → {spoken or '(nothing)'}  ({', '.join(_rules(script, i, sentence, said))})"


def _sentences(script: SpokenScript, block: int) -> Iterator[tuple[Sentence, list[Utterance]]]:
    """Each sentence of a block with what is said for it."""
    said = {n: list(those) for n, those in groupby(script.utterances(block), key=lambda utterance: utterance.sentence)}
    for n, sentence in enumerate(script.sentences(block)):
        yield sentence, said.get(n, [])


def _spoken(said: list[Utterance]) -> str:
    return " ".join(utterance.spoken for utterance in said)


def _rules(script: SpokenScript, block: int, sentence: Sentence, said: list[Utterance]) -> list[str]:
    """Names of the rules that changed a sentence."""
    text, manner = script.story.blocks[block].text, script.manner_of(block)
    language = script.written.language_of(block, sentence.span)
    parts = [utterance.span for utterance in said] or [sentence.span]
    fired = [n for p in parts for n in speakable(text[slice(*p)], language, manner).fired]
    return list(dict.fromkeys(fired)) or (["cut at clauses"] if len(parts) > 1 else ["nothing to say"])
