"""Frames from the timeline, as the transport's feeder thread reads them.

A run is one uninterrupted stretch of playing: it ends at the next jump or change of speed. It can tell the place in the
story of each frame it returned.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from player.audio.rendering.renderer import Renderer
from player.audio.segment import Segment
from player.audio.tempo import Tempo
from player.audio.timeline import Place, Timeline

CHUNK_SECONDS = 0.05
"""Length of one chunk from `Run.read`. Short, so that the first sound after a jump is ready at once."""

FADE_SECONDS = 0.006
"""Length of a fade at a jump, which would click without one."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to start playing: at `place`, or at the first sample of `character` in the place's block (known only once
    its utterance is rendered)."""

    place: Place
    character: int | None = None


class Run:
    """One stretch of playing. One thread calls `read`; others may call `place` under the transport's lock."""

    def __init__(
        self,
        timeline: Timeline,
        renderer: Renderer,
        target: Target,
        speed: float,
        cancelled: Callable[[], bool],
    ) -> None:
        self.target = target
        self.speed = speed
        self.fed = 0
        """Frames returned so far."""
        self.finished = False
        """True once all frames up to the story's end were returned."""
        self._timeline = timeline
        self._renderer = renderer
        self._cancelled = cancelled
        self._tempo = Tempo(timeline.rate, speed) if speed != 1.0 else None
        self._next: Place | None = None
        self._held: tuple[tuple[int, int], Segment] | None = None
        self._starts: list[int] = []
        self._places: list[Place] = []
        self._held_back = 0  # samples of the pause now read that the speed must not take
        self._read = 0
        self._faded_in = False

    def place(self, frame: int) -> Place:
        """Return the place in the story of a frame of this run."""
        source = int(frame * self.speed)
        i = bisect_right(self._starts, source) - 1
        if i < 0:
            return self.start()
        place = self._places[i]
        last = self._timeline.slot(place.block, place.utterance) - 1
        return place._replace(sample=min(place.sample + source - self._starts[i], max(last, place.sample)))

    def start(self) -> Place:
        """Return the place where this run begins."""
        if self._places:
            return self._places[0]
        target = self.target
        if target.character is None:
            return target.place
        return self._timeline.find(target.place.block, target.character)

    def target_on(self, frame: int, timeline: Timeline) -> Target:
        """Return the target on another voice's timeline for the word at a frame of this run. In the pause after an
        utterance that is the same pause; at the story's end, the end."""
        if not self._places and self.target.character is not None:  # the character's sample is not known yet
            return Target(timeline.find(self.target.place.block, self.target.character), self.target.character)
        here = self.place(frame)
        if not self._timeline.utterances(here.block):
            return Target(timeline.find(here.block, 0))
        said, spoken = self._timeline.utterances(here.block)[here.utterance], self._timeline.speech(*here[:2])
        if spoken is not None and here.sample >= spoken:
            utterance = timeline.utterance_of(here.block, said.span.end - 1)
            other = timeline.speech(here.block, utterance)
            if other is not None:
                silence = (here.sample - spoken) * timeline.rate // self._timeline.rate
                last = timeline.slot(here.block, utterance) - 1
                return Target(Place(here.block, utterance, min(other + silence, last)))
        block, character = self._timeline.written(here)
        return Target(timeline.find(block, character), character)

    def read(self) -> bytes:
        """Return the next frames, waiting until they are rendered; b"" when cancelled or finished.

        Raises EngineError when the voice does not work.
        """
        while not self.finished and not self._cancelled():
            pcm = self._source()
            if pcm is None:
                if self._cancelled():
                    return b""
                self.finished = True
                pcm = self._tempo.flush() if self._tempo else b""
            elif self._tempo is not None:
                pcm = self._tempo.push(pcm)
            if pcm:
                if not self._faded_in:
                    pcm, self._faded_in = faded(pcm, self._timeline.rate, rising=True), True
                return pcm
        return b""

    def _source(self) -> bytes | None:
        """Return the next PCM at speed 1; None at the story's end, or when cancelled."""
        if self._next is None:
            self._next = self._first()
        place = self._next
        if self._held_back:
            return self._lengthened()
        if place is None or place.utterance < 0:
            return None
        segment = self._segment(place)
        if segment is None:
            return None
        slot = self._timeline.slot(place.block, place.utterance)
        wanted = min(int(self._timeline.rate * CHUNK_SECONDS), slot - place.sample)
        pcm = segment.pcm[place.sample * 2 : (place.sample + wanted) * 2]
        pcm += bytes(wanted * 2 - len(pcm))  # the pause
        self._places.append(place)  # first: another thread may ask for the place of this start
        self._starts.append(self._read)
        self._read += wanted
        self._next = place._replace(sample=place.sample + wanted)
        if self._next.sample >= slot:
            self._held_back = self._lost(slot - segment.samples)
            after = self._timeline.following(place.block, place.utterance)
            self._next = Place(*after, 0) if after else Place(0, -1, 0)
        return pcm

    def _lost(self, pause: int) -> int:
        """Return the samples, at speed 1, by which a pause must be longer so that this speed leaves enough of it."""
        rate = self._timeline.rate
        least = self._timeline.script.pauses.least(max(pause, 0) / rate) * rate
        return max(round(least * self.speed) - pause, 0) if pause > 0 else 0

    def _lengthened(self) -> bytes:
        """Return more of the pause that was read last. Meanwhile the place stays at its end."""
        wanted = min(self._held_back, int(self._timeline.rate * CHUNK_SECONDS))
        self._held_back -= wanted
        place = self._places[-1]
        end = self._timeline.slot(place.block, place.utterance) - 1
        self._places.append(place._replace(sample=end))
        self._starts.append(self._read)
        self._read += wanted
        return bytes(wanted * 2)

    def _first(self) -> Place | None:
        """Return the place of the target, waiting until its utterance is rendered; None when cancelled."""
        place = self.start()
        if not self._timeline.utterances(place.block):
            return Place(0, -1, 0)
        if self._segment(place) is None:
            return None
        place = self.start()
        slot = self._timeline.slot(place.block, place.utterance)
        return place._replace(sample=max(0, min(place.sample, slot - 1)))

    def _segment(self, place: Place) -> Segment | None:
        """Return the sound of an utterance, requested once and kept while it plays; None when cancelled."""
        if self._held is None or self._held[0] != place[:2]:
            segment = self._renderer.segment(place.block, place.utterance, self._cancelled)
            if segment is None:
                return None
            self._held = place[:2], segment
        return self._held[1]

    def forget(self, frame: int) -> None:
        """Drop the places of frames before this one: nobody asks for them again."""
        i = bisect_right(self._starts, int(frame * self.speed)) - 1
        if i > 64:
            del self._starts[:i], self._places[:i]


def faded(pcm: bytes, rate: int, *, rising: bool) -> bytes:
    """Return the PCM faded in at its beginning (`rising`), or else faded out at its end."""
    samples = array("h", pcm)
    count = min(int(rate * FADE_SECONDS), len(samples))
    for i in range(count):
        if rising:
            samples[i] = samples[i] * i // count
        else:
            samples[-1 - i] = samples[-1 - i] * i // count
    return samples.tobytes()
