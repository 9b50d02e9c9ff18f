"""RTF: its characters, which it may write in six ways, as plain Unicode before pandoc has it.

pandoc 3.9 loses the character behind every "\\u8217?", knows only two code pages and no character beyond U+FFFF, and
takes the line ends of TextEdit and the lists of WordPad for something else.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from locale import windows_locale

from player.story.formats.office.marks import END, ITEM, QUOTATION, TITLE, Texts, unmarked
from player.story.reading.draft import Draft

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
"""Of fonts, by the numbers of Windows (LOGFONT, lfCharSet)."""
_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_SPELLED = {
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emdash": "—", "endash": "–", "bullet": "•",
    "tab": " ", "emspace": " ", "enspace": " ", "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_SIGNS = {b"~": "\u00a0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}"}
_ENDS = frozenset(("par", "sect", "page", "cell", "nestcell", "row", "nestrow"))
_DROPPED = frozenset(
    ("pict", "object", "objdata", "datafield", "themedata", "colorschememapping", "private", "xe", "tc")
)
"""Destinations without any text for a listener: pictures, embedded files, entries of an index."""
_ASIDE = frozenset(
    ("info", "colortbl", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
     "footnote", "fldinst", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "annotation")
)  # fmt: skip
"""Destinations that are not in the flow of the text."""
_STYLES = {
    "title": TITLE,
    "quote": QUOTATION,
    "intense quote": QUOTATION,
    "quotations": QUOTATION,
    "block text": QUOTATION,
}
_HEADING = re.compile(r"heading ([1-6])")
"""Word writes the names of its own styles in English everywhere."""
_KEPT_BACK = ("dropped", "item", "stylesheet")
"""What pandoc is not to see: in some style sheets that are not quite right it goes round for ever."""
_DEEPEST = 500
"""Groups within one another; writers of RTF stay below 30."""
_CREATED = re.compile(rb"\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_LANGUAGE = re.compile(rb"\\deflang(\d{4,5})(?!\d)")


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and its end restores."""

    encoding: str
    within: str = ""
    """The destination: "" in the flow of the text, "fonttbl", "stylesheet", "item", "aside" or "dropped"."""
    fallback: int = 1
    """How many characters follow a \\u for programs that do not know it."""
    unseen: bool = False
    """Hidden, or deleted where changes are tracked."""
    style: int = 0
    level: int = 0


def prepare(data: bytes, draft: Draft, texts: Texts) -> bytes:
    """The same document with its text in UTF-8, and marked where that says more than pandoc would know."""
    if created := _CREATED.search(data):
        draft.published = f"{int(created[1])}-{int(created[2]):02}-{int(created[3]):02}"
    if language := _LANGUAGE.search(data):
        draft.language = windows_locale.get(int(language[1]), "")
    return _Rewriter(data, texts).run().encode("utf-8")


