"""Who puts values into words: one package a language, with a table from the kind of a value to what says it."""

from __future__ import annotations

from collections.abc import Mapping

from player.utterance.manner import PHONEMES, Manner
from player.utterance.spoken.speakers import anywhere, continental, english
from player.utterance.spoken.speakers.saying import Saying, Says
from player.utterance.spoken.values import AsWritten, Formula, Phonemes, Silent, Value, Words
from player.utterance.spoken.vocabulary import vocabulary

_SPEAKERS: Mapping[str, Says] = {
    "en": english.SAYS,
    **dict.fromkeys(("de", "fr", "es", "it", "pt", "nl"), continental.SAYS),
}
_ANY_LANGUAGE: frozenset[type[Value]] = frozenset([AsWritten, Formula, Phonemes, Silent, Words, *anywhere.SAYS])


def say(value: Value, language: str, manner: Manner) -> str | None:
    """Return what an engine that reads in this manner is given for a value; None for what is left as it is written."""
    if isinstance(value, AsWritten):
        return None
    if isinstance(value, Silent):
        return " " if value.blank else ""
    if isinstance(value, Words):
        return value.text
    if isinstance(value, Phonemes):
        return value.ipa.join(PHONEMES)
    known = vocabulary(language)
    says = anywhere.SAYS.get(type(value)) or _SPEAKERS[known.code][type(value)]
    return says(value, Saying(known, manner))


def can_say(value: Value, language: str) -> bool:
    """Return True if there are words for such a value in a language."""
    kind = type(value)
    return kind in _ANY_LANGUAGE or kind in _SPEAKERS.get(vocabulary(language).code, {})
