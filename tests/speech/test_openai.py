"""The engine for servers like OpenAI's, on a server of this machine that really speaks."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path
from queue import Queue
from threading import Event, Thread

import pytest

from player.audio.rendering.fallback import Fallback
from player.audio.rendering.renderer import Renderer
from player.audio.store.cache import DiskCache
from player.audio.timeline import Timeline
from player.audio.voicing.process import VoiceProcess
from player.errors import EngineBusy, EngineError, PlayerError, UsageError
from player.speech.choosing import registry
from player.speech.engines.openai_engine.captions import word_marks
from player.speech.engines.openai_engine.server import Server
from player.speech.options import OptionValue, checked
from player.speech.process.host import Worker
from player.speech.survey import Survey
from player.speech.survey import voices as voices_of
from player.utterance.script import Script
from tests.speech.checks import marked_words
from tests.support.speech_server import SpeechServer, body, cut, cut_without_length, speaking, status
from tests.support.stories import story_of

TEXT = "“Don’t go,” Zoë said at 10:30—twice."
WORDS = ["Don’t", "go", "Zoë", "said", "at", "10:30", "twice"]
KEY = "sk-very-secret-4711"


@pytest.fixture(scope="module")
def running() -> Iterator[SpeechServer]:
    with speaking() as server:
        yield server


@pytest.fixture
def server(running: SpeechServer) -> SpeechServer:
    running.reset()
    return running


def worker(server: SpeechServer, voice: str = "en-us", **options: str) -> Worker:
    return Worker.start("openai", voice, "en", server.options(**options))


@pytest.mark.parametrize("format", ["wav", "pcm"])
def test_a_server_speaks_and_every_word_has_a_time(server: SpeechServer, format: str) -> None:
    with worker(server, model="tts-2", format=format) as speaker:
        speech = speaker.render(TEXT)
    assert marked_words(TEXT, speech) == WORDS
    assert speech.samples > speech.sample_rate
    assert server.asked == [
        ("/v1/audio/speech", {"model": "tts-2", "response_format": format, "input": TEXT, "voice": "en-us"})
    ]


def test_word_times_of_the_server_are_exact(server: SpeechServer, espeak: Worker) -> None:
    server.captions = True
    with worker(server) as speaker:
        speech = speaker.render(TEXT)
    assert not speech.estimated
    assert marked_words(TEXT, speech) == WORDS
    exact = espeak.render(TEXT)
    assert [m.first for m in speech.marks] == pytest.approx([m.first for m in exact.marks], abs=0.04 * 22_050)


def test_brackets_are_no_controls(server: SpeechServer, espeak: Worker) -> None:
    server.captions = True
    text = "Wait [pause:1s] for [Kokoro](/kəkˈoʊɹoʊ/) here [sic]."
    with worker(server) as speaker:
        speech = speaker.render(text)
    assert "[" not in server.asked[0][1]["input"]
    assert marked_words(text, speech) == marked_words(text, espeak.render(text))


def test_a_long_text_is_sent_in_parts(server: SpeechServer) -> None:
    server.captions = True
    text = "no " * 1500 + "end."
    with worker(server) as speaker:
        speech = speaker.render(text, timeout=60)
    assert [len(sent["input"]) <= 4096 for _, sent in server.asked] == [True, True]
    assert len(marked_words(text, speech)) == 1501
    assert speech.marks[-1].last > 0.99 * speech.samples


@pytest.mark.parametrize(
    "first",
    [
        status(429, {"error": {"message": "Rate limit"}}, Retry_After="0"),
        status(429, {}, retry_after_ms="20"),
        status(429, {}, Retry_After=formatdate(0, usegmt=True)),
        status(503, {}),
        status(500, "oops"),
        cut,
        cut_without_length,
        body(b"", "audio/wav"),
    ],
)
def test_it_asks_again(server: SpeechServer, first: object) -> None:
    server.first.append(first)  # type: ignore[arg-type]
    with worker(server) as speaker:
        assert marked_words("Hello there.", speaker.render("Hello there.")) == ["Hello", "there"]
    assert len(server.asked) == 2


def test_it_waits_as_long_as_asked(server: SpeechServer) -> None:
    server.first.append(status(429, {}, Retry_After="1"))
    with worker(server) as speaker:
        speaker.render("")
        began = time.monotonic()
        assert speaker.render("Hello there.").samples
        assert time.monotonic() - began >= 1


def test_a_longer_wait_than_the_time_limit_is_an_error_and_it_does_not_ask_before(server: SpeechServer) -> None:
    server.first.append(status(429, {}, Retry_After="3600"))
    with worker(server) as speaker:
        with pytest.raises(EngineBusy, match="rate limit") as raised:
            speaker.render("Hello there.")
        assert 3590 < raised.value.seconds <= 3600
        with pytest.raises(EngineBusy, match=r"asks to wait .*rate limit"):
            speaker.render("Hello again.")
    assert len(server.asked) == 1


def test_a_wait_of_more_than_a_few_seconds_is_left_to_who_has_other_things_to_do(server: SpeechServer) -> None:
    server.first.append(status(429, {}, Retry_After="6"))
    with worker(server) as speaker:
        with pytest.raises(EngineBusy) as raised:
            speaker.render("Hello there.")
        assert 5 < raised.value.seconds <= 6


def test_a_voice_at_its_limit_is_not_broken_and_waiting_for_it_ends_at_once(
    server: SpeechServer, tmp_path: Path
) -> None:
    server.first.append(status(429, {}, Retry_After="60"))

    def start(engine: str, voice: str, language: str) -> Worker:
        return Worker.start(engine, voice, language, server.options())

    narrator = VoiceProcess.start("openai", "en-us", "en", start).voicing()
    timeline = Timeline(Script(story_of("It rained.", "Nobody slept.")).spoken_by(), narrator.rate)
    notices: Queue[str] = Queue()
    cancelled, found = Event(), Queue[object]()

    def wait() -> None:
        try:
            found.put(renderer.segment(0, 0, cancelled.is_set))
        except PlayerError as error:
            found.put(error)

    renderer = Renderer(timeline, narrator, DiskCache(tmp_path), workers=2, fallback=Fallback, notify=notices.put)
    try:
        Thread(target=wait).start()
        with renderer.in_a_hurry():
            told = notices.get(timeout=30)
            assert told.startswith("openai:en-us is waited for, ") and "rate limit" in told
            cancelled.set()
            renderer.wake()
            assert found.get(timeout=5) is None
    finally:
        renderer.close()
    for thread in renderer.threads:
        thread.join(timeout=5)
        assert not thread.is_alive()
    assert len(server.asked) == 1 and notices.empty() and not renderer.replaced()


def test_word_times_come_back_after_a_failure_that_passes(server: SpeechServer) -> None:
    server.captions = True
    server.first.extend([status(500, "oops")] * 4)
    with worker(server) as speaker:
        assert speaker.render("Hello there.").samples
        assert not speaker.render("Hello again.").estimated
    paths = [path for path, _ in server.asked]
    assert paths == ["/dev/captioned_speech"] * 4 + ["/v1/audio/speech", "/dev/captioned_speech"]


def test_word_times_that_fail_twice_are_not_asked_for_again(server: SpeechServer) -> None:
    server.captions = True
    with worker(server) as speaker:
        for text in ("Hello there.", "Hello again."):
            server.first.extend([status(500, "oops")] * 4)
            assert speaker.render(text).samples
        asked = len(server.asked)
        assert speaker.render("Hello once more.").samples
    assert [path for path, _ in server.asked[asked:]] == ["/v1/audio/speech"]


def test_a_server_without_word_times_is_asked_for_them_once(server: SpeechServer) -> None:
    server.captions = True
    server.first.append(status(405, "Method Not Allowed"))
    with worker(server) as speaker:
        assert speaker.render("Hello there.").samples and speaker.render("Hello again.").samples
    assert [path for path, _ in server.asked] == ["/dev/captioned_speech", *["/v1/audio/speech"] * 2]


@pytest.mark.parametrize(
    ("first", "message"),
    [
        (status(404, {"error": {"code": "model_not_found"}}), "has no model 'tts-1'"),
        (status(429, {"error": {"code": "insufficient_quota", "message": "You exceeded"}}), "no credit left"),
        (status(400, {"detail": {"message": "Voice 'x' not found\nat all"}}), "400 Bad Request: Voice 'x' not found"),
        (status(302, "", Location="http://127.0.0.1:9/"), "points to another address"),
        (body(b"<html>hello</html>", "text/html"), "text in place of sound"),
        (body(b"#EXTM3U\nhttp://127.0.0.1:9/a.wav\n" * 9, "audio/mpeg"), "no sound file"),
    ],
)
def test_what_no_waiting_mends_is_one_line_at_once(server: SpeechServer, first: object, message: str) -> None:
    server.first.append(first)  # type: ignore[arg-type]
    with worker(server) as speaker, pytest.raises(EngineError, match=message) as raised:
        speaker.render("Hello there.")
    assert len(server.asked) == 1
    assert "\n" not in str(raised.value)


def test_the_key_is_sent_and_never_shown(server: SpeechServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.key = KEY
    monkeypatch.setenv("MY_KEY", f" {KEY}\n")
    for key in (KEY, "$MY_KEY"):
        with worker(server, key=key) as speaker:
            assert speaker.render("Hello.").samples
            hello = speaker.hello()
            assert KEY not in f"{hello.version} {hello.options}"
            assert server.address.removeprefix("http://") in hello.version
    server.first.append(status(400, {"error": {"message": f"bad {KEY} in it"}}))
    with worker(server, key=KEY) as speaker, pytest.raises(EngineError, match="bad … in it"):
        speaker.render("Hello.")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong-0815")
    with worker(server) as speaker, pytest.raises(EngineError, match=r"does not accept the key \(401\)") as raised:
        speaker.render("Hello.")
    assert "0815" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "options", "refused"),
    [
        ("http://192.0.2.1/v1", {}, True),
        ("http://speech.example:8880", {}, True),
        ("http://127.0.0.1.example/v1", {}, True),
        ("http://192.0.2.1/v1", {"key_unencrypted": True}, False),
        ("http://192.0.2.1/v1", {"key": ""}, False),
        ("https://speech.example/v1", {}, False),
        ("http://localhost:8880/v1", {}, False),
        ("http://127.9.9.9:8880/v1", {}, False),
        ("http://[::1]:8880/v1", {}, False),
    ],
)
def test_a_key_leaves_this_machine_only_encrypted(
    url: str, options: dict[str, OptionValue], refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    given = {"base_url": url, "voices": "alloy", **options}
    if refused:
        with pytest.raises(UsageError, match="without encryption: use https, or set") as raised:
            registry.load("openai", given)
        assert raised.value.setting == ("engines", "openai", "base_url") and KEY not in str(raised.value)
    else:
        assert registry.load("openai", given).voices()[0].name == "alloy"


@pytest.mark.parametrize("key", [KEY, f"{KEY}\nX-Other: 1", f"{KEY}’", "$NO_SUCH_KEY"])
def test_a_key_that_is_wrong_or_cannot_be_sent_is_in_no_log(server: SpeechServer, tmp_path: Path, key: str) -> None:
    server.key = "another"
    program = (
        "import sys; from pathlib import Path; from player.log import begin; begin(Path(sys.argv[1]))\n"
        "from player.speech.process.host import Worker; from player.errors import PlayerError\n"
        "options = {'base_url': sys.argv[2], 'key': sys.argv[3], 'voices': 'en-us'}\n"
        "try: Worker.start('openai', 'en-us', 'en', options).render('Hello.')\n"
        "except PlayerError as e: print(e)\n"
    )
    log = tmp_path / "log"
    run = subprocess.run(
        [sys.executable, "-c", program, log, server.address, key], capture_output=True, text=True, check=True
    )
    assert "key" in run.stdout
    assert run.stdout.count("\n") == 1
    assert KEY not in run.stdout + run.stderr + log.read_text("utf-8")


def test_a_server_that_is_not_there_is_one_line() -> None:
    with (
        Worker.start("openai", "alloy", "en", {"base_url": "http://127.0.0.1:9", "voices": "alloy"}) as speaker,
        pytest.raises(EngineError, match=r"127.0.0.1:9 gives no answer .*refused"),
    ):
        speaker.render("Hello.")


@pytest.mark.parametrize(
    "url", ["localhost:8880", "ftp://here/v1", "http://ann:pw4711@here/v1", "http://x/v1?key=pw4711"]
)
def test_an_address_that_is_none_is_an_error(url: str) -> None:
    with pytest.raises(UsageError, match="base_url") as raised:
        voices_of("openai", {"openai": {"base_url": url}})
    assert "pw4711" not in str(raised.value)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"voices": ["af_heart", "bm_george", "x"]}, ["en-US female", "en-GB male", "mul "]),
        ([{"id": "a", "name": "Anna", "language": "de"}, {"name": 5}, None], ["de "]),
        ({"voices": [{"voice_id": "zf_xiaoni"}]}, ["zh female"]),
    ],
)
def test_its_voices_are_those_that_the_server_lists(server: SpeechServer, told: object, expected: list[str]) -> None:
    server.voices = told
    found = voices_of("openai", {"openai": {"base_url": server.address}})
    assert [f"{voice.language} {voice.gender}" for voice in found] == expected


@pytest.mark.parametrize("told", [None, {}, [], "x", {"voices": [1, "", "a\nb"]}])
def test_without_a_list_they_are_openais(server: SpeechServer, told: object) -> None:
    server.voices = told
    names = [voice.name for voice in voices_of("openai", {"openai": {"base_url": server.address}})]
    assert {"alloy", "nova"} <= set(names)


def test_an_engine_that_is_not_set_up_costs_no_process_and_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    waiting = registry.not_set_up({})
    assert waiting.keys() >= {"openai", "command"}
    asked = Survey()
    assert not waiting.keys() & set(asked.names)
    assert "openai" not in {one.name for one in asked.statuses()}
    with pytest.raises(EngineError, match=r"not set up.*base_url"):
        voices_of("openai")


CAPTIONS = [
    ("It is $5 now.", "it is five dollars now", ["It", "is", "$5", "now"]),
    ("At 10:30, U.S. time", "At ten thirty , U S time .", ["At", "10:30", "U.S.", "time"]),
    ("A 90-minute talk", "A ninety - minute talk", ["A", "90-minute", "talk"]),
    ("He said so.", "He said so . Thank you", ["He", "said", "so"]),
    ("One two three 😀", "one two three", ["One", "two", "three"]),
]


@pytest.mark.parametrize(("text", "said", "expected"), CAPTIONS)
def test_word_times_are_those_of_the_written_words(text: str, said: str, expected: list[str]) -> None:
    times = [{"word": word, "start_time": i / 10, "end_time": (i + 1) / 10} for i, word in enumerate(said.split())]
    marks = word_marks(text, times, 1000, 5000)
    assert marks is not None
    assert [text[m.start : m.end] for m in marks] == expected
    assert all(a.last <= b.first for a, b in pairwise(marks))
    first = {word.lower(): i * 100 for i, word in enumerate(said.split())}
    for mark in marks:
        word = text[mark.start : mark.end].lower()
        assert mark.first == first.get(word, mark.first)


@pytest.mark.parametrize(
    "times",
    [
        None,
        {},
        [],
        [None],
        [{"word": "Hello"}],
        [{"word": "Hello", "start_time": float("nan"), "end_time": 1}],
        [{"word": "other", "start_time": "x", "end_time": 1}],
        [{"word": f"{n}", "start_time": 0, "end_time": 1} for n in range(100_000)],
    ],
)
def test_malformed_word_times_are_none(times: object) -> None:
    assert word_marks("Hello there.", times, 1000, 5000) is None


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"key": 4711}, r"^key must be a text in quotes$"),
        ({"key": ["sk-4711"]}, r"^key must be a text in quotes$"),
        ({"voices": [4711]}, r"^voices must be a list of texts in quotes, not \[4711\]$"),
    ],
)
def test_an_option_of_another_type_is_an_error_that_shows_no_key(table: dict[str, object], says: str) -> None:
    with pytest.raises(UsageError) as raised:
        checked(registry.profile("openai").options, table)
    assert re.search(says, raised.value.message)


def test_voices_may_be_a_list() -> None:
    assert checked(registry.profile("openai").options, {"voices": ["a", "b=de"]}) == {"voices": "a, b=de"}


@pytest.mark.parametrize("drips", [False, True])
def test_an_answer_that_does_not_end_is_given_up_in_time(server: SpeechServer, drips: bool) -> None:
    ended = Event()

    def slow(request: BaseHTTPRequestHandler) -> None:
        if drips:
            request.send_response(200)
            request.send_header("Content-Length", "100000")
            request.end_headers()
        while not ended.wait(0.1):
            if drips:
                request.wfile.write(b"R")

    server.first.append(slow)
    asked = Server("here", "m", "")
    sent = {"input": "Hello.", "voice": "en-us", "response_format": "wav"}
    with pytest.raises(EngineError, match="too long"):
        asked.ask(f"{server.address}/v1/audio/speech", sent, time.monotonic() + 1.0, lambda answer: answer)
    ended.set()


def test_a_proxy_is_not_asked_for_this_machine(server: SpeechServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with worker(server) as speaker:
        assert speaker.render("Hello.").samples
