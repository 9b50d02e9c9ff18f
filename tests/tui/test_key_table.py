"""The table of keys and its presets: one action for a key."""

from __future__ import annotations

from collections import Counter

import pytest

from player.tui.keys.table import KEYS, PRESETS, changed


@pytest.mark.parametrize("preset", PRESETS)
def test_no_key_has_two_actions_and_no_action_is_without_a_key(preset: str) -> None:
    keys = changed({"preset": preset})
    names = Counter(name for key in keys for name in key.keys.split(","))
    assert [name for name, count in names.items() if count > 1] == []
    assert [key.id for key in keys if not key.keys] == []
    assert [key.id for key in keys] == [key.id for key in KEYS]
