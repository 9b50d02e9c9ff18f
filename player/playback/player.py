"""The player of one story: renderer, timeline and transport, assembled and taken apart."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from player.audio.rendering.renderer import Renderer
from player.audio.store.cache import Store
from player.audio.timeline import Timeline
from player.audio.voicing import Voicing
from player.audio.voicing.casting import ALONE, Casting
from player.notices import Notices
from player.playback.narration import Narration
from player.playback.navigation import Navigation
from player.playback.output import Output
from player.playback.pausing import Pausing
from player.playback.position import Position, State
from player.playback.recasting import Recasting
from player.playback.transport import Transport
from player.speech.engine import Voice
from player.speech.process.host import Worker
from player.speech.process.workers import StartWorker
from player.story.model import Span, Story
from player.utterance.lexicon.matching import Lexicon
from player.utterance.script import Script

_KEPT_BLOCKS = 200
"""Blocks whose sentences stay in memory: more than any screen shows and reading ahead needs. A book of ten hours has
2,000, which take 5 MB."""


class Player:
    """One story, ready to be heard."""

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
        """Take over a transport that plays `narration`. The player closes all of them, and the store."""
        self.transport = transport
        self.navigation = Navigation(transport)
        self.notices = notices
        """Problems on the way, as sentences for the listener. Whoever shows one removes it."""
        self._store = store
        self._voices = Recasting(script, narration, transport, store, notices.append, start_worker=start_worker)

    @classmethod
    def open(
        cls,
        script: Script,
        narrator: Voicing,
        output: Output,
        store: Store,
        *,
        casting: Casting = ALONE,
        speed: float = 1.0,
        volume: float = 1.0,
        notices: Notices | None = None,
        pause_without_sound: bool = False,
        start_worker: StartWorker = Worker.start,
        make_renderer: Callable[..., Renderer] = Renderer,
    ) -> Player:
        """Return a player, paused.

        `narrator` and `casting` as for Renderer. `output` has the narrator's rate; the player starts and closes it.
        When sound is lost, the story plays on silently, or pauses until sound is back if `pause_without_sound`.
        `start_worker` starts the workers of voices chosen later. `make_renderer` is called as Renderer is: pass a
        `partial` to set its number of workers or how far it reads ahead.
        """
        notices = Notices() if notices is None else notices
        script.keep = _KEPT_BLOCKS
        narration = Narration(script, narrator, store, casting, notices.append, make_renderer=make_renderer)
        timeline, renderer = narration.timeline, narration.use()
        first = timeline.at(0)
        renderer.focus(first.block, first.utterance)
        transport = Transport(timeline, renderer, output, speed=speed, volume=volume, notify=notices.append)
        if pause_without_sound:
            output.on_change = Pausing(transport)
        return cls(script, narration, transport, store, notices, start_worker=start_worker)

    @property
    def script(self) -> Script:
        """The script, with the pronunciations that are heard."""
        return self._voices.script

    @property
    def story(self) -> Story:
        """The story that is played."""
        return self.script.story

    @property
    def voice(self) -> Voice:
        """The voice that speaks."""
        return self._voices.narration.voice

    @property
    def wanted_voice(self) -> str | None:
        """The voice being prepared, as passed to `recast`; None when there is none."""
        return self._voices.wanted

    @property
    def timeline(self) -> Timeline:
        """The timeline of the voice that speaks. A Position carries its own."""
        return self.transport.here()[0]

    @property
    def renderer(self) -> Renderer:
        """The renderer of the voice that speaks."""
        return self._voices.narration.renderer

    @property
    def output(self) -> Output:
        """The output in use."""
        return self.transport.output

    @property
    def rate(self) -> int:
        """Samples per second of the timeline."""
        return self.timeline.rate

    @property
    def silent(self) -> bool:
        """True while sound is lost."""
        return self.output.silent

    def watch(self, on_change: Callable[[], None] | None) -> None:
        """Call `on_change` whenever something changes, other than the place by playing. It is called in the thread of
        the change, and must return at once."""
        self.transport.on_change = self.notices.on_notice = on_change

    def grow(self, story: Story, same: int) -> bool:
        """Replace the story by a longer one that begins with it; rendered sound stays. If the beginning has ended,
        playing goes on. Returns False, and changes nothing, if not as many blocks are the `same` as were asked for."""
        after = len(self.script)
        position = self.transport.position()
        if not self._voices.grow(story, same):
            return False
        if position.state is State.ENDED and after < len(self.script):
            self.navigation.move_to(after, 0)
        return True

    def recast(self, voice: str) -> None:
        """Change to another voice ("engine:name", as for `--voice`) at the same word, as soon as it is ready.

        Returns at once. Until then the current voice speaks; if the new one fails, it stays, and a notice says so. Of
        several requests the last counts. Running exports keep the voice they began with.
        """
        self._voices.recast(voice)

    def prepare(self, voice: str) -> None:
        """Load a voice that may be asked for soon, so that `recast` finds it ready; "" for none. Of several the last
        counts. Returns at once. Raises UsageError for an unknown engine."""
        self._voices.prepare(voice)

    def respell(self, lexicon: Lexicon) -> None:
        """Pronounce words as a lexicon says, from the current word on, as soon as that is rendered.

        Returns at once. Only sentences that are said in another way are rendered again. Running exports keep the
        pronunciations they began with.
        """
        self._voices.respell(lexicon)

    def borrow(self, chapter: int | None = None) -> AbstractContextManager[Narration]:
        """Context: the story, or one of its chapters (an index), in the current voice, for an export. It lasts whatever
        voice speaks meanwhile. A chapter has a renderer of its own.

        Raises EngineError once the player is closed.
        """
        part = None if chapter is None else self.script.of(self.story.chapter(chapter))
        return self._voices.borrow(part)

    def sentence(self, position: Position) -> tuple[int, int] | None:
        """Return (block, sentence) at a position; None in a block that says nothing."""
        place = position.place
        utterances = position.timeline.utterances(place.block)
        return (place.block, utterances[place.utterance].sentence) if utterances else None

    def sentence_text(self, position: Position) -> str:
        """Return the written sentence at a position; empty in a block that says nothing."""
        found = self.sentence(position)
        if found is None:
            return ""
        return self.text_of(*found)

    def text_of(self, block: int, sentence: int) -> str:
        """Return a written sentence."""
        span = self.script.sentences(block)[sentence].span
        return self.story.blocks[block].text[span.start : span.end]

    def word(self, position: Position) -> Span | None:
        """Return the word at a position. In the pause after an utterance, its last word; before its first word,
        None."""
        if position.word is not None:
            return position.word.span
        block, index, sample = position.place
        begun = [word for word in position.timeline.words(block, index) if word.first <= sample]
        return begun[-1].span if begun else None

    def place_to_keep(self, position: Position) -> tuple[int, int]:
        """Return (block, character) to resume at; the beginning once the story has ended."""
        if position.state is State.ENDED:
            return 0, 0
        return position.timeline.written(position.place)

    def play_on(self, device: str) -> None:
        """Go on with a sound device, by its name or a part of that; empty for the system's default. Returns at once; if
        the device is not there, the default one plays, and a notice says so."""
        if device != self.output.device:
            self.output.play_on(device)

    def sound_like(self, other: Player) -> None:
        """Be as fast and as loud as another player, mute if that is, and on the same device."""
        mine, its = self.transport, other.transport
        mine.speed, mine.volume, mine.gain = its.speed, its.volume, its.gain
        self.play_on(other.output.device)

    def close(self) -> None:
        """Stop at once. Rendered speech stays in the store."""
        self.transport.close()
        self._voices.close()
        self._store.close()
