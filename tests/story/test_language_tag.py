"""Language tags taken apart."""

from __future__ import annotations

import pytest

from player.story.language_tag import (
    folded,
    formatted,
    individual,
    language_of,
    script_of,
    shortest,
    three_letters,
    two_letters,
    widened,
)
from player.story.reading.blocks.announcements import words_for

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    ("tag", "language", "script", "three", "two"),
    [
        ("de-AT", "de", "", "deu", "de"),
        ("pt_BR", "pt", "", "por", "pt"),
        ("EN", "en", "", "eng", "en"),
        ("az-Arab-IR", "az", "arab", "aze", "az"),
        ("de-1996", "de", "", "deu", "de"),
        ("en-x-arab", "en", "", "eng", "en"),
        ("ger", "ger", "", "deu", "de"),
        ("ca", "ca", "", "cat", "ca"),
        ("zho", "zho", "", "zho", "zh"),
        ("yue", "yue", "", "yue", ""),
        ("xx", "xx", "", "", ""),
        ("", "", "", "", ""),
    ],
)
def test_parts_and_codes(tag: str, language: str, script: str, three: str, two: str) -> None:
    assert (language_of(tag), script_of(tag)) == (language, script)
    assert (three_letters(tag), two_letters(tag)) == (three, two)


@pytest.mark.parametrize("tag", ["en-GB-x-rp", "zh-Hant-TW", "de", "sl-rozaj-1994", "es-419"])
def test_written_as_usual(tag: str) -> None:
    assert formatted(folded(tag)) == formatted(tag.upper().replace("-", "_")) == tag


@pytest.mark.parametrize(
    ("tag", "short"), [("de-AT", "de"), ("ger", "de"), ("fra-CA", "fr"), ("frr", "frr"), ("cmn-TW", "cmn"), ("", "")]
)
def test_the_shortest_code_of_a_language(tag: str, short: str) -> None:
    assert shortest(tag) == short


@pytest.mark.parametrize(
    ("language", "said"), [("fr-CA", "Une image."), ("fra", "Une image."), ("frr", "A picture."), ("dsb", "A picture.")]
)
def test_announcements_are_in_the_language_itself(language: str, said: str) -> None:
    """North Frisian is no French, although its code begins as that does."""
    assert words_for("picture", language) == said


def test_wider_tags_and_another_language() -> None:
    assert widened("en_GB-x-rp") == ["en-gb-x-rp", "en-gb-x", "en-gb", "en"]
    assert widened("") == []
    assert [individual(tag) for tag in ("zh-TW", "no", "de-AT")] == ["cmn-tw", "nb", "de-at"]
