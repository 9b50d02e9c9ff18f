"""How soon an article and a book of 3 MB, in every format, are on screen; how long a web page and a PDF's page take.

On screen: from process start until the terminal has been sent a word of the story's second paragraph. Beside the
article the time that Python needs to import the interface, which is part of it; beside the books that of the article.
"""

from __future__ import annotations

import os
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from textwrap import fill

import pypandoc
from pypdfium2 import PdfDocument
from reportlab.platypus import Paragraph

from player.story.opening import load
from tests.benchmarks.measuring import article_times, forget_stories, timed
from tests.benchmarks.terminal import listen
from tests.support.epub import Book
from tests.support.pdf import BODY, write

PAGES = Path(__file__).parents[1] / "data" / "pages"
RUNS = 3
CHAPTERS = 60
SIGN = b"kvoldsong"
"""A word that stands in the second paragraph only."""


def run(folder: Path) -> None:
    """Print the figures."""
    lines = article_times(1100, folder).read_text().split("\n\n")
    lines[1] = f"A {SIGN.decode()} was heard."
    article = folder / "article.txt"
    article.write_text("\n\n".join(lines[:10]))
    peer = [sys.executable, "-c", "import textual.app"]
    pairs = [(on_screen(article, folder), timed(peer, 1)) for _ in range(2 * RUNS)]
    least, imported = (statistics.median(pair[n] for pair in pairs) for n in (0, 1))
    print(
        f"import textual.app: {imported:.2f} s; the article: on screen after {least:.2f} s, "
        f"{statistics.median(shown / alone for shown, alone in pairs):.2f} x (wanted: at most 1.6 x)"
    )
    print(f"the book: {sum(map(len, lines)) / 1e6:.1f} MB of text")
    for make in (_text, _hard_wrapped, _markdown, _page, book, _document):
        file = make(lines, folder)
        read = statistics.median(_clock(lambda file=file: load(str(file))) for _ in range(RUNS))  # type: ignore[misc]
        shown = statistics.median(on_screen(file, folder) for _ in range(RUNS))
        print(
            f"{file.suffix} ({make.__name__.lstrip('_')}): read in {read:.2f} s, on screen after {shown:.2f} s, "
            f"{shown / least:.2f} x the article (wanted: at most 1.3 x)",
            flush=True,
        )
    pages = [page for page in sorted(PAGES.glob("*.html")) if page.with_suffix(".json").exists()]
    load(str(pages[0]))  # imports trafilatura
    each = [statistics.median(_clock(lambda page=page: load(str(page))) for _ in range(RUNS)) for page in pages]  # type: ignore[misc]
    print(
        f"{len(pages)} web pages: {statistics.median(each) * 1000:.0f} ms each, {max(each) * 1000:.0f} ms the longest"
    )
    _pdf(lines, folder)


def _clock(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def on_screen(file: Path, folder: Path) -> float:
    """Seconds from starting the player to the second paragraph."""
    screen = bytearray()
    seen = threading.Event()

    def drawn(data: bytes) -> None:
        screen.extend(data)
        if SIGN in screen:
            seen.set()

    environment = {**os.environ, "LISTEN_CACHE_DIR": str(folder / "cache")}
    forget_stories()
    began = time.perf_counter()
    with listen([str(file)], environment, drawn):
        if not seen.wait(60):
            raise SystemExit(f"{file.name} never came on screen")
        return time.perf_counter() - began


def _chapters(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    size = len(lines) // CHAPTERS + 1
    for number in range(CHAPTERS):
        yield f"Chapter {number + 1}", lines[number * size : (number + 1) * size]


def _text(lines: list[str], folder: Path) -> Path:
    file = folder / "book.txt"
    file.write_text("\n\n".join(lines))
    return file


def _hard_wrapped(lines: list[str], folder: Path) -> Path:
    file = folder / "wrapped.txt"
    file.write_text("\n\n".join(fill(line, 72) for line in lines))
    return file


def _markdown(lines: list[str], folder: Path) -> Path:
    file = folder / "book.md"
    parts = (f"# {title}\n\n" + "\n\n".join(part) for title, part in _chapters(lines))
    file.write_text("\n\n".join(parts))
    return file


def _html(lines: list[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>\n" for line in lines)


def _page(lines: list[str], folder: Path) -> Path:
    file = folder / "book.html"
    parts = (f"<h2>{title}</h2>{_html(part)}" for title, part in _chapters(lines))
    file.write_text(f"<html><body><article>{''.join(parts)}</article></body></html>")
    return file


def book(lines: list[str], folder: Path) -> Path:
    parts = list(_chapters(lines))
    pages = {f"c{n}.xhtml": f"<h1>{title}</h1>{_html(part)}" for n, (title, part) in enumerate(parts)}
    contents = [(title, f"c{n}.xhtml", ()) for n, (title, _) in enumerate(parts)]
    return Book(pages, contents).write(folder / "book.epub")


def _document(lines: list[str], folder: Path) -> Path:
    file = folder / "book.docx"
    pypandoc.convert_text(_markdown(lines, folder).read_text(), "docx", "markdown", outputfile=str(file))
    return file


def _pdf(lines: list[str], folder: Path) -> None:
    file = write(folder / "book.pdf", [Paragraph(escape(line), BODY) for line in lines[: len(lines) // 4]])
    with PdfDocument(file) as document:
        pages = len(document)
    took = _clock(lambda: load(str(file)))
    print(f".pdf of {pages} pages: {took:.2f} s, {pages / took:.0f} pages a second")
