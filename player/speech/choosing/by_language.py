"""Which voice speaks a language, beside the one that was chosen for the story."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import MappingProxyType

from player.errors import EngineError, UsageError
from player.speech.choosing import registry
from player.speech.options import Options
from player.story.language_tag import narrowest, same_language

_logger = logging.getLogger(__name__)


def named_for(voices: Mapping[str, str], language: str) -> str:
    """Return the voice of the most specific matching language; empty when none matches.

    >>> named_for({"en": "joe", "en-GB": "engine:voice"}, "en-GB-x-rp")
    'engine:voice'
    >>> named_for({"en-GB": "engine:voice"}, "en-US")
    ''
    """
    return narrowest(voices, language) or ""


def voice_for(
    language: str,
    story: str,
    *,
    voices: Mapping[str, str],
    engine: str | None,
    chosen: str,
    options: Mapping[str, Options] = MappingProxyType({}),
) -> tuple[str, str] | None:
    """Return (engine, voice's name or "") for a language (BCP 47) in a story in another; None: the narrator speaks it.

    The first of these that has it: `voices` by language, `engine` (the narrator's, if the listener named it), the voice
    `chosen` while listening, the best engine, given `options` by engine. Another country's form of the story's own
    language has a voice only if `voices` has one for it. Raises UsageError for a voice of an engine that is not
    installed.
    """
    named = named_for(voices, language)
    if named and named != named_for(voices, story):
        return registry.choose(None, named, language)
    if same_language(language, story):
        return None
    try:
        if engine and registry.profile(engine).rank(language, options.get(engine, {})):
            return engine, ""
        if chosen:
            return registry.choose(None, chosen, language)
    except UsageError:
        _logger.info("the voice %s, chosen for %s, is gone", chosen, language, exc_info=True)
    try:
        return registry.best(language, options), ""
    except EngineError:
        _logger.info("no voice for %s", language, exc_info=True)
        return None
