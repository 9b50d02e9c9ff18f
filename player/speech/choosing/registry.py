"""Choosing an engine by name, voice or language, from the engines' profiles.

Engines are announced by entry points (see `announced`). An engine's module is imported to read its profile, so it must
import its libraries later; only the chosen engine is constructed, in its worker process.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType
from typing import cast

from player.errors import EngineError, UsageError
from player.speech.choosing.announced import announced
from player.speech.engine import Engine
from player.speech.options import Options, with_environment
from player.speech.profile import EVERY_LANGUAGE, Profile
from player.utterance.manner import Manner

_logger = logging.getLogger(__name__)

_NO_OPTIONS: Mapping[str, Options] = MappingProxyType({})
_SLOW_IMPORT = 0.1
"""Seconds. A slower import of an engine's module is logged."""


def names() -> tuple[str, ...]:
    """Return the names of all installed engines, in alphabetical order. Imports nothing."""
    return tuple(sorted(announced()))


def installed() -> list[str]:
    """Return the names of the engines that a listener may choose here: nothing they need is missing, and they speak
    more than a book's own recording. In alphabetical order."""
    return [name for name in names() if not (about := profile(name)).missing and not about.manner.recorded]


def load(name: str, options: Options | None = None) -> Engine:
    """Return a new instance of an engine, with checked options.

    Raises UsageError for an unknown name, EngineError when the engine cannot be imported, a package it needs is
    missing, or it is not set up.
    """
    known = _class(name)
    about = profile(name)
    if missing := about.missing:
        raise EngineError(f"the engine {name} needs {', '.join(missing)}, not installed here", about.install)
    given = with_environment(about.options, options or {})
    if not about.is_set_up(given):
        raise EngineError(f"the engine {name} is not set up", about.install)
    return known(**given)


def not_set_up(options: Mapping[str, Options]) -> dict[str, str]:
    """Return {engine: how to set it up} of the engines that cannot speak without options; `options`: {engine: checked
    options}."""
    abouts = ((name, profile(name)) for name in names())
    return {name: about.install for name, about in abouts if not about.is_set_up(options.get(name, {}))}


def profile(name: str) -> Profile:
    """Return an engine's profile; an empty one when the engine is missing, broken, or has none."""
    target = announced().get(name)
    return Profile() if target is None else _profile(name, target)


def manner(name: str) -> Manner:
    """Return how an engine reads text, with its name."""
    return replace(profile(name).manner, engine=name)


def choose(
    engine: str | None, voice: str | None, language: str, options: Mapping[str, Options] = _NO_OPTIONS
) -> tuple[str, str]:
    """Return (engine's name, voice's name or ""), from what the listener asked for. Constructs no engine.

    `voice` may be "engine:name". With neither engine nor voice, the best engine for the language is chosen, given
    `options` by engine. Raises UsageError for an engine that is not installed, or when engine and voice contradict each
    other; EngineError when no engine speaks the language.
    """
    prefix, colon, name = (voice or "").partition(":")
    if not colon:
        prefix, name = "", voice or ""
    if engine and prefix and engine != prefix:
        raise UsageError(f"the voice {voice} is not one of the engine {engine}", "leave out --engine")
    chosen = engine or prefix or (_of_voice(name) if name else best(language, options))
    if chosen not in announced():
        raise unknown(chosen)
    return chosen, name


def best(language: str, options: Mapping[str, Options] = _NO_OPTIONS) -> str:
    """Return the best installed engine for a language (BCP 47), given options by engine. Raises EngineError when none
    speaks it."""
    found = highest(language, options)
    if not found:
        hint = f"choose one: --engine {'|'.join(installed())}"
        raise EngineError(f"no speech engine is known to speak {language}", hint)
    return found


def highest(language: str, options: Mapping[str, Options] = _NO_OPTIONS, *, but: Collection[str] = frozenset()) -> str:
    """Return the best installed engine for a language (BCP 47), `but` some, given options by engine; "" when none
    speaks it."""
    usable = {n: one for n in names() if n not in but and not (one := profile(n)).missing}
    ranks = {name: one.rank(language, options.get(name, {})) for name, one in usable.items()}
    found = max(ranks, key=lambda name: ranks[name], default="")
    return found if found and ranks[found] else ""


def recommended(script: str) -> str:
    """Return a voice that reads a script (named as in player.speech.scripts), for `--voice`; "" if none is known."""
    found = ((name, profile(name).readers.get(script, "")) for name in names())
    return next((f"{name}:{voice}" for name, voice in found if voice), "")


def unknown(name: str) -> UsageError:
    """Return the error for an engine that is not installed; its hint names a similar one, and lists the installed."""
    import difflib  # 5 ms, only for an error

    known = installed()
    close = difflib.get_close_matches(name.casefold(), known, n=1)
    hint = f"did you mean {close[0]}? All of them: " if close else "installed are "
    return UsageError(f"no speech engine {name!r}", hint + ", ".join(known), voice=f"{name}:")


def _of_voice(voice: str) -> str:
    """Return the engine for a voice named without one: the one whose profile lists the voice, else the fallback
    engine."""
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
