"""Play, pause, seek, speed and volume: from the timeline into an output.

The output's thread pulls frames from a small ring buffer that a feeder thread keeps filled, so that a pull never waits
for rendering or the disk. A jump empties the ring and begins a new run; what the feeder still had of the old run is
dropped. The position is what was handed to the output, less what it has not played yet.
"""

from __future__ import annotations

import audioop  # from audioop-lts where Python no longer has it
import logging
import time
from collections.abc import Callable
from functools import partial
from threading import Condition, Thread

from player.audio.rendering.renderer import Renderer
from player.audio.tempo import FASTEST, SLOWEST
from player.audio.timeline import Place, Timeline
from player.errors import EngineError, PlayerError
from player.playback.output import Output
from player.playback.position import Position, State
from player.playback.transport.playout import Playout
from player.playback.transport.run import CHUNK_SECONDS, Run, Target
from player.speech.engine import Samples

_logger = logging.getLogger(__name__)

_RING_SECONDS = 0.25
"""Sound ready in the ring for the output, up to one chunk less."""

_STARVED_SECONDS = 0.3
"""Seconds of silence for want of rendered sound from which a voice counts as too slow. A busy machine causes shorter
ones."""

_FADING_SECONDS = 0.2
"""Seconds to wait for an output to fade out; a hanging one never does."""


