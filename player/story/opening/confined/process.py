"""What runs in a reader's process. Its host is `player.story.opening.confined.host`.

    host -> process   {"format": "pdf", "raw": {…}, "naming": {…}, "options": {…}, "log": "", "bytes": 9000}
                      and so many bytes: the source. With "begins", a long one is answered twice:
    process -> host   {"beginning": {"story": {…}}}                       once, perhaps
    process -> host   {"done": 3, "total": 300, "unit": "page"}           from time to time
                      {"story": {…}}, {"feed": {…}} or {"error": "…", "hint": "…"}

One line of JSON each. The process dies with its host: when standard input ends, it leaves at once with all that it
has started.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import signal
import sys
import time
from contextlib import suppress
from importlib import import_module
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

from player.errors import PlayerError
from player.log import VARIABLE, begin_in_child, claim_stdout
from player.story.language import guess
from player.story.model import BlockKind, Story
from player.story.opening.confined.plain import Plain, to_plain
from player.story.opening.registry import LARGE, Format, named, read_story
from player.story.reading.naming import Naming
from player.story.reading.options import DEFAULTS, from_request
from player.story.reading.raw_source import RawSource
from player.story.reading.untrusted.limits import hold_to, limits_for

_SAMPLE = "It rained, he said.", "It was cold on the quay - and nobody knew what was to come."
_BETWEEN = 0.05
"""Seconds between two reports of progress."""
_NICE = 5
"""Added to the process's niceness once the beginning of a story plays: speech must not wait for pages."""


def main(arguments: list[str]) -> None:
    """Import what a format needs, given its module and perhaps LARGE; then answer requests until standard input
    ends."""
    gc.disable()  # stories have no cycles, and looking for them takes a fifth of the time
    faulthandler.enable()  # the traceback of a crash; the host logs it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the host's to handle
    out = claim_stdout()
    requests: SimpleQueue[tuple[Plain, bytes]] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    _prepare(arguments[0], large=LARGE in arguments[1:])
    with suppress(BrokenPipeError):  # the host is gone
        while True:
            _write(out, _answer(*requests.get(), out))
            gc.collect()  # while nobody waits: libraries may leave some
    os._exit(0)  # without the destructors of libraries


def _prepare(module: str, *, large: bool) -> None:
    """Import a reader, its libraries, and what builds a story. A missing one is reported when it is used, as is what
    the reader finds in a sample that is none of its stories."""
    with suppress(ImportError, PlayerError):
        import_module(f"player.story.formats.{module}")
        form = named(module)
        for library in form.libraries:
            if not (large and library in form.for_short):
                import_module(library)
        _compile(form)


def _compile(form: Format) -> None:
    """Compile the patterns that any text needs: 0.1 s of a reader, 0.03 s of what builds a story."""
    from player.story.reading.building import build
    from player.story.reading.draft import Draft

    guess("")
    naming = Naming("", "", "", "")
    if not form.libraries:
        read_story(form, RawSource("\n\n".join(_SAMPLE).encode(), ""), naming, DEFAULTS)
    else:
        build(Draft([(BlockKind.PARAGRAPH, text, 0) for text in _SAMPLE]), naming)


def _answer(request: Plain, data: bytes, out: BinaryIO) -> Plain:
    if request["log"] and not os.environ.get(VARIABLE):
        os.environ[VARIABLE] = request["log"]
        begin_in_child("reader")
    hold_to(limits_for(len(data)))
    told = 0.0

    def tell(done: int, total: int, unit: str) -> None:
        nonlocal told
        if time.monotonic() - told > _BETWEEN:
            told = time.monotonic()
            _write(out, {"done": done, "total": total, "unit": unit})

    def begun(story: Story) -> None:
        _write(out, {"beginning": to_plain(story)})
        if hasattr(os, "nice"):
            os.nice(_NICE)

    raw = RawSource(data, **request["raw"], progress=tell)
    try:
        naming, options = Naming(**request["naming"]), from_request(request["options"])
        form = named(request["format"])
        return to_plain(read_story(form, raw, naming, options, begun if request["begins"] else None))
    except PlayerError as error:
        return {"error": error.message, "hint": error.hint}


def _write(out: BinaryIO, message: Plain) -> None:
    out.write(json.dumps(message).encode() + b"\n")
    out.flush()


def _listen(stream: BinaryIO, requests: SimpleQueue[tuple[Plain, bytes]]) -> None:
    """Queue requests; when the host is gone, kill this process and its group from this thread."""
    while line := stream.readline():
        request: dict[str, Any] = json.loads(line)
        data = stream.read(request["bytes"])
        if len(data) < request["bytes"]:
            break
        requests.put((request, data))
    if hasattr(os, "killpg") and os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)  # includes pandoc
    os._exit(0)
