"""Which scripts a voice reads: of its language, of those that it borrows from others, and of no other."""

from __future__ import annotations

import pytest

from player.speech.engine import Voice, WordMark
from player.speech.listed_voices import voice
from player.speech.scripts import cannot_read, reader, scripts_of, unread
from player.speech.survey import voices
from player.speech.words import every_word

HEART = Voice("hibari", "heart", "en-US", 24_000)


@pytest.fixture(scope="module")
def espeak_voices() -> dict[str, Voice]:
    return {voice.name: voice for voice in voices("pyttsx3")}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Plain, naïve and “quoted” — Ωmega, the angle α; ٢٣ 😀 ½", {}),
        ("The word שלום means peace.", {"Hebrew": 4}),
        ("Λόγος means word.", {"Greek": 5}),
        ("東京 is とうきょう.", {"Han": 2, "Kana": 5}),
        ("नमस्ते", {"Devanagari": 4}),
    ],
)
def test_letters_that_an_english_voice_does_not_read_are_counted(text: str, found: dict[str, int]) -> None:
    assert dict(unread(text, HEART)) == found


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("你好，世界 GDP", "Chinese characters"),
        ("日本語の文です。", "Japanese kana"),
        ("Привет, мир!", "Cyrillic"),
        ("Peace is שלום.", ""),
        ("12:30 …", ""),
    ],
)
def test_a_text_cannot_be_read_when_most_of_its_letters_cannot(text: str, what: str) -> None:
    why = cannot_read(text, HEART)
    assert (why.message if why else "") == (f"the voice hibari:heart does not read {what}" if what else "")


def test_languages_have_their_scripts() -> None:
    assert scripts_of("sr-RS") == {"Cyrillic", "Latin"}
    assert scripts_of("zh-Hant-TW") == {"Han", "Latin"}
    assert scripts_of("cmn-Latn-pinyin") == {"Latin"}
    assert scripts_of("sw") == {"Latin"}


@pytest.mark.parametrize(
    ("voice", "reads", "not_reads"),
    [
        ("en-us", ["Hello", "नमस्ते", "안녕"], ["Λόγος", "Привет", "你好", "שלום", "สวัสดี"]),
        ("ru", ["Привет", "Hello", "Λόγος"], ["你好", "שלום"]),
        ("ja", ["こんにちは"], ["日本", "Hello"]),
        ("cmn", ["你好", "Hello"], ["こんにちは"]),
    ],
)
def test_voices_of_espeak_read_what_was_measured(
    espeak_voices: dict[str, Voice], voice: str, reads: list[str], not_reads: list[str]
) -> None:
    assert [text for text in reads + not_reads if not cannot_read(text, espeak_voices[voice])] == reads


def test_who_is_recommended_is_there_and_reads_it(espeak_voices: dict[str, Voice]) -> None:
    for text in ("你好", "こんにちは", "Привет", "Λόγος", "שלום", "مرحبا", "สวัสดี", "안녕", "ሰላም"):
        (script,) = unread(text, HEART)
        name = reader(script, HEART).partition("pyttsx3:")[2].partition(" ")[0]
        assert cannot_read(text, espeak_voices[name]) is None
    assert "pyttsx3" not in reader("Han", espeak_voices["cmn"])


def test_every_word_has_a_mark_in_order() -> None:
    text = "one, two (three) four"
    marks = (WordMark(5, 8, 100, 200), WordMark(10, 15, 250, 300))
    assert every_word(text, marks, 400) == (WordMark(0, 3, 100, 100), *marks, WordMark(17, 21, 400, 400))
    assert every_word(text, (WordMark(0, 21, 0, 400),), 400) == (WordMark(0, 21, 0, 400),)
    assert [mark.first for mark in every_word(text, (), 0)] == [0, 0, 0, 0]


def test_no_chinese_voice_is_recommended_for_japanese_kanji(espeak_voices: dict[str, Voice]) -> None:
    error = cannot_read("日本橋", espeak_voices["ja"])
    assert error is not None
    assert "does not read Chinese characters" in error.message
    assert "Japanese" in error.hint and "cmn" not in error.hint


def test_a_voice_of_several_languages_reads_every_script() -> None:
    assert not unread("日本橋 мир كلمة word", voice("any", "one", "", 24_000))
    assert unread("мир word", voice("any", "one", "de", 24_000))
