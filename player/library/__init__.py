"""The library: places in stories and the list of recent ones, kept across runs in one SQLite file."""

from player.library.database import LibraryError
from player.library.keeper import PlaceKeeper
from player.library.store import Heard, Library, Remembered

__all__ = ["Heard", "Library", "LibraryError", "PlaceKeeper", "Remembered"]
