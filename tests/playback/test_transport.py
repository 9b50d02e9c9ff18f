"""What is heard, and what the transport says is heard, on real speech."""

from __future__ import annotations

from array import array
from pathlib import Path
from threading import Event, current_thread

import pytest

from player.audio.timeline import Place
from player.playback.position import State
from player.playback.transport.run import FADE_SECONDS, Run, Target
from player.speech import speeds
from player.speech.engine import Voice
from tests.support.deck import PARAGRAPHS, Deck, loudest
from tests.support.waiting import wait_until


def test_playing_gives_every_sample_of_the_timeline_without_a_gap(deck: Deck) -> None:
    deck.transport.play()
    heard = deck.play(10**9)
    expected = deck.rendered()
    fade = int(deck.timeline.rate * FADE_SECONDS) * 2
    assert heard[fade:] == expected[fade:]
    assert deck.transport.position().state is State.ENDED


def test_the_position_is_what_was_heard(deck: Deck) -> None:
    deck.transport.play()
    for _ in range(8):
        deck.play(deck.timeline.rate // 2)
        heard = len(deck.output.heard) // 2
        assert abs(deck.transport.position().elapsed - heard) <= 1


def test_the_word_of_the_position_is_the_one_that_sounds(deck: Deck) -> None:
    deck.transport.play()
    deck.play(10)
    deck.navigation.skip_paragraphs(1)
    deck.play(400)  # the old sound fades out, the new begins
    for word in deck.timeline.words(1, 0):
        into = deck.transport.position().place.sample
        deck.play(max(word.first - into, 0) + 50)
        assert deck.transport.position().word == word


def test_nothing_sounds_while_paused_and_it_goes_on_where_it_was(deck: Deck) -> None:
    deck.transport.play()
    before = deck.play(30_000)
    deck.settle()
    deck.transport.pause()
    place = deck.transport.position().place
    fading = deck.output.play(400)
    silence = deck.output.play(5_000)
    assert loudest(silence) == 0
    assert deck.transport.position().place == place
    assert deck.transport.position().state is State.PAUSED
    deck.transport.play()
    after = deck.play(20_000)
    expected = array("h", deck.rendered())
    count = int(deck.timeline.rate * FADE_SECONDS)
    start = len(before) // 2 + count  # the fade used these up
    assert loudest(fading[count * 2 :]) == 0
    assert array("h", after)[count : 20_000 - count] == expected[start + count : start + 20_000 - count]


def test_sentences_are_skipped_forward(deck: Deck) -> None:
    deck.transport.play()
    seen = []
    for _ in range(8):
        seen.append(deck.transport.position().place[:2])
        deck.navigation.skip_sentences(1)
        deck.play(100)
    assert seen == [(0, 0), (1, 0), (1, 1), (1, 2), (3, 0), (4, 0), (4, 1), (4, 1)]


def test_back_goes_to_the_beginning_of_the_sentence_first_and_then_to_the_one_before(deck: Deck) -> None:
    deck.transport.play()
    deck.navigation.skip_paragraphs(2)
    deck.play(int(deck.timeline.rate * 2.0))
    deck.navigation.skip_sentences(-1)
    assert deck.transport.position().place == Place(3, 0, 0)
    deck.play(100)
    deck.navigation.skip_sentences(-1)
    assert deck.transport.position().place == Place(1, 2, 0)
    deck.navigation.skip_sentences(-9)
    assert deck.transport.position().place == Place(0, 0, 0)


def test_paragraphs_are_skipped_both_ways(deck: Deck) -> None:
    deck.transport.play()
    seen = []
    for step in (1, 1, 1, 1, -1, -1, -1, -1):
        deck.navigation.skip_paragraphs(step)
        seen.append(deck.transport.position().place[:2])
        deck.play(100)
    assert [block for block, _ in seen] == [1, 3, 4, 4, 3, 1, 0, 0]


def test_after_a_jump_the_first_sound_is_the_targets_and_nothing_of_the_old_remains(deck: Deck) -> None:
    deck.transport.play()
    deck.play(int(deck.timeline.rate * 0.4))
    deck.settle()
    deck.navigation.seek(1, PARAGRAPHS[1].index("second"))
    tail = int(deck.timeline.rate * FADE_SECONDS)
    heard = array("h", deck.play(tail + 8_000))
    word = next(w for w in deck.timeline.words(1, 1) if w.span.start == PARAGRAPHS[1].index("second"))
    story = array("h", deck.rendered())  # before asking where it is: now all times are exact
    expected = story[deck.timeline.start(1, 1) + word.first :]
    # the old fades out for 6 ms; the new fades in for as long
    assert heard[2 * tail :] == expected[tail : len(heard) - tail]


def test_a_word_not_rendered_yet_is_played_from_its_first_sample(tmp_path: Path) -> None:
    target = Target(Place(4, 1, 0), PARAGRAPHS[4].index("ends"))
    with Deck.open(tmp_path, start=target) as deck:
        deck.transport.play()
        deck.play(2_000)
        position = deck.transport.position()
        assert position.word is not None
        assert PARAGRAPHS[4][position.word.span.start : position.word.span.end].startswith("ends")


def test_seconds_are_skipped_on_the_timeline_and_clamped_to_the_story(deck: Deck) -> None:
    deck.rendered()
    deck.transport.play()
    deck.navigation.skip_seconds(3)
    assert deck.transport.position().elapsed == 3 * deck.timeline.rate
    deck.navigation.skip_seconds(-10)
    assert deck.transport.position().elapsed == 0
    deck.navigation.skip_seconds(1e6)
    assert deck.transport.position().elapsed == deck.timeline.duration - 1


@pytest.mark.parametrize("speed", [0.5, 2.0, 4.0])
def test_speed_changes_at_once_and_keeps_the_place(deck: Deck, speed: float) -> None:
    deck.transport.play()
    deck.play(30_000)
    deck.settle()
    before = deck.transport.position().elapsed
    deck.transport.speed = speed
    assert deck.transport.position().elapsed == before
    deck.play(20_000)
    gone = deck.transport.position().elapsed - before
    faded = FADE_SECONDS * deck.timeline.rate * (1 + speed)
    longer = 0.15 if speed > 2 else 0.0  # pauses are never gone
    assert 20_000 * speed * (1 - longer) - faded <= gone <= 20_000 * speed + faded
    rest = len(deck.play(10**9)) // 2
    assert rest == pytest.approx((deck.timeline.duration - before - gone) / speed, rel=0.05 + longer)


def test_speed_and_volume_stay_within_their_bounds(deck: Deck) -> None:
    deck.transport.speed = 99
    assert deck.transport.speed == 4.0
    deck.transport.speed = 0
    assert deck.transport.speed == 0.5
    deck.transport.volume = 7
    assert deck.transport.volume == 1.0
    deck.transport.volume = -7
    assert deck.transport.volume == 0.0


def test_volume_changes_what_is_heard_at_once(deck: Deck) -> None:
    deck.transport.play()
    deck.play(4_000)
    deck.transport.volume = 0
    assert loudest(deck.play(4_000)) == 0
    deck.transport.volume = 1
    assert loudest(deck.play(8_000)) > 1_000


def test_when_it_has_ended_play_begins_again(deck: Deck) -> None:
    deck.navigation.to_end()
    assert deck.transport.position().place == Place(4, 1, 0)
    deck.transport.play()
    deck.play(10**9)
    assert deck.transport.position().state is State.ENDED
    deck.transport.toggle()
    assert deck.transport.position().place == Place(0, 0, 0)
    assert loudest(deck.play(10_000)) > 1_000


def test_a_story_with_nothing_to_say_ends_at_once(tmp_path: Path) -> None:
    with Deck.open(tmp_path, "* * *", "—") as deck:
        deck.transport.play()
        wait_until(lambda: deck.transport.position().state is State.ENDED, "the end")
        deck.navigation.skip_sentences(1)
        deck.navigation.skip_paragraphs(-1)
        deck.navigation.to_end()
        assert deck.timeline.duration == 0


def test_a_voice_that_fails_pauses_at_its_place_and_playing_on_tries_again(tone_engine: str, tmp_path: Path) -> None:
    broken = tmp_path / "tone-state" / "broken"
    with Deck.open(tmp_path / "cache", "One two.", "Three four.", "Five.", engine=tone_engine) as deck:
        deck.rendered()
    broken.touch()
    with Deck.open(tmp_path / "cache", "One two.", "Three is new.", "Five.", engine=tone_engine) as deck:

        def stopped() -> bool:
            deck.output.play(512)
            return deck.transport.failure is not None

        deck.transport.play()
        for _ in range(2):
            wait_until(stopped, "the failure")
            position = deck.transport.position()
            assert (position.state, position.place.block) == (State.PAUSED, 0)
            assert "does not work" in deck.notices[-1]
            assert "playing on tries again" in deck.notices[-1]
            deck.transport.play()  # Space: not to the end, with paragraphs unheard
        wait_until(stopped, "the failure")
        broken.unlink()
        deck.transport.play()
        deck.play(10**9)
        assert deck.transport.position().state is State.ENDED
        assert not deck.renderer.unsaid()
        assert deck.timeline.exact


def test_the_place_is_known_at_every_moment_of_reading(deck: Deck) -> None:
    run = Run(deck.timeline, deck.renderer, Target(deck.timeline.at(0)), 1.0, lambda: False)

    class Starts(list[int]):
        def append(self, start: int) -> None:
            super().append(start)
            run.place(start)  # as another thread does, when all before was heard

    run._starts = Starts()
    while run.read():
        assert not run.finished
    assert len(run._starts) > 10


def test_after_an_unexpected_error_playing_on_tries_again(deck: Deck) -> None:
    failed = Event()

    def failing() -> None:
        if current_thread().name == "feeder" and not failed.is_set():
            failed.set()
            raise RuntimeError("nobody expects this")

    deck.transport.on_change = failing
    deck.transport.speed = 2.0
    wait_until(lambda: deck.transport.failure is not None, "the failure")
    assert "playing on tries again" in deck.notices[-1]
    deck.transport.play()
    deck.play(10**9)
    assert deck.transport.position().state is State.ENDED


def test_a_voice_that_falls_behind_is_told_of_once_with_one_that_keeps_up(tmp_path: Path, tone_engine: str) -> None:
    with Deck.open(tmp_path / "cache", "First one.", "The LATE one.", "The last.", engine="slow") as deck:
        deck.transport.play()
        deck.play(deck.timeline.start(1))
        for _ in range(10):
            deck.output.play(1600)
        (tmp_path / "tone-state" / "go").touch()
        wait_until(lambda: bool(deck.notices), "a notice")
        deck.play(deck.timeline.duration)
        (notice,) = deck.notices
    assert notice.startswith("The voice slow:sine is rendered more slowly than it plays; --engine ")
    assert notice.endswith(("hibari keeps up (in the player: v)", "pyttsx3 keeps up (in the player: v)"))


def behind(deck: Deck, block: int, go: Path) -> list[str]:
    """Play a story to its end; return the notices. A block is rendered, when `go` is there, long after it was due."""
    for before in range(block):
        deck.renderer.segment(before, 0)
    deck.transport.play()
    deck.play(deck.timeline.start(block))
    for _ in range(10):
        deck.output.play(1600)
    go.touch()
    deck.play(deck.timeline.duration)
    wait_until(lambda: deck.transport.position().state is State.ENDED, "the end")
    return list(deck.notices)


def test_no_engine_is_said_to_keep_up_whose_voices_were_slow_here(tmp_path: Path, tone_engine: str) -> None:
    for engine in ("hibari", "piper"):
        speeds.keep(Voice(engine, "any", "en", 24_000), 2.0)
    assert after_slow(tmp_path / "a").endswith("; --engine pyttsx3 keeps up (in the player: v)")
    speeds.keep(Voice("pyttsx3", "en-us", "en", 22_050), 3.0)
    assert after_slow(tmp_path / "b").endswith("is rendered more slowly than it plays")
    speeds.keep(Voice("pyttsx3", "en-gb", "en", 22_050), 90.0)
    assert "pyttsx3 keeps up" in after_slow(tmp_path / "c")


def after_slow(folder: Path) -> str:
    """Return the notice of a slow voice that falls behind."""
    go = folder.parent / "tone-state" / "go"
    go.unlink(missing_ok=True)
    with Deck.open(folder, "First one.", "The LATE one.", "The last.", engine="slow") as deck:
        (notice,) = behind(deck, 1, go)
    return notice


def test_a_slow_voice_beside_a_quick_narrator_is_told_of(tmp_path: Path, tone_engine: str) -> None:
    texts = ("The first one.", "“The LATE one.”", "The last.")
    with Deck.open(tmp_path / "cache", *texts, engine="tone", quoting="slow") as deck:
        (notice,) = behind(deck, 1, tmp_path / "tone-state" / "go")
    assert notice.startswith("The voice slow:sine is rendered more slowly than it plays; a voice of ")


def test_a_quick_narrator_is_not_told_of_for_another_cause(tmp_path: Path, tone_engine: str) -> None:
    texts = ("“The first one.”", "“The second one.”", "The LATE one.", "The last.")
    with Deck.open(tmp_path / "cache", *texts, engine="late", quoting="slow") as deck:
        assert behind(deck, 2, tmp_path / "tone-state" / "go") == []


def test_a_voice_that_is_slower_than_its_engine_says_is_told_of(tmp_path: Path, tone_engine: str) -> None:
    second = "The second one has many more words than the first, so that it takes its time to be said as a whole."
    with Deck.open(tmp_path / "cache", "The first.", second, "The LATE one.", "The last.", engine="tardy") as deck:
        (notice,) = behind(deck, 2, tmp_path / "tone-state" / "go")
    assert notice.startswith("The voice tardy:sine is rendered more slowly than it plays; --engine ")
