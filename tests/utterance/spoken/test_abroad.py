"""What is said in other languages than English: a table of pairs for each, by its code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from player.speech.choosing.registry import profile
from player.utterance.spoken.languages import WITH_CLDR
from player.utterance.spoken.speakable import speakable

HERE = Path(__file__).parent
ESPEAK = profile("pyttsx3").manner
PAIRS = [
    (path.stem, *line.split("\t"))
    for path in sorted(HERE.glob("??.tsv"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "written", "spoken"), PAIRS, ids=lambda one: one)
def test_pair(language: str, written: str, spoken: str) -> None:
    assert speakable(written, language, ESPEAK).text == spoken


def test_data_of_other_languages_are_not_read_before_they_are_needed() -> None:
    code = (
        "import sys\n"
        "from player.utterance.spoken import vocabulary\n"
        "from player.utterance.spoken.speakable import speakable\n"
        "speakable('Dr. Smith paid $3.5bn for 5 km on Jan. 3.', 'en')\n"
        "speakable('5 km, z. B. hier', 'de')\n"
        "assert 'babel' not in sys.modules\n"
        "before = vocabulary._read.cache_info().currsize\n"
        "speakable('5 km, p. ex. ici', 'fr')\n"
        "assert vocabulary._read.cache_info().currsize > before\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("language", WITH_CLDR)
def test_units_and_currencies_have_names_in_every_language_of_cldr(language: str) -> None:
    said = speakable("5 km (20 °C), 3 kg: 5 EUR.", language).text
    assert not set(said.replace("€", "EUR").split()) & {"km", "kg:", "EUR."}
    assert [word for word in re.split(r"\D+", said) if word] == ["5", "20", "3", "5"]


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "pt", "nl", "ru", "pl", "ar"])
@pytest.mark.parametrize(
    "text",
    ["a. " * 3000, "1-" * 3000, "⁻" * 9000, "2^" * 3000, "5 " * 3000, "z. B. " * 2000, "1.234," * 2000]
    + [f"{'9' * 5000} {noun}" for noun in ("personas", "h", "€", "Jahre")],
)
def test_odd_text_is_said_without_trouble(language: str, text: str) -> None:
    assert len(speakable(text, language).text) <= 10 * len(text)
