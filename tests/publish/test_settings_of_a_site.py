"""Which settings make published stories anew: all that are not known to leave text and sound as they are."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from player.publish.fingerprint import CHANGES_NO_FILE, fingerprint
from player.settings import Settings
from player.sources import options_of
from player.story.reading.options import Options

NAMES = {setting.name for setting in fields(Settings)}
OF_A_SOURCE = {"ask", "latest", "listed", "only_pages", "refresh"}
"""Options of opening that are no settings: they belong to one source."""


@dataclass(frozen=True)
class LaterSettings(Settings):
    """With a setting that nobody has thought of yet."""

    tables: str = "rows"


def test_a_new_setting_makes_stories_anew_unless_it_is_known_not_to() -> None:
    assert fingerprint(LaterSettings()) != fingerprint(LaterSettings(tables="skip"))
    assert CHANGES_NO_FILE <= NAMES


@pytest.mark.parametrize(
    "changed",
    [
        {"code": "skip"},
        {"announce": "off"},
        {"captions": "skip"},
        {"voice": "tone:sine"},
        {"language": "de"},
        {"speed": 1.5},
        {"pause": ("paragraph=2",)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_what_is_read_or_heard_makes_them_anew(changed: dict[str, object]) -> None:
    assert fingerprint(Settings(**changed)) != fingerprint(Settings())  # type: ignore[arg-type]


def test_how_the_player_looks_does_not() -> None:
    other = Settings(theme="light", volume=30, cache_limit=1.0, log=Path("listen.log"), keys={"quit": "x"})
    assert fingerprint(other) == fingerprint(Settings())


def test_a_new_key_or_folder_is_no_reason_to_make_stories_again() -> None:
    def made(**engines: dict[str, str | int]) -> str:
        return fingerprint(Settings(engines=engines))

    usual = made(openai={"base_url": "http://localhost:8880/v1", "key": "sk-1"})
    assert made(openai={"base_url": "http://localhost:8880/v1", "key": "sk-2", "model": "tts-1"}) == usual
    assert made(openai={"base_url": "http://localhost:8880/v1", "model": "tts-2"}) != usual, "another sound"
    assert made(piper={"folder": "/voices"}) == made() != made(pyttsx3={"rate": 120})


def test_every_option_of_opening_comes_from_its_setting() -> None:
    chosen = {option.name for option in fields(Options)} - OF_A_SOURCE
    assert [name for name in sorted(chosen) if not hasattr(Settings(), name)] == []
    off = options_of(Settings(code="skip", announce="off", captions="skip"))
    assert (off.code, off.announce, off.captions) == (False, False, False)
    usual = options_of(Settings(), latest=2)
    assert usual == Options(latest=2, pages=Settings().pages, stories=Settings().stories)
    assert not chosen & CHANGES_NO_FILE
