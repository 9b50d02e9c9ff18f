"""The engine for programs: a small Python script, with espeak-ng's library behind it, is the program."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from threading import Thread

import psutil
import pytest

from player.errors import EngineError, PlayerError
from player.speech.engines.command_engine.running import Runner
from player.speech.engines.command_engine.template import Template
from player.speech.process.host import Worker
from player.speech.survey import voices as voices_of
from tests.speech.checks import marked_words
from tests.support.waiting import wait_until

ROOT = Path(__file__).parents[2]
TEXT = "“Don’t go,” Zoë said; $HOME & {out} `x`—twice."

SPEAKER = f"""
import sys, wave
sys.path.insert(0, {str(ROOT)!r})
from player.speech.process.host import Worker
voice, out, text = sys.argv[1:]
with Worker.start("pyttsx3", voice, "") as worker:
    speech = worker.render(text if text != "-stdin" else sys.stdin.read())
with wave.open(sys.stdout.buffer if out == "-stdout" else out, "wb") as file:
    file.setparams((1, 2, speech.sample_rate, 0, "NONE", ""))
    file.writeframes(speech.pcm)
"""


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The beginning of a template: Python and the script."""
    script = tmp_path_factory.mktemp("a program") / "speaker.py"
    script.write_text(SPEAKER, "utf-8")
    return shlex.join([sys.executable, str(script)])


def options(template: str, **more: str) -> dict[str, str]:
    return {"template": template, "voices": "en-us=en-US, de=de", **more}


@pytest.mark.parametrize("arguments", ["{voice} {out} {text}", "{voice} -stdout {text}", "{voice} {out} -stdin"])
def test_a_program_speaks_and_every_word_has_a_time(program: str, espeak: Worker, arguments: str) -> None:
    with Worker.start("command", "en-us", "en", options(f"{program} {arguments}")) as worker:
        speech = worker.render(TEXT)
    assert marked_words(TEXT, speech) == marked_words(TEXT, espeak.render(TEXT))
    assert speech.samples == pytest.approx(espeak.render(TEXT).samples, abs=0.1 * speech.sample_rate)


def test_a_voice_is_found_by_language(program: str) -> None:
    with Worker.start("command", "", "de", options(f"{program} {{voice}} {{out}} {{text}}")) as worker:
        assert worker.hello().voice.id == "command:de"


@pytest.mark.parametrize("text", ["-o /tmp/x", "--help", "@/etc/passwd", "-5 degrees"])
def test_a_text_is_no_option(text: str) -> None:
    assert Template("say {text}").filled({"text": text}) == ["say", f" {text}"]
    assert Template("say --text={text}").filled({"text": text}) == ["say", f"--text={text}"]


def test_placeholders_in_a_text_stay() -> None:
    values = {"text": "{voice} {out}", "voice": "{text}", "out": "o.wav", "rate": "175", "language": "en"}
    filled = Template("""say -v {voice} '-o{out}' "{text}" {other} $HOME *""").filled(values)
    assert filled == ["say", "-v", "{text}", "-oo.wav", "{voice} {out}", "{other}", "$HOME", "*"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"template": "say 'unclosed"}, "cannot be read"),
        ({"template": "{text}"}, "begins with no program"),
        ({"template": "say -v {voice} {text}"}, "has {voice}"),
        ({"template": "say {text}", "suffix": "/../x"}, "suffix"),
    ],
)
def test_a_template_that_cannot_work_is_an_error(given: dict[str, str], message: str) -> None:
    with pytest.raises(PlayerError, match=message):
        voices_of("command", {"command": given})


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("no-such-program-4711 {text}", "there is no program"),
        (f"{sys.executable} -c 'import sys; sys.exit(\"no voice today\")' {{text}}", r"exit code 1\): no voice today"),
        (f"{sys.executable} -c pass {{text}}", "wrote 0 bytes"),
        (f"{sys.executable} -c 'print(\"hello\" * 99)' {{text}}", "no sound file"),
        (f"{sys.executable} -c 'open(\"/dev/null\")' {{text}} {{out}}", "wrote 0 bytes"),
    ],
)
def test_a_program_that_fails_is_one_line(template: str, message: str) -> None:
    with (
        Worker.start("command", "", "en", {"template": template}) as worker,
        pytest.raises(EngineError, match=message) as raised,
    ):
        worker.render("Hello.")
    assert "\n" not in str(raised.value)


def test_another_program_is_another_version(program: str, tmp_path: Path) -> None:
    script = tmp_path / "script"
    found = set()
    for content in ("1", "22"):
        script.write_text(content)
        with Worker.start("command", "", "en", {"template": f"{sys.executable} {script}"}) as worker:
            found.add(worker.hello().version)
    assert len(found) == 2


def test_a_program_that_hangs_is_ended_with_what_it_started(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    runner = Runner()
    with pytest.raises(EngineError, match="did not end within"):
        runner.run(hanging(pids), None, None, 3.0)
    wait_until(lambda: not any(map(runs, started(pids))), "the end of all processes")
    runner.run([sys.executable, "-c", "pass"], "unread", None, 60.0)


@pytest.mark.skipif(os.name != "posix", reason="needs process groups")
def test_a_program_ends_with_the_killed_worker(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    with Worker.start("command", "", "en", {"template": shlex.join(hanging(pids))}) as worker:
        asking = Thread(target=render_in_vain, args=(worker,))
        asking.start()
        wait_until(lambda: len(started(pids)) == 2, "the program and what it starts")
        worker.kill()
        asking.join()
    wait_until(lambda: not any(map(runs, started(pids))), "the end of all processes")


def render_in_vain(worker: Worker) -> None:
    with pytest.raises(EngineError):
        worker.render("Hello.")


def hanging(pids: Path) -> list[str]:
    """A program that starts another, writes both process ids into a file, and waits for ever."""
    code = (
        "import os, subprocess, sys\n"
        "sleep = [sys.executable, '-c', 'import threading; threading.Event().wait()']\n"
        "child = subprocess.Popen(sleep)\n"
        f"open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}')\n"
        "child.wait()\n"
    )
    return [sys.executable, "-c", code]


def started(pids: Path) -> list[int]:
    return [int(pid) for pid in pids.read_text().split()] if pids.exists() else []


def runs(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
