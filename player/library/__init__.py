"""The library: places in stories, the shelf with its queue and followed feeds, kept across runs in one SQLite file."""

from player.library.database import LibraryError
from player.library.keeper import PlaceKeeper
from player.library.shelf import Addition, Followed, Shelf, Shelved
from player.library.store import Heard, Library, Remembered

__all__ = [
    "Addition",
    "Followed",
    "Heard",
    "Library",
    "LibraryError",
    "PlaceKeeper",
    "Remembered",
    "Shelf",
    "Shelved",
]
