"""What was read from a file, a page or standard input, before anybody knows what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from player.errors import SourceError

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LOOKED_AT = 65_536


@dataclass(frozen=True)
class RawSource:
    """Bytes, and what came with them."""

    data: bytes
    name: str
    """The file's name, the URL, or "-"."""
    content_type: str = ""
    """Media type as a server gave it, e.g. "text/html"; empty otherwise."""
    charset: str = ""
    """As a server gave it; empty otherwise."""

    @property
    def suffix(self) -> str:
        """Of the name, lower case, e.g. ".md"; empty when there is none."""
        return PurePosixPath(self.name.partition("?")[0].replace("\\", "/")).suffix.lower()

    @property
    def stem(self) -> str:
        """The name without folder and suffix, as words."""
        return PurePosixPath(self.name.partition("?")[0].rstrip("/")).stem.replace("_", " ").replace("-", " ").strip()

    @cached_property
    def text(self) -> str:
        """The bytes as text: by byte order mark, server, <meta>, UTF-8, else as detected. Raises SourceError."""
        for bom, encoding in _BOMS:
            if self.data.startswith(bom):
                return self.data.decode(encoding, errors="replace")
        meta = _META_CHARSET.search(self.data[:4096]) if b"<" in self.data[:512] else None
        for given in (self.charset, meta[1].decode("ascii", "replace") if meta else "", "utf-8"):
            try:
                if given:
                    return self.data.decode(given)
            except (LookupError, UnicodeDecodeError):
                continue
        return self._detected()

    def _detected(self) -> str:
        if b"\0" in self.data[:_LOOKED_AT] and not _looks_like_utf16(self.data):
            raise SourceError(f"{self.name} is a binary file", "give a text, a Markdown file or a web page")
        from charset_normalizer import from_bytes  # 0.03 s, and only for what is not UTF-8

        best = from_bytes(self.data[:_LOOKED_AT]).best()
        if best is None:
            raise SourceError(f"{self.name} is a binary file", "give a text, a Markdown file or a web page")
        return self.data.decode(best.encoding, errors="replace")


def _looks_like_utf16(data: bytes) -> bool:
    """Latin text in UTF-16 has a zero in every other byte."""
    head = data[:4096]
    zeros = (head[0::2].count(0), head[1::2].count(0))
    return max(zeros) > len(head) * 0.3 and min(zeros) < len(head) * 0.05
