"""The listener's habits as the last source of options, after command line, environment and settings file."""

from __future__ import annotations

from typing import Any

from cyclopts import App, ArgumentCollection
from cyclopts.config import Dict

from player.library.habits import read
from player.settings import Settings


class KeptHabits(Dict):
    """Options of the player as they were changed while listening last. Other commands do not take them: an export has
    the speed that it is told."""

    def __init__(self) -> None:
        super().__init__({}, use_commands_as_keys=False, allow_unknown=True)

    def __call__(self, app: App, commands: tuple[str, ...], arguments: ArgumentCollection) -> None:
        """See Dict."""
        if not commands:
            super().__call__(app, commands, arguments)

    @property
    def config(self) -> dict[str, Any]:
        """Return the options for flags."""
        known = read(Settings().habits).known
        return {name: value for name, value in known.items() if name in Settings.__dataclass_fields__}
