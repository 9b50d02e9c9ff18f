"""An environment in which a library seems not to be installed, also for child processes."""

from __future__ import annotations

import os
from pathlib import Path


def without(library: str, folder: Path) -> dict[str, str]:
    """Return the environment; `folder` is for a module that takes the library's place."""
    place = folder / "missing"
    place.mkdir()
    (place / f"{library}.py").write_text(f"raise ModuleNotFoundError('not here', name={library!r})\n")
    return {**os.environ, "PYTHONPATH": str(place)}
