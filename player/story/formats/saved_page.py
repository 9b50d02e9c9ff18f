"""Pages that a browser has saved in one file: MHTML (Chrome, Edge, Internet Explorer) and webarchive (Safari)."""

from __future__ import annotations

import plistlib
from typing import Any
from xml.parsers.expat import ExpatError

from player.errors import SourceError
from player.story.reading.inside import Inside
from player.story.reading.raw_source import RawSource, known
from player.story.reading.untrusted.mime import content, message_of, parts

_PLIST_ERRORS = (
    *(plistlib.InvalidFileException, ExpatError, LookupError, TypeError, ValueError, AttributeError),
    *(OverflowError, RecursionError),
)
"""Errors of damaged property lists."""


def read(raw: RawSource) -> Inside:
    """Return the page. Raises SourceError when there is none in the file."""
    if raw.data[:8] == b"bplist00" or b"WebMainResource" in raw.data[:4096]:
        return Inside("web", _safari(raw))
    for kind in ("text/html", "application/xhtml+xml"):
        for part in parts(message_of(raw.data), kind):
            page = content(part, raw)
            if page.data.strip():
                return Inside("web", page)
    raise _empty(raw)


def _safari(raw: RawSource) -> RawSource:
    try:
        archive: Any = plistlib.loads(raw.data)
        page = archive["WebMainResource"]
        data, charset = bytes(page["WebResourceData"]), known(str(page.get("WebResourceTextEncodingName", "")))
        return RawSource(data, raw.name, str(page.get("WebResourceMIMEType", "text/html")), charset, raw.inside)
    except _PLIST_ERRORS as error:
        raise _empty(raw) from error


def _empty(raw: RawSource) -> SourceError:
    return SourceError(f"there is no page in {raw.name}", "open the page in the browser, and save it anew as HTML")
