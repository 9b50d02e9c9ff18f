"""The bundled espeak-ng, for real: words in time, the same bytes every time, wherever it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from player.errors import EngineError, UsageError
from player.speech.engines.pyttsx3_engine.espeak import _BUFFER_MS
from player.speech.process.host import Worker
from player.speech.survey import voices
from tests.speech.checks import marked_words, seconds_of_near_silence
from tests.support.waiting import wait_until

pytestmark = pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="system voices are used there")

CASES = {
    "The Kremlin said nothing.": ["The", "Kremlin", "said", "nothing"],
    "“Don’t go,” Zoë said—twice.": ["Don’t", "go", "Zoë", "said", "twice"],
    "It’s a café-style thing, isn’t it?": ["It’s", "a", "café-style", "thing", "isn’t", "it"],
    "He paid $3.50 for 90 stamps in the 1990s.": [
        *["He", "paid", "$3.50", "for", "90", "stamps", "in the", "1990s"],
    ],
    "U.S. troops left at 10:30am (local time).": ["U.S.", "troops", "left", "at", "10:30am", "local", "time"],
    "Peace 😀 at last": ["Peace", "😀", "at", "last"],
    "[[hello]] <b>world</b>": ["hello", "<b>world</b>"],
}


@pytest.mark.quick
@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_every_written_word_is_marked_in_order(espeak: Worker, text: str, expected: list[str]) -> None:
    speech = espeak.render(text)
    assert marked_words(text, speech) == expected
    assert not speech.estimated
    assert speech.marks[0].first < 0.06 * speech.sample_rate
    assert speech.marks[-1].last == speech.samples


def test_words_said_in_one_breath_share_a_mark(espeak: Worker) -> None:
    text = "It is the end of the world"
    assert "of the" in marked_words(text, espeak.render(text))


def test_a_long_word_takes_longer_than_a_short_one(espeak: Worker) -> None:
    conversation, short = espeak.render("Conversation cat.").marks
    assert conversation.last - conversation.first > 1.3 * (short.last - short.first)


@pytest.mark.quick
def test_a_sentence_has_the_same_bytes_in_every_worker_whatever_was_said_before(espeak: Worker) -> None:
    text = "The conversation with Putin reportedly lasted almost 90 minutes."
    espeak.render("Something else comes first.")
    first = espeak.render(text)
    assert espeak.render(text) == first
    with Worker.start("pyttsx3", "en-us", "en") as another:
        assert another.render(text) == first


_SPEAK = """
import sys
from player.speech.choosing.voices import find_voice
from player.speech.engines.pyttsx3_engine import espeak
espeak._BUFFER_MS = int(sys.argv[1])
engine = espeak.BundledEspeak("pyttsx3", int(sys.argv[2]))
for language in ("en", "de"):
    voice = find_voice(engine.voices(), "", language)
    engine.load(voice)
    speech = engine.render("Wait, it is late; he came 15 minutes ago. Nobody knew! " * 5, voice)
    print(speech.pcm.hex(), speech.marks)
"""


@pytest.mark.parametrize("rate", [175, 450])
def test_the_size_of_the_buffer_is_not_heard(rate: int) -> None:
    def said(buffer: int) -> bytes:
        return subprocess.run(
            [sys.executable, "-c", _SPEAK, str(buffer), str(rate)], check=True, capture_output=True
        ).stdout

    assert said(_BUFFER_MS) == said(0)


def test_nothing_that_a_killed_worker_started_stays() -> None:
    with Worker.start("pyttsx3", "en-us", "en") as worker:
        worker.render("Hello.")
        started = psutil.Process(worker.pid).children(recursive=True)
    wait_until(lambda: not any(map(_runs, started)), "the end of the worker's processes")


def test_it_speaks_again_when_a_process_that_it_started_was_killed(espeak: Worker) -> None:
    text = "The conversation lasted almost 90 minutes."
    first = espeak.render(text)
    for process in psutil.Process(espeak.pid).children(recursive=True):
        process.kill()
    with suppress(EngineError):
        espeak.render(text)
    assert espeak.render(text) == first


def test_pauses_are_left_to_the_timeline(espeak: Worker) -> None:
    before, after = seconds_of_near_silence(espeak.render("A sentence ends with a pause."))
    assert before <= 0.04
    assert after <= 0.04


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("", "en-us"),
        ("en", "en-us"),
        ("en-GB", "en-gb"),
        ("en-AU", "en-us"),
        ("de", "de"),
        ("de-AT", "de"),
        ("fr", "fr-fr"),
        ("pt-BR", "pt-br"),
        ("pt-PT", "pt"),
        ("zh-CN", "cmn"),
        ("no", "nb"),
        ("xx", "en-us"),
    ],
)
def test_the_storys_language_chooses_the_voice(language: str, voice: str) -> None:
    with Worker.start("pyttsx3", "", language) as worker:
        assert worker.hello().voice.name == voice


@pytest.mark.parametrize("name", ["en-gb", "en-gb-x-rp", "EN-US", "de", "yue-latn-jyutping"])
def test_a_voice_speaks_under_the_name_it_is_listed_by(name: str) -> None:
    with Worker.start("pyttsx3", name, "") as worker:
        assert worker.hello().voice.name == name.casefold()
        assert worker.render("Hello 1").samples > 2000


def test_voice_names_are_unique_and_american_english_comes_first() -> None:
    listed = voices("pyttsx3")
    assert listed[0].id == "pyttsx3:en-us"
    assert len({v.name for v in listed}) == len(listed) > 100
    assert {v.language for v in listed} >= {"en-US", "en-GB-x-rp", "de", "fr-FR"}


def test_an_unknown_voice_is_refused_with_close_names() -> None:
    with Worker.start("pyttsx3", "en-uk", "en") as worker:
        with pytest.raises(UsageError, match="no voice 'en-uk'") as caught:
            worker.hello()
        assert "en-us" in caught.value.hint
        with pytest.raises(UsageError):  # and whoever asks again is told the same
            worker.render("Hello.")


def test_it_works_from_a_path_longer_than_the_librarys_buffer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import espeakng_loader

    folder = tmp_path / ("deep" * 40)
    folder.mkdir()
    (folder / "espeakng_loader").symlink_to(Path(espeakng_loader.__file__).parent)
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
    with Worker.start("pyttsx3", "en-us", "en") as worker:
        assert worker.render("你好 hello.").samples > 2000


def _runs(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
