"""An environment in which a library seems not to be installed, also to the processes that a command starts."""

from __future__ import annotations

import os
from pathlib import Path


def without(library: str, folder: Path) -> dict[str, str]:
    """The environment; a folder for what stands in the library's place."""
    place = folder / "missing"
    place.mkdir()
    (place / f"{library}.py").write_text(f"raise ModuleNotFoundError('not here', name={library!r})\n")
    return {**os.environ, "PYTHONPATH": str(place)}
