"""Which engines there are: the player's own two, and what other packages add by an entry point.

A plugin announces its Engine class in the group "listen_to_story.engines"; names are read without importing
anything, and exactly one engine is imported, by name, in its worker process.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from player.errors import EngineError, UsageError
from player.speech.engine import Engine

GROUP = "listen_to_story.engines"

BUILT_IN = {
    "pyttsx3": "player.speech.engines.pyttsx3_engine:Pyttsx3Engine",
    "hibari": "player.speech.engines.hibari_engine:HibariEngine",
}
"""The same as this distribution's own entry points (a test compares them). Kept here too, because importing
importlib.metadata and reading every distribution's metadata costs 35 ms, before the first sound, and because
a bare checkout has no metadata."""

_VOICES = {"heart": "hibari"}
"""Voice names that name their engine; any other name alone means pyttsx3."""


def names() -> tuple[str, ...]:
    """Names of all installed engines, the player's own first; nothing is imported."""
    return (*BUILT_IN, *sorted(_plugins()))


def load(name: str) -> Engine:
    """Import one engine and make it.

    Raises UsageError when there is none of that name, EngineError when it cannot be imported.
    """
    target = BUILT_IN.get(name) or _plugins().get(name)
    if target is None:
        raise unknown(name)
    module, _, attribute = target.partition(":")
    try:
        return cast(Engine, getattr(import_module(module), attribute)())
    except (ImportError, AttributeError) as e:
        raise EngineError(f"the engine {name} is installed but broken ({e})", "reinstall its package") from e


def choose(engine: str | None, voice: str | None, language: str) -> tuple[str, str]:
    """The engine's name, and the voice's name or "", from what was asked for; no engine is imported.

    `voice` may be "engine:name". Without either, a story in English (or in no known language) gets the neural
    voice when its packages are there, and any other gets pyttsx3, which speaks a hundred languages.
    Raises UsageError for an engine that is not installed, or when engine and voice contradict each other.
    """
    prefix, colon, name = (voice or "").partition(":")
    if not colon:
        prefix, name = "", voice or ""
    if engine and prefix and engine != prefix:
        raise UsageError(f"the voice {voice} is not one of the engine {engine}", "leave out --engine")
    chosen = engine or prefix or (_VOICES.get(name.casefold(), "pyttsx3") if name else _default(language))
    if chosen not in BUILT_IN and chosen not in _plugins():
        raise unknown(chosen)
    return chosen, name


def unknown(name: str) -> UsageError:
    """The error for an engine that is not there; its hint lists those that are."""
    return UsageError(f"no speech engine {name!r}", "installed are " + ", ".join(names()))


def neural_is_installed() -> bool:
    """Whether the packages of the extra `neural` are there. Looks for them only: 0.2 ms."""
    from importlib.util import find_spec

    return all(find_spec(package) is not None for package in ("hibari", "onnxruntime", "numpy"))


def _default(language: str) -> str:
    english = language.casefold().replace("_", "-").split("-")[0] in {"", "en", "eng"}
    return "hibari" if english and neural_is_installed() else "pyttsx3"


def _plugins() -> dict[str, str]:
    from importlib.metadata import entry_points  # 31 ms, and 4 ms to read; the player's own need neither

    return {e.name: e.value for e in entry_points(group=GROUP) if e.name not in BUILT_IN}
