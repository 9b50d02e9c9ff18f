"""The content of a file, a page or standard input, before its format is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from player.errors import SourceError
from player.story.reading.encodings.charsets import is_latin, latin_encoding, other_encoding, wide
from player.story.reading.encodings.encoded_twice import repaired
from player.story.reading.options import DEFAULTS, Options

if TYPE_CHECKING:
    from player.story.reading.draft import Draft

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
    # Encodings by which browsers read these names (WHATWG Encoding, 4.2): pages name the narrower and use the wider.
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
"""Encodings of text. Python knows others, some of which do other things ("unicode_escape", "zlib")."""
_ESCAPED = re.compile(rb"\x1b\$[@B]")
"""Japanese in seven bits, as in mails."""
_LOOKED_AT = 65_536
_STRAY = 0.01
"""Share of zeros among the bytes of a text that programs have left there."""
_CONTROLS = re.compile(rb"[\0-\x08\x0b\x0e-\x19\x1c-\x1f]")
"""Bytes absent from text of one byte a letter."""


Progress = Callable[[int, int, str], None]
"""Called with (done, total, unit): `(3, 300, "page")`."""


@dataclass(frozen=True)
class RawSource:
    """Bytes, with what is known about them."""

    data: bytes
    name: str
    """The file's name, the URL, or a description ("standard input")."""
    content_type: str = ""
    """Media type from a server ("text/html"), or empty."""
    charset: str = ""
    """Charset from a server, or empty."""
    inside: bool = False
    """True for a page of this machine or a private network; only then may its links lead there."""
    options: Options = DEFAULTS
    """What to read of it."""
    progress: Progress = field(default=lambda done, total, unit: None, compare=False)
    """Called by readers that know their progress."""
    begun: Callable[[Draft], None] | None = field(default=None, compare=False)
    """Called once by readers of long sources, with a draft of their beginning; None: nobody waits for it."""

    @property
    def suffix(self) -> str:
        """Suffix of the name in lower case (".md"), or empty."""
        return PurePosixPath(self._path).suffix.lower()

    @property
    def stem(self) -> str:
        """Return the name without folder and suffix, as words."""
        return " ".join(re.split(r"[\s_-]+", PurePosixPath(self._path).stem)).strip()

    @property
    def _path(self) -> str:
        if not self.name.startswith(("http://", "https://")):
            return self.name
        from urllib.parse import unquote, urlsplit

        return unquote(urlsplit(self.name).path)

    @cached_property
    def text(self) -> str:
        """Return the bytes as text, decoded by byte order mark, server, <meta>, UTF-8, or detection; once more if they
        were encoded twice. Raises SourceError."""
        return repaired(self._decoded())

    def _decoded(self) -> str:
        for bom, encoding in _BOMS:
            if self.data.startswith(bom):
                return self.data.decode(encoding, errors="replace")
        if b"\0" in self.data[:_LOOKED_AT]:
            return self._two_byte()
        if _ESCAPED.search(self.data, 0, _LOOKED_AT):
            with suppress(UnicodeError):
                return self.data.decode("iso2022_jp_ext")
        for given in filter(None, (self.charset, *self._declared(), "utf-8")):
            # Valid UTF-8 is hardly ever anything else, except ASCII-based charsets with escapes.
            for encoding in (given,) if given.startswith("iso-2022") else ("utf-8", given):
                try:
                    return self.data.decode(encoding)
                except UnicodeError:
                    continue
        return self._detected()

    def _declared(self) -> list[str]:
        """Return the encodings that the text declares, in <meta> or XML."""
        head = self.data[:4096]
        found = [_XML_CHARSET.search(head), _META_CHARSET.search(head) if b"<" in head[:512] else None]
        said = [known(match[1].decode("ascii", "replace")) for match in found if match]
        # What can be read as ASCII is not in UTF-16, whatever it says (HTML Standard, "prescan a byte stream").
        return [encoding for encoding in said if not encoding.startswith(("utf-16", "utf16"))]

    def _two_byte(self) -> str:
        """Return text in UTF-16 or UTF-32 without a mark, or any other without the few zeros among its bytes. Raises
        SourceError for anything else."""
        if not (encoding := wide(self.data)):
            sample = self.data[:_LOOKED_AT]
            if sample.count(0) > _STRAY * len(sample) or _CONTROLS.search(sample.replace(b"\0", b"")):
                raise self._binary()
            return replace(self, data=self.data.replace(b"\0", b"")).text
        return self.data.decode(encoding, errors="replace")

    def _detected(self) -> str:
        damaged = self.data.decode("utf-8", errors="replace")
        lost = damaged.count("\ufffd")
        if 2 * lost <= sum(not c.isascii() for c in damaged) - lost:
            return damaged  # UTF-8 with some damaged bytes: other encodings hardly ever have its sequences
        sample = self.data[:_LOOKED_AT]
        if _CONTROLS.search(sample) and wide(sample):
            return self._two_byte()
        from charset_normalizer import from_bytes  # 0.03 s, and only for text that is not UTF-8

        best = from_bytes(sample).best()
        if best is None and (_CONTROLS.search(sample) or sum(byte < 128 for byte in sample) * 2 < len(sample)):
            raise self._binary()
        if best is None or is_latin(sample.decode(best.encoding, errors="replace")):
            # Bytes without a letter in the code page are dropped.
            return self.data.decode(latin_encoding(sample), errors="replace").replace("\ufffd", "")
        # Its capitals differ from Windows', and its texts are rare.
        encoding = "cp1251" if best.encoding == "mac_cyrillic" else best.encoding
        return self.data.decode(other_encoding(sample, encoding), errors="replace")

    def _binary(self) -> SourceError:
        return SourceError(f"{self.name} is a binary file", "give a text, a Markdown file or a web page")


def known(charset: str) -> str:
    """Return Python's name of a charset as servers and pages write it; empty for what is no encoding of text."""
    name = charset.strip().lower()
    name = _MEANT.get(name, name)
    return name if _ENCODINGS.fullmatch(name) else ""
