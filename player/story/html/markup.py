"""HTML, made fit to be parsed."""

from __future__ import annotations

import re

from player.story.reading.formulas.numbered import with_numbers

_CONTROLS = re.compile(
    r"(?:&#(?:27|x1b);|\x1b)\[[0-?]*[ -/]*[@-~]"  # a colour or cursor sequence, also one that is written in digits
    r"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|127)|x0*(?:[0-8bcef]|1[0-9a-f]|7f));|[\0-\x08\x0b\x0c\x0e-\x1f\x7f]"
    # halves of a pair, and what is no character
    r"|&#(?:0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]|6553[45]))\b;?"
    r"|&#x0*(?:d[89a-f][0-9a-f]{2}|fff[ef])\b;?|[\ufffe\uffff]",
    re.IGNORECASE,
)
"""Control characters and lone surrogates: lxml refuses text with them (XML 1.0, 2.2), and trafilatura the page."""
_WITHOUT_CONTROLS = re.compile(r"[^\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]*")
_RAISED_NUMBER = re.compile(r"<sup>([-−]?\d{1,2})</sup>")
_BASE = re.compile(r"((?<![\w.,])10|(?<![^\W\d])(?:[kcmd]?m|ft|mi|[a-zR]|mc))((?:</(?:em|i|b|strong|var|span)>)*)\Z")
"""Bases of an exponent: ten, a unit or a variable. Any other raised number is the mark of a footnote."""
_NEAR = 80
"""Characters before a raised number in which its base stands, with the ends of tags behind it."""
_RAISED = str.maketrans("-−0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LONG_TAG = re.compile(r"<([a-zA-Z][\w-]{0,30})\s[^<>]{2000,}>")
_MOST_ATTRIBUTES = 200
"""Attributes of a tag; libxml2 compares each with all before it."""


def readable(text: str) -> str:
    """Return HTML that lxml can parse, with exponents as raised digits, so that they are not taken for footnotes."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    text = _LONG_TAG.sub(_without_attributes, text)
    # Looked for first: 11 ms for 3 MB, where the rule takes half a second, and a search for any of the signs 52 ms.
    if "&#" in text or not _WITHOUT_CONTROLS.fullmatch(text):
        text = _CONTROLS.sub("", text)
    text = with_numbers(text)
    return _with_exponents(text) if "<sup>" in text else text


def _with_exponents(text: str) -> str:
    """Return HTML with raised digits in place of `<sup>` for exponents."""
    kept: list[str] = []
    last = 0
    for found in _RAISED_NUMBER.finditer(text):
        base = _BASE.search(text, max(found.start() - _NEAR, last), found.start())
        if base is not None and (found[1] in ("2", "3") or base[0] == "10"):
            kept += [text[last : base.end(1)], found[1].translate(_RAISED), base[2]]
            last = found.end()
    return "".join([*kept, text[last:]])


def _without_attributes(tag: re.Match[str]) -> str:
    """Return a tag, without its attributes if it has too many to be real."""
    return tag[0] if tag[0].count("=") < _MOST_ATTRIBUTES else f"<{tag[1]}>"
