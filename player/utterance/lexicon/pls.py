"""Pronunciation Lexicon Specification 1.0 (W3C): read and written.

Each grapheme of a lexeme becomes an entry; its alias is said, its phoneme is IPA. Of several pronunciations the
preferred one is taken, else the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from player.errors import UsageError
from player.utterance.lexicon.entry import Entry, entered

_NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_OURS = "https://listen-to-story/lexicon"
"""Namespace of attributes for what PLS does not know: match-case, engine, and a language other than the file's."""
_LARGEST = 64 << 20
"""Bytes. The largest public lexicons have 20 MB."""


def read(data: bytes, name: str) -> tuple[list[Entry], list[str]]:
    """Return the entries of a PLS file, and a line about each lexeme that was left out. `name` is used in errors.

    Raises UsageError when it is no PLS file.
    """
    from lxml import etree  # 0.03 s

    if len(data) > _LARGEST:
        raise UsageError(f"{name} is too large for a lexicon", f"at most {_LARGEST >> 20} MB are read")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{name}, line {error.lineno or 1}: {error.msg}", "is it a PLS file?") from error
    if etree.QName(root).localname != "lexicon":
        raise UsageError(f"{name} is no PLS file", "its first element must be lexicon")
    left_out: list[str] = []
    entries = [entry for lexeme in root.iterfind("{*}lexeme") for entry in _lexeme(lexeme, root, left_out)]
    return entries, left_out


def _lexeme(lexeme: Any, root: Any, left_out: list[str]) -> Iterator[Entry]:
    alphabet = root.get("alphabet", "ipa")
    said = _preferred(lexeme.findall("{*}alias"))
    sound = _preferred([p for p in lexeme.findall("{*}phoneme") if p.get("alphabet", alphabet).lower() == "ipa"])
    match_case = lexeme.get(f"{{{_OURS}}}match-case") == "true"
    engine = lexeme.get(f"{{{_OURS}}}engine", "")
    language = lexeme.get(f"{{{_OURS}}}language", lexeme.get(_LANGUAGE) or root.get(_LANGUAGE, ""))
    for grapheme in lexeme.iterfind("{*}grapheme"):
        try:
            yield entered(Entry(_text(grapheme), said, sound or "", match_case, _known(language), engine))
        except UsageError as error:
            left_out.append(f"line {lexeme.sourceline}: {error.message}")


def _preferred(elements: list[Any]) -> str | None:
    chosen = next((e for e in elements if e.get("prefer") in ("true", "1")), elements[0] if elements else None)
    return None if chosen is None else _text(chosen)


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _known(language: str) -> str:
    return "" if language.strip().lower() in ("und", "mul") else language


def write(entries: Iterable[Entry], language: str = "en") -> bytes:
    """Return a PLS file, UTF-8. `language` is that of the file; entries of others have theirs in an attribute."""
    from lxml import etree

    root = etree.Element(
        f"{{{_NAMESPACE}}}lexicon",
        {"version": "1.0", "alphabet": "ipa", _LANGUAGE: language},
        nsmap={None: _NAMESPACE, "listen": _OURS},
    )
    for _, group in groupby(entries, key=lambda e: (e.say, e.ipa, e.match_case, e.language, e.engine)):
        together = list(group)
        first = together[0]
        lexeme = etree.SubElement(root, f"{{{_NAMESPACE}}}lexeme")
        if first.language != language:
            lexeme.set(f"{{{_OURS}}}language", first.language)
        if first.match_case:
            lexeme.set(f"{{{_OURS}}}match-case", "true")
        if first.engine:
            lexeme.set(f"{{{_OURS}}}engine", first.engine)
        for entry in together:
            etree.SubElement(lexeme, f"{{{_NAMESPACE}}}grapheme").text = entry.written
        if first.ipa:
            etree.SubElement(lexeme, f"{{{_NAMESPACE}}}phoneme").text = first.ipa
        if first.say is not None:
            etree.SubElement(lexeme, f"{{{_NAMESPACE}}}alias").text = first.say
    etree.indent(root)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data + b"\n"
