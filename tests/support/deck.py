"""A real transport over real espeak-ng speech, with an output that plays when a test says so."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from player.audio.rendering.renderer import Renderer
from player.audio.store.cache import DiskCache
from player.audio.timeline import Timeline
from player.audio.voicing.process import VoiceProcess
from player.playback.navigation import Navigation
from player.playback.transport import Transport
from player.playback.transport.run import Target
from player.story.model import BlockKind
from player.utterance.script import Script
from tests.support.casting import quoted_by
from tests.support.outputs import ManualOutput
from tests.support.stories import story_of
from tests.support.waiting import wait_until

PARAGRAPHS = (
    "# A short heading",
    "The first sentence is here. The second one follows it! Does a third?",
    "* * *",
    "Another paragraph, with forty words fewer than most.",
    "And the last one. It ends.",
)


@dataclass
class Deck:
    timeline: Timeline
    renderer: Renderer
    output: ManualOutput
    transport: Transport
    navigation: Navigation
    notices: deque[str]

    @classmethod
    @contextmanager
    def open(
        cls, cache: Path, *paragraphs: str, engine: str = "pyttsx3", start: Target | None = None, quoting: str = ""
    ) -> Iterator[Deck]:
        """A deck with a story; with the engine `quoting`, paragraphs that begin with “ are quotations in its voice."""
        narrator = VoiceProcess.start(engine, "", "en").voicing()
        casting = quoted_by(VoiceProcess.start(quoting, "", "en").voicing() if quoting else None)
        story = story_of(*(paragraphs or PARAGRAPHS))
        if quoting:
            blocks = (replace(one, kind=BlockKind.QUOTATION) if one.text[0] == "“" else one for one in story.blocks)
            story = replace(story, blocks=tuple(blocks))
        script = Script(story, language="en").spoken_by(narrator.manner, casting.roles)
        timeline = Timeline(script, narrator.rate)
        notices: deque[str] = deque()
        renderer = Renderer(
            timeline,
            narrator,
            DiskCache(cache),
            casting=casting,
            notify=notices.append,
        )
        output = ManualOutput(timeline.rate)
        transport = Transport(timeline, renderer, output, start=start, notify=notices.append, clock=output.clock)
        try:
            yield cls(timeline, renderer, output, transport, Navigation(transport), notices)
        finally:
            transport.close()
            renderer.close()

    def play(self, frames: int) -> bytes:
        """Play `frames` frames, never faster than they become ready; fewer at the story's end."""
        heard = b""
        while len(heard) < frames * 2:
            wanted = min(512, frames - len(heard) // 2)
            wait_until(partial(self._ready, wanted), "the next frames")
            if not self.transport.buffered[0]:
                break
            heard += self.output.play(min(wanted, self.transport.buffered[0]))
        return heard

    def settle(self) -> None:
        """Wait until the transport has as much ready as it ever keeps ready."""
        wait_until(partial(self._ready, self.timeline.rate // 5), "a full ring")

    def _ready(self, frames: int) -> bool:
        buffered, last = self.transport.buffered
        return buffered >= frames or last

    def rendered(self) -> bytes:
        """Return the whole story as on the timeline: every segment at its place, silence between."""
        pcm = bytearray()
        for block in range(len(self.timeline.script)):
            for utterance in range(len(self.timeline.utterances(block))):
                segment = self.renderer.segment(block, utterance)
                assert segment is not None
                pcm += bytes(self.timeline.start(block, utterance) * 2 - len(pcm)) + segment.pcm
        return bytes(pcm + bytes(self.timeline.duration * 2 - len(pcm)))


def loudest(pcm: bytes) -> int:
    """Return the largest absolute sample."""
    return max((abs(s) for s in array("h", pcm)), default=0)
