"""The site map, for search engines: addresses of all stories. Its format wants whole addresses, so it needs the
site's."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from player.publish.state import State

SITE_MAP = "sitemap.xml"
_MOST = 50_000
"""Addresses in one file (sitemaps.org)."""
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def site_maps(state: State, base_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield (file's name, content): one, or an index and those that it names; none without the site's address."""
    if not base_url:
        return
    count = -(-max(len(state), 1) // _MOST)
    for number in range(count):
        stories = state.newest(_MOST, number * _MOST)
        urls = "".join(f"<url><loc>{escape(address(base_url, story.folder))}</loc></url>\n" for story in stories)
        name = SITE_MAP if count == 1 else f"sitemap-{number + 1}.xml"
        yield name, f"{_XML}<urlset {_SPACE}>\n{urls}</urlset>\n".encode()
    if count > 1:
        maps = "".join(
            f"<sitemap><loc>{escape(base_url)}sitemap-{number + 1}.xml</loc></sitemap>\n" for number in range(count)
        )
        yield SITE_MAP, f"{_XML}<sitemapindex {_SPACE}>\n{maps}</sitemapindex>\n".encode()


def address(base_url: str, folder: str) -> str:
    """Return the address of a story's folder."""
    return f"{base_url}{quote(folder)}/"
