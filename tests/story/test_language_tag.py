"""Language tags taken apart."""

from __future__ import annotations

import pytest

from player.story.language_tag import (
    comparable,
    folded,
    formatted,
    language_of,
    narrowest,
    same_language,
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
    assert [comparable(tag) for tag in ("zh-TW", "no", "de-AT")] == ["cmn-tw", "nb", "de-at"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("zh", "cmn"), ("zho-TW", "cmn"), ("no", "nb-NO"), ("tl", "fil"), ("iw", "he"), ("heb", "iw"), ("ar", "arb")],
)
def test_a_language_of_several_codes_is_one_language(one: str, other: str) -> None:
    assert same_language(one, other) and same_language(other, one)
    assert narrowest({language_of(one): 1, "en": 2}, other) == 1


@pytest.mark.parametrize(("one", "other"), [("zh", "yue"), ("nb", "nn"), ("als", "sq"), ("ms", "id"), ("xx", "yy")])
def test_relatives_are_other_languages(one: str, other: str) -> None:
    assert not same_language(one, other) and narrowest({one: 1}, other) is None


def test_the_value_of_the_narrowest_tag_counts() -> None:
    values = {"en": 1, "en-GB": 2, "nb": 3, "no": 4, "zh-TW": 5}
    assert [narrowest(values, tag) for tag in ("en-US", "en-gb-x-rp", "no-NO", "nb", "cmn-TW")] == [1, 2, 4, 3, 5]
    assert narrowest(values, "zh") is narrowest(values, "") is None
