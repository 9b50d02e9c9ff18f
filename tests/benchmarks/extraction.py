"""How much of each article is found on real pages, and how little else, beside trafilatura alone.

    python -m tests.benchmarks extraction FOLDER

FOLDER is a copy of github.com/scrapinghub/article-extraction-benchmark (html/, ground-truth.json), or of
github.com/mozilla/readability's test/test-pages (source.html, expected.html). Scored as the former scores: runs of
four words, precision and recall averaged over the pages.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from player.errors import SourceError
from player.story.formats.web import read
from player.story.reading.building import build
from player.story.reading.naming import Naming
from player.story.reading.raw_source import RawSource

_RUN = 4
"""Words of a run that is compared."""
_WORST = 12
"""Pages that are named, on which trafilatura does better."""
_LOST = 0.1
"""F1 below which a page counts as lost."""


class Page(NamedTuple):
    """A page and the text of its article."""

    name: str
    data: bytes
    article: str


class Score(NamedTuple):
    """Of one page."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean."""
        return _f1(self.precision, self.recall)


def run(folder: Path) -> None:
    """Print the figures of both, and the pages on which trafilatura does better."""
    pages = list(pages_of(folder))
    peer = _scores("trafilatura", pages, theirs)
    own = _scores("Listen to Story", pages, ours)
    worse = sorted(pages, key=lambda page: own[page.name].f1 - peer[page.name].f1)
    for page in worse[:_WORST]:
        before, after = peer[page.name], own[page.name]
        if after.f1 < before.f1:
            print(f"  {page.name[:40]:40} {before.f1:.3f} -> {after.f1:.3f}")


def pages_of(folder: Path) -> Iterator[Page]:
    """The pages of either collection."""
    truth = folder / "ground-truth.json"
    if truth.exists():
        for name, said in sorted(json.loads(truth.read_text(encoding="utf-8")).items()):
            data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
            yield Page(name, data, said.get("articleBody") or "")
        return
    from lxml import html

    for expected in sorted(folder.glob("*/expected.html")):
        tree = html.document_fromstring(expected.read_text(encoding="utf-8"))
        for cell in tree.iter("p", "div", "li", "td", "th", "br", "h1", "h2", "h3", "h4", "figcaption", "pre"):
            cell.tail = f" {cell.tail or ''}"
        yield Page(expected.parent.name, (expected.parent / "source.html").read_bytes(), tree.text_content())


def theirs(data: bytes) -> str:
    """What trafilatura finds alone."""
    import trafilatura

    return trafilatura.extract(data.decode("utf-8", "replace"), include_comments=False) or ""


def ours(data: bytes) -> str:
    """The story's text; without its title, which stands above an article."""
    raw = RawSource(data, "page.html", "text/html")
    try:
        story = build(read(raw), Naming("page.html", "page.html", "", ""))
    except SourceError:
        return ""
    first = 1 if story.blocks[0].level == 1 and story.blocks[0].text == story.title else 0
    return "\n".join(block.text for block in story.blocks[first:])


def score(found: str, article: str) -> Score:
    """Precision and recall of what was found."""
    got, wanted = _runs(found), _runs(article)
    same = sum((got & wanted).values())
    if not got or not wanted:
        return Score(float(got == wanted), float(got == wanted))
    return Score(same / got.total(), same / wanted.total())


def _scores(name: str, pages: list[Page], extract: Callable[[bytes], str]) -> dict[str, Score]:
    began = time.process_time()
    found = {page.name: score(extract(page.data), page.article) for page in pages}
    spent = time.process_time() - began
    precision, recall = (mean(values) for values in zip(*found.values(), strict=True))
    lost = sum(one.f1 < _LOST for one in found.values())
    print(
        f"{name}: F1 {_f1(precision, recall):.3f}, precision {precision:.3f}, recall {recall:.3f}, "
        f"{lost} of {len(pages)} pages lost, {1000 * spent / len(pages):.0f} ms a page"
    )
    return found


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[n : n + _RUN]) for n in range(max(1, len(words) - _RUN + 1)) if words)
