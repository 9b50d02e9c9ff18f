"""RTF as HTML.

pandoc 3.9 reads RTF, too, but loses the character after every "\\u8217?", knows only two code pages, no character
beyond U+FFFF and no style names, and misreads WordPad's lists.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from locale import windows_locale
from typing import Any

from player.story.formats.office.rtf_lines import Lines, State
from player.story.reading.draft import Draft
from player.story.reading.metadata.document_info import real_author, real_title

_TOKEN = re.compile(
    rb"\\(?:'(?P<hex>[0-9a-fA-F]{2})|(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|(?P<sign>[^a-zA-Z]))"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""{Windows' number of a font's charset (LOGFONT, lfCharSet): code page}."""
_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_SPELLED = {
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emdash": "—", "endash": "–", "bullet": "•",
    "tab": " ", "emspace": " ", "enspace": " ", "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_SIGNS = {b"~": "\u00a0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}"}
_ENDS = frozenset(("par", "sect", "page", "cell", "nestcell", "row", "nestrow"))
_ASIDE = frozenset(
    ("info", "colortbl", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
     "fldinst", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "annotation",
     "pict", "object", "objdata", "datafield", "themedata", "colorschememapping", "private", "xe", "tc")
)  # fmt: skip
"""Destinations outside the flow of text, or without text: pictures, files, index entries."""
_PROPERTIES = ("title", "author")
"""Destinations within "info" that are kept."""
_DEEPEST = 500
"""Nested groups; real documents have fewer than 30."""
_CREATED = re.compile(rb"\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_LANGUAGE = re.compile(rb"\\deflang(\d{4,5})(?!\d)")


def markup(data: bytes, draft: Draft) -> str:
    """Return the text as HTML; move its metadata to the draft."""
    reader = _Reader(data)
    html = reader.read()
    draft.title = real_title(reader.said["title"])
    draft.byline = ", ".join(filter(None, map(real_author, reader.said["author"].split(";"))))
    if created := _CREATED.search(data):
        draft.published = f"{int(created[1])}-{int(created[2]):02}-{int(created[3]):02}"
    if language := _LANGUAGE.search(data):
        draft.language = windows_locale.get(int(language[1]), "")
    return html


class _Reader:
    """Decodes tokens and writes the text in its flow."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._page = _page_of(data)
        self._is_utf8 = _is_utf8(data)
        self._labels_items = b"\\listtext" in data  # without any label, unlabelled paragraphs may be items
        self.said = dict.fromkeys(_PROPERTIES, "")
        self._styles: dict[int, str] = {}
        self._lines = Lines(self._styles)
        self._state = State(self._page)
        self._stack: list[State] = []
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._name = ""  # name of the style being defined
        self._note = ""  # text of the current note
        self._bytes = bytearray()
        self._skip = 0  # characters left to skip after \u
        self._high = 0  # first half of a surrogate pair
        self._star = False

    def read(self) -> str:
        """Return the text as HTML."""
        position = 0
        while found := _TOKEN.match(self._data, position):
            position = found.end()
            if found["hex"] is not None:
                self._byte(int(found["hex"], 16))
            elif found["text"] is not None:
                self._raw(found["text"])
            elif found["word"] is not None:
                word, number = found["word"].decode("ascii"), found["number"]
                position += self._word(word, None if number is None else int(number))
            elif found["sign"] is not None:
                self._sign(found["sign"], first=self._data.endswith(b"{", 0, found.start()))
            elif found["brace"] is not None:
                self._brace(found["brace"] == b"{")
        self._flush()
        return self._lines.html()

    def _byte(self, byte: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(byte)

    def _raw(self, text: bytes) -> None:
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        text = text[skipped:]
        if self._is_utf8 and not text.isascii():
            self._flush()
            self._text(text.decode("utf-8", "replace"))
        else:
            self._bytes += text

    def _flush(self) -> None:
        """Decode the collected bytes together: in East Asian code pages two of them are one character."""
        if self._bytes:
            text = self._bytes.decode(self._state.encoding, "replace")
            self._bytes.clear()
            self._text(text)

    def _text(self, text: str) -> None:
        self._high = 0
        within = self._state.within
        if not within:
            self._lines.say(text, self._state)
        elif within == "label":
            self._lines.label = (self._lines.label or "") + text
        elif within == "footnote":
            self._note += text
        elif within == "stylesheet":
            self._name += text
        elif within in _PROPERTIES:
            self.said[within] += text

    def _brace(self, opens: bool) -> None:
        self._flush()
        self._skip = 0
        if opens and len(self._stack) < _DEEPEST:
            self._stack.append(self._state)
        elif not opens and self._stack:
            if self._state.within == "stylesheet" and self._name:
                self._styles[self._state.style] = self._name.strip(" ;").lower()
                self._name = ""
            closed, self._state = self._state.within, self._stack.pop()
            if closed == "footnote" and not self._state.within:
                self._lines.add_note(self._note)

    def _sign(self, sign: bytes, *, first: bool) -> None:
        self._flush()
        if self._skip:
            self._skip -= 1
        elif sign in _SIGNS:
            self._text(_SIGNS[sign])
        elif sign in (b"\n", b"\r"):
            self._end("par")
        elif sign == b"*":
            self._star = first  # elsewhere, as in OpenOffice's files, it says nothing of the group

    def _word(self, word: str, number: int | None) -> int:
        """Handle a control word; return the number of binary bytes after it."""
        if word == "u" and number is not None:
            self._flush()
            self._character(number + 0x10000 if number < 0 else number)
            return 0
        if word == "bin":
            return max(0, number or 0)
        if self._skip:
            self._skip -= 1
            return 0
        self._flush()
        starred, self._star = self._star, False
        if word in _SPELLED:
            self._text(_SPELLED[word])
        elif word in _ENDS:
            self._end(word)
        elif word == "line":
            if not self._state.within:
                self._lines.break_line()
        elif not (self._destination(word) or self._property(word, number)) and starred:
            self._state = replace(self._state, within="aside")  # an extension that only other programs know
        return 0

    def _character(self, code: int) -> None:
        self._skip = self._state.fallback
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00 if self._high else 0xFFFD
        self._text(chr(code) if 0 <= code <= 0x10FFFF else "\ufffd")

    def _end(self, word: str) -> None:
        if not self._state.within:
            self._lines.end(word, self._state)
        elif self._state.within == "footnote":
            self._note += " "

    def _destination(self, word: str) -> bool:
        """Handle a word that begins a destination; return False for any other."""
        within = self._state.within
        if word in ("listtext", "pntext") and not within:
            self._lines.label = ""
            within = "label"
        elif word == "footnote" and not within:
            within, self._note = word, ""
        elif word in ("stylesheet", "fonttbl", "info") or (word in _PROPERTIES and within == "info"):
            within = word
        elif word in _ASIDE:
            within = "aside"
        else:
            return False
        self._state = replace(self._state, within=within)
        return True

    def _property(self, word: str, number: int | None) -> bool:
        """Handle a word that changes the state; return False for an unknown one."""
        n = number or 0
        match word:
            case "b" | "i" | "super" | "v" | "deleted" | "strike":
                self._set(**{word: number != 0})
            case "nosupersub":
                self._set(super=False)
            case "plain":
                self._set(encoding=self._page, b=False, i=False, super=False, v=False, deleted=False, strike=False)
            case "f":
                self._font = n
                self._set(encoding=self._fonts.get(n, self._page))
            case "fcharset" if self._state.within == "fonttbl":
                self._fonts[self._font] = _CHARSETS.get(n, self._page)
            case "uc":
                self._set(fallback=min(max(0, n), 8))
            case "pard":
                self._set(style=0, outline=0, listed=False, level=0, in_table=False)
            case "s":
                self._set(style=n)
            case "outlinelevel":
                self._set(outline=n + 1 if n in range(6) else 0)
            case "ls":
                self._set(listed=n != 0 and not self._labels_items)
            case "ilvl":
                self._set(level=min(max(0, n), 8))
            case "intbl":
                self._set(in_table=True)
            case _:
                return False
        return True

    def _set(self, **changed: Any) -> None:
        self._state = replace(self._state, **changed)


def _page_of(data: bytes) -> str:
    """Return the code page named at the beginning of a document."""
    head = data[:1000]
    if found := re.search(rb"\\ansicpg(\d{3,5})", head):
        name = {"65001": "utf-8", "10000": "mac_roman"}.get(number := found[1].decode(), f"cp{number}")
        try:
            return codecs.lookup(name).name
        except LookupError:
            return "cp1252"
    named = re.search(rb"\\(ansi|mac|pca|pc)(?![a-z])", head)
    return _PAGES[named[1].decode()] if named else "cp1252"


def _is_utf8(data: bytes) -> bool:
    """Return True if bytes beyond ASCII are UTF-8, which some programs write against the rules."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
