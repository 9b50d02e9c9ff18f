"""Breaking what XML says, and not how it is written: so a change gets past the parser."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from random import Random
from typing import Any

from lxml import etree

_NUMBERS = (
    "0",
    "-1",
    "1",
    "",
    "65536",
    "4294967296",
    "9" * 30,
    "1e9",
    "nan",
    "true",
    "#a",
    "a b",
    "../../a",
    "http://[",
)
_TIMES = (1, 1, 2, 20, 300)


def is_xml(part: bytes) -> bool:
    """Whether a part (still) is XML."""
    try:
        etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    return True


def changed_tree(part: bytes, random: Random, words: Sequence[bytes]) -> bytes:
    """Well-formed XML with elements taken out, repeated, moved or renamed, and other texts and attributes."""
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    for _ in range(random.choice((1, 1, 2, 4))):
        elements = [element for element in root.iter("*") if element is not root]
        if elements:
            _change(random.choice(elements), elements, random, words)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _change(element: Any, elements: Sequence[Any], random: Random, words: Sequence[bytes]) -> None:
    other = random.choice(elements)
    match random.randrange(8):
        case 0:
            element.getparent().remove(element)
        case 1:
            for _ in range(random.choice(_TIMES)):
                element.addnext(deepcopy(element))
        case 2 if other not in [element, *element.iterdescendants()]:
            other.append(deepcopy(element))
        case 3:
            element.tag = other.tag
        case 4:
            element.text = _said(random, words) * random.choice(_TIMES)
        case 5:
            _nest(element, random.choice(_TIMES))
        case _ if element.attrib:
            element.set(random.choice(list(element.attrib)), _value(other, random, words))
        case _:
            element.attrib.update(other.attrib)


def _nest(element: Any, depth: int) -> None:
    """Puts an element into copies of its own tag."""
    for _ in range(min(depth, 60)):
        outer = element.makeelement(element.tag, dict(element.attrib))
        element.addprevious(outer)
        outer.append(element)


def _value(other: Any, random: Random, words: Sequence[bytes]) -> str:
    values = [str(value) for value in other.attrib.values()]
    return random.choice([*_NUMBERS, *values, _said(random, words)])


def _said(random: Random, words: Sequence[bytes]) -> str:
    """A word as XML can hold it."""
    word = random.choice(words).decode("utf-8", "replace")
    return "".join(c for c in word if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
