"""The story as it will be said: sentences and utterances, each block worked out when it is first asked for.

A book of 3 MB would take a second to split; so it is never split as a whole.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections import Counter, OrderedDict
from collections.abc import Iterator
from typing import Any

from player.story.model import BlockKind, Span, Story
from player.utterance.lexicon.matching import EMPTY, Lexicon
from player.utterance.manner import ANY, Manner
from player.utterance.model import Alignment, Piece, Sentence, Utterance
from player.utterance.pauses import USUAL, Pause, Pauses
from player.utterance.sentences.clauses import clauses, with_short_start
from player.utterance.sentences.splitting import spans
from player.utterance.spoken.speakable import Spoken, speakable

_SOMETHING_TO_SAY = re.compile(r"[^\W_]")


class Script:
    """The sentences of a story, each block in its language, and what is said for them in any manner.

    May be asked from several threads: a block asked for by two at once is worked out twice, to the same result.
    """

    def __init__(
        self, story: Story, *, language: str | None = None, lexicon: Lexicon = EMPTY, pauses: Pauses = USUAL
    ) -> None:
        self.story = story
        self.lexicon = lexicon
        """Pronunciations that the listener chose."""
        self.pauses = pauses
        self.language = language or story.language or "en"
        """BCP 47, of the blocks that have no other of their own."""
        self.keep = sys.maxsize
        """How many blocks are kept once they are worked out, at most: what was asked for first is forgotten first,
        and worked out again (1 ms) when it is asked for again. For who goes back and forth in a story for hours."""
        self._chapters = frozenset(_chapters(story))
        self._sentences: OrderedDict[int, tuple[Sentence, ...]] = OrderedDict()
        self._utterances: OrderedDict[tuple[int, Manner], tuple[Utterance, ...]] = OrderedDict()

    def of(self, story: Story) -> Script:
        """Return the script of another story (a part of this one), in the same language."""
        return Script(story, language=self.language, lexicon=self.lexicon, pauses=self.pauses)

    def with_lexicon(self, lexicon: Lexicon) -> Script:
        """Return the same script with other pronunciations."""
        made = Script(self.story, language=self.language, lexicon=lexicon, pauses=self.pauses)
        made.keep = self.keep
        return made

    def pronounces_alike(self, other: Script, block: int, manner: Manner) -> bool:
        """Return True if another script of the same story, with another lexicon, says a block in the same way."""
        written = self.story.blocks[block]
        languages = {self.language_of(block), *(language for *_, language in written.languages)}
        return all(
            self.lexicon.readings(written.text, language, manner)
            == other.lexicon.readings(written.text, language, manner)
            for language in languages
        )

    def __len__(self) -> int:
        """Return how many blocks there are."""
        return len(self.story.blocks)

    def language_of(self, block: int, span: Span | None = None) -> str:
        """Return the language (BCP 47) of a block, or of a part of it: another one if all of that is marked as such.

        Raises IndexError.
        """
        found = self.story.blocks[block]
        if span is not None and found.languages:
            middle = (span.start + span.end) // 2
            n = bisect_right(found.languages, middle, key=lambda words: words.start) - 1
            start, end, language = found.languages[max(n, 0)]
            if not any(map(str.isalnum, found.text[span.start : start] + found.text[end : span.end])):
                return language
        return found.language or self.language

    def sentences(self, block: int) -> tuple[Sentence, ...]:
        """Return the sentences of a block, as written. Raises IndexError."""
        known = self._sentences.get(block)
        if known is None:
            if not 0 <= block < len(self):
                raise IndexError(f"no block {block} in a story of {len(self)}")
            text = self.story.blocks[block].text
            found = (Span(*span) for span in spans(text, self.language_of(block)))
            split = tuple(Sentence(span, tuple(clauses(text, span))) for span in found)
            known = self._sentences.setdefault(block, split)
            self._forget(self._sentences)
        return known

    def spoken(self, block: int, manner: Manner = ANY) -> tuple[Utterance, ...]:
        """Return what an engine that reads in this manner is given to say for a block, in order; empty when that is
        nothing.

        Raises IndexError.
        """
        known = self._utterances.get((block, manner))
        if known is None:
            known = self._utterances.setdefault((block, manner), tuple(self._work_out(block, manner)))
            self._forget(self._utterances)
        return known

    def spoken_by(self, manner: Manner = ANY, quoting: Manner | None = None) -> SpokenScript:
        """Return all of it in one manner; quotations in another if `quoting` is given."""
        return SpokenScript(self, manner, manner if quoting is None else quoting)

    def _forget(self, kept: OrderedDict[Any, Any]) -> None:
        while len(kept) > self.keep:
            kept.popitem(last=False)

    def _work_out(self, block: int, manner: Manner) -> Iterator[Utterance]:
        said = [self._clauses(block, sentence, manner) for sentence in self.sentences(block)]
        last = max((i for i, parts in enumerate(said) if parts), default=-1)
        for i, parts in enumerate(said):
            yield from self._utterances_of(block, i, parts, self._pause_after(block) if i == last else Pause.SENTENCE)

    def _clauses(self, block: int, sentence: Sentence, manner: Manner) -> list[tuple[Span, Spoken]]:
        """Return the clauses of a sentence with what is said for them; a clause that says nothing joins its
        neighbour."""
        text = self.story.blocks[block].text
        language = self.language_of(block, sentence.span)
        found: list[tuple[Span, Spoken]] = []
        start = sentence.span.start
        parts = sentence.clauses
        if manner.short_start and parts:
            parts = (*with_short_start(text, parts[0]), *parts[1:])
        for clause in parts:
            spoken = speakable(text[clause.start : clause.end], language, manner, self.lexicon)
            if _SOMETHING_TO_SAY.search(spoken.text):
                found.append((Span(start, clause.end), _moved(spoken, clause.start)))
                start = clause.end
            elif found:
                found[-1] = (Span(found[-1][0].start, clause.end), found[-1][1])
                start = clause.end
            while start < sentence.span.end and text[start].isspace():
                start += 1
        return found

    def _utterances_of(
        self, block: int, sentence: int, parts: list[tuple[Span, Spoken]], after: Pause
    ) -> Iterator[Utterance]:
        language = self.language_of(block, self.sentences(block)[sentence].span)
        for i, (span, spoken) in enumerate(parts):
            yield Utterance(
                block=block,
                sentence=sentence,
                span=span,
                spoken=spoken.text,
                alignment=Alignment(spoken.pieces),
                language=language,
                pause=after if i == len(parts) - 1 else Pause.CLAUSE,
                quoted=self.story.blocks[block].kind is BlockKind.QUOTATION,
            )

    def _pause_after(self, block: int) -> Pause:
        """By what a block is and what follows it."""
        blocks = self.story.blocks
        kinds = [b.kind for b in blocks[block : block + 2]]
        if len(kinds) < 2:
            part = self.story.part_of
            return Pause.PARAGRAPH if part is None or part.number == part.chapters else Pause.CHAPTER
        if block + 1 in self._chapters:
            return Pause.CHAPTER
        if BlockKind.HEADING in kinds:
            return Pause.HEADING
        return Pause.LIST_ITEM if set(kinds) == {BlockKind.LIST_ITEM} else Pause.PARAGRAPH


class SpokenScript:
    """A script as one voice says it, or two: another for quotations. May be asked from several threads."""

    def __init__(self, script: Script, manner: Manner, quoting: Manner) -> None:
        self.written = script
        self.story = script.story
        self.language = script.language
        """BCP 47."""
        self.pauses = script.pauses
        self._manner = manner
        self._quoting = quoting

    def __len__(self) -> int:
        """Return how many blocks there are."""
        return len(self.written)

    def sentences(self, block: int) -> tuple[Sentence, ...]:
        """See Script."""
        return self.written.sentences(block)

    def utterances(self, block: int) -> tuple[Utterance, ...]:
        """Return what is said for a block, in order; empty when it has nothing to say. Raises IndexError."""
        return self.written.spoken(block, self.manner_of(block))

    def manner_of(self, block: int) -> Manner:
        """In whose manner a block is said."""
        quoted = self.story.blocks[block].kind is BlockKind.QUOTATION
        return self._quoting if quoted else self._manner


def _chapters(story: Story) -> Iterator[int]:
    """Yield the blocks with which chapters begin: the highest sections of which there are several."""
    levels = Counter(section.level for section in story.sections)
    top = min((level for level, count in levels.items() if count > 1), default=0)
    return (section.block for section in story.sections if section.level <= top)


def _moved(spoken: Spoken, by: int) -> Spoken:
    """Return the same, with what is written counted from the start of the block."""
    pieces = tuple(Piece(p.spoken_start, p.spoken_end, p.start + by, p.end + by) for p in spoken.pieces)
    return Spoken(spoken.text, pieces, spoken.fired)