class _Rewriter:
    """Follows the tokens and writes them anew."""

    def __init__(self, data: bytes, texts: Texts) -> None:
        self._data = data
        self._texts = texts
        self._page = _page_of(data)
        self._is_utf8 = _is_utf8(data)
        self._own_lists = b"\\listtext" not in data  # else each item says its number itself, more rightly
        self._out: list[str] = []
        self._state = _State(self._page)
        self._stack: list[_State] = []
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._styles: dict[int, str] = {}
        self._headings: dict[int, int] = {}
        self._style_name = ""
        self._bytes = bytearray()
        self._skip = 0  # characters that stand in for the last \u
        self._high = 0  # the first half of a character beyond U+FFFF
        self._star = False
        self._item: str | None = None
        self._begun = False  # whether the paragraph has any text yet

    def run(self) -> str:
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
                self._sign(found["sign"])
            elif found["brace"] is not None:
                self._brace(found["brace"] == b"{")
        self._flush()
        return "".join(self._out) + "}" * len(self._stack)

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
        """Bytes become text all at once, for in the code pages of the East two of them are one character."""
        if self._bytes:
            text = self._bytes.decode(self._state.encoding, "replace")
            self._bytes.clear()
            self._text(unmarked(text))

    def _text(self, text: str) -> None:
        state = self._state
        self._high = 0
        if state.within == "stylesheet":
            self._style_name += text
        if state.within == "item":
            self._item = (self._item or "") + text
        if state.within in _KEPT_BACK or state.unseen:
            return
        if not state.within and not self._begun and text.strip():
            self._begun = True
            self._out.append(self._styles.get(state.style, ""))
            if self._item is not None:
                self._out.append(f"{ITEM}{state.level + 1}:{self._item.strip()}{END}")
                self._item = None
        said = text if state.within else self._texts.short(text)
        self._out.append(re.sub(r"[\\{}]", r"\\\g<0>", said))

    def _brace(self, opens: bool) -> None:
        self._flush()
        self._skip = 0
        if opens and len(self._stack) < _DEEPEST:
            self._stack.append(self._state)
            self._out.append("{")
        elif not opens and self._stack:
            if self._state.within == "stylesheet":
                self._end_style()
            self._state = self._stack.pop()
            self._out.append("}")

    def _end_style(self) -> None:
        name = self._style_name.strip(" ;").lower()
        if name in _STYLES:
            self._styles[self._state.style] = _STYLES[name]
        elif heading := _HEADING.fullmatch(name):
            self._headings[self._state.style] = int(heading[1]) - 1
        self._style_name = ""

    def _sign(self, sign: bytes) -> None:
        self._flush()
        if self._skip:
            self._skip -= 1
        elif sign in _SIGNS:
            self._text(_SIGNS[sign])
        elif sign in (b"\n", b"\r"):
            self._end_paragraph("par")
        elif sign == b"*":
            self._star = True

    def _word(self, word: str, number: int | None) -> int:
        """Returns how many bytes behind it are no RTF."""
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
            self._end_paragraph(word)
        elif not self._destination(word) and not self._property(word, number):
            if self._state.within not in _KEPT_BACK:
                star = "\\*" if starred else ""
                self._out.append(f"{star}\\{word}{'' if number is None else number} ")
            if starred and not self._state.within:
                self._state = replace(self._state, within="aside")
        return 0

    def _character(self, code: int) -> None:
        self._skip = self._state.fallback
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00 if self._high else 0xFFFD
        self._text(unmarked(chr(code) if 0 <= code <= 0x10FFFF else "\ufffd"))

    def _end_paragraph(self, word: str) -> None:
        if self._state.within not in _KEPT_BACK:
            self._out.append(f"\\{word} ")
        if not self._state.within:
            self._begun, self._item = False, None

    def _destination(self, word: str) -> bool:
        """Whether a word begins one that is dropped; others are only remembered."""
        state = self._state
        if word in _DROPPED:
            self._state = replace(state, within="dropped")
        elif word in ("listtext", "pntext") and not state.within:
            self._state = replace(state, within="item")
            self._item = ""
        elif word == "stylesheet":
            self._state = replace(state, within=word)
        elif word == "fonttbl":
            self._state = replace(state, within=word)
            return False
        elif word in _ASIDE and state.within != "dropped":
            self._state = replace(state, within="aside")
            return False
        else:
            return False
        return True

    def _property(self, word: str, number: int | None) -> bool:
        """Whether a word is kept from pandoc; what it changes is remembered."""
        state = self._state
        if word == "f":
            self._font = number or 0
            self._state = replace(state, encoding=self._fonts.get(self._font, self._page))
        elif word == "fcharset" and state.within == "fonttbl":
            self._fonts[self._font] = _CHARSETS.get(number or 0, self._page)
            return True
        elif word == "plain":
            self._state = replace(state, encoding=self._page, unseen=False)
        elif word in ("v", "deleted"):
            self._state = replace(state, unseen=number != 0)
            return True
        elif word == "uc":
            self._state = replace(state, fallback=min(max(0, number or 0), 8))
            return True
        elif word == "pard":
            self._state = replace(state, style=0, level=0)
        elif word == "s":
            self._state = replace(state, style=number or 0)
            if number in self._headings and not state.within:
                self._out.append(f"\\outlinelevel{self._headings[number]} ")
        elif word in ("ls", "ilvl"):
            self._state = replace(state, level=min(max(0, number or 0), 8)) if word == "ilvl" else state
            return not self._own_lists
        return False


def _page_of(data: bytes) -> str:
    """The code page that a document names in its first words."""
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
    """Whether a document has bytes beyond ASCII that are UTF-8, which some programs write against the rules."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
