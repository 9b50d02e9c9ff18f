"""Reading the pages of a PDF, many of them in further processes: one a core.

    parent -> process   {"bytes": 90000}                   and so many bytes: the PDF
                        {"first": 8, "end": 16}            pages to read
    process -> parent   {"page": 8, "lines": […], "height": 792.0}, or {"page": 8} of a damaged one

One line of JSON each. The process dies with its parent: when standard input ends, it leaves at once.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO, cast

from player.log import claim_stdout
from player.story.formats.pdf.page import Line, Page, read_page
from player.story.reading.raw_source import RawSource
from player.story.reading.untrusted.limits import hold_helper

_logger = logging.getLogger(__name__)

_START = (
    "import sys; sys.path.append(sys.argv[1]); from player.story.formats.pdf.reading import serve; serve(sys.argv[2])"
)
_CHUNK = 8
"""Pages that are read at once."""
_MANY = 64
"""Pages; of fewer a further process, which takes 0.15 s to start, would have none to read."""
_MOST_PROCESSES = 4
"""In all: each has the PDF in its memory."""

Pages = list[Page | None]
"""None stands for a damaged page."""


def read_pages(
    document: Any, raw: RawSource, pages: range, first: int = 0, begun: Callable[[Pages], None] = lambda pages: None
) -> Pages:
    """Return the pages of a document of pypdfium2. As soon as the `first` so many are read, `begun` is called with
    them; processes that help are started after that."""
    chunks = deque(pages[n : n + _CHUNK] for n in range(0, len(pages), _CHUNK))
    found: dict[int, Page | None] = {}
    helpers: list[_Helper] = []

    def read(chunk: range) -> None:
        for index in chunk:
            found[index] = _read(document, index, raw.name)
            raw.progress(len(found), len(pages), "page")

    try:
        while len(found) < first:
            read(chunks.popleft())
        if first:
            begun([found[index] for index in pages[:first]])
        helpers += [_Helper(raw, chunks, found) for _ in range(_further(len(pages) - first))]
        while chunks:
            with suppress(IndexError):  # a helper took the last one
                read(chunks.popleft())
            if not chunks:  # what a helper failed in comes back
                for helper in helpers:
                    helper.wait()
    finally:
        for helper in helpers:
            helper.kill()
    return [found[index] for index in pages]


def _further(pages: int) -> int:
    """Return how many processes beside this one."""
    if pages < _MANY:
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST_PROCESSES) - 1


def _read(document: Any, index: int, name: str) -> Page | None:
    from pypdfium2 import PdfiumError

    try:
        page = document[index]
        try:
            return read_page(page)
        finally:
            page.close()
    except (PdfiumError, ValueError, ArithmeticError):  # the latter of places that are no numbers
        _logger.warning("page %d of %s is damaged", index + 1, name, exc_info=True)
        return None


class _Helper:
    """A process that reads pages, and the thread that asks it for one chunk after another."""

    def __init__(self, raw: RawSource, chunks: deque[range], found: dict[int, Page | None]) -> None:
        root = str(Path(__file__).resolve().parents[4])
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, root, raw.name], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        hold_helper(self._process.pid)
        self._thread = Thread(target=self._work, args=(raw.data, chunks, found), daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Wait until there is nothing more to read, or the process has ended."""
        self._thread.join()

    def kill(self) -> None:
        """End the process. May be called again."""
        self._process.kill()
        self._process.wait()
        self._thread.join()
        with suppress(OSError):
            cast(BinaryIO, self._process.stdin).close()
        cast(BinaryIO, self._process.stdout).close()

    def _work(self, data: bytes, chunks: deque[range], found: dict[int, Page | None]) -> None:
        chunk = range(0)
        stdin, stdout = cast(BinaryIO, self._process.stdin), cast(BinaryIO, self._process.stdout)
        try:
            _write(stdin, {"bytes": len(data)}, data)
            while chunks:
                chunk = chunks.popleft()
                _write(stdin, {"first": chunk.start, "end": chunk.stop})
                for index in chunk:
                    found[index] = _page(json.loads(stdout.readline()), index)
        except IndexError:  # another took the last chunk
            return
        except (OSError, ValueError, LookupError, TypeError):
            _logger.warning("a process that reads pages has ended", exc_info=True)
            chunks.extend([range(index, index + 1) for index in chunk if index not in found])


def _page(answer: dict[str, Any], index: int) -> Page | None:
    """Return the page that a process has read. Raises ValueError, LookupError or TypeError for anything else."""
    if answer["page"] != index:
        raise ValueError(f"page {answer['page']} instead of {index}")
    if "lines" not in answer:
        return None
    return Page([Line(*line) for line in answer["lines"]], answer["height"])


def _write(stream: BinaryIO, message: dict[str, Any], data: bytes = b"") -> None:
    stream.write(json.dumps(message).encode() + b"\n" + data)
    stream.flush()


def serve(name: str) -> None:
    """Read pages as asked for on standard input, until that ends."""
    import gc

    from pypdfium2 import PdfDocument

    gc.disable()  # there are no cycles among lines, and looking for them takes a fifth of the time
    out = claim_stdout()
    requests: SimpleQueue[range] = SimpleQueue()
    stdin = sys.stdin.buffer
    document = PdfDocument(stdin.read(json.loads(stdin.readline())["bytes"]))
    Thread(target=_listen, args=(stdin, requests), daemon=True).start()
    with suppress(BrokenPipeError):  # the parent is gone
        while True:
            for answer in _answers(document, requests.get(), name):
                _write(out, answer)
    os._exit(0)  # without the destructors of libraries


def _answers(document: Any, pages: Sequence[int], name: str) -> Iterator[dict[str, Any]]:
    for index in pages:
        page = _read(document, index, name)
        yield {"page": index} if page is None else {"page": index, "lines": page.lines, "height": page.height}


def _listen(stream: BinaryIO, requests: SimpleQueue[range]) -> None:
    """Queue what comes in; when the parent is gone, end this process, whatever it does."""
    while line := stream.readline():
        asked = json.loads(line)
        requests.put(range(asked["first"], asked["end"]))
    os._exit(0)
