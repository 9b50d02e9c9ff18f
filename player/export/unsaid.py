"""Sentences that could not be said: errors and notices about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from player.audio.rendering.fallback import Where, short
from player.errors import EngineError, ExportError
from player.utterance.script import SpokenScript

_NAMED = 3
"""Sentences quoted; the rest are counted."""


def refuse(script: SpokenScript, unsaid: Mapping[Where, EngineError]) -> None:
    """Raises ExportError naming the sentences, if there are any."""
    if unsaid:
        hints = [error.hint for error in unsaid.values() if error.hint]
        hint = f"{hints[0]}, or leave" if hints else "leave"
        raise ExportError(f"{_named(script, unsaid)}", f"{hint} them out with --skip-unspeakable")


def left_out(script: SpokenScript, unsaid: Mapping[Where, EngineError]) -> str:
    """Return one line naming the sentences; empty when there are none."""
    return f"Left out: {_named(script, unsaid)}" if unsaid else ""


def failing(script: SpokenScript, replaced: Mapping[Where, EngineError], error: EngineError) -> ExportError:
    """Return the error of an export whose voice fails again and again, naming the sentences."""
    hint = "choose another voice, or let the fall-back voice say them with --skip-unspeakable"
    return ExportError(f"{error.message}: {_named(script, replaced)}", hint)


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
