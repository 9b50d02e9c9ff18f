"""Who speaks: only where the text says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from player.utterance.speakers import speeches

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "speakers.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "names", "marked"), ROWS)
def test_a_speaker_is_known_where_the_text_says_so(language: str, names: str, marked: str) -> None:
    text = re.sub(r"\{[^:}]+:([^}]*)\}", r"\1", marked)
    shown, at = "", 0
    for start, end, speaker in speeches(text, language, tuple(names.split("|"))):
        said = text[start:end]
        shown += text[at:start] + (f"{{{speaker}:{said}}}" if speaker else said)
        at = end
    assert shown + text[at:] == marked


def test_long_texts_take_linear_time() -> None:
    for filling in ("“", "“Come,” ", "said Anna, ", "“Come,” said Anna. ", "‘", "Anna said, ", '"', "„", "Anna, and "):
        speeches(filling * (400_000 // len(filling)), "en", ("Anna", "the Hatter"))
    for language, filling in (("fr", "— Viens, dit Anna. "), ("es", "—Ven —dijo Anna— "), ("pl", "- - "), ("fr", "— ")):
        speeches(filling * (400_000 // len(filling)), language, ("Anna", "the Hatter"))
