"""Every command with streams that are closed, full or broken, odd environments, and values that nobody means.

Whatever comes, it ends in time, with an exit code that is documented, and says in one line what is wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.reliability.tally import Tally

_CODES = {0, 1, 2, 130}
_NEVER = ("Traceback", "the program failed", "Exception ignored", "Warning:")
_STREAMS = ("closed", "full", "broken", "wrong way")
"""(With a folder as one of them Python itself does not start.)"""
_LONG = "x" * 5000
_NOT_UTF8 = os.fsdecode(b"\xff\xe9")
_VALUES = ("", "-1", "0", "nan", "inf", "1e400", "1e300", "99999999999999999999", "-", "--", "~no-such-user/x",
           "a\nb", "{", "[", "\x1b[31m", "/", "é", _NOT_UTF8, _LONG)  # fmt: skip
_FULL = "/dev/full"


@dataclass(frozen=True)
class _Case:
    """One run of the program."""

    arguments: Sequence[str]
    environment: Mapping[str, str | None] = field(default_factory=dict)
    """Variables that are set, or with None are not there."""
    streams: Mapping[int, str] = field(default_factory=dict)
    """What is wrong with a stream, by its number: one of _STREAMS."""

    def __str__(self) -> str:
        words = [word if len(word) < 40 else f"{word[:10]}…" for word in self.arguments]
        environment = {name: value and value[:40] for name, value in self.environment.items()}
        return f"{words} {environment or ''} {dict(self.streams) or ''}"


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """See Trial."""
    _prepare(folder)
    parts = {
        "commands with broken streams": list(_broken_streams(folder)),
        "commands in odd environments": list(_environments(folder)),
        "options with strange values": list(_strange_values(folder)),
        "stories with strange names and contents": list(_strange_stories(folder)),
    }
    for name, cases in parts.items():
        # Every n-th of them, so that every run tries some of each kind.
        chosen = cases if long else cases[:: len(cases) // 3 + 1]
        tally = Tally(name, trials=len(chosen))
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            for case, wrong in zip(chosen, pool.map(lambda case: _wrong(case, folder), chosen), strict=True):
                if wrong:
                    tally.faults.append(f"{case}: {wrong}")
        yield tally


def _prepare(folder: Path) -> None:
    (folder / "s.txt").write_text("Lamps burn.")
    (folder / "episodes").mkdir()
    (folder / "file").write_text("a file")


def _commands(folder: Path) -> Iterator[list[str]]:
    story = str(folder / "s.txt")
    yield from (["script", "-"], ["script", story], ["script", story, "--json"], ["script", str(folder / "none.txt")])
    yield from (["export", story, "-o", str(folder / "a.vtt")], ["export", "-", "-o", str(folder / "b.mp3")])
    yield from (["export", story, "-o", "-", "--format", form] for form in ("vtt", "wav", "mp3"))
    yield from ([name, *json] for name in ("voices", "recent", "cache") for json in ([], ["--json"]))
    yield from (["cache", "clear"], ["feed", str(folder / "episodes"), "--base-url", "https://example.org/"])
    yield from ([story], [story, "--plain"], ["-"], ["--help"], ["export", "--help"], ["--version"], ["--nonsense"])


def _broken_streams(folder: Path) -> Iterator[_Case]:
    for command in _commands(folder):
        for number, problem in product((0, 1, 2), _STREAMS):
            if number or "-" in command:
                yield _Case(command, streams={number: problem})
        for problem in ("closed", "full", "broken"):
            yield _Case(command, streams={1: problem, 2: problem})
        yield _Case(command, streams=dict.fromkeys(range(3), "closed"))


def _environments(folder: Path) -> Iterator[_Case]:
    file = str(folder / "file")
    directories = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    environments: list[dict[str, str | None]] = [
        {"HOME": None, **dict.fromkeys(directories)},
        {"HOME": "", **dict.fromkeys(directories)},
        {"HOME": "/dev/null/x", **dict.fromkeys(directories)},
        *({name: file} for name in directories),
        *({name: "/proc/none"} for name in directories),
        {"LISTEN_CACHE_DIR": file},
        {"LISTEN_CACHE_DIR": "/proc/none"},
        {"LISTEN_LOG": "/dev/full"},
        {"LISTEN_LOG": "/"},
        {"TMPDIR": "/dev/null/x"},
        {"PATH": ""},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "xx_YY.nonsense"},
        {"PYTHONIOENCODING": "ascii"},
        {"TERM": "dumb"},
        {"TERM": None},
        {"TERM": "nonsense"},
        *({"COLUMNS": columns} for columns in ("0", "1", "-5", "100000000", "x")),
    ]
    for environment, command in product(environments, list(_commands(folder))[::3]):
        yield _Case(command, environment)


def _strange_values(folder: Path) -> Iterator[_Case]:
    story = str(folder / "s.txt")
    of_all = ("--speed", "--volume", "--cache-limit", "--voice", "--engine", "--language", "--theme", "--code", "--log",
              "--cache-dir", "--quote-voice", "--latest")  # fmt: skip
    for number, (option, value) in enumerate(product(of_all, _VALUES)):
        target = str(folder / "v.vtt")
        command = [["script", story], ["cache"], ["export", story, "-o", target], [story, "--plain"]][number % 4]
        yield _Case([*command, option, value])
    for option, value in product(("--bitrate", "--quality", "--chapters", "--format", "-o"), _VALUES):
        yield _Case(["export", story, "-o", str(folder / "v.mp3"), option, value])
    for option, value in product(("--base-url", "--title", "--port", "--host"), _VALUES):
        yield _Case(["feed", str(folder / "episodes"), option, value])
    for value in _VALUES:
        for command in (["script"], [], ["feed"], ["cache"]):
            if command or value not in ("", "--"):  # which name no story: the sample is played to its end
                yield _Case([*command, value])
        for variable in ("SPEED", "VOLUME", "CACHE_DIR", "CACHE_LIMIT", "VOICE", "THEME", "LOG"):
            yield _Case(["script", story], {f"LISTEN_{variable}": value})


def _strange_stories(folder: Path) -> Iterator[_Case]:
    names = (
        "a\nb.txt",
        os.fsdecode(b"caf\xe9.txt"),
        "-x.txt",
        "{title}.txt",
        "\x1b]0;x\x07.txt",
        "n" * 240 + ".txt",
        "é.txt",
    )
    contents = (b"", b" \n\t", b"\0" * 100, b"a\0b", b"\xff\xfe", b"\xef\xbb\xbf", b"\xff" * 100, b"Hi.\x1b[2J",
                b"?!." * 50, b"{\\rtf1", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"<rss version='2.0'/>",
                b"---\nx: [\n---\n")  # fmt: skip
    made = []
    for number, name in enumerate(names):
        (folder / "names").mkdir(exist_ok=True)
        made.append(folder / "names" / name)
        made[number].write_text("Lamps burn.")
    for number, content in enumerate(contents):
        made.append(folder / f"content-{number}.txt")
        made[-1].write_bytes(content)
    for path in made:
        yield _Case(["script", str(path)])
        yield _Case(["export", str(path), "-o", str(folder / "{title}.vtt")])
        yield _Case([str(path), "--plain"])


def _wrong(case: _Case, folder: Path) -> str:
    """What a run did that it must not; empty when all was well."""
    environment: dict[str, str] = {**os.environ, "LISTEN_SILENT": "1", "LISTEN_ENGINE": "pyttsx3"}
    environment["LISTEN_CACHE_DIR"] = str(folder / "audio")
    for name, value in case.environment.items():
        if value is None:
            environment.pop(name, None)
        else:
            environment[name] = value
    if "PYTHONPATH" not in environment:
        environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    try:
        code, out, err = _ran(case, environment, folder)
    except subprocess.TimeoutExpired:
        return "it does not end"
    if code not in _CODES:
        return f"exit code {code}: {err[-200:]}"
    if found := next((word for word in _NEVER if word in out + err), None):
        return f"{found}: {err[-300:]}"
    if code and 2 not in case.streams and not (code == 1 and case.streams.get(1) == "broken"):
        lines = err.splitlines()
        if not lines or not lines[-1].startswith("listen: ") or sum(line.startswith("listen: ") for line in lines) > 3:
            return f"exit code {code}, and says {err[-300:]!r}"
    if (
        code == 0
        and case.streams.get(1) in ("closed", "full")
        and case.arguments[0] in ("script", "voices", "--version")
    ):
        return "exit code 0, and nothing of it was printed"
    return ""


def _ran(case: _Case, environment: Mapping[str, str], folder: Path) -> tuple[int, str, str]:
    with ExitStack() as stack:
        pipes: list[int] = []
        for number in range(3):
            pipes.append(_descriptor(case.streams.get(number, ""), number, stack))
        closed = [number for number, problem in case.streams.items() if problem == "closed"]
        shut = " ".join(f"{number}>&-" for number in closed)
        command = ["/bin/sh", "-c", f'exec "$@" {shut}', "sh", sys.executable, "-m", "player", *case.arguments]
        # In an empty folder: what another case has written there under a strange name would be a story here.
        here = stack.enter_context(TemporaryDirectory(dir=folder))
        process = stack.enter_context(
            subprocess.Popen(command, stdin=pipes[0], stdout=pipes[1], stderr=pipes[2], env=environment, cwd=here)
        )
        try:
            out, err = process.communicate(b"Lamps burn." if pipes[0] == subprocess.PIPE else None, timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return process.returncode, (out or b"").decode(errors="replace"), (err or b"").decode(errors="replace")


def _descriptor(problem: str, number: int, stack: ExitStack) -> int:
    """What the program is given as standard input (0), output or error output."""
    if problem == "full":
        made = os.open(_FULL, os.O_RDWR)
    elif problem == "wrong way":
        made = os.open(os.devnull, os.O_RDONLY if number else os.O_WRONLY)
    elif problem == "broken":
        read, write = os.pipe()
        os.close(read if number else write)
        made = write if number else read
    else:
        return subprocess.PIPE
    stack.callback(os.close, made)
    return made
