"""Sleep timer: fades out and pauses after some minutes of playing, or at the end of a paragraph, chapter or story."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from player.audio.clock import clock
from player.playback.player import Player
from player.playback.position import Position, State

_FADE_SECONDS = 8.0
"""Seconds over which the sound fades out."""
_STEP_SECONDS = 0.1
"""Seconds between two steps of the fade."""
_BEFORE_SECONDS = 0.15
"""Seconds before the next paragraph at which to pause: within the pause between the two, even at top speed."""
_JUMP_SECONDS = 5.0
"""Seconds of the story between two looks that mean a jump."""


class End(Enum):
    """The part of the story at whose end to stop."""

    PARAGRAPH = "paragraph"
    CHAPTER = "chapter"
    STORY = "story"


class _Set(NamedTuple):
    """Where a timer was set."""

    story: str
    """Identity."""
    title: str
    block: int
    character: int


class SleepTimer:
    """The timer of one story, and mute. For one thread; every method returns at once."""

    def __init__(
        self, player: Player, now: Callable[[], float] = time.monotonic, undo: str = "u", previous: str = "P"
    ) -> None:
        """`now` returns seconds; `undo` is the key that undoes a jump, `previous` that of the last story, as shown."""
        self._player = player
        self._now = now
        self._undo = undo
        self._previous = previous
        self._seconds: float | None = None  # seconds left, of a timer set in minutes
        self._end: End | None = None
        self._after: int | None = None  # the first block that is not played; None at the story's end
        self._aimed_in = player.story
        self._set_at: _Set | None = None
        self._returns_to: _Set | None = None  # where it was set, in another story, if it has paused this one
        self._looked: tuple[float, int] | None = None  # when it looked last while playing, and the sample then
        self._faded = False
        self._muted = False

    @property
    def running(self) -> bool:
        """True while a timer is set."""
        return self._seconds is not None or self._end is not None

    @property
    def ends_with_story(self) -> bool:
        """True if no other story is to begin when this one ends: an end was waited for, and there is no later one."""
        return self._end is not None

    def hand_over(self, timer: SleepTimer) -> None:
        """Let the timer of another story go on with the minutes that are left, and be muted if this one is. In the
        story in which a timer was set that has paused another, `back` leads to where that was, once."""
        timer.muted = self._muted
        if self._seconds is not None:
            timer.set(self._seconds / 60)
            timer._set_at = self._set_at
        if self._returns_to is not None:
            timer._let_undo_lead_to(self._returns_to)

    @property
    def muted(self) -> bool:
        """True while the story plays without sound because the listener wants so."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        self._player.transport.gain = 0.0 if muted else 1.0

    def set(self, when: float | End) -> None:
        """Stop after `when` minutes of playing, or at an end."""
        self.clear()
        position = self._player.transport.position()
        story = self._player.story
        self._set_at = _Set(story.identity, story.title, *self._player.place_to_keep(position))
        self._looked = None
        if isinstance(when, End):
            self._end = when
            self._aim(position)
        else:
            self._seconds = 60.0 * when

    def clear(self) -> None:
        """Set no timer, and undo its fading."""
        self._seconds = self._end = None
        self._faded = False
        self.muted = self._muted

    def seconds_left(self, position: Position) -> float | None:
        """Return the seconds of playing left at the current speed; None without a timer."""
        if self._end is None:
            return self._seconds
        timeline = position.timeline
        end = timeline.duration if self._after is None else timeline.start(self._after)
        return max((end - position.elapsed) / timeline.rate / self._player.transport.speed, 0.0)

    def left(self, position: Position) -> str:
        """Return what is left in words, as "z 14:59"; empty without a timer."""
        seconds = self.seconds_left(position)
        return "" if seconds is None else f"z {clock(seconds)}"

    def look(self, position: Position) -> float | None:
        """Fade, and pause when it is time. Returns the seconds until the next look; None when there is no need."""
        playing = position.state in (State.PLAYING, State.WAITING)
        if self._faded:  # its last sound has been handed over
            self.clear()
        if not self.running:
            return None
        if position.state is State.ENDED:
            if self._end is not None:
                self._tell()
                self.clear()
            self._looked = None  # minutes are for what plays next
            return None
        self._count(position, playing)
        left = self.seconds_left(position)
        if left is None or not playing:
            return None
        if self._end is not None and self._after is None:  # the story ends by itself
            return 1.0
        if left <= _BEFORE_SECONDS:
            self._stop()
            return 5 * _STEP_SECONDS
        if not self._muted:
            self._player.transport.gain = min(left / _FADE_SECONDS, 1.0)
        return min(_STEP_SECONDS if left < _FADE_SECONDS else 1.0, left - _BEFORE_SECONDS)

    def _count(self, position: Position, playing: bool) -> None:
        """Count the seconds played; after a jump, aim at the end of the part jumped to."""
        now = self._now()
        if self._looked is not None:
            when, sample = self._looked
            if self._seconds is not None and playing:
                self._seconds = max(self._seconds - (now - when), 0.0)
            speed = self._player.transport.speed
            expected = sample + (now - when if playing else 0.0) * speed * position.timeline.rate
            jumped = abs(position.elapsed - expected) > _JUMP_SECONDS * position.timeline.rate
            if self._end is not None and (jumped or self._player.story is not self._aimed_in):  # it has grown
                self._aim(position)
        self._looked = now, position.elapsed

    def _aim(self, position: Position) -> None:
        block, timeline = position.place.block, position.timeline
        self._aimed_in = story = self._player.story
        self._after = None
        if self._end is End.PARAGRAPH:
            self._after = timeline.next_block(block)
        elif self._end is End.CHAPTER:
            first = story.sections[0].block if story.sections else len(story.blocks)
            end = story.chapter_end(block) or first
            self._after = end if end < len(story.blocks) else None

    def _stop(self) -> None:
        self._player.transport.gain = 0.0
        self._player.transport.pause()
        self._seconds = self._end = None
        self._faded = True
        self._tell()

    def _tell(self) -> None:
        assert self._set_at is not None
        told = f"The sleep timer has paused the story. {self._undo}: back to where it was set"
        self._let_undo_lead_to(self._set_at)
        if self._returns_to is not None:
            told += f", in {self._set_at.title}, where {self._previous} leads"
        self._player.notices.append(told)

    def _let_undo_lead_to(self, at: _Set) -> None:
        """Let the key that undoes a jump lead to where the timer was set: now, or when that story is played again."""
        is_here = at.story == self._player.story.identity
        self._returns_to = None if is_here else at
        if is_here:
            self._player.navigation.remember(at.block, at.character)
