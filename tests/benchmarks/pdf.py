"""How whole the sentences of PDFs are, how far their order is pdftotext's, and how fast they are read.

`python -m tests.benchmarks pdf [FILE.pdf …]`: without files, documents that Typst sets, whose text is known. Of other
files, the share of three-word sequences: of those read, how many pdftotext has as well (in its reading order or the
file's), and of pdftotext's, how many are read. Headers, notes and contents are left out on purpose, rows of tables
get the names of their columns: 1.0 is not the aim.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections import Counter
from pathlib import Path

from pypdfium2 import PdfDocument

from player.story.opening import load
from tests.support import typesetting

_WORD = re.compile(r"\w+")
_HYPHEN = re.compile(r"(?<=[a-z])[-\u2010\u00ad]\s*\n\s*(?=[a-z])")
PARAGRAPHS = 4500
"""Of the long book."""


def run(folder: Path, *files: str) -> None:
    """Print the figures."""
    for name in files:
        print(_beside_pdftotext(Path(name)), flush=True)
    if files:
        return
    for name, make in typesetting.ALL.items():
        made = make()
        file = typesetting.compiled(made, folder / "made.pdf")
        whole, count = typesetting.shares(made, [block.text for block in load(str(file)).blocks])
        print(f"{name}: {whole} of {count} sentences whole, pdftotext {_whole(made, file)}", flush=True)
    file = typesetting.compiled(typesetting.novel(PARAGRAPHS), folder / "long.pdf")
    began = time.perf_counter()
    load(str(file))
    took = time.perf_counter() - began
    print(f"a book of {_pages(file)} pages: {took:.2f} s, {_pages(file) / took:.0f} pages a second")


def _whole(made: typesetting.Made, file: Path) -> int:
    text = " ".join(_HYPHEN.sub("", _pdftotext(file)).split())
    return sum(sentence in text for sentence in made.sentences)


def _beside_pdftotext(file: Path) -> str:
    began = time.perf_counter()
    story = load(str(file))
    took = time.perf_counter() - began
    ours = _threes("\n".join(block.text for block in story.blocks))
    reading, written = _threes(_pdftotext(file)), _threes(_pdftotext(file, "-raw"))
    pages = _pages(file)
    return (
        f"{file.name}: {_share(ours, reading | written):.3f} of what is read is in pdftotext's order, "
        f"{_share(reading, ours):.3f} of pdftotext's is read; {pages} pages, {pages / took:.0f} a second"
    )


def _pdftotext(file: Path, *options: str) -> str:
    run = subprocess.run(["pdftotext", *options, str(file), "-"], capture_output=True, check=True)
    return run.stdout.decode(errors="replace")


def _threes(text: str) -> Counter[tuple[str, str, str]]:
    words = _WORD.findall(_HYPHEN.sub("", text).casefold())
    return Counter(zip(words, words[1:], words[2:], strict=False))


def _share(of: Counter[tuple[str, str, str]], found: Counter[tuple[str, str, str]]) -> float:
    return (of & found).total() / of.total() if of else 1.0


def _pages(file: Path) -> int:
    with PdfDocument(file) as document:
        return len(document)
