"""Small files of values by name, as JSON: what the program remembers between two runs, and can do without."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from player import atomic

_logger = logging.getLogger(__name__)


def read(file: Path) -> dict[str, Any]:
    """Return the values; none when there is no file, or it is damaged, which is logged."""
    try:
        found = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        _logger.warning("%s cannot be read", file, exc_info=True)
        return {}
    return found if isinstance(found, dict) else {}


def add(file: Path, values: Mapping[str, Any]) -> None:
    """Keep values beside those kept before, replacing those of the same names. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    atomic.write(file, json.dumps({**read(file), **values}, indent=1, sort_keys=True).encode())
