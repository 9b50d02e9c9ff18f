"""Files of a published site: all that is in its folder, except hidden files and what links lead to outside."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, urljoin

from player.publish.serving.answers import Moved, Text
from player.publish.site import FEED, INDEX
from player.publish.state import NAME

_PART = re.compile(r"[^./\\:\0][^/\\:\0]*")
"""A name in a path: not hidden, no drive, nothing that leads elsewhere."""
_LINKS = ("href", "url")
"""Attributes of a feed that hold addresses."""


def is_site(folder: Path) -> bool:
    """Return True for a folder that `listen publish` made."""
    return (folder / NAME).is_file()


def inside(root: Path, path: str) -> Path | None:
    """Return the real file or folder at a path below `root` (resolved), or None: also for hidden ones, and for links
    that lead outside."""
    parts = [part for part in path.split("/") if part]
    if not all(_PART.fullmatch(part) for part in parts):
        return None
    try:
        found = root.joinpath(*parts).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        return None
    below = found.is_relative_to(root) and not any(part.startswith(".") for part in found.relative_to(root).parts)
    return found if below else None


class Site:
    """A published site. Its feed is served with the addresses by which the client reaches this server."""

    def __init__(self, folder: Path) -> None:
        self._root = folder.resolve()

    def find(self, path: str, base: str) -> Path | Text | Moved | None:
        """See answers.Find."""
        found = inside(self._root, path)
        if found is None:
            return None
        if found.is_dir():
            if path and not path.endswith("/"):
                return Moved(urljoin(base, quote(path, errors="surrogateescape") + "/"))
            found = inside(found, INDEX)
        elif path.endswith("/"):
            return None
        if found is None or not found.is_file():
            return None
        if found == self._root / FEED:
            return Text(readdressed(found.read_bytes(), base), found.stat().st_mtime)
        return found


def readdressed(feed: bytes, base: str, web: str = "") -> bytes:
    """Return a feed with all its addresses below `base`: those that are relative, and those below `web`, by default
    the address that it has on the web."""
    from lxml import etree  # 0.02 s

    root = etree.fromstring(feed, etree.XMLParser(resolve_entities=False, no_network=True))
    own = root.find("./channel/{http://www.w3.org/2005/Atom}link[@rel='self']")
    web = web or (own.get("href", "").removesuffix(FEED) if own is not None else "")

    def here(address: str) -> str:
        return urljoin(base, address.removeprefix(web) if web else address)

    for element in root.iter():
        for name in _LINKS:
            if element.get(name) is not None:
                element.set(name, here(element.get(name)))
        if element.tag == "link":
            element.text = here(element.text or "")
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return data
