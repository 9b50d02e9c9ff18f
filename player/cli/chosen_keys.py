"""The keys that the settings file gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.errors import UsageError

if TYPE_CHECKING:
    from player.settings import Settings
    from player.tui.keys.table import Key


def chosen_keys(settings: Settings) -> tuple[Key, ...]:
    """Return the table of keys as the settings change it. Raises UsageError, naming file and line."""
    from player.settings_file import place_of_key
    from player.tui.keys.table import KeyProblem, changed

    try:
        return changed(settings.keys)
    except KeyProblem as error:
        raise UsageError(f"{place_of_key(error.entry)}: {error.message}", error.hint) from error
