"""Changing how words are pronounced while a story plays: at the same word, and nothing else is rendered again."""

from __future__ import annotations

from pathlib import Path

from player.utterance.lexicon.entry import Entry
from player.utterance.lexicon.matching import Lexicon
from tests.playback.test_recast import Told, told
from tests.support.waiting import wait_until

STORY = ("Nguyen came to the harbour. It was late, and nobody saw him there.", "The lamp was lit.", "He saw Nguyen go.")


def said(one: Told) -> list[str]:
    script = one.player.timeline.script
    return [utterance.spoken for block in range(len(script)) for utterance in script.utterances(block)]


def respelled(one: Told, *entries: Entry) -> None:
    lexicon = Lexicon(("", entries))
    one.player.respell(lexicon)
    wait_until(lambda: one.player.timeline.script.written.lexicon == lexicon, "the other pronunciation")


def keys(one: Told) -> list[str]:
    timeline, renderer = one.player.timeline, one.player.renderer
    return [
        renderer.segments.key((b, n)) for b in range(len(one.player.script)) for n in range(len(timeline.utterances(b)))
    ]


def test_a_word_is_said_in_another_way_and_the_story_goes_on_at_the_same_word(tmp_path: Path) -> None:
    with told(tmp_path, "pyttsx3:en-us", *STORY) as one:
        whole, before = one.rendered(), keys(one)
        player = one.player
        player.transport.speed = 1.5
        player.navigation.seek(0, STORY[0].index("nobody"))
        player.transport.play()
        one.play(0.4)
        at, transport = one.word, player.transport
        respelled(one, Entry("Nguyen", "Winwinwin"))
        assert one.word == at, "it goes on at the same word"
        assert (player.transport, player.transport.speed, player.voice.id) == (transport, 1.5, "pyttsx3:en-us")
        assert said(one)[0] == "Winwinwin came to the harbour."
        assert one.player.script.lexicon
        now = keys(one)
        assert [a == b for a, b in zip(before, now, strict=True)] == [False, True, True, False]
        wait_until(lambda: player.timeline.speech(0, 1) is not None, "the sentence that plays")
        assert player.timeline.speech(1, 0) is not None, "the length of what is said alike stays known"
        assert one.rendered() != whole
        assert not player.notices


def test_the_entry_removed_all_is_as_before(tmp_path: Path) -> None:
    with told(tmp_path, "pyttsx3:en-us", *STORY) as one:
        whole = one.rendered()
        respelled(one, Entry("Nguyen", "Winwinwin"))
        one.rendered()
        respelled(one)
        assert one.rendered() == whole


def test_an_export_keeps_the_pronunciation_that_it_began_with(tmp_path: Path) -> None:
    with told(tmp_path, "pyttsx3:en-us", *STORY) as one, one.player.borrow() as narration:
        respelled(one, Entry("Nguyen", "Winwinwin"))
        assert narration.timeline.utterances(0)[0].spoken == STORY[0].split(". ")[0] + "."
        assert narration.renderer.segment(2, 0) is not None


def test_another_voice_keeps_the_pronunciation(tmp_path: Path) -> None:
    with told(tmp_path, "pyttsx3:en-us", *STORY) as one:
        one.recast("pyttsx3:en-gb")
        respelled(one, Entry("Nguyen", "Winwinwin"))
        one.recast("pyttsx3:en-us")
        assert one.player.voice.id == "pyttsx3:en-us"
        assert said(one)[0] == "Winwinwin came to the harbour."
