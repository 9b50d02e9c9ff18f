"""The words of a line of Markdown, from the parser's tokens: no marks, no targets of links, no tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from player.patterns import later
from player.story.formats.markdown.brackets import OPEN
from player.story.language_tag import valid
from player.story.raised_figures import LOWERED, RAISED
from player.story.reading.blocks.marks import in_language, note_mark
from player.story.reading.blocks.styled import StyledParagraph, address_of
from player.story.reading.formulas import formula_text
from player.story.reading.languages.passages import emphasised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_SPAN_ATTRIBUTES = later(r"(?<!\s)\s*\{:[^{}\n]{0,200}\}")
_ALERT = later(r"\[!([\w-]+)(?:\|[^\]]*)?\][+-]?\s*")
"""Opening of callout boxes of GitHub and Obsidian, with their kind."""
_METADATA = later(r"[(\[][A-Za-z][\w -]{0,40}:: [^()\[\]\n]{0,200}[)\]]|\(\([\w-]{1,60}\)\)")
"""Obsidian's and Logseq's, within a line."""
_SHORTCODE = later(r"(?<![\w:]):[a-z][a-z\d_+-]+:(?![\w:])")
_MARKED = later(r"==(?=\S)(.{1,500}?)(?<=\S)==")
_SMALL = later(r"(?<=\w)([~^])(\d+)\1")
_ROLE = later(r"\{([a-z][\w:.-]{0,40})\}\Z")
"""Of MyST, before what it is about: "{ref}`the wall <wall>`"."""
_TARGET = later(r"(?<=\S)\s*<[^<>]*>\Z")
_NUMBERED = later(r"(?<![\w@])@(fig|tbl|sec|eq|lst)-[\w-]+")
_NAMES = {"fig": "Figure", "tbl": "Table", "sec": "Section", "eq": "Equation", "lst": "Listing"}
"""Quarto's, with a number that only it knows."""
_WIKI_LINK = later(r"(!?)\[\[(?:([^\[\]|]*)\\?\|)?([^\[\]|]+)\]\]")
"""Links of Obsidian and many wikis: [[page]], [[page|shown]]; with "!" the page is embedded."""
_MARKED_SPAN = later(r"\[([^\[\]]+)\]\{[#.:\w][^{}]*\}")
_ATTRIBUTE_LANGUAGE = later(r"""\blang=["']?([a-zA-Z][\w-]{0,30})""")
_OPENING = later(r"<(\w{1,10})\b[^<>]*>")
_CITATION = later(r"\s?\[(?:[^\[\]]{0,400}[\s;-])?@[\w:.-]{1,200}[^\[\]]{0,400}\]")
_UNDEFINED = later(r"\[([^\[\]]{1,200})\]\s?\[[^\[\]]{1,200}\]")
"""A link by a name that is defined elsewhere: "[the font][Google Fonts]"."""
_PLACE = later(r"\s\^[\w-]++$")
_BADGE = later(r"shields\.io|badge", re.IGNORECASE)
_BREAK = later(r"<br\b[^>]*>", re.IGNORECASE)
SOFT = "\r"
"""The end of a line where Markdown sees none."""
_HAVE_ATTRIBUTES = ("link_close", "image", "code_inline", "em_close", "strong_close", "html_inline")
_OWN_ATTRIBUTES = later(r"\{[^{}\n]*\}")
"""Of what stands before: "[a](b){target=_blank}"."""
_LOOKS = {"strong": "strong", "em": "emphasis", "link": "link", "code_inline": "code"}


def words_of(tokens: Sequence[Token]) -> str:
    """Return the words of a line: text, code and pictures' descriptions, without marks, targets and tags.

    A break that the author wants is "\\n", any other end of a line `SOFT`.
    """
    parts = []
    after = tag = ""
    begun = 0  # number of parts before the emphasised words
    languages = _Languages()
    for token in tokens:
        if token.type == "text" and token.content[:1] == "{" and after in _HAVE_ATTRIBUTES:
            parts.append(_OWN_ATTRIBUTES.sub("", token.content, count=1))
        elif token.type == "code_inline" and after == "text" and (role := _ROLE.search(parts[-1])):
            said = _shown_by_role(role[1], token.content)
            parts[-1] = parts[-1][: role.start()] if said else parts[-1][: role.start()].rstrip()
            parts.append(said)
        elif token.type == "text":
            parts.append(_raised(token.content, tag))
        elif token.type == "code_inline":
            parts.append(_raised(token.content, tag).replace("[", OPEN))  # no link of a wiki
        elif token.type == "footnote_ref":
            parts.append(note_mark(token.meta["id"]))
        elif token.type.startswith("math_inline"):
            parts.append(formula_text(token.content))
        elif token.type == "image" and not _BADGE.search(str(token.attrGet("src"))):
            parts.append(words_of(token.children or []))
        elif token.type == "html_inline" and (mark := languages.mark(token.content)):
            parts.append(mark)
        elif token.type == "hardbreak" or (token.type == "html_inline" and _BREAK.fullmatch(token.content)):
            parts.append("\n")
        elif token.type == "softbreak":
            parts.append(SOFT)
        elif token.type == "em_open":
            begun = len(parts)
        elif token.type == "em_close":
            parts[begun:] = [emphasised("".join(parts[begun:]))]
        after, tag = token.type, token.content if token.type == "html_inline" else ""
    return "".join(parts)


