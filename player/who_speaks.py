"""Who speaks a story: its narrator, a voice for each other language, for quotations, and for people in it.

As the settings say, else as chosen while listening, else the best installed engine. Nothing is started here.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from player.audio.voicing.casting import Casting, Names, OtherVoice, cast, foreign_voices, who_speaks
from player.errors import UsageError
from player.settings import Settings
from player.speech.choosing.by_language import named_for, voice_for
from player.speech.choosing.chosen import chosen_voice
from player.speech.choosing.registry import choose, manner, names, profile
from player.speech.choosing.voices import speaks
from player.speech.engine import Voice
from player.speech.options import Options
from player.speech.process.host import starter
from player.speech.process.workers import StartWorker
from player.speech.survey import voices
from player.story.model import Story
from player.utterance.script import Script


def recorded_engine() -> str:
    """Return the engine that plays the recording of a book; empty when none is installed."""
    return next((name for name in names() if manner(name).recorded), "")


_logger = logging.getLogger(__name__)

_LINES = """write lines such as Anna = "engine:voice"; names with accents, blanks or dots in quotes: "Mr. Zoë" = "…\""""
"""How a cast is written."""


def choose_voice(settings: Settings, language: str) -> tuple[str, str]:
    """Return (engine's name, voice's name or "") for a language: as set, else as chosen while listening, else the best.

    Raises as `registry.choose`.
    """
    is_set = settings.engine or voice_set(settings, language)
    chosen = "" if is_set else chosen_voice(settings.chosen_voices, language)
    try:
        return choose(None, chosen, language) if chosen else usual_voice(settings, language)
    except UsageError:
        if not chosen:
            raise
        _logger.info("the chosen voice %s is gone", chosen, exc_info=True)
        return usual_voice(settings, language)


def narrated(story: Story, settings: Settings) -> Settings | None:
    """Return settings with which a story's own narrator can speak; None when it has none, or another voice is set."""
    if not story.recorded_in or settings.voice or settings.engine or settings.narrator == "off":
        return None
    book = {"books": "\n".join(story.recorded_in), "narrator": story.narrator}
    return replace(settings, engines={**settings.engines, recorded_engine(): book})


def voices_for(story: Story, language: str, engines: Mapping[str, Options]) -> list[Voice]:
    """Return the recording of a book, if the options of `engines` have it, and the installed voices for a language, the
    best engine's first."""
    known, recorded = voices(options=engines), recorded_engine()
    own = [voice for voice in known if voice.engine == recorded and story.recorded_in]
    found = [voice for voice in known if voice.engine != recorded and speaks(voice.language, language)]
    ranks = {v.id: profile(v.engine).rank(v.language, engines.get(v.engine, {})) for v in found}
    return own + sorted(found, key=lambda voice: -ranks[voice.id])


def usual_voice(settings: Settings, language: str) -> tuple[str, str]:
    """Return what `choose_voice` would if the listener had chosen no voice while listening. Raises the same."""
    return choose(settings.engine, voice_set(settings, language), language, settings.engines)


def with_unrecorded(casting: Casting, voice: OtherVoice) -> Casting:
    """Return a casting in which a voice says what a recorded narrator does not."""
    roles = replace(
        casting.roles,
        others=(*casting.roles.others, voice.manner),
        voices=(*casting.roles.voices, voice.name),
        unrecorded=len(casting.others) + 1,
    )
    return Casting((*casting.others, voice), roles)


def voice_set(settings: Settings, language: str) -> str | None:
    """Return the voice that the settings name for a story in a language: for all, else for it."""
    return settings.voice or (None if settings.engine else named_for(settings.voices, language or "en") or None)


def is_voice_set(settings: Settings) -> bool:
    """Return True if the settings name a voice or an engine for all stories, whatever their language."""
    return bool(settings.voice or settings.engine)


def set_for_all(settings: Settings, language: str) -> list[tuple[str, str]]:
    """Return (engine, voice's name or "") of the voices that are set for all stories: narrator, and quotations. Raises
    UsageError, also for a cast that no story could have."""
    if settings.cast:
        _people(settings.cast, language)
    narrator = [choose_voice(settings, language)] if is_voice_set(settings) else []
    return narrator + ([choose(None, settings.quote_voice, language)] if settings.quote_voice else [])


def casting_of(
    script: Script, settings: Settings, narrator: str, start: StartWorker | None = None
) -> tuple[Casting, list[str]]:
    """Return who speaks a script beside the `narrator`, an engine's name; and notices. Raises UsageError."""
    language, start = script.language, start or starter(settings.engines)
    engine = narrator if is_voice_set(settings) else None

    def usual(tag: str, chosen: str = "") -> Names | None:
        return voice_for(tag, language, voices=settings.voices, engine=engine, chosen=chosen, options=settings.engines)

    def voice(tag: str) -> tuple[Names | None, Names | None]:
        chosen = chosen_voice(settings.chosen_voices, tag)
        names = usual(tag, chosen)
        return names, usual(tag) if chosen else names

    foreign = {} if settings.one_voice else foreign_voices(script.story, language, voice, start)
    quotations = None
    if settings.quote_voice:
        quotations = OtherVoice(*choose(None, settings.quote_voice, language), language, start)
    people = _people(settings.cast, language) if settings.cast else {}
    speaking = who_speaks(script, people)
    speakers = {
        name: OtherVoice(*names, language, start, named_in=f"{settings.cast}: {name}")
        for name, names in people.items()
        if name in speaking
    }
    silent = ", ".join(name for name in people if name not in speaking)
    notices = [f"{settings.cast}: the text never says that {silent} speaks"] if silent else []
    return cast(foreign, quotations, speakers), notices


def _people(file: Path, language: str) -> dict[str, tuple[str, str]]:
    """Return (engine, voice's name) by the name of who speaks, from a file of lines such as `Anna = "engine:voice"`.

    Raises UsageError.
    """
    try:
        text = file.read_text("utf-8")
        content = tomllib.loads(text)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"{file} cannot be read ({reason})", _LINES) from error
    found = {}
    for name, voice in content.items():
        if not isinstance(voice, str) or not voice.strip() or not name.strip():
            raise UsageError(f"{file}: the voice of {name!r} must be a text", _LINES)
        try:
            found[name] = choose(None, voice, language)
        except UsageError as error:
            raise UsageError(f"{file}: {name}: {error.message}", error.hint) from error
    return found
