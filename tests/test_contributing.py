"""The examples in CONTRIBUTING.md work as they stand there."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from player.export import DEFAULTS, Job
from tests.support.stories import story_of
from tests.support.studio import studio

ROOT = Path(__file__).parents[1]
MODULES = {"listen": "player", "pytest": "pytest"}
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
"""A command, and what it prints."""


class Example(NamedTuple):
    """One block of code of a chapter."""

    kind: str
    """ "python", "toml", "diff" or "console"."""
    code: str
    file: str
    """The file named last before it."""


def chapter(heading: str) -> str:
    return TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def examples(heading: str) -> Iterator[Example]:
    """Yield the blocks of a chapter in order."""
    file = ""
    for found in re.finditer(r"^```(\w+)\n(.*?)^```|`([\w/]+\.\w+)`", chapter(heading), re.DOTALL | re.MULTILINE):
        if found[3]:
            file = found[3] if "/" in found[3] else file
        else:
            yield Example(found[1], found[2], file)


def change(file: Path, diff: str) -> None:
    """Carry out a diff without line numbers; one that only adds, at the file's end."""
    marked = [(line[:1], line[1:]) for line in diff.splitlines(keepends=True)]
    before = "".join(text or "\n" for mark, text in marked if mark != "+")
    after = "".join(text or "\n" for mark, text in marked if mark != "-")
    text = file.read_text(encoding="utf-8")
    if before:
        assert text.count(before) == 1, f"{file} has not just once:\n{before}"
    file.write_text(text.replace(before, after) if before else text + after, encoding="utf-8")


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command line in a copy of the program."""
    python = f'"{sys.executable}" -P -m'
    programs = "".join(f'{name}() {{ {python} {module} "$@"; }}\n' for name, module in MODULES.items())
    code = f'export PYTHONPATH="$PWD"\n{programs}{command}'
    return subprocess.run(["bash", "-c", code], cwd=folder, stdout=-1, stderr=subprocess.STDOUT, text=True)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program and its tests, to be changed."""
    for name in ("player", "tests"):
        ignored = shutil.ignore_patterns("__snapshots__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("heading", ["Add a source format", "Add a reading", "Add a key", "Add a setting"])
def test_what_is_added_works(copy: Path, heading: str) -> None:
    for one in examples(heading):
        if one.kind == "diff":
            change(copy / one.file, one.code)
        elif one.kind != "console":
            (copy / one.file).write_text(one.code, encoding="utf-8")
        for command, told in COMMAND.findall(one.code if one.kind == "console" else ""):
            ran = run(command, copy)
            assert (ran.returncode == 0) if command.startswith("pytest") else (ran.stdout == told), ran.stdout


def test_the_map_names_every_room() -> None:
    told = chapter("The map")
    rooms = {
        path.name for path in (ROOT / "player").iterdir() if path.name not in ("__init__.py", "samples", "py.typed")
    }
    rooms = {name if name.endswith(".py") else f"{name}/" for name in rooms if name != "__pycache__"}
    assert sorted(name for name in rooms if not re.search(rf"(^|[ ,]){re.escape(name)}[ ,]", told, re.MULTILINE)) == []


def test_an_export_format(tmp_path: Path) -> None:
    module = ModuleType("example")
    exec(compile(next(examples("Add an export format")).code, "CONTRIBUTING.md", "exec"), module.__dict__)
    story = story_of("It was dark.", "It rained.")
    with studio(story, tmp_path) as (timeline, renderer):
        job = Job(timeline, renderer, ".cues", DEFAULTS, lambda progress: None, lambda: False, [0, 12, 22])
        file = io.BytesIO()
        seconds = module.write(job, file)
    (first, dark), (second, rained) = (line.split("\t") for line in file.getvalue().decode().splitlines())
    assert (dark, rained) == ("It was dark.", "It rained.")
    assert 0 <= float(first) < float(second) < seconds
