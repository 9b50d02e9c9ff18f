"""What the transport bar shows, as values: equal ones look the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from player.audio.clock import clock
from player.playback.position import Position, State
from player.speech.engine import Samples


class Hint(NamedTuple):
    """A few words in the state line, such as "u: back"."""

    text: str
    action: str
    """What a click on it does: an action of the app, or empty."""


@dataclass(frozen=True, slots=True)
class Times:
    """The first line: places in the story as at speed 1, so that they stay when the speed changes; what is left at the
    speed that is set. Each text has the same width all through the story."""

    elapsed: str
    percent: str
    chapter: str
    """What is left of the chapter; empty without chapters."""
    left: str
    share: float
    """Place in the story, 0 to 1."""

    @classmethod
    def of(cls, position: Position, *, speed: float, chapter_end: Samples | None) -> Times:
        """Return it for what sounds; `chapter_end` on the timeline."""
        rate, duration = position.timeline.rate, max(position.duration, 1)
        place: float = position.elapsed
        if position.state is State.PLAYING:  # all parts change together, so that the line is redrawn once
            step = rate * min(speed, 1.0)
            place = min(position.elapsed // step * step, duration)
        elif position.state is State.ENDED:  # whatever of a pause is left
            place = duration
        about = "" if position.exact else "≈ "
        longest = len(clock(int(duration / rate / speed))) + len(about) + 1

        def left(until: int) -> str:
            """Return the time left until a sample of the timeline."""
            seconds = int(until / rate / speed) - int(place / rate / speed)
            return f"{about}-{clock(max(seconds, 0))}".rjust(longest)

        return cls(
            clock(int(place / rate)).rjust(len(clock(int(duration / rate)))),
            f"{int(100 * place / duration):3d}%",
            "" if chapter_end is None else f"chapter {left(chapter_end)}",
            left(position.duration),
            min(place / duration, 1.0),
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """The second line."""

    state: State
    speed: float
    volume: float
    silent: bool
    """True while sound is lost."""
    muted: bool = False
    exporting: int | None = None
    """Progress of an export in percent, or None."""
    waited: int = 0
    """Quarters of a second for which the voice has been waited for."""
    hints: tuple[Hint, ...] = ()
    coming: str = ""
    """Id of the voice that is being prepared; empty if none is."""
