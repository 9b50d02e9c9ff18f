"""The settings screen, and keeping what was changed there."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from textual import work

from player.errors import PlayerError
from player.settings import Settings
from player.tui.playing_app import PlayingApp

_logger = logging.getLogger(__name__)


class Configuring(PlayingApp):
    """Settings that are kept in the settings file."""

    settings: Settings

    def action_settings(self) -> None:
        """Show the settings, and keep what is changed."""
        from player.tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen(self.player, self.settings, self), self._keep_settings)

    def _keep_settings(self, changed: Mapping[str, object] | None) -> None:
        self.wake()
        if changed:
            self.player.play_on(str(changed.get("device", self.settings.device)))
            keys = changed.get("keys")
            kept = {"keys": {**self.settings.keys, **keys}} if isinstance(keys, Mapping) else {}
            self._write_settings({**changed, **kept})

    @work(thread=True)
    def _write_settings(self, changed: dict[str, object]) -> None:
        from player.settings_file import change
        from player.tui.screens.setting_fields import TYPED_OR_CHOSEN, entries

        values = {path: value for name, new in changed.items() for path, value in entries(name, new).items()}
        before = {path: value for name in changed for path, value in entries(name, self._set_before(name)).items()}
        try:
            change({path: value for path, value in values.items() if len(path) == 1 or value != before.get(path)})
        except (PlayerError, OSError) as error:
            _logger.warning("the settings are not kept", exc_info=True)
            self.player.notices.append(f"The settings are not kept: {error}")
        else:
            self.settings = replace(self.settings, **changed)  # type: ignore[arg-type]
            later = [one.label.lower() for one in TYPED_OR_CHOSEN if one.name in changed and not one.acts_at_once]
            self.player.notices.append(f"Kept. At the next start: {', '.join(later)}" if later else "Kept.")
        self.wake()

    def _set_before(self, name: str) -> object:
        return self.settings.pause_lengths if name == "pauses" else getattr(self.settings, name) or ""
