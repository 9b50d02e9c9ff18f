"""The story as it will be said: sentences and utterances, each block worked out when it is first asked for.

A book of 3 MB would take a second to split; so it is never split as a whole.
"""

from __future__ import annotations

import re
import sys
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from player.story.model import Block, BlockKind, Span, Story
from player.utterance.clauses import clauses
from player.utterance.manner import ANY, Manner
from player.utterance.model import Alignment, Pause, Piece, Sentence, Utterance
from player.utterance.sentences import spans
from player.utterance.speakable import Spoken, speakable

_SOMETHING_TO_SAY = re.compile(r"[^\W_]")


class Script:
    """What will be said for a story, in one language and one manner (or two: one more for quotations).

    May be asked from several threads: a block asked for by two at once is worked out twice, to the same result.
    """

    def __init__(
        self, story: Story, *, language: str | None = None, manner: Manner = ANY, quote_manner: Manner | None = None
    ) -> None:
        self.story = story
        self.language = language or story.language or "en"
        """BCP 47."""
        self.manner = manner
        """How the engine reads for which the spoken form is made."""
        self.quote_manner = manner if quote_manner is None else quote_manner
        """The same for quotations."""
        self.keep = sys.maxsize
        """How many blocks are kept once they are worked out, at most: what was asked for first is forgotten first, and
        worked out again (1 ms) when it is asked for again. For who goes back and forth in a story for hours."""
        self._blocks: OrderedDict[int, tuple[tuple[Sentence, ...], tuple[Utterance, ...]]] = OrderedDict()

    def of(self, story: Story) -> Script:
        """What will be said for another story (a part of this one), in the same way."""
        return Script(story, language=self.language, manner=self.manner, quote_manner=self.quote_manner)

    def __len__(self) -> int:
        """How many blocks there are."""
        return len(self.story.blocks)

    def sentences(self, block: int) -> tuple[Sentence, ...]:
        """The sentences of a block. Raises IndexError."""
        return self._known(block)[0]

    def utterances(self, block: int) -> tuple[Utterance, ...]:
        """What is said for a block, in order; empty when it has nothing to say. Raises IndexError."""
        return self._known(block)[1]

    def manner_of(self, block: int) -> Manner:
        """How the engine reads that says a block."""
        quoted = self.story.blocks[block].kind is BlockKind.QUOTATION
        return self.quote_manner if quoted else self.manner

    def _known(self, block: int) -> tuple[tuple[Sentence, ...], tuple[Utterance, ...]]:
        known = self._blocks.get(block)
        if known is None:
            if not 0 <= block < len(self):
                raise IndexError(f"no block {block} in a story of {len(self)}")
            sentences = self._work_out(block)
            known = self._blocks.setdefault(block, (sentences, tuple(u for s in sentences for u in s.utterances)))
            while len(self._blocks) > self.keep:
                self._blocks.popitem(last=False)
        return known

    def _work_out(self, block: int) -> tuple[Sentence, ...]:
        text = self.story.blocks[block].text
        manner = self.manner_of(block)
        said = [(Span(*span), self._clauses(text, Span(*span), manner)) for span in spans(text, self.language)]
        last = max((i for i, (_, parts) in enumerate(said) if parts), default=-1)
        found = []
        for i, (span, parts) in enumerate(said):
            after = self._pause_after(block) if i == last else Pause.SENTENCE
            found.append(Sentence(span, tuple(self._utterances(block, i, parts, after))))
        return tuple(found)

    def _clauses(self, text: str, sentence: Span, manner: Manner) -> list[tuple[Span, Spoken]]:
        """The clauses of a sentence with what is said for them; a clause that says nothing joins its neighbour."""
        found: list[tuple[Span, Spoken]] = []
        start = sentence.start
        for clause in clauses(text, sentence):
            spoken = speakable(text[clause.start : clause.end], self.language, manner)
            if _SOMETHING_TO_SAY.search(spoken.text):
                found.append((Span(start, clause.end), _moved(spoken, clause.start)))
                start = clause.end
            elif found:
                found[-1] = (Span(found[-1][0].start, clause.end), found[-1][1])
                start = clause.end
            while start < sentence.end and text[start].isspace():
                start += 1
        return found

    def _utterances(
        self, block: int, sentence: int, parts: list[tuple[Span, Spoken]], after: Pause
    ) -> Iterator[Utterance]:
        for i, (span, spoken) in enumerate(parts):
            yield Utterance(
                block=block,
                sentence=sentence,
                span=span,
                spoken=spoken.text,
                alignment=Alignment(spoken.pieces),
                language=self.language,
                pause=after if i == len(parts) - 1 else Pause.CLAUSE,
                quoted=self.story.blocks[block].kind is BlockKind.QUOTATION,
            )

    def _pause_after(self, block: int) -> Pause:
        """By what a block is and what follows it."""
        blocks = self.story.blocks
        kinds = [b.kind for b in blocks[block : block + 2]]
        if len(kinds) < 2:
            return Pause.PARAGRAPH
        if BlockKind.HEADING in kinds:
            return Pause.HEADING
        return Pause.LIST_ITEM if set(kinds) == {BlockKind.LIST_ITEM} else Pause.PARAGRAPH


def _moved(spoken: Spoken, by: int) -> Spoken:
    """The same, with what is written counted from the start of the block."""
    pieces = tuple(Piece(p.spoken_start, p.spoken_end, p.start + by, p.end + by) for p in spoken.pieces)
    return Spoken(spoken.text, pieces, spoken.fired)


def as_json(script: Script) -> dict[str, Any]:
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


def _block_as_json(script: Script, index: int, block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind.value,
        "level": block.level,
        "text": block.text,
        "sentences": [
            {"start": s.span.start, "end": s.span.end, "text": block.text[slice(*s.span)], "spoken": s.spoken}
            for s in script.sentences(index)
        ],
    }


def listing(script: Script) -> Iterator[str]:
    """Lines for a person to read: each block with its sentences, and what is said where it differs, and why."""
    chapters = {section.block: (n, section.title) for n, section in enumerate(script.story.sections, 1)}
    for i, block in enumerate(script.story.blocks):
        if i in chapters:
            number, title = chapters[i]
            yield f"§ {number}  {title}"
        level = f" {block.level}" if block.level else ""
        yield f"[{i + 1}] {block.kind.value}{level}"
        for sentence in script.sentences(i):
            written = block.text[slice(*sentence.span)]
            yield f"    {written}"
            if sentence.spoken != written:
                yield f"  → {sentence.spoken or '(nothing)'}  ({', '.join(_rules(script, i, sentence))})"


def _rules(script: Script, block: int, sentence: Sentence) -> list[str]:
    """Names of the rules that changed a sentence."""
    text, manner = script.story.blocks[block].text, script.manner_of(block)
    parts = [u.span for u in sentence.utterances] or [sentence.span]
    fired = [n for p in parts for n in speakable(text[slice(*p)], script.language, manner).fired]
    return list(dict.fromkeys(fired)) or (["cut at clauses"] if len(parts) > 1 else ["nothing to say"])
