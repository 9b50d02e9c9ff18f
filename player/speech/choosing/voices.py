"""Choosing among an engine's voices, by name or by the story's language."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

from player.errors import EngineError, UsageError
from player.speech.addable import Addable
from player.speech.choosing.registry import installed, profile
from player.speech.engine import ANY_LANGUAGE, Voice
from player.story.language_tag import comparable, includes, language_of, same_language, script_of

_EVERY = ("", ANY_LANGUAGE)
"""Languages of a voice that speaks several."""
_VERY_CLOSE = 0.75
"""Likeness from which the voice of another engine may be meant: that of "hart" and "heart" is 0.89."""


def find_voice(voices: Sequence[Voice], name: str, language: str) -> Voice:
    """Return the voice called `name`, or the first of which it is a part ("joe" of "en_US-joe-medium"); without a name,
    the best for the language, or else the engine's first.

    Raises UsageError for an unknown name (its hint lists similar ones), EngineError when there are no voices.
    """
    if not voices:
        raise EngineError("the speech engine has no voice on this machine")
    if not name:
        return _for_language(voices, language)
    found = _called(name, voices)
    if found is not None:
        return found
    engine = voices[0].engine
    raise UsageError(f"no voice {name!r} in {engine}", _suggestion(voices, name), voice=f"{engine}:{name}")


_Named = TypeVar("_Named", Voice, Addable)


def _called(name: str, voices: Sequence[_Named]) -> _Named | None:
    """Return the voice called `name`, or the first of which it is a part; None without one."""
    wanted = name.casefold()
    for fits in (lambda known: known == wanted, lambda known: wanted in known.split("-")):
        for voice in voices:
            if fits(voice.name.casefold()):
                return voice
    return None


def speaks(own: str, language: str) -> bool:
    """Return True if a voice whose tag is `own` speaks a language (BCP 47), whatever the country: one of the same
    language, or of several. A script in the voice's tag must be the story's."""
    if own in _EVERY:
        return True
    return same_language(own, language) and script_of(own) in ("", script_of(language))


def for_region(tags: Collection[str], language: str) -> set[str]:
    """Return those of the voices' tags that speak a language as in one country, if it names one and a voice has it:
    "en-GB", "en-GB-scotland" and "en" for "en-GB"; else all that speak the language."""
    spoken = {tag for tag in tags if speaks(tag, language)}
    exact = {tag for tag in spoken if includes(language, tag)}
    wider = {tag for tag in spoken if tag in _EVERY or includes(tag, language)}
    return exact | wider if exact else spoken


def _for_language(voices: Sequence[Voice], language: str) -> Voice:
    """Return the voice whose tag matches exactly, else the first of the same language, else one of several languages
    (voices come best first)."""
    wanted = comparable(language)
    exact = [v for v in voices if comparable(v.language) == wanted != language_of(wanted)]
    alike = [v for v in voices if same_language(v.language, language)]
    several = [v for v in voices if v.language in _EVERY]
    return (exact or alike or several or list(voices))[0]


def _suggestion(voices: Sequence[Voice], name: str) -> str:
    """Return the names most like a wrong one: first those of other engines ("engine:heart" for "hart")."""
    if addable := _called(name, profile(voices[0].engine).addable()):
        return f"listen voices add {addable.id} fetches it ({addable.licence})"
    import difflib  # 5 ms, only for an error

    own = {v.name.casefold(): v.name for v in voices}
    elsewhere = [e for e in installed() if e != voices[0].engine]
    others = {n.casefold(): f"{e}:{n}" for e in elsewhere for n in profile(e).voices}
    close = [others[n] for n in difflib.get_close_matches(name.casefold(), others, cutoff=_VERY_CLOSE)]
    close += [own[n] for n in difflib.get_close_matches(name.casefold(), own, n=5, cutoff=0.5)]
    return f"did you mean {', '.join(close[:5])}?" if close else "listen voices lists all"
