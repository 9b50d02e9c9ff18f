"""What tables name is there: a wrong name would reach users as a damaged file, or as a program that failed."""

from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from pkgutil import iter_modules

import pytest

import tests.benchmarks
import tests.reliability
from player.export import FORMATS as TARGETS
from player.settings import Settings
from player.story.opening.registry import FORMATS as SOURCES
from player.tui.app import ListenApp
from player.tui.keys.table import KEYS
from player.tui.screens.setting_fields import TYPED_OR_CHOSEN, explained


@pytest.mark.parametrize("name", sorted({source.module for source in SOURCES}))
def test_a_source_format_has_a_module_that_reads(name: str) -> None:
    assert callable(import_module(f"player.story.formats.{name}").read)


@pytest.mark.parametrize("name", sorted(set(TARGETS.values())))
def test_an_export_format_has_a_module_that_writes(name: str) -> None:
    assert callable(import_module(f"player.export.formats.{name}").write)


@pytest.mark.parametrize(
    "name",
    [
        module.name
        for package in (tests.benchmarks, tests.reliability)
        for module in iter_modules(package.__path__, f"{package.__name__}.")
        if not module.name.endswith("__main__")
    ],
)
def test_a_benchmark_and_a_trial_still_find_what_they_measure(name: str) -> None:
    import_module(name)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_a_key_has_an_action(key: object) -> None:
    action = f"action_{key.action.partition('(')[0]}"  # type: ignore[attr-defined]
    assert callable(getattr(ListenApp, action, None)), f"write {action} in player/tui/actions/"


def test_a_setting_is_explained() -> None:
    told = explained()
    hidden = {"engines", "log", "voices"}  # not the user's; `--log` has its help beside its type
    assert [field.name for field in fields(Settings) if field.name not in hidden and not told.get(field.name)] == []
    assert {setting.name for setting in TYPED_OR_CHOSEN} <= {field.name for field in fields(Settings)}
