"""Tables that come with the program, in TOML.

What was read is kept as JSON beside Python's bytecode, and like that for a file of this age and size: a tenth
of the time.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from player import sealed

_logger = logging.getLogger(__name__)


def table(path: Path) -> dict[str, Any]:
    """Return what a file holds. Raises OSError."""
    status = path.stat()
    key = f"{path.name} {status.st_mtime_ns} {status.st_size}"
    kept = Path(cache_from_source(os.fspath(path))).with_suffix(".json")
    if (data := sealed.read(kept, key)) is not None:
        with suppress(ValueError):
            read: dict[str, Any] = json.loads(data)
            return read
    import tomllib  # 8 ms

    read = tomllib.loads(path.read_text(encoding="utf-8"))
    if not sys.dont_write_bytecode:
        _keep(kept, key, read)
    return read


def _keep(kept: Path, key: str, read: dict[str, Any]) -> None:
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        sealed.write(kept, key, json.dumps(read, ensure_ascii=False, separators=(",", ":")).encode())
    except OSError:  # installed where this user may not write, as for bytecode
        _logger.debug("%s is not kept", kept, exc_info=True)
