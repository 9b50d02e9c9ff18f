"""Choosing among an engine's voices, by name or by the story's language."""

from __future__ import annotations

from collections.abc import Sequence

from player.errors import EngineError, UsageError
from player.speech.engine import Voice
from player.story.language_tag import folded, in_language, language_of

CODES = {"zh": "cmn", "no": "nb"}
"""Languages that stories name by the macrolanguage, and voices by a member (ISO 639-3)."""


def find_voice(voices: Sequence[Voice], name: str, language: str) -> Voice:
    """Return the voice called `name`, or the first of which it is a part ("joe" of "en_US-joe-medium"); without a name,
    the best for the language, or else the engine's first.

    Raises UsageError for an unknown name (its hint lists similar ones), EngineError when there are no voices.
    """
    if not voices:
        raise EngineError("the speech engine has no voice on this machine")
    if not name:
        return _for_language(voices, language)
    wanted = name.casefold()
    for fits in (lambda known: known == wanted, lambda known: wanted in known.split("-")):
        for voice in voices:
            if fits(voice.name.casefold()):
                return voice
    raise UsageError(f"no voice {name!r} in {voices[0].engine}", _suggestion(voices, name))


def speaks(voice: Voice, language: str) -> bool:
    """Return True if a voice is of a language (BCP 47), whatever the country."""
    code = language_of(language)
    return language_of(voice.language) in {code, CODES.get(code, code)}


def _for_language(voices: Sequence[Voice], language: str) -> Voice:
    """Return the voice whose tag matches exactly, else the first of the same language (voices come best first)."""
    code = CODES.get(language_of(language), language_of(language))
    wanted = {folded(language), in_language(language, code)} - {code}
    exact = [v for v in voices if v.language.casefold() in wanted]
    alike = [v for v in voices if language_of(v.language) == code]
    return (exact or alike or list(voices))[0]


def _suggestion(voices: Sequence[Voice], name: str) -> str:
    import difflib  # 5 ms, only for an error

    names = {v.name.casefold(): v.name for v in voices}
    close = difflib.get_close_matches(name.casefold(), names, n=5, cutoff=0.5)
    if close:
        return "did you mean " + ", ".join(names[n] for n in close) + "?"
    return "listen voices lists all"
