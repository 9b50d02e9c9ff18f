"""PDFs: some of their pages, and many pages at once."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from pypdfium2 import PdfDocument
from reportlab.lib.pagesizes import A3
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph

from player.errors import SourceError, UsageError
from player.settings import Source
from player.story.formats.pdf.reading import read_pages
from player.story.reading.options import PageRange
from player.story.reading.raw_source import RawSource
from tests.story.reading import load
from tests.support.pdf import BODY, HEADING, outlined, write
from tests.support.waiting import wait_until

pytestmark = pytest.mark.quick


def _book(folder: Path, count: int) -> Path:
    story = []
    for n in range(1, count + 1):
        story += [
            outlined(f"Leaf {n}", HEADING, 0),
            Paragraph(f"This is page number {n} of the book.", BODY),
            PageBreak(),
        ]
    return write(folder / "book.pdf", story, title="A Light at Sea")


@pytest.mark.parametrize(
    ("written", "numbers"), [("3-5", [3, 4, 5]), ("7", [7]), ("11-", [11, 12]), ("-2", [1, 2]), ("3–4", [3, 4])]
)
def test_some_pages_are_read(tmp_path: Path, written: str, numbers: list[int]) -> None:
    story = load(str(_book(tmp_path, 12)), only_pages=PageRange(*Source(pages=written).page_range))
    assert [section.title for section in story.sections] == [f"Leaf {n}" for n in numbers]
    assert [block.text for block in story.blocks if "page number" in block.text] == [
        f"This is page number {n} of the book." for n in numbers
    ]
    assert story.title == "A Light at Sea"


def test_pages_that_are_not_there_are_told(tmp_path: Path) -> None:
    book = str(_book(tmp_path, 3))
    for pages in (PageRange(4, None), PageRange(2, 9)):
        with pytest.raises(SourceError, match="has 3 pages") as raised:
            load(book, only_pages=pages)
        assert "1-3" in raised.value.hint
    for written in ("x", "0-2", "5-3", "-", "1-2-3"):
        with pytest.raises(UsageError, match="--pages"):
            Source(pages=written)
    (tmp_path / "a.txt").write_text("A text has no pages.")
    with pytest.raises(SourceError, match="no pages"):
        load(str(tmp_path / "a.txt"), only_pages=PageRange(1, 1))


def test_pages_have_places_of_their_own(tmp_path: Path) -> None:
    book = str(_book(tmp_path, 3))
    stories = [load(book, only_pages=pages) for pages in (None, PageRange(1, 2), PageRange(2, 2))]
    assert len({story.identity for story in stories}) == 3


def test_many_pages_are_read_in_their_order(tmp_path: Path) -> None:
    story = load(str(_book(tmp_path, 150)))
    assert [section.title for section in story.sections] == [f"Leaf {n}" for n in range(1, 151)]


def test_what_printers_put_beside_the_page_is_not_read(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(480, 680))
    canvas.setCropBox((40, 40, 440, 640))
    canvas.drawString(5, 660, "14773_01.qxd 2/10/04 Page 89")
    for n in range(1, 20):
        canvas.drawString(80, 600 - 14 * n, f"The light of day {n} was seen from the wall,")
        canvas.drawString(455, 600 - 14 * n, str(n))
    canvas.save()
    (block,) = load(str(tmp_path / "a.pdf")).blocks
    assert block.text.startswith("The light of day 1 was seen from the wall, The light of day 2 was seen")


def test_pages_may_share_their_size(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A3, pageCompression=0)
    canvas.drawString(80, 1100, "High on the page a lamp was burning.")
    canvas.save()
    data = (tmp_path / "a.pdf").read_bytes()
    box = re.search(rb"/MediaBox \[[^]]*\]", data)
    assert box is not None
    data = data.replace(box[0], b" " * len(box[0])).replace(b"/Type /Pages", b"/Type /Pages " + box[0])
    (tmp_path / "a.pdf").write_bytes(data)
    assert [block.text for block in load(str(tmp_path / "a.pdf")).blocks] == ["High on the page a lamp was burning."]


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core reads alone")
def test_what_a_lost_process_was_to_read_is_read_all_the_same(tmp_path: Path) -> None:
    book = _book(tmp_path, 150)
    others = psutil.Process().children()
    killed: list[int] = []

    def kill(done: int, total: int, unit: str) -> None:
        if not killed:
            for child in set(psutil.Process().children()) - set(others):
                child.send_signal(signal.SIGKILL)
                killed.append(child.pid)

    document = PdfDocument(book)
    raw = RawSource(book.read_bytes(), "book.pdf", progress=kill)
    pages = read_pages(document, raw, range(len(document)))
    document.close()
    assert killed and all(page is not None and page.lines for page in pages)


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core reads alone")
def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    book = _book(tmp_path, 150)
    command = [sys.executable, "-c", _READS_AND_STOPS, str(book)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None and reader.stdout.readline() == b"reading\n"
        helpers = psutil.Process(reader.pid).children()
        reader.kill()
    assert helpers
    wait_until(lambda: not any(map(_lives, helpers)), "the end of its processes")


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


_READS_AND_STOPS = """
import sys, threading
from pathlib import Path
from pypdfium2 import PdfDocument
from player.story.formats.pdf.reading import read_pages
from player.story.reading.raw_source import RawSource

def stop(*_):
    print("reading", flush=True)
    threading.Event().wait()

book = Path(sys.argv[1])
read_pages(PdfDocument(book), RawSource(book.read_bytes(), "book.pdf", progress=stop), range(150))
"""
