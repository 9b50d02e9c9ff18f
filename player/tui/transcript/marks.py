"""Marks on the transcript, over the looks of what is said: noted sentences, what was found, and what is selected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from player.story.model import Span
from player.story.searching import Hit, Hits

Stretch = tuple[int, int, str]
"""(start, end, style names) of characters of a block."""
Place = tuple[int, int]
"""(block, character)."""

NOTED = "noted"


def _itself(span: Span) -> Span:
    return span


@dataclass
class Marks:
    """What is marked in a story."""

    noted: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    """Noted sentences by block."""
    hits: Hits | None = None
    """What was found."""
    hit: Hit | None = None
    """The hit that was gone to last."""
    selected: tuple[Place, Place] | None = None
    """(beginning, end) of the selection."""

    def over(
        self, block: int, stretches: Iterable[Stretch], shown: Callable[[Span], Span] = _itself
    ) -> Iterator[Stretch]:
        """Yield the stretches of a line with the marks over them; what is found is marked where it is `shown`."""
        stretches = _under(stretches, self.noted.get(block, ()), NOTED)
        if self.hits is not None:
            stretches = overlaid(stretches, [shown(span) for span in self.hits.in_block(block)], "found")
        if self.hit is not None and self.hit.block == block and self.hit.is_text:
            stretches = overlaid(stretches, (shown(self.hit.span),), "hit")
        if self.selected is not None:
            (first, start), (last, end) = self.selected
            if first <= block <= last:
                whole = Span(start if block == first else 0, end if block == last else 2**31)
                stretches = overlaid(stretches, (whole,), "selected")
        return iter(stretches)

    def over_code(self, block: int, stretch: Stretch) -> Iterator[Stretch]:
        """Yield the stretches of a line of code, with what was found in it."""
        stretches: Iterable[Stretch] = (stretch,)
        if self.hits is not None:
            stretches = overlaid(stretches, self.hits.in_code(block), "found")
        if self.hit is not None and self.hit.block == block and self.hit.is_code:
            stretches = overlaid(stretches, (self.hit.span,), "hit")
        return iter(stretches)

    def found_in(self, block: int, part: Span) -> str:
        """Return how characters of a block's text are marked as found: "hit", "found", or not at all."""
        hit = self.hit
        if hit is not None and hit.block == block and hit.is_text and part.start <= hit.span.start < part.end:
            return "hit"
        spans = self.hits.in_block(block) if self.hits is not None else ()
        return "found" if any(part.start <= span.start < part.end for span in spans) else ""

    def is_noted(self, block: int, start: int, end: int) -> bool:
        """True if a noted sentence has characters of [start, end)."""
        return any(span.start < end and start < span.end for span in self.noted.get(block, ()))


def overlaid(stretches: Iterable[Stretch], spans: Sequence[Span], name: str) -> Iterator[Stretch]:
    """Yield the stretches, split at the spans; within them the style comes last, and so covers the others."""
    for start, end, look in stretches:
        at = start
        for span in spans:
            if span.end > at and span.start < end:
                if span.start > at:
                    yield at, span.start, look
                yield max(at, span.start), min(end, span.end), f"{look} {name}"
                at = min(end, span.end)
        if at < end:
            yield at, end, look


def _under(stretches: Iterable[Stretch], spans: Sequence[Span], name: str) -> Iterator[Stretch]:
    """Yield the same with the style first, so that it is seen only where no other one has a background."""
    for start, end, look in overlaid(stretches, spans, name):
        yield start, end, f"{name} {look.removesuffix(f' {name}')}" if look.endswith(f" {name}") else look
