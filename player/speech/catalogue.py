"""The voices of all engines that can be added, and finding one of them."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from player.errors import UsageError
from player.speech.addable import Addable, VoicePart, voice_folder
from player.speech.choosing.registry import names, profile


def catalogue() -> list[Addable]:
    """Return the voices that can be added, and those that were, by engine."""
    return [voice for engine in names() for voice in profile(engine).addable()]


def find(name: str) -> Addable:
    """Return a voice of the catalogue by its id, its name, or a part of it that no other has ("thorsten").

    Raises UsageError.
    """
    wanted = name.casefold()
    known = catalogue()
    found = [voice for voice in known if wanted in (voice.id.casefold(), voice.name.casefold())]
    found = found or [voice for voice in known if wanted in voice.name.casefold().split("-")]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"there are several voices {name!r}", "name one: " + ", ".join(voice.id for voice in found))
    close = get_close_matches(wanted, {part for voice in known for part in (voice.id, *voice.name.split("-"))}, n=3)
    raise UsageError(
        f"no voice {name!r} is in the catalogue",
        f"did you mean {' or '.join(close)}?" if close else "listen voices lists what can be added, behind a +",
    )


def remove(voice: Addable) -> int:
    """Delete the files of an added voice, also what is there of them in part; return how many bytes that freed.

    Raises OSError.
    """
    freed = 0
    for part in reversed(voice.parts):  # first the one that makes it usable
        for file in (voice_folder(voice.engine) / part.name, unfinished(voice, part)):
            if file.is_file():
                freed += file.stat().st_size
                file.unlink()
    return freed


def unfinished(voice: Addable, part: VoicePart) -> Path:
    """Return where a file is while it arrives. Its name tells its content, so that a later attempt goes on with it."""
    return voice_folder(voice.engine) / f".{part.name}.{part.sha256[:12]}.part"
