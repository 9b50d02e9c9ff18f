"""OpenDocument styles: formatting of paragraphs and text, numbering of lists, language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from player.story.formats.office.package import value, whole_number

_DEEPEST = 20
"""Longest chain of parent styles, so that a circle ends."""
_INDENTED = 5.0
"""Millimetres of left margin from which a paragraph is a quotation."""
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(mm|cm|in|pt)")
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}


class Numbering(NamedTuple):
    """Numbering of a list's level."""

    form: str
    """Type of HTML's <ol>: "1", "a", "A", "i" or "I"."""
    start: int


@dataclass(frozen=True)
class Look:
    """Properties of a style and its parents."""

    names: frozenset[str] = frozenset()
    """Names of these styles."""
    properties: dict[str, str] = field(default_factory=dict)
    """Properties without namespace: {"font-weight": "bold"}."""

    @property
    def hidden(self) -> bool:
        """True if the text is hidden."""
        return self.properties.get("display") == "none"

    @property
    def language(self) -> str:
        """Return the language of the text, such as "de-AT"; empty when the style names none."""
        return _tag(self.properties.get("language", ""), self.properties.get("country", ""))

    @property
    def is_quotation(self) -> bool:
        """True if the style's name says so, or it is indented on the left."""
        length = _LENGTH.fullmatch(self.properties.get("margin-left", ""))
        return "Quotations" in self.names or (
            length is not None and float(length[1]) * _MILLIMETRES[length[2]] > _INDENTED
        )

    def marked(self, html: str) -> str:
        """Return HTML with elements for this formatting around it."""
        said = self.properties.get
        if said("font-style") == "italic":
            html = f"<em>{html}</em>"
        if said("font-weight") in ("bold", "700", "800", "900"):
            html = f"<strong>{html}</strong>"
        if said("text-position", "").startswith(("super", *"123456789")):
            html = f"<sup>{html}</sup>"
        return html if said("text-line-through-style", "none") == "none" else f"<del>{html}</del>"


def _tag(language: str, country: str) -> str:
    if language in ("", "none", "zxx"):
        return ""
    return language if country in ("", "none") else f"{language}-{country}"


class Styles:
    """The styles of a document."""

    def __init__(self, *roots: Any) -> None:
        """`roots` of styles.xml and content.xml; the latter's styles take precedence."""
        self.language = ""
        """The first language named, such as "de-AT"; empty when there is none."""
        self._styles: dict[tuple[str, str], Any] = {}
        self._lists: dict[tuple[str, int], Numbering] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        for root in roots:
            self._styles |= {(value(style, "family"), value(style, "name")): style for style in root.iter("{*}style")}
            for level in root.iter("{*}list-level-style-number"):
                if form := value(level, "num-format"):
                    key = (value(level.getparent(), "name"), whole_number(level, "level"))
                    self._lists[key] = Numbering(form, whole_number(level, "start-value"))
            for properties in root.iterfind(".//{*}default-style/{*}text-properties"):
                self.language = self.language or _tag(value(properties, "language"), value(properties, "country"))

    def look(self, family: str, name: str, deep: int = 0) -> Look:
        """Return the formatting of a style in a family ("paragraph", "text")."""
        style = self._styles.get((family, name))
        if style is None or deep > _DEEPEST:
            return Look(frozenset((name,)))
        if (family, name) not in self._looks:
            parent = self.look(family, value(style, "parent-style-name"), deep + 1)
            own = {key.rpartition("}")[2]: str(v) for part in style for key, v in part.attrib.items()}
            self._looks[family, name] = Look(parent.names | {name}, parent.properties | own)
        return self._looks[family, name]

    def numbering(self, name: str, level: int) -> Numbering | None:
        """Return the numbering of a list's level (from 1); None when it is not numbered."""
        return self._lists.get((name, level))
