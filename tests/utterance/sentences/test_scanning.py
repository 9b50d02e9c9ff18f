"""One look finds the marks and signs at which a sentence may end."""

from __future__ import annotations

import pytest

from player.utterance.sentences.boundary import ENDING
from player.utterance.sentences.scanning import scan


@pytest.mark.parametrize("mark", ENDING)
def test_every_mark_is_seen(mark: str) -> None:
    ends, signs = scan(f"Lamp{mark} Rain")
    assert [match.span() for match in ends] == [(4, 6)]
    assert signs == set()


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("It ended.“Good,” he said.", "glued"),
        ("Is it true?thanks", "glued"),
        ("“I—” “Quiet!”", "broken off"),
        ("Kay Mann 04/26/2001 07:17 AM Will", "mail stamp"),
        ("Thanks :-) Talk soon", "smiley"),
        ("So *** The next day", "page rule"),
        ("1. Wash the rice 2. Boil the water", "listed"),
        ("a) Wash b) Dry", "listed"),
        ("Email: ben@example.com Thank you", "contact"),
        ("Καλημέρα", "rare"),
        ("See you 😀 Bye", "rare"),
        ("今天天气很好", "rare"),
    ],
)
def test_a_sign_is_seen(text: str, sign: str) -> None:
    assert scan(text)[1] == {sign}


@pytest.mark.parametrize(
    "text", ["Plain words, “quoted” — and more", "Привет мир", "مرحبا", "नमस्ते", "naïve café", "50 % (all)"]
)
def test_most_texts_have_none(text: str) -> None:
    assert scan(text) == ([], set())