class _Languages:
    """Languages of tags within a line: <i lang="fr">."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []  # (tag, language)

    def mark(self, tag: str) -> str:
        """Return the mark for what follows a tag; empty when its language is that of what stands before."""
        opening = _OPENING.fullmatch(tag)
        if opening and (found := _ATTRIBUTE_LANGUAGE.search(tag)) and (language := valid(found[1])):
            self._open.append((opening[1], language))
            return in_language(language)
        if self._open and tag == f"</{self._open[-1][0]}>":
            self._open.pop()
            return in_language(self._open[-1][1] if self._open else "")
        return ""


def _of_span(span: re.Match[str]) -> str:
    """Return the words of Pandoc's "[bonjour]{lang=fr}"."""
    found = _ATTRIBUTE_LANGUAGE.search(span.string, span.end(1), span.end())
    language = valid(found[1]) if found else None
    return in_language(language) + span[1] + in_language("") if language else span[1]


def shows_picture(tokens: Sequence[Token]) -> bool:
    """Return True for a line of nothing but pictures without a description."""
    pictures = [token for token in tokens if token.type == "image"]
    return any(not _BADGE.search(str(token.attrGet("src"))) for token in pictures) and not words_of(tokens).strip()


def _shown_by_role(role: str, content: str) -> str:
    """Return what a role of MyST shows: words without their target, a formula in words, nothing for a citation."""
    if role == "math":
        return formula_text(content)
    return "" if role.startswith("cite") else _TARGET.sub("", content)


def _raised(text: str, tag: str) -> str:
    """Text behind a tag: small figures as such; what is raised and no exponent is a note's mark."""
    if not text.isdecimal() or tag.lower() not in ("<sub>", "<sup>"):
        return text
    return text.translate(LOWERED) if tag.lower() == "<sub>" else ""


def styled_line(tokens: Sequence[Token]) -> StyledParagraph:
    """Return the letters of a line, and which are bold, emphasised, code or a link."""
    made = StyledParagraph()
    begun: list[tuple[int, str]] = []
    for token in tokens:
        look = _LOOKS.get(token.type.removesuffix("_open").removesuffix("_close"))
        if token.type in ("text", "code_inline"):
            start = made.length
            made.add(token.content)
            if look:
                made.end(start, look)
        elif look and token.nesting > 0:
            begun.append((made.length, address_of(str(token.attrGet("href") or ""))))
        elif look and begun:
            start, address = begun.pop()
            made.end(start, look, address if look == "link" else "")
    return made


def unmarked(text: str) -> str:
    """Return a line without extensions of CommonMark."""
    if text.startswith("[!") and (box := _ALERT.match(text)):
        kind, said = box[1].capitalize(), text[box.end() :]
        text = f"{kind}: {said}" if said and said.casefold() != box[1].casefold() else f"{kind}."
    if ":" in text:
        text = _SHORTCODE.sub("", text)
    if "::" in text:
        text = _METADATA.sub("", text)
    if "[" in text:
        text = _WIKI_LINK.sub(_shown, text)
        text = _UNDEFINED.sub(r"\1", text)
        text = _CITATION.sub("", _MARKED_SPAN.sub(_of_span, text))
    if "@" in text:
        text = _NUMBERED.sub(lambda found: _NAMES[found[1]], text)
    if "^" in text:
        text = _PLACE.sub("", text)
    if "{:" in text:
        text = _SPAN_ATTRIBUTES.sub("", text)
    if "==" in text:
        text = _MARKED.sub(r"\1", text)
    return _SMALL.sub(lambda found: found[2].translate(LOWERED if found[1] == "~" else RAISED), text)


def _shown(link: re.Match[str]) -> str:
    """Return what a wiki's link shows: its own words, else the page's name, or a heading's or block's on it."""
    embedded, page, said = link.groups()
    if embedded or said.startswith("^"):
        return ""
    if page is not None:
        return str(said)
    name, _, heading = said.partition("#")
    name = name.rpartition("/")[2]
    return ", ".join(part for part in (name, *heading.split("#")) if part and not part.startswith("^"))
