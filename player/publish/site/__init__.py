"""The site around the stories: index, feed, site map, style and script, made again when a story changed.

All addresses in it are relative, so that it works in any folder of any web server; only the feed and the site map need
the site's address, because their formats allow no other.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from player import atomic
from player.errors import UsageError
from player.publish.fingerprint import hash_of
from player.publish.site.feed import FEED, write_feed
from player.publish.site.index import INDEX, index_pages
from player.publish.site.page import SCRIPT, STYLE, style
from player.publish.site.site_map import SITE_MAP, site_maps
from player.publish.state import NAME, State
from player.versions import version

_logger = logging.getLogger(__name__)

__all__ = ["FEED", "INDEX", "SITE_MAP", "check_folder", "write_site"]


def check_folder(site: Path) -> None:
    """Raise UsageError for a file in place of the folder, and for a folder with somebody else's files under the names
    of a site's."""
    if site.exists() and not site.is_dir():
        raise UsageError(f"{site} is a file", "name a folder for the site")
    if (site / NAME).exists() or _is_ours(site / INDEX):
        return
    for name in (INDEX, FEED, SITE_MAP, STYLE, SCRIPT):
        if (site / name).exists():
            raise UsageError(f"{site} has {name}, which no listen publish made", "name another folder, or move it away")


def _is_ours(index: Path) -> bool:
    """Return True for the index of a site: the state may be lost, as after a crash."""
    with suppress(OSError):
        return f'<link rel="stylesheet" href="{STYLE}">'.encode() in index.read_bytes()
    return False


def write_site(site: Path, state: State, *, title: str, base_url: str) -> None:
    """Write what surrounds the stories, if one changed since it was written, or the site itself did. `base_url` is the
    site's address with a / at its end, or empty. Raises OSError."""
    told = state.about()
    about = hash_of(version("listen-to-story"), title, base_url, *_own().values())
    if told.get("site") == about and (site / INDEX).is_file():
        return
    for name, data in _own().items():
        replace(site / name, data)
    write_feed(site, state, title, base_url)
    pages = list(index_pages(state, title))
    for name, data in (*pages, *site_maps(state, base_url)):
        replace(site / name, data)
    _remove_rest(site, len(pages))
    state.tell(site=about, title=title, base_url=base_url)


def replace(path: Path, data: bytes) -> None:
    """Write a file, unless it has this content already. Raises OSError."""
    if not (path.is_file() and path.read_bytes() == data):
        atomic.write(path, data)


def _own() -> dict[str, bytes]:
    """Return the files that are the same in every site."""
    return {STYLE: style(), SCRIPT: files("player.publish.site").joinpath(SCRIPT).read_bytes()}


def _remove_rest(site: Path, pages: int) -> None:
    """Remove the index's pages that are no longer needed."""
    number = pages + 1
    while (rest := site / f"page-{number}.html").is_file():
        rest.unlink()
        number += 1
