"""How the listener listens: what was changed while listening counts the next time, where the settings say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from player import kept_values

NAME = "habits.json"
"""Name of the file, in the folder of the library: {"speed": 1.2, …}."""

THEMES = (
    *("dark", "light", "high-contrast"),
    *("textual-dark", "textual-light", "nord", "gruvbox", "catppuccin-mocha", "dracula", "tokyo-night", "monokai"),
    *("flexoki", "catppuccin-latte", "catppuccin-frappe", "catppuccin-macchiato", "solarized-light", "solarized-dark"),
    *("rose-pine", "rose-pine-moon", "rose-pine-dawn", "atom-one-dark", "atom-one-light"),
)
"""Names of the themes: ours, and Textual's, which takes too long to import for them."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What is remembered of one way to listen; None: nothing."""

    speed: float | None = None
    """0.5 to 4."""
    volume: int | None = None
    """Volume in percent."""
    theme: str | None = None
    """One of THEMES."""
    other_theme: str | None = None
    """The one that a switch between dark and light leads to."""
    following: bool | None = None
    """True if the text is scrolled to what sounds."""
    reading: str | None = None
    """What is marked in the text, as the player names it."""

    def since(self, before: Habits) -> Habits:
        """Return only what is different from before."""
        old = asdict(before)
        return Habits(**{name: value for name, value in asdict(self).items() if value != old[name]})

    @property
    def known(self) -> dict[str, float | int | str | bool]:
        """What is remembered, by name."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def read(file: Path) -> Habits:
    """Return the habits kept in a file. What is damaged or out of range is as if never kept."""
    found = kept_values.read(file)
    return Habits(**{f.name: found[f.name] for f in fields(Habits) if f.name in found and _is_right(f.name, found)})


def keep(file: Path, habits: Habits) -> None:
    """Keep habits beside those kept before. Raises OSError."""
    if habits.known:
        kept_values.add(file, habits.known)


def _is_right(name: str, found: Mapping[str, object]) -> bool:
    value = found[name]
    if name == "following":
        return isinstance(value, bool)
    if name in ("theme", "other_theme"):
        return value in THEMES
    if name == "reading":
        return isinstance(value, str)
    if isinstance(value, bool):
        return False
    if name == "volume":
        return isinstance(value, int) and 0 <= value <= 100
    return isinstance(value, int | float) and 0.5 <= value <= 4.0