class Transport:
    """The controls of one story; paused at first. Methods may be called from any thread. All but `switch` and `close`
    return at once."""

    def __init__(
        self,
        timeline: Timeline,
        renderer: Renderer,
        output: Output,
        *,
        start: Target | None = None,
        speed: float = 1.0,
        volume: float = 1.0,
        notify: Callable[[str], None] = lambda notice: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` returns seconds, in step with the output."""
        self.clock = clock  # returns seconds, in step with the output
        self._timeline = timeline
        self._renderer = renderer
        self._output = output
        self._pulling: Output | None = output  # output that is given the story; None while one is replaced
        self._notify = notify
        self.on_change: Callable[[], None] | None = None
        """Called when anything but the place by playing has changed, in the thread of the change. Must return at
        once."""
        self._speed = speed
        self._volume = volume
        self.gain = 1.0  # factor on the volume, 0 to 1, of mute and the sleep timer
        self._closed = False
        self._changed = Condition()
        self._playout = Playout(timeline.rate, clock)
        self._generation = 0
        self._failure: PlayerError | None = None
        self._run = self._new_run(start or Target(timeline.at(0)))
        self._feeder = Thread(target=self._feed, name="feeder", daemon=True)
        self._feeder.start()
        timeline.on_change = self._tell
        output.start(partial(self._pull, output), self._idle)

    # -- state ----------------------------------------------------------------------------------------------

    def position(self) -> Position:
        """Return what is heard now. Fast enough for every frame of a screen."""
        with self._changed:
            timeline = self._timeline
            place = self._place()
            state, run = self._state(), self._generation
        return Position(
            timeline,
            place,
            timeline.word_at(place) if timeline.utterances(place.block) else None,
            state,
            timeline.time(place),
            timeline.duration,
            timeline.exact,
            run,
        )

    def here(self) -> tuple[Timeline, Place]:
        """Return the timeline, and the place on it that is heard now."""
        with self._changed:
            return self._timeline, self._place()

    def target_on(self, timeline: Timeline) -> Target:
        """Return the target on another voice's timeline for what is heard now."""
        with self._changed:
            return self._run.target_on(int(self._heard_frames()), timeline)

    @property
    def buffered(self) -> tuple[Samples, bool]:
        """Return the number of frames ready to play, and True if they are the last."""
        with self._changed:
            return Samples(self._playout.frames), self._run.finished

    @property
    def output(self) -> Output:
        """The output in use."""
        return self._output

    @property
    def failure(self) -> PlayerError | None:
        """The error that stopped playing, until `play` or a jump; None when there is none."""
        return self._failure

    @property
    def handed(self) -> Samples:
        """Frames given to the output since the last jump or change of speed."""
        return Samples(self._playout.handed)

    @property
    def speed(self) -> float:
        """Factor on the speed of speech, 0.5 to 4."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        speed = round(max(SLOWEST, min(speed, FASTEST)), 2)
        if speed != self._speed:
            with self._changed:
                target = Target(self._place())
                self._speed = speed
                self._jump(target)
            self._look_ahead(target)

    @property
    def volume(self) -> float:
        """0 (silent) to 1."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = round(max(0.0, min(volume, 1.0)), 2)
        self._tell()

    # -- controls ------------------------------------------------------------------------------------------

    def play(self) -> None:
        """Play; from the beginning if the story has ended."""
        start = Target(self._timeline.at(0))  # the beginning is the same on every voice's timeline
        target = None
        with self._changed:
            if self._state() is State.ENDED:
                target = start
            elif self._failure is not None:
                target = Target(self._place()) if self._run.fed else self._run.target
            if target is not None:
                self._jump(target)
            self._playout.playing = True
            is_ready = self._playout.frames > 0
            self._changed.notify_all()
        self._output.wake()
        if is_ready:
            self._output.begin()
        self._tell()
        if target is not None:
            self._look_ahead(target)

    def pause(self) -> None:
        """Pause the sound."""
        with self._changed:
            self._stop()
        self._tell()

    def toggle(self) -> None:
        """Pause when playing, else play."""
        with self._changed:
            if self._playout.playing and self._state() is not State.ENDED:
                self.pause()
            else:
                self.play()

    def jump(self, target: Target, timeline: Timeline) -> bool:
        """Play from a target of `timeline`. Returns False, without a jump, if the timeline was replaced meanwhile."""
        with self._changed:
            if timeline is not self._timeline:
                return False
            self._jump(target)
        self._look_ahead(target)
        return True

    def switch(self, timeline: Timeline, renderer: Renderer) -> None:
        """Continue at the same word in another voice. If its rate differs, the output is reopened, which may take a
        while: call this in a thread."""
        with self._changed:
            if self._closed:
                return
            output, rate, before = self._output, self._timeline.rate, self._renderer
            ended = self._state() is State.ENDED
            target = self.target_on(timeline)
            self._timeline.on_change = None
            self._timeline, self._renderer = timeline, renderer
            timeline.on_change = self._tell
            self._jump(target)
            self._run.finished = ended
            if timeline.rate != rate:
                self._pulling = None
        before.wake()
        self._look_ahead(target)
        if timeline.rate != rate:
            self._open_at(timeline.rate, output)

    def close(self) -> None:
        """Stop and close the output."""
        with self._changed:
            self._closed = True
            self._generation += 1
            self._changed.notify_all()
        self._output.close()
        self._renderer.wake()
        self._feeder.join(timeout=5)

    # -- runs and outputs ------------------------------------------------------------------------------------

    def _open_at(self, rate: int, output: Output) -> None:
        """Fade the output out, close it, and open one at another rate."""
        with self._changed:
            self._changed.wait_for(lambda: not self._playout.fading or self._closed, _FADING_SECONDS)
            fading = not self._closed and not output.silent
            self._playout.stop()
        if fading:
            time.sleep(2 * output.latency)  # until all is heard: closing a device cuts off what it holds
        output.close()
        with self._changed:
            if self._closed:
                return
            self._output = self._pulling = output = output.at_rate(rate)
        output.start(partial(self._pull, output), self._idle)
        output.begin()
        with self._changed:
            closed = self._closed
        if closed:  # closed while the new output was opening
            output.close()

    def _new_run(self, target: Target) -> Run:
        generation = self._generation
        return Run(self._timeline, self._renderer, target, self._speed, lambda: generation != self._generation)

    def _jump(self, target: Target) -> None:
        """Begin a new run, fading out the old one's sound. The lock is held."""
        self._playout.restart(self._timeline.rate)
        self._generation += 1
        self._failure = None
        self._run = self._new_run(target)
        self._changed.notify_all()

    def _look_ahead(self, target: Target) -> None:
        """Ask the renderer for the target first, and release threads that wait for the old place."""
        self._output.wake()
        self._tell()
        self._renderer.focus(target.place.block, target.place.utterance)
        self._renderer.wake()

    def _tell(self) -> None:
        if (told := self.on_change) is not None:
            told()

    # -- what was heard (the lock is held) ------------------------------------------------------------------

    def _state(self) -> State:
        heard_all = round(self._heard_frames()) >= self._run.fed
        if self._run.finished and not self._playout.frames and heard_all:
            return State.ENDED
        if not self._playout.playing:
            return State.PAUSED
        if not self._playout.frames and not self._run.finished:
            return State.WAITING
        return State.PLAYING

    def _heard_frames(self) -> float:
        """Return the number of frames of the run heard by now."""
        return self._playout.heard(self._output.latency)

    def _stop(self) -> None:
        self._heard_frames()  # to be remembered
        self._playout.playing = False

    def _place(self) -> Place:
        return self._run.place(int(self._heard_frames()))

    # -- the feeder's thread -------------------------------------------------------------------------------

    def _feed(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._hungry)
                if self._closed:
                    return
                run = self._run
            try:
                self._push(run, run.read())
            except Exception as error:  # the thread goes on, whatever it is
                _logger.error("playing stopped", exc_info=True)
                self._stop_with(run, error)

    def _push(self, run: Run, pcm: bytes) -> None:
        with self._changed:
            current, awaited = run is self._run, not self._playout.frames
            starved = current and self._playout.starved > _STARVED_SECONDS * self._timeline.rate
            if current and pcm:
                self._playout.push(pcm)
                run.fed += len(pcm) // 2
                run.forget(int(self._heard_frames()))
            is_ready = current and awaited and self._playout.playing
        if is_ready:
            self._output.begin()
        if current and awaited:
            self._tell()
        if starved:
            self._renderer.fell_behind()

    def _hungry(self) -> bool:
        if self._closed or self._failure is not None:
            return self._closed
        enough = int(self._timeline.rate * (_RING_SECONDS - CHUNK_SECONDS))
        return not self._run.finished and self._playout.frames < enough

    def _stop_with(self, run: Run, error: Exception) -> None:
        """Pause because of an error; playing again retries."""
        failure = error if isinstance(error, PlayerError) else EngineError("the speech cannot be played")
        with self._changed:
            if run is not self._run:  # the run was replaced: its error is of no interest
                return
            self._stop()
            self._failure = failure
        self._tell()
        self._notify(f"{failure}; playing on tries again")

    # -- the output's thread -------------------------------------------------------------------------------

    def _pull(self, output: Output, frames: int) -> bytes:
        """Return exactly `frames` frames at once: from the ring while playing, with silence where it is empty."""
        with self._changed:
            if output is self._pulling:
                pcm = self._playout.pull(frames, more=not self._run.finished)
                if self._hungry():
                    self._changed.notify_all()
            else:
                pcm = self._playout.pull_last(frames)
                self._changed.notify_all()
            volume = self._volume * self.gain
        if volume != 1.0:
            pcm = audioop.mul(pcm, 2, volume * volume)  # perceived loudness is about the square root of power
        return pcm + bytes(frames * 2 - len(pcm))

    def _idle(self) -> bool:
        """Return True when there is nothing to play until the next `play` or jump."""
        with self._changed:
            return self._playout.silent and self._state() in (State.PAUSED, State.ENDED)
