"""Who speaks which part of a block, as a role: 0 is the narrator, the others are voices that the rooms above know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from player.patterns import later
from player.story.model import Block, BlockKind, LanguageSpan
from player.utterance.manner import ANY, Manner
from player.utterance.speakers import speeches

_LEAST_WORDS = 3
"""Words in another language that are said by its voice; fewer are said by the voice of what is around them."""
_WORD = later(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{2}|[^\\W_]+(?:['’-][^\\W_]+)*"
)
"""A word; in scripts without blanks between words, two characters."""
_BEFORE = later(r"(?:[\"'“„‘‚«»‹›「『《(\[{¿¡—–-]+[\u00a0\u202f ]?)+\Z")
_AFTER = later(r"(?:[\u00a0\u202f ]?[\"'”“’‘»«›‹」』》)\]}.,;:!?…。，！？]+)+")
"""Signs at the borders of words in another language, which belong to them: opening before, closing after."""
_FAR = 8
"""Characters looked at for such signs."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Which part of a story is said in which role, and how each voice's engine reads."""

    narrator: Manner = ANY
    others: tuple[Manner, ...] = ()
    """Of role 1, 2 …"""
    voices: tuple[str, ...] = ()
    """Names of these voices, for listings."""
    languages: tuple[tuple[str, int], ...] = ()
    """(language as the story has it, role), of languages with a voice of their own."""
    quotations: int = 0
    """The role that says blocks of quotation."""
    unrecorded: int = 0
    """The role that says what a recorded narrator does not."""
    speakers: tuple[tuple[str, int], ...] = ()
    """(name, role) of people in the story with a voice of their own."""

    def narrated(self, manner: Manner) -> Roles:
        """Return the same with a narrator who reads in another manner."""
        return replace(self, narrator=manner)

    def manner(self, role: int) -> Manner:
        """Return how a role's engine reads."""
        return self.others[role - 1] if role else self.narrator

    def voice(self, role: int) -> str | None:
        """Return the name of a role's voice; None for the narrator's."""
        return self.voices[role - 1] if role else None

    def of(self, language: str, kind: BlockKind) -> int:
        """Return the role that says text in a language, in a block of a kind. A language's own voice comes first."""
        usual = self.quotations if kind is BlockKind.QUOTATION else 0
        return next((role for name, role in self.languages if name == language), usual)


ALONE = Roles()
"""One voice for everything, by an engine whose manner is unknown."""


class Part(NamedTuple):
    """Characters [start, end) of a block that one voice says."""

    start: int
    end: int
    role: int
    language: str
    """BCP 47."""
    speaker: str = ""
    """Who speaks in the story; empty for its narrator."""


def parts(block: Block, language: str, roles: Roles) -> list[Part]:
    """Return the parts of a block in `language`, which cover it in order."""
    whole = Part(0, len(block.text), roles.of(language, block.kind), language)
    found = [whole]
    if roles.speakers and block.kind is not BlockKind.HEADING and whole.role in (0, roles.quotations):
        found = _laid_over(found, _spoken(block.text, language, dict(roles.speakers)))
    if block.languages and roles.languages:
        found = _laid_over(found, _foreign(block, roles, whole.role))
    if roles.narrator.recorded:
        return [part._replace(role=part.role or roles.unrecorded) for part in found]
    return found


def _spoken(text: str, language: str, roles: dict[str, int]) -> Iterator[Part]:
    """Yield what people with a voice of their own say."""
    for start, end, speaker in speeches(text, language, tuple(roles)):
        if speaker:
            yield Part(start, end, roles[speaker], language, speaker)


def _foreign(block: Block, roles: Roles, usual: int) -> Iterator[Part]:
    """Yield what is in languages whose voice is not the usual one."""
    at = 0
    for span in _long_enough(block):
        role = roles.of(span.language, block.kind)
        if role != usual:
            start, at = _with_signs(block.text, max(span.start, at), span.end)
            yield Part(start, at, role, span.language)


def _laid_over(below: list[Part], above: Iterable[Part]) -> list[Part]:
    """Return parts in order with others over them, which hide what is below."""
    found: list[Part] = []
    at, n = 0, 0
    for part in above:
        n = _cut(found, below, n, at, part.start)
        found.append(part)
        at = part.end
    _cut(found, below, n, at, below[-1].end)
    return found


def _cut(found: list[Part], below: list[Part], n: int, start: int, end: int) -> int:
    """Add what is below a range; `n` is the first part to look at. Return it for the next range."""
    while n < len(below) and below[n].start < end:
        part = below[n]
        if max(part.start, start) < min(part.end, end):
            found.append(part._replace(start=max(part.start, start), end=min(part.end, end)))
        if part.end > end:
            break
        n += 1
    return n


def languages_in(block: Block, language: str) -> Iterator[str]:
    """Yield the languages of a block that may have a voice of their own; `language` is the story's."""
    yield block.language or language
    yield from (span.language for span in _long_enough(block))


def _long_enough(block: Block) -> Iterator[LanguageSpan]:
    """Yield the spans of at least three words in another language, those with only signs between them as one."""
    for span in _together(block):
        words = _WORD.finditer(block.text, span.start, span.end)
        if sum(1 for _, _ in zip(range(_LEAST_WORDS), words, strict=False)) == _LEAST_WORDS:
            yield span


def _together(block: Block) -> Iterator[LanguageSpan]:
    last: LanguageSpan | None = None
    for span in block.languages:
        if last and last.language == span.language and not _says(block.text[last.end : span.start]):
            last = last._replace(end=span.end)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


def _says(text: str) -> bool:
    return any(map(str.isalnum, text))


def _with_signs(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range of words with the signs around it."""
    before = _BEFORE.search(text[max(start - _FAR, 0) : start])
    after = _AFTER.match(text, end, end + _FAR)
    return start - len(before[0]) if before else start, after.end() if after else end
