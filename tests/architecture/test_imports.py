"""Who may know whom: by the static graph, and by what a running process has really loaded."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import player
from player.audio.segment import Segment
from player.speech.choosing import registry
from player.speech.process.host import Worker

ROOT = Path(__file__).parents[2]
NAME_ENGINES = tuple(ROOT / "player" / "speech" / folder for folder in ("engines", "english"))
"""The engines, and what binds a package that is also an engine's for all engines that take phonemes."""


def loaded_after(code: str, *arguments: str) -> set[str]:
    """The modules that a fresh process has loaded after running code."""
    program = f"{code}\nimport sys; print('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_rooms_follow_one_another_in_one_direction() -> None:
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout


def test_importing_the_package_loads_none_of_its_rooms() -> None:
    assert {m for m in loaded_after("import player") if m.startswith("player.")} == set()


def test_every_public_name_is_there() -> None:
    assert [name for name in player.__all__ if not hasattr(player, name)] == []


def test_a_sentence_from_the_cache_is_brought_to_its_loudness_without_loading_ffmpeg(tmp_path: Path) -> None:
    file = tmp_path / "kept.flac"
    with Worker.start("pyttsx3", "", "en") as worker:
        file.write_bytes(Segment.of(worker.render("Louder, and with peaks that are limited!")).to_flac(""))
    heard = "Segment.from_flac(Path(sys.argv[1]).read_bytes()).at_loudness(-19.0, -20.5)"
    code = f"import sys; from pathlib import Path; from player.audio.segment import Segment; assert {heard}.samples"
    assert "av" not in loaded_after(code, str(file))


def test_an_export_touches_no_screen_and_no_loudspeaker(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Hello there.")
    code = "import sys; from player.cli import run; assert run(sys.argv[1:]) == 0"
    modules = loaded_after(code, "export", str(story), "-o", str(tmp_path / "a.mp3"), "--engine", "pyttsx3")
    assert {m for m in modules if m.split(".")[0] in ("textual", "rich", "pyttsx3")} == set()
    assert {m for m in modules if m.startswith(("player.tui", "player.playback"))} == set()


def test_no_engine_is_named_but_in_its_own_files() -> None:
    """What holds for one engine only is its profile's to say."""
    ordinary_words = {"command"}
    named = re.compile("|".join(set(registry.names()) - ordinary_words), re.IGNORECASE)
    found = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in (ROOT / "player").rglob("*")
        if file.suffix in (".py", ".toml", ".tcss") and not any(map(file.is_relative_to, NAME_ENGINES))
        for line in file.read_text(encoding="utf-8").splitlines()
        if named.search(line)
    ]
    assert found == []


def test_only_what_int_reads_counts_as_a_digit() -> None:
    """`isdigit` is true of "²" and "①" as well, with which `int` fails; `isdecimal` is not."""
    assert not [path for path in (ROOT / "player").rglob("*.py") if ".isdigit" in path.read_text("utf-8")]


def test_the_typed_marker_is_shipped() -> None:
    assert (ROOT / "player" / "py.typed").is_file()
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert packages == {"packages": ["player"]}
