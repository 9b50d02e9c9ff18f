"""Sentences that could not be said: errors and notices about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from player.audio.rendering.fallback import Where, short
from player.errors import EngineError, Unsaid
from player.utterance.script import SpokenScript

_NAMED = 3
"""Sentences quoted; the rest are counted."""


def refuse(script: SpokenScript, unsaid: Mapping[Where, EngineError]) -> None:
    """Raises Unsaid naming the sentences, if there are any."""
    if unsaid:
        hints = [error.hint for error in unsaid.values() if error.hint]
        raise Unsaid(_named(script, unsaid), hints[0] if hints else "", "leave them out")


def left_out(script: SpokenScript, unsaid: Mapping[Where, EngineError]) -> str:
    """Return one line naming the sentences; empty when there are none."""
    return f"Left out: {_named(script, unsaid)}" if unsaid else ""


def failing(
    script: SpokenScript,
    replaced: Mapping[Where, EngineError],
    unsaid: Mapping[Where, EngineError],
    error: EngineError,
) -> Unsaid:
    """Return the error of an export whose voice fails again and again, naming the sentences: those that the fall-back
    voice says, and those that it cannot say either."""
    message = f"{error.message}: {_named(script, dict(sorted({**replaced, **unsaid}.items())))}"
    return Unsaid(message, "choose another voice", "leave them out" if unsaid else "let the fall-back voice say them")


def _named(script: SpokenScript, unsaid: Mapping[Where, EngineError]) -> str:
    written: dict[tuple[int, int], str] = {}
    for block, number in unsaid:
        sentence = script.utterances(block)[number].sentence
        span = script.sentences(block)[sentence].span
        written.setdefault((block, sentence), short(script.story.blocks[block].text[slice(*span)]))
    count = len(written)
    quoted = ", ".join(f"“{text}”" for text in list(written.values())[:_NAMED])
    more = f" and {count - _NAMED} more" if count > _NAMED else ""
    reason = Counter(error.message for error in unsaid.values()).most_common(1)[0][0]
    return f"{count} {'sentence' if count == 1 else 'sentences'} could not be said: {quoted}{more} ({reason})"
