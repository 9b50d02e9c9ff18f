"""One story being played: the renderer, the timeline and the transport put together, and taken apart again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from player.audio.cache import Store
from player.audio.renderer import Renderer
from player.audio.timeline import Timeline
from player.audio.voicing import Voicing
from player.notices import Notices
from player.playback.narration import Narration
from player.playback.navigation import Navigation
from player.playback.output import Output
from player.playback.pausing import Pausing
from player.playback.recasting import Recasting
from player.playback.supervised import open_output
from player.playback.transport import Position, State, Transport
from player.speech.engine import Voice
from player.speech.host import Worker
from player.speech.workers import StartWorker
from player.story.model import Span, Story
from player.utterance.script import Script

_KEPT_BLOCKS = 200
"""More than any screen shows and any reading ahead needs; of a book of ten hours, 2,000 are 5 MB."""


class Player:
    """Everything that one story needs to be heard."""

    def __init__(
        self,
        script: Script,
        narration: Narration,
        transport: Transport,
        store: Store,
        notices: Notices,
        *,
        start_worker: StartWorker = Worker.start,
    ) -> None:
        """`narration` is in use, and the transport plays it. The player ends them all, and the store."""
        self.script = script
        self.transport = transport
        self.navigation = Navigation(transport)
        self.notices = notices
        """What went wrong on the way, in words for the listener. Whoever shows them takes them out."""
        self._store = store
        self._voices = Recasting(script, narration, transport, store, notices.append, start_worker=start_worker)

    @classmethod
    def open(
        cls,
        script: Script,
        narrator: Voicing,
        store: Store,
        *,
        quoting: Voicing | None = None,
        open_output: Callable[[int, Callable[[str], None]], Output] = open_output,
        speed: float = 1.0,
        volume: float = 1.0,
        notices: Notices | None = None,
        pause_without_sound: bool = False,
        start_worker: StartWorker = Worker.start,
        make_renderer: Callable[..., Renderer] = Renderer,
    ) -> Player:
        """Get ready to play, paused.

        `narrator` and `quoting` as for the renderer; `open_output(rate, notify)` says into what. When
        sound goes away while it plays, it goes on silently, or is paused until sound is back if
        `pause_without_sound`. `start_worker` starts who speaks when the voice is changed; `make_renderer` takes what
        Renderer takes, such as a partial one with other numbers of workers and of utterances to read ahead.
        """
        notices = Notices() if notices is None else notices
        script.keep = _KEPT_BLOCKS
        narration = Narration(script, narrator, store, quoting, notices.append, make_renderer=make_renderer)
        timeline, renderer = narration.timeline, narration.use()
        first = timeline.at(0)
        renderer.focus(first.block, first.utterance)
        output = open_output(timeline.rate, notices.append)
        transport = Transport(timeline, renderer, output, speed=speed, volume=volume, notify=notices.append)
        if pause_without_sound:
            output.on_change = Pausing(transport)
        return cls(script, narration, transport, store, notices, start_worker=start_worker)

    @property
    def story(self) -> Story:
        """What is written."""
        return self.script.story

    @property
    def voice(self) -> Voice:
        """Who speaks."""
        return self._voices.narration.voice

    @property
    def wanted_voice(self) -> str | None:
        """The voice that is made ready to speak, as it was asked for; None while there is none."""
        return self._voices.wanted

    @property
    def timeline(self) -> Timeline:
        """Of the voice that speaks. A position has the one that it is a position on."""
        return self.transport.here()[0]

    @property
    def renderer(self) -> Renderer:
        """Of the voice that speaks."""
        return self._voices.narration.renderer

    @property
    def output(self) -> Output:
        """What it plays into."""
        return self.transport.output

    @property
    def rate(self) -> int:
        """Samples per second of the timeline."""
        return self.timeline.rate

    @property
    def silent(self) -> bool:
        """True while the sound goes nowhere."""
        return self.output.silent

    def watch(self, on_change: Callable[[], None] | None) -> None:
        """Have somebody told whenever anything changes but the place by playing: in the thread that changed it, which
        they must not keep."""
        self.transport.on_change = self.notices.on_notice = on_change

    def recast(self, voice: str) -> None:
        """Go on in another voice ("engine:name", as `--voice` takes it) at the same word, as soon as it is ready.

        Returns at once: until then the voice stays that speaks, and if the other cannot be had, for good, with a
        notice. Of several asked for in a row the last is taken. Exports that run go on in the voice they began with.
        """
        self._voices.recast(voice)

    def lent(self, chapter: int | None = None) -> AbstractContextManager[Narration]:
        """The story, or one of its chapters (an index), as told by who speaks now, for an export: they stay, whoever
        speaks meanwhile. A chapter has a renderer of its own.

        Raises EngineError once the player is closed.
        """
        part = None if chapter is None else self.script.of(self.story.chapter(chapter))
        return self._voices.lent(part)

    def sentence(self, position: Position) -> tuple[int, int] | None:
        """(block, sentence) that sounds; None in a block with nothing to say."""
        place = position.place
        utterances = position.timeline.utterances(place.block)
        return (place.block, utterances[place.utterance].sentence) if utterances else None

    def word(self, position: Position) -> Span | None:
        """The word that sounds; in the pause after an utterance still its last, None before its first."""
        if position.word is not None:
            return position.word.span
        block, index, sample = position.place
        begun = [word for word in position.timeline.words(block, index) if word.first <= sample]
        return begun[-1].span if begun else None

    def place_to_keep(self, position: Position) -> tuple[int, int]:
        """(block, character) to go on at another time; the beginning once the story has ended."""
        if position.state is State.ENDED:
            return 0, 0
        return position.timeline.written(position.place)

    def sentences_as_spoken(self, tick: Callable[[], bool]) -> Iterator[str]:
        """The written sentences, each as it begins to sound, until the story ends or `tick` says False.

        `tick` waits a moment between two looks. Raises PlayerError when playing had to stop.
        """
        said: tuple[int, int] | None = None
        while True:
            position = self.transport.position()
            now = self.sentence(position) if position.state is not State.WAITING else said
            if now is not None and now != said:
                said = now
                block, index = now
                span = self.script.sentences(block)[index].span
                yield self.story.blocks[block].text[span.start : span.end]
            if (failure := self.transport.failure) is not None:
                raise failure
            if position.state is State.ENDED or not tick():
                return

    def close(self) -> None:
        """Stop at once. What was rendered stays in the store."""
        self.transport.close()
        self._voices.close()
        self._store.close()
