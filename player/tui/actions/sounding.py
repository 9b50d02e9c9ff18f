"""Keys that change whether and how the story sounds: play, speed, volume, repeating, and when it stops."""

from __future__ import annotations

from player.playback.going_on import Breaks
from player.playback.repeating import Repeating, Slowly
from player.playback.sleep_timer import SleepTimer
from player.tui.listening import Listening
from player.tui.playing_app import PlayingApp

_SPEEDS = (0.8, 1.0, 1.2, 1.5, 2.0)
"""The speeds that clicks go through."""


class Sounding(PlayingApp):
    """Play and pause, speed, volume, repeating and the sleep timer."""

    sleep_timer: SleepTimer
    repeating: Repeating

    def begin(self, listening: Listening) -> None:
        """See PlayingApp."""
        super().begin(listening)
        self._breaks = Breaks(listening.player, listening.step_back)
        undo, previous = self.key("jump.undo"), self.key("story.back")
        self.sleep_timer = SleepTimer(listening.player, undo=undo, previous=previous)
        self.repeating = Repeating(listening.player)
        self.slowly = Slowly(listening.player)

    def action_toggle_play(self) -> None:
        """Play or pause."""
        self._breaks.toggle()

    def action_speed(self, change: float) -> None:
        """Speed up, or slow down."""
        self.player.transport.speed = round(self.player.transport.speed + change, 1)

    def action_normal_speed(self) -> None:
        """Return to the voice's own speed."""
        self.player.transport.speed = 1.0

    def action_next_speed(self) -> None:
        """Go to the next of a few speeds, and from the last to the first."""
        speed = self.player.transport.speed
        self.player.transport.speed = next((step for step in _SPEEDS if step > speed), _SPEEDS[0])

    def action_volume(self, change: float) -> None:
        """Turn the volume up, or down."""
        self.player.transport.volume += change

    def action_mute(self) -> None:
        """Turn the sound off, or on again, while the story plays on."""
        self.sleep_timer.muted = not self.sleep_timer.muted
        self.wake()

    def action_repeat(self) -> None:
        """Go to the next mode of repeating."""
        self.repeating.cycle()
        self.wake()

    def action_slowly(self) -> None:
        """Say the current sentence slowly."""
        self.transcript.following = True
        self.slowly.say()

    def action_sleep(self) -> None:
        """Choose when to stop."""
        from player.tui.screens.sleeping import SleepScreen

        self.push_screen(SleepScreen(self.sleep_timer), lambda _: self.wake())
