"""Another voice in the middle of a story: real voices, at other rates and of other engines."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest

from player.audio.store.cache import DiskCache
from player.audio.timeline import Timeline
from player.audio.voicing.process import VoiceProcess
from player.errors import OutputError
from player.export import export_story
from player.notices import Notices
from player.playback.narration import Narration
from player.playback.output.device_thread import Device
from player.playback.output.supervised import SupervisedOutput
from player.playback.player import Player
from player.playback.position import State
from player.playback.transport import Transport
from player.playback.transport.run import FADE_SECONDS, Target
from player.story.model import Block, BlockKind, Section, Story
from player.utterance.script import Script
from tests.support.casting import quoted_by
from tests.support.outputs import ManualOutput
from tests.support.stories import story_of
from tests.support.waiting import wait_until

PARAGRAPHS = (
    "The keeper climbed the tower every evening with a can of oil. She counted the steps aloud.",
    "In the winter of 1911 the boats came in late, and nobody went to sleep before the lamp was lit.",
    "It was an old habit.",
)
US, GB, DE, TONE, HEART = "pyttsx3:en-us", "pyttsx3:en-gb-x-rp", "pyttsx3:de", "tone:sine", "hibari:heart"
SLOW = "slow:sine"


@dataclass
class Told:
    """A story that plays into an output when a test says so."""

    player: Player
    output: ManualOutput

    def play(self, seconds: float) -> bytes:
        """Let so much sound, never faster than it is made ready. Less at the story's end."""
        heard = b""
        frames = int(self.player.rate * seconds)
        while len(heard) < frames * 2:
            wanted = min(512, frames - len(heard) // 2)

            def ready(wanted: int = wanted) -> bool:
                buffered, last = self.player.transport.buffered
                return buffered >= wanted or last

            wait_until(ready, "the next frames")
            if not self.player.transport.buffered[0]:
                break
            heard += self.output.play(min(wanted, self.player.transport.buffered[0]))
        return heard

    def recast(self, voice: str) -> None:
        """Have another voice, and wait until it is settled who speaks."""
        self.player.recast(voice)
        wait_until(lambda: self.player.wanted_voice is None, f"{voice} to speak, or not")

    @property
    def word(self) -> tuple[int, str]:
        """What is highlighted: (block, what is written from there on)."""
        block, character = self.player.place_to_keep(self.player.transport.position())
        return block, self.player.story.blocks[block].text[character:]

    def rendered(self) -> bytes:
        """The whole story in the voice that speaks now."""
        timeline, pcm = self.player.timeline, bytearray()
        for block in range(len(self.player.script)):
            for n in range(len(timeline.utterances(block))):
                segment = self.player.renderer.segment(block, n)
                assert segment is not None
                pcm += bytes(timeline.start(block, n) * 2 - len(pcm)) + segment.pcm
        return bytes(pcm)


@contextmanager
def told(
    cache: Path, voice: str = US, *paragraphs: str, story: Story | None = None, quoting: str = ""
) -> Iterator[Told]:
    """A player, paused at the beginning."""
    script = Script(story or story_of(*(paragraphs or PARAGRAPHS)), language="en")
    narrator, quoted = (
        VoiceProcess.start(*one.split(":"), "en").voicing() if one else None for one in (voice, quoting)
    )
    assert narrator is not None
    store, notices = DiskCache(cache), deque[str]()
    narration = Narration(script, narrator, store, quoted_by(quoted), notices.append)
    output = ManualOutput(narration.timeline.rate)
    transport = Transport(
        narration.timeline, narration.use(), output, notify=notices.append, clock=output.clock, speed=1.0
    )
    player = Player(script, narration, transport, store, notices)
    try:
        yield Told(player, output)
    finally:
        player.close()


OTHERS: set[psutil.Process] = set()
"""Processes that other tests keep for themselves."""


@pytest.fixture(autouse=True)
def others() -> None:
    OTHERS.clear()
    OTHERS.update(psutil.Process().children(recursive=True))


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def workers() -> list[psutil.Process]:
    """The voices' processes that the test has started; not those that they fork for a sentence."""
    found = []
    for process in psutil.Process().children():
        with suppress(psutil.Error):
            if process not in OTHERS and any("player.speech.process.worker" in word for word in process.cmdline()):
                found.append(process)
    return found


@pytest.mark.parametrize(
    ("before", "after"), [(US, GB), (US, DE), (US, TONE), (TONE, US), (US, HEART), (HEART, GB)], ids=str
)
def test_it_goes_on_at_the_same_word_and_every_word_after_it_is_said(
    tone_engine: str, tmp_path: Path, before: str, after: str
) -> None:
    with told(tmp_path, before) as one:
        player, transport = one.player, one.player.transport
        transport.speed, transport.volume = 1.2, 0.8
        transport.play()
        one.play(1.5)
        block, rest = one.word
        one.recast(after)
        assert player.voice.id == after
        assert one.word == (block, rest)
        assert (transport.speed, transport.volume) == (1.2, 0.8)
        assert transport.position().state in (State.PLAYING, State.WAITING)
        assert player.rate == player.voice.sample_rate
        heard = []
        while transport.position().state is not State.ENDED:
            if not one.play(0.02):
                wait_until(lambda: transport.position().state is State.ENDED, "the end")
            where = player.place_to_keep(transport.position())
            if where not in heard[-1:]:
                heard.append(where)
        written = [
            (b, word.span.start)
            for b in range(len(player.script))
            for n in range(len(player.timeline.utterances(b)))
            for word in player.timeline.words(b, n)
            if word.last - word.first > 0.05 * player.rate
        ]
        start = (block, len(PARAGRAPHS[block]) - len(rest))
        assert heard == [*sorted(heard[:-1]), (0, 0)]  # the last: it has ended
        assert {place for place in written if place > start} <= set(heard)
        assert not player.notices


@pytest.mark.parametrize(("before", "after"), [(US, GB), (US, TONE), (TONE, GB)], ids=str)
def test_what_sounds_after_it_is_the_other_voices_from_that_word_on(
    tone_engine: str, tmp_path: Path, before: str, after: str
) -> None:
    with told(tmp_path, before) as one:
        one.player.transport.play()
        one.play(1.0)
        one.recast(after)
        place = one.player.transport.position().place
        assert one.player.timeline.find(place.block, one.player.timeline.written(place)[1]) == place
        heard = one.play(3.0)
        fade = 4 * int(one.player.rate * FADE_SECONDS)
        start = 2 * one.player.timeline.time(place)
        tail = 0 if one.output.next else fade // 2  # on the same device the old voice fades out first
        expected = one.rendered()[start:]
        assert heard[tail + fade : 80_000] == expected[fade : 80_000 - tail]


def kept(cache: Path) -> int:
    """How many utterances were rendered."""
    return len(list(cache.rglob("*.flac")))


def play_until_recast(one: Told) -> None:
    """Play on until it is settled who speaks, never faster than whoever prepares a voice looks where the story is."""
    transport, before = one.player.transport, one.player.voice.id
    looks, target_on = [0], transport.target_on

    def counted(timeline: Timeline) -> Target:
        looks[0] += 1
        return target_on(timeline)

    transport.target_on = counted  # type: ignore[method-assign]
    while one.player.wanted_voice is not None and transport.position().state is not State.ENDED:
        assert transport.position().state is State.PLAYING or one.player.voice.id != before
        one.play(0.02)
        seen = looks[0]
        wait_until(lambda seen=seen: looks[0] > seen + 2 or one.player.wanted_voice is None, "it to look")  # type: ignore[misc]
    transport.target_on = target_on  # type: ignore[method-assign]
    wait_until(lambda: one.player.wanted_voice is None, "it to be settled who speaks")


LONG = (
    "The keeper climbed the tower every evening with a can of oil, counted the steps aloud, and lit the lamp.",
    "The boats that were late came home by it, in winter as in summer, and nobody went to sleep before that.",
)


def test_a_slow_voice_takes_over_within_the_sentence_and_every_word_after_it_is_said(
    tone_engine: str, tmp_path: Path
) -> None:
    with told(tmp_path, US, " ".join(LONG), "The end.") as one:
        player, transport = one.player, one.player.transport
        transport.play()
        one.play(0.5)
        wait_until(lambda: kept(tmp_path) == 3, "the current voice to have rendered all")
        before = one.word[1]
        player.recast(SLOW)
        wait_until(lambda: kept(tmp_path) > 3, "the other one to have said something")
        player.recast(SLOW)  # asked for again, it does not begin again
        play_until_recast(one)
        assert player.voice.id == SLOW
        start = len(" ".join(LONG)) - len(one.word[1])
        assert player.sentence(transport.position()) == (0, 0)
        assert 0 < start - (len(" ".join(LONG)) - len(before)) < 50
        heard = [one.word]
        while transport.position().state is not State.ENDED:
            if not one.play(0.02):
                wait_until(lambda: transport.position().state is State.ENDED, "the end")
            if transport.position().state is not State.ENDED and one.word != heard[-1]:
                heard.append(one.word)
        written = [text.split()[0].strip(",.") for _, text in heard]
        assert " ".join(written) == " ".join([" ".join(LONG)[start:], "The end."]).replace(",", "").replace(".", "")
        assert not player.notices


def test_an_export_has_whole_sentences_though_the_voice_began_within_one(tone_engine: str, tmp_path: Path) -> None:
    cut, whole = tmp_path / "cut.wav", tmp_path / "whole.wav"
    with told(tmp_path / "one", US, " ".join(LONG)) as one:
        one.player.transport.play()
        one.play(0.5)
        one.player.recast(SLOW)
        play_until_recast(one)
        assert one.player.voice.id == SLOW
        assert one.player.timeline.script.is_cut
        with one.player.borrow() as narration:
            export_story(narration.timeline, narration.renderer, cut)
    with told(tmp_path / "two", SLOW, " ".join(LONG)) as one, one.player.borrow() as narration:
        export_story(narration.timeline, narration.renderer, whole)
    assert cut.read_bytes() == whole.read_bytes()


def test_a_voice_that_was_too_slow_aims_farther_and_the_story_plays_on(tone_engine: str, tmp_path: Path) -> None:
    late = "This is all LATE, and LATE, as LATE as can be, and LATE, and it is LATE, and LATE, and LATE, and so LATE."
    soon = "And this is in time, as long as it is. So is this one. " * 6
    with told(tmp_path, US, f"{late} {soon.strip()}") as one:
        one.player.transport.play()
        one.play(0.5)
        wait_until(lambda: kept(tmp_path) == 3, "the current voice to have rendered what is said twice once")
        one.player.recast(SLOW)
        one.play(5.0)
        (tmp_path / "tone-state").mkdir(exist_ok=True)
        (tmp_path / "tone-state" / "go").touch()
        play_until_recast(one)
        assert one.player.voice.id == SLOW
        assert not one.player.notices


def test_a_slow_voice_that_comes_back_takes_over_at_once_where_it_has_spoken(tone_engine: str, tmp_path: Path) -> None:
    with told(tmp_path / "cache", US, " ".join(LONG)) as one:
        one.player.transport.play()
        one.play(0.5)
        one.player.recast(SLOW)
        play_until_recast(one)
        one.play(0.2)
        one.recast(US)
        word = one.word
        one.recast(SLOW)
        assert one.player.voice.id == SLOW
        assert one.word == word


def test_a_story_that_is_paused_stays_paused_at_its_word(tone_engine: str, tmp_path: Path) -> None:
    with told(tmp_path) as one:
        one.player.transport.play()
        one.play(1.0)
        one.player.transport.pause()
        word = one.word
        one.recast(TONE)
        assert one.word == word
        assert one.player.transport.position().state is State.PAUSED
        assert not any(one.output.play(4000))
        one.player.transport.play()
        assert any(one.play(0.5))


def test_a_story_that_has_ended_stays_at_its_end(tone_engine: str, tmp_path: Path) -> None:
    with told(tmp_path) as one:
        one.player.transport.play()
        one.play(1000)
        for voice in (TONE, US):
            one.recast(voice)
            position = one.player.transport.position()
            assert position.state is State.ENDED
            assert position.place.block == len(PARAGRAPHS) - 1
            assert position.duration - position.elapsed < 0.1 * one.player.rate
        one.player.transport.toggle()
        assert one.word[0] == 0
        assert any(one.play(0.5))


def test_the_pause_after_a_sentence_stays_a_pause(tone_engine: str, tmp_path: Path) -> None:
    with told(tmp_path) as one:
        one.player.transport.play()
        one.play(0.1)
        spoken = one.player.timeline.speech(0, 0)
        assert spoken is not None
        one.play((spoken / one.player.rate) - 0.1 + 0.05)
        word = one.word
        one.recast(TONE)
        position = one.player.transport.position()
        assert position.place[:2] == (0, 0) and position.word is None
        assert one.word == word
        one.play(0.5)
        assert one.player.sentence(one.player.transport.position()) == (0, 1)


def test_a_place_that_is_still_loading_is_kept(tone_engine: str, tmp_path: Path) -> None:
    with told(tmp_path) as one:
        at = PARAGRAPHS[1].index("nobody")
        one.player.navigation.start_at(1, at)
        one.player.transport.play()
        one.recast(TONE)
        assert one.word == (1, PARAGRAPHS[1][at:])
        one.play(0.02)
        assert one.word == (1, PARAGRAPHS[1][at:])


def test_of_several_asked_for_in_a_row_the_last_is_taken(tone_engine: str, tmp_path: Path) -> None:
    with told(tmp_path) as one:
        one.player.transport.play()
        one.play(0.5)
        for voice in (GB, HEART, DE, TONE, US, GB, TONE):
            one.player.recast(voice)
        one.recast(GB)
        assert one.player.voice.id == GB
        assert not one.player.notices
        wait_until(lambda: len(workers()) == 1, "the others' processes to be gone")
        one.play(0.5)


def test_a_voice_that_was_prepared_speaks_from_the_process_that_loaded_it(tone_engine: str, tmp_path: Path) -> None:
    with told(tmp_path) as one:
        one.player.transport.play()
        one.play(0.5)
        before = workers()
        one.player.prepare(GB)
        one.player.prepare(TONE)
        (prepared,) = [process for process in workers() if process not in before]
        one.recast(TONE)
        one.play(0.5)
        wait_until(lambda: workers() == [prepared], "all others to be gone")
        one.player.prepare(US)
        one.recast(GB)
        one.player.prepare("")
        wait_until(lambda: len(workers()) == 1, "what was not asked for to be gone")
        one.player.prepare(TONE)
    wait_until(lambda: not workers(), "what was prepared to be gone with the player")


def test_who_is_asked_for_and_speaks_already_is_not_changed(tmp_path: Path) -> None:
    with told(tmp_path) as one:
        one.player.transport.play()
        one.play(0.5)
        handed = one.player.transport.handed
        one.player.recast(GB)
        one.recast(US)
        assert one.player.transport.handed == handed
        assert one.player.voice.id == US


@pytest.mark.parametrize(
    ("voice", "said"),
    [
        ("nobody:x", "no speech engine 'nobody'"),
        ("pyttsx3:no-such-voice", "no-such-voice"),
        (TONE, "does not work"),
    ],
    ids=str,
)
def test_a_voice_that_cannot_be_had_leaves_the_one_that_speaks(
    tone_engine: str, tmp_path: Path, voice: str, said: str
) -> None:
    (tmp_path / "tone-state" / "broken").touch()
    with told(tmp_path / "cache") as one:
        one.player.transport.play()
        one.play(0.5)
        word = one.word
        one.recast(voice)
        assert one.player.voice.id == US
        assert one.word == word
        (notice,) = one.player.notices
        assert notice.startswith(f"The voice stays {US}: ") and said in notice
        assert any(one.play(1.0))
        wait_until(lambda: len(workers()) == 1, "its processes to be gone")


def test_a_voice_that_never_gets_ready_can_be_given_up(tone_engine: str, tmp_path: Path) -> None:
    with told(tmp_path, US, "One word makes it HANG for ever. And another one.") as one:
        one.player.transport.play()
        one.play(0.3)
        one.player.recast(TONE)
        one.play(0.3)
        assert one.player.wanted_voice == TONE
        assert one.player.voice.id == US
        one.recast(GB)
        assert one.player.voice.id == GB
        assert not one.player.notices
        one.player.recast(TONE)
        wait_until(lambda: len(workers()) > 1, "it to be tried")
    wait_until(lambda: not workers(), "all processes to be gone with the player")


def test_who_comes_back_speaks_from_the_cache(tone_engine: str, tmp_path: Path) -> None:
    with told(tmp_path / "cache", TONE) as one:
        one.player.transport.play()
        before = one.rendered()
        one.play(0.5)
        one.recast(US)
        (tmp_path / "tone-state" / "broken").touch()  # nothing new can be said
        one.recast(TONE)
        assert one.player.voice.id == TONE
        assert one.player.timeline.exact
        one.play(1000)
        assert one.player.transport.position().state is State.ENDED
        assert one.rendered() == before
        assert not one.player.notices


@pytest.mark.parametrize("suffix", [".mp3", ".vtt", ".wav"])
def test_an_export_goes_on_in_the_voice_that_it_began_with(tone_engine: str, tmp_path: Path, suffix: str) -> None:
    paragraphs = [f"{text} Number {n}." for n in range(8) for text in PARAGRAPHS]
    alone, beside = tmp_path / f"alone{suffix}", tmp_path / f"beside{suffix}"
    with told(tmp_path / "one", US, *paragraphs) as one, one.player.borrow() as narration:
        export_story(narration.timeline, narration.renderer, alone)
    with told(tmp_path / "two", US, *paragraphs) as one:
        one.player.transport.play()
        one.play(0.5)
        told_of = 0

        def progress(_: object) -> None:
            nonlocal told_of
            told_of += 1
            if told_of in (5, 20, 30):
                one.recast({5: TONE, 20: US, 30: GB}[told_of])
                one.play(0.2)

        with one.player.borrow() as narration:
            renderer = narration.renderer
            export_story(narration.timeline, renderer, beside, progress=progress)
            assert all(thread.is_alive() for thread in renderer.threads)
        assert one.player.voice.id == GB
        assert not any(thread.is_alive() for thread in renderer.threads), "the old voice has ended"
        assert beside.read_bytes() == alone.read_bytes()
        assert not one.player.notices
        one.play(0.5)


def test_a_chapter_is_exported_in_the_voice_that_speaks(tone_engine: str, tmp_path: Path) -> None:
    whole = story_of("# One", *PARAGRAPHS, "# Two", "The end of it.")
    book = replace(whole, sections=(Section(0, "One", 1), Section(4, "Two", 1)))
    with told(tmp_path / "cache", story=book) as one:
        one.recast(TONE)
        with one.player.borrow(1) as narration:
            assert narration.voice.id == TONE
            export_story(narration.timeline, narration.renderer, tmp_path / "two.wav")
        assert (tmp_path / "two.wav").read_bytes()[24:28] == (16_000).to_bytes(4, "little")


def test_quotations_keep_their_voice(tone_engine: str, tmp_path: Path) -> None:
    story = Story("S", (Block(BlockKind.PARAGRAPH, "She said:"), Block(BlockKind.QUOTATION, "No.")), language="en")
    with told(tmp_path, US, story=story, quoting=TONE) as one:
        said = [one.player.renderer.segments.key((block, 0)) for block in (0, 1)]
        one.recast(GB)
        now = [one.player.renderer.segments.key((block, 0)) for block in (0, 1)]
        assert said[0] != now[0]
        assert said[1] == now[1]


def test_a_voice_that_does_not_read_the_story_is_a_notice(tmp_path: Path) -> None:
    with told(tmp_path, US, "Visitors from Москва wrote it in the book.") as one:
        one.recast(HEART)
        assert one.player.voice.id == HEART
        assert any(HEART in notice and "Cyrillic" in notice for notice in one.player.notices)


def test_changing_it_again_and_again_leaves_nothing_behind(tone_engine: str, tmp_path: Path) -> None:
    with told(tmp_path) as one:
        one.player.transport.play()
        for voice in (TONE, GB, US):
            one.recast(voice)
        one.play(0.2)
        wait_until(lambda: len(workers()) <= 2, "the others' processes to be gone")
        threads, files = threading.active_count(), _descriptors()
        for _ in range(8):
            for voice in (TONE, GB, US):
                one.recast(voice)
                one.play(0.05)
        wait_until(lambda: len(workers()) <= 2, "the others' processes to be gone")
        wait_until(lambda: threading.active_count() <= threads + 1, "the others' threads to end")
        assert _descriptors() <= files + 8


class _Absent:
    """A sound device that is not there until it is."""

    name, latency = "absent", 0.0
    there = threading.Event()

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._closed = threading.Event()
        if not self.there.is_set():
            raise OutputError("no sound device can be opened")

    def start(self, pull: object) -> None:
        def run() -> None:
            while not self._closed.wait(0.01):
                assert callable(pull)
                pull(self.rate // 100)

        threading.Thread(target=run, daemon=True).start()

    def close(self) -> None:
        self._closed.set()


def test_without_sound_it_is_not_told_again_and_sound_comes_back_at_the_new_rate(
    tone_engine: str, tmp_path: Path
) -> None:
    opened: list[int] = []

    def open_device(rate: int) -> Device:
        device = _Absent(rate)
        opened.append(rate)
        return device

    _Absent.there.clear()
    narrator, notices = VoiceProcess.start("pyttsx3", "en-us", "en").voicing(), Notices()
    player = Player.open(
        Script(story_of(*PARAGRAPHS), language="en"),
        narrator,
        SupervisedOutput(narrator.rate, notices.append, open_device=open_device),
        DiskCache(tmp_path),
        notices=notices,
    )
    try:
        assert [notice[:15] for notice in player.notices] == ["No sound device"]
        player.transport.play()
        player.recast(TONE)
        wait_until(lambda: player.rate == 16_000 and player.wanted_voice is None, "the other voice")
        assert player.silent and len(player.notices) == 1
        elapsed = player.transport.position().elapsed
        wait_until(lambda: player.transport.position().elapsed > elapsed, "the story to go on")
        _Absent.there.set()
        wait_until(lambda: len(player.notices) > 1, "sound")
        assert player.notices[1] == "Sound is back."
        assert set(opened) == {16_000}
    finally:
        player.close()
