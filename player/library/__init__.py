"""What is remembered of stories across runs: where the listener was, and what was heard last. One SQLite file."""

from player.library.keeper import PlaceKeeper
from player.library.store import Heard, Library, LibraryError, Remembered

__all__ = ["Heard", "Library", "LibraryError", "PlaceKeeper", "Remembered"]
