"""The commands of `listen ctl`: their words, and what a player does for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from player.audio.clock import clock
from player.playback.destination import destination
from player.playback.player import Player
from player.remote.controls import Interface, NoStory, RemoteError, is_playing, status

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_PARTS: dict[str, Callable[[Player, int], None]] = {
    "sentence": lambda player, count: player.navigation.skip_sentences(count),
    "paragraph": lambda player, count: player.navigation.skip_paragraphs(count),
    "chapter": lambda player, count: player.navigation.skip_sections(count),
}


@dataclass(frozen=True, slots=True)
class Command:
    """One command."""

    takes: str
    """Its value; empty for none."""
    do: Callable[[Interface, str], object]
    """Called in the interface's thread with the words given. A returned text is printed. Raises RemoteError."""


def obey(interface: Interface, name: str, words: Sequence[str]) -> dict[str, object]:
    """Carry out a command, and return the answer to it: {"status": …, "said": …}, without a story no status.

    Raises RemoteError for a command or a word that is not known, and UsageError for a place that is not in the story.
    """
    command = COMMANDS.get(name)
    if command is None:
        raise RemoteError(f"there is no command {name!r}", f"there are {', '.join(COMMANDS)}")
    text = " ".join(words).strip()
    if not command.takes and text:
        raise RemoteError(f"{name} takes no value", "leave it out")

    def act() -> dict[str, object]:
        said = command.do(interface, text)
        try:
            now = status(interface.player).as_dict()
        except NoStory:
            now = None
        return {"status": now, "said": said or ""}

    return interface.ask(act)


def _skip(interface: Interface, part: str, count: int) -> None:
    if part == "story":
        interface.next_story(count)
    elif part in ("", *_PARTS):
        _PARTS[part or "paragraph"](interface.player, count)
    else:
        raise RemoteError(f"{part!r} cannot be skipped", f"say {', '.join(_PARTS)} or story")


def _toggle(interface: Interface, _: str) -> None:
    if is_playing(interface.player):
        interface.player.transport.pause()
    else:
        interface.player.transport.play()


def _seek(interface: Interface, to: str) -> None:
    destination(to, interface.player)()


def _number(to: str, now: float, name: str) -> float:
    """Return a number, or what is now with a change (+0.1) added."""
    if not _NUMBER.fullmatch(to):
        raise RemoteError(f"{to!r} is no {name}", f"say a number, or a change such as +{0.1 if name == 'speed' else 5}")
    return now + float(to) if to[0] in "+-" else float(to)


def _speed(interface: Interface, to: str) -> None:
    transport = interface.player.transport
    transport.speed = round(_number(to, transport.speed, "speed"), 2)  # brought within its bounds there


def _volume(interface: Interface, to: str) -> None:
    transport = interface.player.transport
    transport.volume = min(max(_number(to.removesuffix("%"), 100 * transport.volume, "volume") / 100, 0.0), 1.0)


def _say(interface: Interface, text: str) -> None:
    if not text:
        raise RemoteError("there is nothing to say", 'listen ctl say "a text"')
    interface.say(text)


def _add(interface: Interface, source: str) -> None:
    if not source:
        raise RemoteError("no story is named", "listen ctl add FILE or URL")
    interface.add(source)


def _status(interface: Interface, _: str) -> str:
    now = status(interface.player)
    about = "" if now.exact else "≈ "
    place = f"{clock(now.position)} of {about}{clock(now.duration)}"
    how = f"{now.speed:g}×, volume {now.volume} %, {now.voice}"
    return "\n".join(
        line for line in (f"{now.state}: {now.title}", now.chapter, f"{place}, {how}", now.sentence) if line
    )


COMMANDS: dict[str, Command] = {
    "play": Command("", lambda interface, _: interface.player.transport.play()),
    "pause": Command("", lambda interface, _: interface.player.transport.pause()),
    "toggle": Command("", _toggle),
    "next": Command("a part", lambda interface, part: _skip(interface, part, 1)),
    "previous": Command("a part", lambda interface, part: _skip(interface, part, -1)),
    "seek": Command("a place", _seek),
    "speed": Command("a number", _speed),
    "volume": Command("a number", _volume),
    "say": Command("a text", _say),
    "add": Command("a source", _add),
    "status": Command("", _status),
    "quit": Command("", lambda interface, _: interface.leave()),
}
