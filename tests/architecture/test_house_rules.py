"""The import rules hold for what is not written yet: a format that knows another one breaks a contract by itself."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the import rules of a copy of the house."""
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as run; run()"
    return subprocess.run([sys.executable, "-P", "-c", code, "--no-cache"], cwd=folder, capture_output=True, text=True)


def copied(folder: Path) -> Path:
    """Copy the package with its rules into a folder, and return that."""
    shutil.copytree(ROOT / "player", folder / "player", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return copied(tmp_path)


FORBIDDEN = [
    ("story/formats/fb2.py", "player.story.formats.epub", "source formats do not know each other"),
    ("story/formats/new/__init__.py", "player.story.formats.web.metadata", "source formats do not know each other"),
    ("story/html/tables.py", "player.story.formats.markdown", "a story is opened from the top down"),
    ("story/reading/lines/new.py", "player.story.reading.draft", "a draft is made from the top down"),
    ("export/formats/ass.py", "player.export.formats.srt", "export formats do not know each other"),
    ("export/text/new.py", "player.export.metadata.chapters", "an export is made from the top down"),
    ("speech/engines/other_engine.py", "player.speech.engines.pyttsx3_engine", "engines do not know each other"),
    ("cli/output/new.py", "player.cli.commands.play", "the command line is built from the top down"),
    ("audio/screen.py", "textual.app", "no screen below the interface"),
    ("early/screen.py", "rich.text", "no screen below the interface"),
    ("a_new_room.py", "textual.app", "no screen below the interface"),
    ("cli/output/screen.py", "rich.text", "no screen below the interface"),
    ("story/loud.py", "player.playback.output", "rooms follow one another in one direction"),
]


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is said of a house with all of them."""
    house = copied(tmp_path_factory.mktemp("house"))
    for file, imported, _ in FORBIDDEN:
        added = house / "player" / file
        added.parent.mkdir(exist_ok=True)
        added.write_text(f"import {imported}\n")
    run = lint(house)
    assert run.returncode != 0
    return run.stdout


@pytest.mark.parametrize(("file", "imported", "rule"), FORBIDDEN, ids=[file for file, _, _ in FORBIDDEN])
def test_a_new_file_that_imports_what_it_must_not_breaks_a_contract(
    complaints: str, file: str, imported: str, rule: str
) -> None:
    assert f"{rule} BROKEN" in complaints
    module = "player." + file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    seen = imported if imported.startswith("player.") else imported.partition(".")[0]
    said = re.split(r"\n[^\n]+\n-{3,}\n", complaints.partition(f"\n{rule}\n---")[2])[0]
    assert f"{module} -> {seen} " in said


def test_a_new_format_of_its_own_breaks_none(house: Path) -> None:
    (house / "player" / "story" / "formats" / "fb2.py").write_text("import player.story.reading.draft\n")
    run = lint(house)
    assert run.returncode == 0, run.stdout
