"""What the author of an engine is given, and what the engines of the tests take of it."""

from __future__ import annotations

import ast
import math
import os
import re
import tomllib
from array import array
from pathlib import Path
from textwrap import indent

import pytest

from player.audio.voicing.process import VoiceProcess
from player.errors import EngineError, UsageError
from player.speech import kit
from player.speech.choosing.announced import GROUP
from player.speech.kit import Option, Unspeakable, WordMark, finish
from player.speech.options import checked
from player.speech.process.host import Worker
from tests.speech.checks import marked_words

RATE = 16_000
_ROOT = Path(__file__).parents[2]
_SUPPORT = _ROOT / "tests" / "support"


def _tones(*seconds: float) -> bytes:
    """Tones of these lengths, each after a tenth of a second of silence, and one more silence at the end."""
    pcm = array("h")
    for length in seconds:
        pcm.extend([0] * (RATE // 10))
        pcm.extend(round(9000 * math.sin(n / 5)) for n in range(round(length * RATE)))
    pcm.extend([0] * (RATE // 10))
    return pcm.tobytes()


@pytest.mark.parametrize("plugin", ["plugins/listen_tone.py", "odd_plugins/listen_odd.py"])
def test_the_plugins_of_the_tests_use_public_names_only(plugin: str) -> None:
    tree = ast.parse((_SUPPORT / plugin).read_text())
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom | ast.Import)]
    ours = [node for node in imported if "player" in ast.unparse(node)]
    assert ours
    for node in ours:
        assert isinstance(node, ast.ImportFrom) and node.module == "player.speech.kit"
        assert {alias.name for alias in node.names} <= set(kit.__all__)


def test_the_engine_that_contributing_builds_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chapter = (_ROOT / "CONTRIBUTING.md").read_text().partition("## Add an engine\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"```(\w+)\n(.*?)```", re.sub(r"^   ", "", chapter, flags=re.MULTILINE), re.DOTALL)
    (_, project), (_, first), (_, timed), (_, profile) = blocks
    announced = tomllib.loads(project)["project"]["entry-points"][GROUP]
    info = tmp_path / "listen_beep-1.0.dist-info"
    info.mkdir()
    lines = (f"{name} = {value}" for name, value in announced.items())
    (info / "entry_points.txt").write_text("\n".join([f"[{GROUP}]", *lines]))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    module = tmp_path / "listen_beep.py"

    module.write_text(first)
    with Worker.start("beep", "", "en") as worker:
        estimated = worker.render("One, two.")
    assert (marked_words("One, two.", estimated), estimated.estimated) == (["One", "two"], True)

    body = first[: first.index("    def render")].replace("Engine, Speech, Voice, finish", ", ".join(kit.__all__))
    module.write_text(body + indent(timed + profile, "    "))
    with Worker.start("beep", "", "en") as worker:
        exact = worker.render("One, two.")
    with Worker.start("beep", "", "en", {"pitch": 2.0}) as worker:
        high = worker.render("One, two.")
        assert worker.hello().options == (("pitch", 2.0),)
    assert [(m.first, m.last) for m in exact.marks] == [(0, 960), (960, 1920)]
    assert not exact.estimated
    assert high.pcm != exact.pcm


def test_silence_is_cut_off_and_marks_move_along() -> None:
    tenth = RATE // 10
    speech = finish(_tones(0.5), RATE, "Hello!", [WordMark(0, 5, tenth, tenth + RATE // 2)])
    assert 0.5 <= speech.samples / RATE <= 0.57
    assert marked_words("Hello!", speech) == ["Hello"]
    assert (speech.marks[0].last - speech.marks[0].first, speech.estimated) == (RATE // 2, False)


def test_a_mark_without_an_end_lasts_until_the_next() -> None:
    speech = finish(_tones(0.5, 0.5), RATE, "one two", [WordMark(0, 3, 1600), WordMark(4, 7, 11_200)])
    assert speech.marks[0].last == speech.marks[1].first
    assert speech.marks[1].last == speech.samples


def test_missing_marks_are_estimated() -> None:
    speech = finish(_tones(0.5, 0.5), RATE, "one, two")
    assert speech.estimated
    assert marked_words("one, two", speech) == ["one", "two"]
    assert speech.marks[0].last == pytest.approx(0.55 * RATE, abs=0.1 * RATE)


@pytest.mark.parametrize(
    ("pcm", "rate", "marks"),
    [
        (b"\1\2\3", RATE, None),
        (_tones(0.5), 1, None),
        (_tones(0.5), RATE, [WordMark(0, 9, 0, 100)]),
        (_tones(0.5), RATE, [WordMark(1, 2, 900, 800)]),
        (_tones(0.5), RATE, [WordMark(0, 3, 0, 800), WordMark(2, 4, 800, 900)]),
    ],
    ids=[
        "half a sample",
        "a rate",
        "a word behind the text",
        "a word that ends before it begins",
        "words that overlap",
    ],
)
def test_what_is_no_speech_is_refused(pcm: bytes, rate: int, marks: list[WordMark] | None) -> None:
    with pytest.raises(EngineError):
        finish(pcm, rate, "Hello", marks)


def test_silence_in_place_of_words_is_unspeakable() -> None:
    with pytest.raises(Unspeakable):
        finish(bytes(RATE), RATE, "Привет")
    assert finish(bytes(RATE), RATE, "…").samples == 0


OPTIONS = (
    Option("pitch", 1.0, "Factor.", low=0.5, high=2.0),
    Option("rate", 175, low=80),
    Option("shape", "sine", choices=("sine", "square")),
    Option("loud", False),
)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("pitch", 3, "pitch must be a number from 0.5 to 2, not 3.0"),
        ("pitch", True, "pitch must be a number from 0.5 to 2, not True"),
        ("rate", 90.5, "rate must be a whole number from 80, not 90.5"),
        ("shape", "saw", "shape must be 'sine' or 'square', not 'saw'"),
        ("loud", 1, "loud must be true or false, not 1"),
        ("loud", [], "loud must be true or false, not []"),
        ("volume", 1, "volume is no option of it"),
    ],
)
def test_an_option_that_does_not_suit_is_told(name: str, value: object, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked(OPTIONS, {name: value})
    assert caught.value.message == message


def test_a_whole_number_will_do_for_a_number() -> None:
    assert checked(OPTIONS, {"pitch": 2, "loud": True}) == {"pitch": 2.0, "loud": True}


def test_an_option_changes_the_sound_and_the_key_and_a_password_neither(tone_engine: str) -> None:
    plain, high, secret = ({}, {"pitch": 2.0}, {"password": "xyzzy"})
    said, keys = [], []
    for options in (plain, high, secret):
        process = VoiceProcess.start(
            tone_engine,
            "",
            "en",
            lambda *who, options=options: Worker.start(*who, options),  # type: ignore[misc]
        )
        with process.first as worker:
            said.append(worker.render("word").pcm)
            keys.append(process.voicing().identity)
    assert said[0] == said[2] != said[1]
    assert keys[0] == keys[2] != keys[1]


def test_another_rate_takes_another_time() -> None:
    with Worker.start("pyttsx3", "", "en") as usual, Worker.start("pyttsx3", "", "en", {"rate": 350}) as fast:
        text = "It takes about half as long."
        assert fast.render(text).samples < 0.7 * usual.render(text).samples
