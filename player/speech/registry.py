"""Which engine speaks: chosen by name, by voice or by language, from what each says of itself.

An engine is announced by an entry point (see `announced`). Its module is imported to read its profile, and so must
import its own libraries only when it is made; exactly one engine is made, in its worker process.
"""

from __future__ import annotations

import logging
import time
from functools import lru_cache
from importlib import import_module
from typing import cast

from player.errors import EngineError, UsageError
from player.speech.announced import announced
from player.speech.engine import Engine
from player.speech.options import Options
from player.speech.profile import EVERY_LANGUAGE, Profile

_logger = logging.getLogger(__name__)

_SLOW_IMPORT = 0.1
"""Seconds that importing an engine's module may take before the log complains."""


def names() -> tuple[str, ...]:
    """Names of all installed engines, in alphabetical order; nothing is imported."""
    return tuple(sorted(announced()))


def load(name: str, options: Options | None = None) -> Engine:
    """Import one engine and make it, with options (checked).

    Raises UsageError when there is none of that name, EngineError when it cannot be imported, or needs what is not
    installed.
    """
    known = _class(name)
    if missing := profile(name).missing:
        raise EngineError(f"the engine {name} needs {', '.join(missing)}, not installed here", profile(name).install)
    return known(**(options or {}))


def profile(name: str) -> Profile:
    """What an engine says of itself; an empty profile when it is not there, broken, or says nothing."""
    target = announced().get(name)
    return Profile() if target is None else _profile(name, target)


def choose(engine: str | None, voice: str | None, language: str) -> tuple[str, str]:
    """The engine's name, and the voice's name or "", from what was asked for; no engine is made.

    `voice` may be "engine:name". Without either, the engine speaks that is best for the language.
    Raises UsageError for an engine that is not installed, or when engine and voice contradict each other; EngineError
    when no engine speaks the language.
    """
    prefix, colon, name = (voice or "").partition(":")
    if not colon:
        prefix, name = "", voice or ""
    if engine and prefix and engine != prefix:
        raise UsageError(f"the voice {voice} is not one of the engine {engine}", "leave out --engine")
    chosen = engine or prefix or (_of_voice(name) if name else best(language))
    if chosen not in announced():
        raise unknown(chosen)
    return chosen, name


def best(language: str) -> str:
    """The installed engine that is best for a language (BCP 47). Raises EngineError when none speaks it."""
    usable = {name: one for name in names() if not (one := profile(name)).missing}
    found = max(usable, key=lambda name: usable[name].rank(language), default="")
    if not found or not usable[found].rank(language):
        raise EngineError(f"no speech engine is known to speak {language}", f"choose one: --engine {'|'.join(names())}")
    return found


def recommended(script: str) -> str:
    """A voice that reads a script (as player.speech.scripts names it): what `--voice` takes; "" if none is known."""
    found = ((name, profile(name).readers.get(script, "")) for name in names())
    return next((f"{name}:{voice}" for name, voice in found if voice), "")


def unknown(name: str) -> UsageError:
    """The error for an engine that is not there; its hint lists those that are."""
    return UsageError(f"no speech engine {name!r}", "installed are " + ", ".join(names()))


def _of_voice(voice: str) -> str:
    """The engine of a voice that was named without one: who is known for it, else who speaks every language."""
    wanted = voice.casefold()
    known = (name for name in names() if wanted in map(str.casefold, profile(name).voices))
    return next(known, "") or best(EVERY_LANGUAGE)


def _class(name: str) -> type[Engine]:
    target = announced().get(name)
    if target is None:
        raise unknown(name)
    module, _, attribute = target.partition(":")
    try:
        return cast(type[Engine], getattr(import_module(module), attribute))
    except (ImportError, AttributeError) as e:
        raise EngineError(f"the engine {name} is installed but broken ({e})", "reinstall its package") from e


@lru_cache(maxsize=256)
def _profile(name: str, target: str) -> Profile:
    began = time.perf_counter()
    try:
        found = getattr(_class(name), "profile", None)
    except Exception:
        _logger.warning("the engine %s (%s) cannot be imported", name, target, exc_info=True)
        return Profile()
    took = time.perf_counter() - began
    if took > _SLOW_IMPORT:
        _logger.warning("importing the engine %s took %.2f s: import its libraries in load()", name, took)
    if not isinstance(found, Profile):
        _logger.info("the engine %s has no profile", name)
        return Profile()
    return found
