"""Writing tags with mutagen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def plain_errors() -> Iterator[None]:
    """Context: raise the OSError (a full disk) that mutagen wraps in its own error."""
    from mutagen import MutagenError

    try:
        yield
    except MutagenError as error:
        if error.args and isinstance(error.args[0], OSError):
            raise error.args[0] from error
        raise
