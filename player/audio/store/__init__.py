"""Opening a store of rendered speech by its URL. Only this module knows the kinds of stores.

Folders and memory are opened here; other URLs are fsspec's, with the extra `cluster`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from player.audio.store.cache import DEFAULT_LIMIT, MEMORY_LIMIT, DiskCache, MemoryCache, Store
from player.errors import UsageError

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):", re.IGNORECASE)
"""At least two letters: "C:" is a drive."""
_READ_ONLY = frozenset(("http", "https", "data"))
_HINT = "name another folder with --cache-dir or LISTEN_CACHE_DIR"


def open_store(where: str | Path, limit: int = DEFAULT_LIMIT) -> Store:
    """Open the store at a URL ("memory:", "file:///var/speech", "s3://bucket/speech") or in a folder ("~/speech"), of
    at most `limit` bytes where it is this machine's.

    Nothing is written yet. Raises UsageError for a URL of an unknown kind, and for a folder that cannot be found.
    """
    scheme = _SCHEME.match(where) if isinstance(where, str) else None
    if scheme is None:
        return DiskCache(_folder(Path(where)), limit)
    name = scheme[1].lower()
    kind = _KINDS.get(name)
    if kind is not None:
        return kind(str(where), limit)
    if name in _READ_ONLY or not str(where).startswith("://", len(name)):
        raise UsageError(
            f"no store of rendered speech is known for {where!r}",
            f"there are memory:, file:///folder, s3://bucket and the like, and folders: ./{where}",
        )
    return _shared(str(where))


def absolute(where: str) -> str:
    """Return a store's place as other programs find it, whatever folder they work in."""
    return where if _SCHEME.match(where) else str(_folder(Path(where)))


def _shared(url: str) -> Store:
    from player.audio.store.shared import SharedStore

    return SharedStore(url)


def _memory(url: str, limit: int) -> Store:
    if url.partition("://")[2]:
        return _shared(url)  # one that all of this process share
    if url.partition(":")[2].strip("/"):
        raise UsageError(f"{url!r} cannot be found", "there are memory: and memory://name")
    return MemoryCache(min(limit, MEMORY_LIMIT))


def _file(url: str, limit: int) -> Store:
    from urllib.request import url2pathname  # 0.02 s

    parts = urlsplit(url)
    folder = Path(url2pathname(parts.path))
    if parts.netloc not in ("", "localhost") or not folder.is_absolute() or parts.query or parts.fragment:
        raise UsageError(f"{url!r} names no folder here", "write it as in file:///var/speech")
    return DiskCache(folder, limit)


def _folder(path: Path) -> Path:
    try:
        return path.expanduser().absolute()
    except (RuntimeError, OSError) as error:  # "~name" of an unknown user; a deleted working folder
        raise UsageError(f"{path} cannot be found ({error})", _HINT) from error


_KINDS: Mapping[str, Callable[[str, int], Store]] = MappingProxyType({"memory": _memory, "file": _file})
"""{scheme: function that opens its URLs}."""
