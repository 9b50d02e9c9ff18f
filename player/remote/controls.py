"""What other programs may see and do of a story that plays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Protocol, TypeVar

from player.errors import PlayerError
from player.playback.player import Player
from player.playback.position import State

_T = TypeVar("_T")


class RemoteError(PlayerError):
    """A player that runs cannot be reached, or does not do what it was asked."""


@dataclass(frozen=True, slots=True)
class Status:
    """A player at a moment."""

    state: str
    """A value of State: playing, paused, waiting, ended."""
    title: str
    byline: str
    chapter: str
    """Title of the chapter that sounds; empty where there is none."""
    source: str
    sentence: str
    """The sentence that sounds, as written."""
    position: float
    """Seconds of the story at speed 1."""
    duration: float
    """Seconds, likewise; estimated unless `exact`."""
    exact: bool
    speed: float
    volume: int
    """Volume in percent."""
    voice: str
    """engine:name."""

    def as_dict(self) -> dict[str, object]:
        """Return the fields by name."""
        return asdict(self)


class NoStory(RemoteError):
    """A player shows its library, and no story yet."""

    def __init__(self) -> None:
        super().__init__("no story plays yet", "open one in the library")


class Narrating(Protocol):
    """A player of stories, which pauses them to say another text."""

    @property
    def player(self) -> Player:
        """The player of the current story. Raises NoStory."""

    def ask(self, action: Callable[[], _T]) -> _T:
        """Run an action in the interface's thread and return its result. From any other thread."""

    def aside(self, text: str) -> Player:
        """Return a paused player of any text, in the voice for its language; the caller closes it. Called in a thread
        of the caller's. Raises PlayerError."""


class Interface(Narrating, Protocol):
    """The screen, or whatever else the player runs in. Every method is called in its own thread, see `ask`."""

    def next_story(self, count: int) -> None:
        """Go to the next story of the queue, or with -1 to the previous one."""

    def add(self, source: str) -> None:
        """Add a story to the end of the queue. Returns at once."""

    def say(self, text: str) -> None:
        """Say a text at once, and then go on with the story. Returns at once."""

    def cover(self) -> bytes:
        """Return the story's cover, a JPEG. Called in a thread of the caller's. Raises PlayerError."""

    def leave(self) -> None:
        """Quit the player."""


def status(player: Player) -> Status:
    """Return what a player does now. Call it in the interface's thread."""
    position, story, transport = player.transport.position(), player.story, player.transport
    rate = position.timeline.rate
    section = story.section_at(position.place.block)
    return Status(
        position.state.value,
        story.title,
        story.byline,
        "" if section is None else story.sections[section].title,
        story.source,
        player.sentence_text(position),
        round(position.elapsed / rate, 3),
        round(position.duration / rate, 3),
        position.exact,
        transport.speed,
        round(100 * transport.volume),
        player.voice.id,
    )


def is_playing(player: Player) -> bool:
    """Return True if a player plays, or would if its next sentence were rendered."""
    return player.transport.position().state in (State.PLAYING, State.WAITING)
