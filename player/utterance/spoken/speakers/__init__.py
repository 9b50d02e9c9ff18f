"""Who puts values into words: one package a language, with a table from the kind of a value to what says it."""

from __future__ import annotations

from player.utterance.manner import Manner
from player.utterance.spoken.speakers import english
from player.utterance.spoken.speakers.saying import Say, Saying
from player.utterance.spoken.values import AsWritten, Silent, Value, Words
from player.utterance.spoken.vocabulary import vocabulary

_SPEAKERS = {"en": english.SAYS}


def say(value: Value, language: str, manner: Manner) -> str | None:
    """What an engine that reads in this manner is given for a value; None for what is left as it is written."""
    if isinstance(value, AsWritten):
        return None
    if isinstance(value, Silent):
        return " " if value.blank else ""
    if isinstance(value, Words):
        return value.text
    known = vocabulary(language)
    says: Say | None = _SPEAKERS.get(known.code, {}).get(type(value))
    return says(value, Saying(known, manner)) if says else None
