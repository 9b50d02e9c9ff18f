"""Where a story goes on after a break: the longer the break, the further back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from player.utterance.model import Sentence


class Sentences(Protocol):
    """The sentences of a story: a script."""

    def sentences(self, block: int) -> tuple[Sentence, ...]:
        """Return the sentences of a block."""


@dataclass(frozen=True, slots=True)
class StepBack:
    """The breaks after which a story goes on from an earlier place."""

    sentence: float = 2 * 60.0
    """Seconds after which it goes on from the beginning of the sentence."""
    paragraph: float = 2 * 3600.0
    """Seconds after which it goes on from the beginning of the paragraph."""

    def place(self, script: Sentences, block: int, character: int, away: float) -> tuple[int, int]:
        """Return the (block, character) to go on from after a break of `away` seconds at a place."""
        if away >= self.paragraph:
            return block, 0
        if away < self.sentence:
            return block, character
        begun = [s.span.start for s in script.sentences(block) if s.span.start <= character]
        return block, begun[-1] if begun else 0


USUAL = StepBack()
"""After two minutes the sentence, after two hours the paragraph."""
