"""What was read from a file, a page or standard input, before anybody knows what it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from player.errors import SourceError
from player.story.language import EASTERN, detect

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""\A\s*<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w.:-]+)""")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MEANT = {
    # What browsers read these names as (WHATWG Encoding, 4.2): pages say the narrower and use the wider.
    **dict.fromkeys(("ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    "iso-8859-9": "cp1254",
}
_ENCODINGS = re.compile(
    r"utf-?(?:8|16(?:-?[lb]e)?)|cp\d+|windows-\d+|iso-?8859-\d+|koi8-[ru]|big5(?:-hkscs)?|euc-jp|gb18030"
    r"|iso-2022-(?:jp|kr)|mac-?roman|macintosh"
)
"""Python knows many more that no text comes in, some of which do other things ("unicode_escape", "zlib")."""
_LOOKED_AT = 65_536


Progress = Callable[[int, int, str], None]
"""How many are read, of how many, of what: `(3, 300, "page")`."""


@dataclass(frozen=True)
class RawSource:
    """Bytes, and what came with them."""

    data: bytes
    name: str
    """The file's name, the URL, or what people call it ("standard input")."""
    content_type: str = ""
    """Media type as a server gave it, e.g. "text/html"; empty otherwise."""
    charset: str = ""
    """As a server gave it; empty otherwise."""
    inside: bool = False
    """Whether it is a page of this machine or a private network: only then what it names may lie there as well."""
    progress: Progress = field(default=lambda done, total, unit: None, compare=False)
    """Called by readers that know how far they are."""

    @property
    def suffix(self) -> str:
        """Of the name, lower case, e.g. ".md"; empty when there is none."""
        return PurePosixPath(self._path).suffix.lower()

    @property
    def stem(self) -> str:
        """The name without folder and suffix, as words."""
        return " ".join(re.split(r"[\s_-]+", PurePosixPath(self._path).stem)).strip()

    @property
    def _path(self) -> str:
        if not self.name.startswith(("http://", "https://")):
            return self.name
        from urllib.parse import unquote, urlsplit

        return unquote(urlsplit(self.name).path)

    @cached_property
    def text(self) -> str:
        """The bytes as text: by byte order mark, server, <meta>, UTF-8, else as detected. Raises SourceError."""
        for bom, encoding in _BOMS:
            if self.data.startswith(bom):
                return self.data.decode(encoding, errors="replace")
        if b"\0" in self.data[:_LOOKED_AT]:
            return self._two_byte()
        for given in filter(None, (self.charset, *self._declared(), "utf-8")):
            # What is UTF-8 all through is not that by chance, except in charsets that are ASCII with escapes.
            for encoding in (given,) if given.startswith("iso-2022") else ("utf-8", given):
                try:
                    return self.data.decode(encoding)
                except UnicodeError:
                    continue
        return self._detected()

    def _declared(self) -> list[str]:
        """What the text says of itself, for <meta> and XML declarations."""
        head = self.data[:4096]
        found = [_XML_CHARSET.search(head), _META_CHARSET.search(head) if b"<" in head[:512] else None]
        return [known(match[1].decode("ascii", "replace")) for match in found if match]

    def _two_byte(self) -> str:
        """UTF-16 without a mark, which has a zero in every other byte of Latin text; else it is no text."""
        head = self.data[:4096]
        zeros = (head[0::2].count(0), head[1::2].count(0))
        if max(zeros) > len(head) * 0.3 and min(zeros) < len(head) * 0.05:
            return self.data.decode("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le", errors="replace")
        raise self._binary()

    def _detected(self) -> str:
        damaged = self.data.decode("utf-8", errors="replace")
        if damaged.count("\ufffd") * 20 < sum(not c.isascii() for c in damaged):
            return damaged  # UTF-8 with a few broken bytes
        sample = self.data[:_LOOKED_AT]
        from charset_normalizer import from_bytes  # 0.03 s, and only for what is not UTF-8

        best = from_bytes(sample).best()
        if best is None:
            raise self._binary()
        # charset-normalizer takes Windows' Western text for Central European ("naïve" becomes "naďve").
        text = sample.decode(best.encoding, errors="replace")
        western = sample.decode("cp1252", errors="replace")
        latin = all(c < "\u0250" or not c.isalpha() for c in text)
        if latin and "\ufffd" not in western and detect(text) not in EASTERN:
            return self.data.decode("cp1252", errors="replace")
        # Its capitals differ from those of Windows, and its texts have become rare.
        encoding = "cp1251" if best.encoding == "mac_cyrillic" else best.encoding
        return self.data.decode(encoding, errors="replace")

    def _binary(self) -> SourceError:
        return SourceError(f"{self.name} is a binary file", "give a text, a Markdown file or a web page")


def known(charset: str) -> str:
    """Python's name of a charset as servers and pages give it; empty when it is none that text comes in."""
    name = charset.strip().lower()
    name = _MEANT.get(name, name)
    return name if _ENCODINGS.fullmatch(name) else ""
