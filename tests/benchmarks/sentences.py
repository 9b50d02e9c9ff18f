"""How many boundaries of sentences are found, on sets that others made.

`python -m tests.benchmarks sentences FILE.conllu …`: files of Universal Dependencies, which begin with the tag of their
language ("en_ewt-ud-dev.conllu"). Each document (or paragraph, where the set tells them) is one text; F1 counts the
boundaries inside it. Beside ours, pysbd and (for English) nupunkt, where they are installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from player.utterance.sentences.splitting import spans

_TEXT = re.compile(r"^# text = (.*)$", re.MULTILINE)
_BEGINS = re.compile(r"^# new(?:doc|par)", re.MULTILINE)
Split = Callable[[str], list[tuple[int, int]]]


def run(folder: Path, *files: str) -> None:
    """Print the F1 of each splitter on each file, with precision and recall of ours."""
    for name in files:
        language = Path(name).name.partition("_")[0]
        documents = list(_documents(Path(name).read_text(encoding="utf-8")))
        sentences = sum(len(ends) for _, ends in documents) + len(documents)
        figures = []
        for splitter, split in _splitters(language).items():
            f1, precision, recall = _score(documents, split)
            more = f" (precision {precision:.3f}, recall {recall:.3f})" if splitter == "ours" else ""
            figures.append(f"{splitter} {f1:.3f}{more}")
        print(f"{Path(name).stem}: {sentences} sentences, F1 {', '.join(figures)}", flush=True)


def _documents(data: str) -> Iterator[tuple[str, set[int]]]:
    """Yield each text and where its sentences end, but for the last."""
    text, ends = "", set[int]()
    blank = ""
    for entry in data.split("\n\n"):
        said = _TEXT.search(entry)
        if not said:
            continue
        if text and _BEGINS.search(entry):
            yield text, ends
            text, ends = "", set()
        elif text:
            ends.add(len(text))
            text += blank
        text += said[1].strip()
        words = [line for line in entry.splitlines() if line[:1].isdecimal()]
        blank = "" if "SpaceAfter=No" in words[-1] else " "
    if text:
        yield text, ends


def _splitters(language: str) -> dict[str, Split]:
    splitters: dict[str, Split] = {"ours": lambda text: spans(text, language)}
    if find_spec("pysbd"):
        pysbd: Any = import_module("pysbd")
        if language in pysbd.languages.LANGUAGE_CODES:
            segmenter = pysbd.Segmenter(language=language, clean=False, char_span=True)
            splitters["pysbd"] = lambda text: [(span.start, span.end) for span in segmenter.segment(text)]
    if language == "en" and find_spec("nupunkt"):
        splitters["nupunkt"] = import_module("nupunkt").sent_spans
    return splitters


def _score(documents: list[tuple[str, set[int]]], split: Split) -> tuple[float, float, float]:
    """Return F1, precision and recall."""
    right = found = wanted = 0
    for text, ends in documents:
        got = {len(text[:end].rstrip()) for _, end in split(text)} - {len(text)}
        right += len(got & ends)
        found += len(got)
        wanted += len(ends)
    return 2 * right / max(1, found + wanted), right / max(1, found), right / max(1, wanted)
