"""Castings for tests, of voices that have been started."""

from __future__ import annotations

from player.audio.voicing import Voicing
from player.audio.voicing.casting import ALONE, Casting, OtherVoice
from player.utterance.roles import Roles


def quoted_by(voicing: Voicing | None) -> Casting:
    """Return a casting in which a voice says all quotations; without one the narrator says everything."""
    if voicing is None:
        return ALONE
    voice = voicing.hello.voice
    other = OtherVoice(voice.engine, voice.name, voice.language, ready=voicing)
    return Casting((other,), Roles(others=(voicing.manner,), quotations=1))
