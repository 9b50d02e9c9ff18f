"""Run benchmarks by name, each in a folder of its own."""

from __future__ import annotations

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

ALL = (
    *("start", "first_sound", "keys", "find", "export", "formats", "sync", "memory", "text", "opening", "pdf", "idle"),
    *("library", "alignment", "voices", "listen_js", "seeing", "publish", "archive", "cluster", "shape"),
)


def main() -> None:
    """Run the benchmarks named on the command line, or all; words behind a name are handed to it.

    `extraction` takes folders of pages instead. Of those that are not among all, `beside_lue` takes the path of a
    program.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its bytecode beside it
    if sys.argv[1:2] == ["extraction"]:
        for folder in sys.argv[2:]:
            print(f"== extraction {folder}", flush=True)
            import_module("tests.benchmarks.extraction").run(Path(folder))
        return
    asked: list[list[str]] = []
    for word in sys.argv[1:] or ALL:
        if word in ALL or word == "beside_lue" or not asked:
            asked.append([])
        asked[-1].append(word)
    for name, *words in asked:
        print(f"== {name}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
                os.environ[variable] = folder
            import_module(f"tests.benchmarks.{name}").run(Path(folder), *words)


main()
