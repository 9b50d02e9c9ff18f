"""Sentences and utterances of a story; each block is split when it is first asked for.

Splitting a book of 3 MB at once would take a second.
"""

from __future__ import annotations

import logging
import re
import sys
from bisect import bisect_right
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile
from typing import Any, NamedTuple

from player.story.model import BlockKind, Span, Story
from player.utterance.cutting import parted
from player.utterance.lexicon.matching import EMPTY, Lexicon
from player.utterance.manner import ANY, Manner
from player.utterance.model import Alignment, Piece, Sentence, Spoken, Utterance
from player.utterance.pauses import USUAL, Pause, Pauses
from player.utterance.recorded import recorded, stretches
from player.utterance.roles import ALONE, Part, Roles, parts
from player.utterance.sentences.clauses import clauses, with_short_start
from player.utterance.sentences.splitting import spans

_logger = logging.getLogger(__name__)
_SOMETHING_TO_SAY = re.compile(r"[^\W_]")


class _Said(NamedTuple):
    """What is said for a clause."""

    span: Span
    spoken: Spoken
    part: Part


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
        """Most blocks kept in memory after splitting; the oldest are dropped first, and split again (1 ms) when
        needed."""
        self._chapters = frozenset(_chapters(story))
        self._sentences: OrderedDict[int, tuple[Sentence, ...]] = OrderedDict()
        self._utterances: OrderedDict[tuple[int, Roles], tuple[Utterance, ...]] = OrderedDict()

    def of(self, story: Story) -> Script:
        """Return the script of another story (a part of this one), in the same language."""
        return Script(story, language=self.language, lexicon=self.lexicon, pauses=self.pauses)

    def grow(self, story: Story) -> None:
        """Replace the story by a longer one that begins with it. All blocks are split again when asked for: sentences
        and pauses at the old end may change."""
        self._chapters = frozenset(_chapters(story))
        self.story = story
        # Others, so that what another thread is working out of the old story is not kept.
        self._sentences, self._utterances = OrderedDict(), OrderedDict()

    def with_lexicon(self, lexicon: Lexicon) -> Script:
        """Return the same script with other pronunciations."""
        made = Script(self.story, language=self.language, lexicon=lexicon, pauses=self.pauses)
        made.keep = self.keep
        return made

    def pronounces_alike(self, other: Script, block: int, roles: Roles) -> bool:
        """Return True if another script of the same story, with another lexicon, says a block in the same way."""
        written = self.story.blocks[block]
        manners = {roles.manner(part.role) for part in parts(written, self.language_of(block), roles)}
        languages = {self.language_of(block), *(language for *_, language in written.languages)}
        return all(
            self.lexicon.readings(written.text, language, manner)
            == other.lexicon.readings(written.text, language, manner)
            for language in languages
            for manner in manners
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
        kept = self._sentences
        known = kept.get(block)
        if known is None:
            if not 0 <= block < len(self):
                raise IndexError(f"no block {block} in a story of {len(self)}")
            text = self.story.blocks[block].text
            found = (Span(*span) for span in spans(text, self.language_of(block)))
            split = tuple(Sentence(span, tuple(clauses(text, span))) for span in found)
            known = kept.setdefault(block, split)
            self._forget(kept)
        return known

    def spoken(self, block: int, roles: Roles = ALONE) -> tuple[Utterance, ...]:
        """Return a block's spoken texts for the engines of these roles, in order; empty when nothing is said.

        Raises IndexError.
        """
        kept = self._utterances
        known = kept.get((block, roles))
        if known is None:
            known = kept.setdefault((block, roles), tuple(self._work_out(block, roles)))
            self._forget(kept)
        return known

    def spoken_by(self, manner: Manner = ANY, roles: Roles = ALONE) -> SpokenScript:
        """Return the script as spoken by a narrator of this manner, and by other voices for the other roles."""
        return SpokenScript(self, roles.narrated(manner))

    def _forget(self, kept: OrderedDict[Any, Any]) -> None:
        while len(kept) > self.keep:
            kept.popitem(last=False)

    def _work_out(self, block: int, roles: Roles) -> Iterator[Utterance]:
        voiced = parts(self.story.blocks[block], self.language_of(block), roles)
        if roles.narrator.recorded and self.story.blocks[block].clips:
            yield from self._recorded(block, voiced, roles)
            return
        said = [self._clauses(block, sentence, voiced, roles) for sentence in self.sentences(block)]
        last = max((i for i, those in enumerate(said) if those), default=-1)
        for i, those in enumerate(said):
            pause = self._pause_after(block) if i == last else Pause.SENTENCE
            yield from self._utterances_of(block, i, those, pause)

    def _recorded(self, block: int, voiced: list[Part], roles: Roles) -> Iterator[Utterance]:
        """Yield a block's recorded clips, and between them the unrecorded text in the usual voice."""
        found = self.story.blocks[block]
        sentences = self.sentences(block)
        said: list[tuple[int, _Said]] = []
        at = 0
        for clips in stretches(found.text, found.clips, [sentence.span.end for sentence in sentences]):
            start, end = clips[0].start, clips[-1].end
            said += self._unrecorded(block, at, start, voiced, roles)
            at = end
            text = found.text[start:end]
            if _SOMETHING_TO_SAY.search(text):
                whole = Spoken(recorded(text, clips, start), (Piece(0, len(text), start, end),), ())
                part = Part(start, end, 0, self.language_of(block, Span(start, end)))
                said.append((_sentence_at(sentences, start), _Said(Span(start, end), whole, part)))
        said += self._unrecorded(block, at, len(found.text), voiced, roles)
        for n, (sentence, one) in enumerate(said):
            last = n + 1 == len(said)
            within = not last and said[n + 1][0] == sentence
            after = self._pause_after(block) if last else Pause.CLAUSE if within else Pause.SENTENCE
            yield from self._utterances_of(block, sentence, [one], after)

    def _unrecorded(
        self, block: int, start: int, end: int, voiced: list[Part], roles: Roles
    ) -> Iterator[tuple[int, _Said]]:
        """Yield (sentence, what is said) between two clips."""
        if not _SOMETHING_TO_SAY.search(self.story.blocks[block].text, start, end):
            return
        for n, sentence in enumerate(self.sentences(block)):
            within = tuple(filter(None, (_common(span, start, end) for span in sentence.clauses)))
            if within and (whole := _common(sentence.span, start, end)):
                for one in self._clauses(block, Sentence(whole, within), voiced, roles):
                    yield n, one

    def _clauses(self, block: int, sentence: Sentence, voiced: list[Part], roles: Roles) -> list[_Said]:
        """Return the clauses of a sentence by voice; one that says nothing joins its neighbour."""
        text = self.story.blocks[block].text
        found: list[_Said] = []
        start = sentence.span.start
        for clause in _short_start(text, list(self._voiced(block, sentence, voiced)), roles):
            written, manner = text[clause.start : clause.end], roles.manner(clause.role)
            spoken = self._spoken(written, clause.language, manner)
            if _SOMETHING_TO_SAY.search(spoken.text):
                found.append(_Said(Span(start, clause.end), _moved(spoken, clause.start), clause))
                start = clause.end
            elif found:
                found[-1] = found[-1]._replace(span=Span(found[-1].span.start, clause.end))
                start = clause.end
            while start < sentence.span.end and text[start].isspace():
                start += 1
        return found

    def _spoken(self, text: str, language: str, manner: Manner) -> Spoken:
        """Return what is said of a text. A text on which a rule fails is said as it is written, so that the other
        sentences are not lost."""
        from player.utterance.spoken.speakable import as_written, speakable  # 0.08 s that the library need not wait for

        try:
            return speakable(text, language, manner, self.lexicon)
        except Exception:
            _logger.exception("what is said of %r cannot be read from it: it is said as it is written", text[:200])
            return as_written(text)

    def _voiced(self, block: int, sentence: Sentence, voiced: list[Part]) -> Iterator[Part]:
        """Yield the clauses of a sentence, cut where the voice changes."""
        text = self.story.blocks[block].text
        first = bisect_right(voiced, sentence.span.start, key=lambda part: part.end)
        here = list(takewhile(lambda part: part.start < sentence.span.end, islice(voiced, first, None)))
        if len(here) == 1:
            alike = here[0].language == self.language_of(block)
            language = self.language_of(block, sentence.span) if alike else here[0].language
            yield from (
                here[0]._replace(start=clause.start, end=clause.end, language=language) for clause in sentence.clauses
            )
            return
        for clause in sentence.clauses:
            for part in here:
                start, end = max(clause.start, part.start), min(clause.end, part.end)
                while start < end and text[start].isspace():
                    start += 1
                while start < end and text[end - 1].isspace():
                    end -= 1
                if start < end:
                    yield part._replace(start=start, end=end)

    def _utterances_of(self, block: int, sentence: int, said: list[_Said], after: Pause) -> Iterator[Utterance]:
        for i, (span, spoken, part) in enumerate(said):
            yield Utterance(
                block=block,
                sentence=sentence,
                span=span,
                spoken=spoken.text,
                alignment=Alignment(spoken.pieces),
                language=part.language,
                pause=after if i == len(said) - 1 else Pause.CLAUSE,
                role=part.role,
                speaker=part.speaker,
            )

    def _pause_after(self, block: int) -> Pause:
        """Return the pause after a block: a heading's is longer, between list items it is shorter."""
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
    """A script as its voices say it. May be asked from several threads."""

    def __init__(self, script: Script, roles: Roles) -> None:
        self.written = script
        self.language = script.language
        """BCP 47."""
        self.pauses = script.pauses
        self.roles = roles
        self._cuts: dict[int, frozenset[int]] = {}
        self._parted: dict[int, tuple[tuple[Utterance, ...], tuple[Utterance, ...]]] = {}

    @property
    def is_cut(self) -> bool:
        """True once `cut` was called."""
        return bool(self._cuts)

    def cut(self, block: int, characters: Iterable[int]) -> None:
        """Split blocks into more utterances from now on: one begins at each of the written characters in `cuts`."""
        self._cuts[block] = self._cuts.get(block, frozenset()).union(characters)
        self._parted.pop(block, None)

    @property
    def story(self) -> Story:
        """The story that is said."""
        return self.written.story

    def __len__(self) -> int:
        """Return how many blocks there are."""
        return len(self.written)

    def sentences(self, block: int) -> tuple[Sentence, ...]:
        """See Script."""
        return self.written.sentences(block)

    def utterances(self, block: int) -> tuple[Utterance, ...]:
        """What is said for a block, in order; empty when it has nothing to say. Raises IndexError."""
        whole = self.written.spoken(block, self.roles)
        if block not in self._cuts:
            return whole
        known, found = self._parted.get(block, ((), ()))
        if known is not whole:
            found = tuple(parted(whole, self._cuts[block]))
            self._parted[block] = whole, found
        return found

    def written_for(self, role: int) -> Iterator[str]:
        """Yield the written text of each part that a role says, not split into sentences."""
        for index, block in enumerate(self.story.blocks):
            for part in parts(block, self.written.language_of(index), self.roles):
                if part.role == role:
                    yield block.text[part.start : part.end]


def _sentence_at(sentences: Sequence[Sentence], start: int) -> int:
    """Return the index of the sentence with a character."""
    return min(bisect_right(sentences, start, key=lambda sentence: sentence.span.end), len(sentences) - 1)


def _common(span: Span, start: int, end: int) -> Span | None:
    """Return the overlap of a span with [start, end); None without one."""
    low, high = max(span.start, start), min(span.end, end)
    return Span(low, high) if low < high else None


def _chapters(story: Story) -> Iterator[int]:
    """Yield the blocks with which chapters begin: the highest sections of which there are several."""
    levels = Counter(section.level for section in story.sections)
    top = min((level for level, count in levels.items() if count > 1), default=0)
    return (section.block for section in story.sections if section.level <= top)


def _short_start(text: str, said: list[Part], roles: Roles) -> list[Part]:
    """Return the clauses of a sentence, with a short beginning for a slow voice."""
    if not said or not roles.manner(said[0].role).short_start:
        return said
    first = said[0]
    return [first._replace(start=a, end=b) for a, b in with_short_start(text, Span(first.start, first.end))] + said[1:]


def _moved(spoken: Spoken, by: int) -> Spoken:
    """Return a spoken text with its written spans counted from the start of the block."""
    pieces = tuple(Piece(p.spoken_start, p.spoken_end, p.start + by, p.end + by) for p in spoken.pieces)
    return Spoken(spoken.text, pieces, spoken.fired)
