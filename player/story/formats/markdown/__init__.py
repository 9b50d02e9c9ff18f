"""Markdown, through markdown-it-py: links without targets, tables row by row, code announced instead of read."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from player.errors import SourceError
from player.story.formats.markdown.brackets import OPEN, calmed
from player.story.formats.markdown.contents import without_contents
from player.story.formats.markdown.dialects import plain_markdown
from player.story.formats.markdown.front_matter import take_front_matter
from player.story.formats.markdown.mdx import is_mdx, plain_mdx
from player.story.html.markup import add_blocks, readable
from player.story.model import BlockKind
from player.story.reading.asides import note_mark
from player.story.reading.draft import Draft, row_text
from player.story.reading.foreign import emphasised
from player.story.reading.formulas import formula_text
from player.story.reading.kept_lines import lines_as_meant, split_at_breaks
from player.story.reading.picture import picture_at
from player.story.reading.raw_source import RawSource
from player.story.reading.styled import StyledParagraph, address_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_ATTRIBUTES = re.compile(r"(?<!\s)\s*\{[#.:][^{}]*\}\s*$")
_SPAN_ATTRIBUTES = re.compile(r"\s*\{:[^{}\n]{0,200}\}")
_ALERT = re.compile(r"\[!([\w-]+)(?:\|[^\]]*)?\][+-]?\s*")
"""Opening of callout boxes of GitHub and Obsidian, with their kind."""
_METADATA = re.compile(r"[(\[][A-Za-z][\w -]{0,40}:: [^()\[\]\n]{0,200}[)\]]|\(\([\w-]{1,60}\)\)")
"""Obsidian's and Logseq's, within a line."""
_SHORTCODE = re.compile(r"(?<![\w:]):[a-z][a-z\d_+-]+:(?![\w:])")
_MARKED = re.compile(r"==(?=\S)(.{1,500}?)(?<=\S)==")
_SMALL = re.compile(r"(?<=\w)([~^])(\d+)\1")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TEMPLATE = re.compile(
    r"\{\{[<%].{0,500}?[>%]\}\}|\{%.{0,500}?%\}|^[ \t]*\{\{[^{}\n]*\}\}[ \t]*$", re.MULTILINE | re.DOTALL
)
"""Template tags of Hugo, Jekyll and similar programs."""
_SHOWN = re.compile(r"""\b(text|term_id)\s*=\s*["']([^"'<>]{1,200})["']""")
"""Words that a tag of Hugo shows, or the name of a term."""
_MACRO = re.compile(
    r"""\{\{\s*\w+\(\s*(?:"([^"{}]*)"|'([^'{}]*)')(?:\s*,\s*(?:"([^"{}]*)"|'([^'{}]*)'))?[^{}]{0,200}\)\s*\}\}"""
)
"""A macro of MDN within a line: {{Glossary("Cache", "caches")}}."""
_HIGHLIGHT = re.compile(
    r"""\{%-?\s*highlight\b[^%]{0,80}%\}\n?((?:(?!\{%-?\s*highlight).){0,20000}?)\{%-?\s*endhighlight\s*-?%\}
      | \{\{[<%]\s*(highlight|code[\w-]*)\b[^>%]{0,80}[>%]\}\}\n?
        ((?:(?!\{\{[<%]\s*\2).){0,20000}?)\{\{[<%]\s*/\s*\2\s*[>%]\}\}""",
    re.DOTALL | re.VERBOSE,
)
"""Code of Jekyll and Hugo."""
_FENCED = re.compile(r"(^ {0,3}(?:```|~~~)[^\n]*\n(?:(?! {0,3}(?:```|~~~)).*\n)*+ {0,3}(?:```|~~~))", re.MULTILINE)
_ROLE = re.compile(r"\{([a-z][\w:.-]{0,40})\}\Z")
"""Of MyST, before what it is about: "{ref}`the wall <wall>`"."""
_TARGET = re.compile(r"(?<=\S)\s*<[^<>]*>\Z")
_NUMBERED = re.compile(r"(?<![\w@])@(fig|tbl|sec|eq|lst)-[\w-]+")
_NAMES = {"fig": "Figure", "tbl": "Table", "sec": "Section", "eq": "Equation", "lst": "Listing"}
"""Quarto's, with a number that only it knows."""
_TEX = re.compile(r"(?<!\\)\\\(([^\n]{1,300}?)\\\)|(?<!\\)\\\[((?:[^\\]|\\(?!\[)){1,1000}?)\\\]")
"""Formulas as chat programs write them: \\(a^2\\), \\[a^2\\]."""
_IS_TEX = re.compile(r"\\[a-zA-Z]{2,}|[\^={}]|(?<!\\)_")
_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
_VERSE = re.compile(r"^\|[ \t]+([^|\n]*)$", re.MULTILINE)
_WIKI_LINK = re.compile(r"(!?)\[\[(?:([^\[\]|]*)\\?\|)?([^\[\]|]+)\]\]")
"""Links of Obsidian and many wikis: [[page]], [[page|shown]]; with "!" the page is embedded."""
_MARKED_SPAN = re.compile(r"\[([^\[\]]+)\]\{[#.:\w][^{}]*\}")
_CITATION = re.compile(r"\s?\[(?:[^\[\]]{0,400}[\s;-])?@[\w:.-]{1,200}[^\[\]]{0,400}\]")
_UNDEFINED = re.compile(r"\[([^\[\]]{1,200})\]\s?\[[^\[\]]{1,200}\]")
"""A link by a name that is defined elsewhere: "[the font][Google Fonts]"."""
_PLACE = re.compile(r"\s\^[\w-]++$")
_BADGE = re.compile(r"shields\.io|badge", re.IGNORECASE)
_DEEPEST = 100
"""Deeper nesting is dropped. The parser's usual 20 are reached by lists seven deep."""
_DEEPEST_MARKS = 20
"""The same within a line: a thousand open brackets cost this many times a thousand."""
_MANY_LINES, _SHORT_LINE = 80_000, 40
"""Lines allowed in any text, and characters for each further line: the parser takes 0.1 s for each 1,000 lines."""
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_SOFT = "\r"
"""The end of a line where Markdown sees none."""
_HAVE_ATTRIBUTES = ("link_close", "image", "code_inline", "em_close", "strong_close", "html_inline")
_OWN_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
"""Of what stands before: "[a](b){target=_blank}"."""
_LOOKS = {"strong": "strong", "em": "emphasis", "link": "link", "code_inline": "code"}
_TASK = re.compile(r"\[[ xX/>?!~-]\] ")


def read(raw: RawSource) -> Draft:
    """Return the draft of a Markdown text. Raises SourceError when it is nothing but an endless list."""
    from markdown_it import MarkdownIt  # 0.06 s
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    draft = Draft()
    whole = raw.text.removeprefix("\ufeff").replace("\r\n", "\n")
    text = take_front_matter(whole, draft)
    if is_mdx(text, raw.suffix):
        text = plain_mdx(text)
    text = plain_markdown(_without_extras(readable(text)))
    if (lines := text.count("\n")) > _MANY_LINES + len(text) // _SHORT_LINE:
        raise SourceError(f"{raw.name} has {lines:,} lines, most of them nearly empty", "is it a story?")
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    parser.core.ruler.before("inline", "shallow", _shallow)
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    tokens = without_contents(parser.parse(text))
    _Walker(draft).walk(tokens)
    pictures = (child for token in tokens for child in token.children or [] if child.type == "image")
    draft.picture = picture_at(raw.name, (str(child.attrGet("src")) for child in pictures), inside=raw.inside)
    if not draft.title:
        headings = [
            (n, text, level) for n, (kind, text, level) in enumerate(draft.blocks[:3]) if kind is BlockKind.HEADING
        ]
        titles = [text for n, text, level in headings if level == 1 or (n == 0 and level == 2)]
        draft.title = titles[0] if titles else ""
    return draft


def _shallow(state: StateCore) -> None:
    """A step of the parser, between blocks and lines: drops deep nesting."""
    state.md.options["maxNesting"] = _DEEPEST_MARKS
    for token in state.tokens:
        if token.type == "inline":
            token.content = calmed(token.content)


def _without_extras(text: str) -> str:
    """Return text without extensions of CommonMark between the lines: template tags, comments, bars before lines of
    verse."""
    if "highlight" in text or "{{< code" in text:
        text = _HIGHLIGHT.sub(lambda found: f"\n~~~\n{found[1] or found[3]}\n~~~\n", text)
    parts = _FENCED.split(text)
    return "".join(part if n % 2 else _plain(part) for n, part in enumerate(parts))


def _plain(text: str) -> str:
    """Return text outside of code without template tags, comments and bars."""
    if "{{" in text or "{%" in text:
        text = _MACRO.sub(_shown_by, _TEMPLATE.sub(_shown_by_tag, text))
    if "\\(" in text or "\\[" in text:
        text = _TEX.sub(_in_dollars, text)
    if "%%" in text:
        text = _COMMENT.sub("", text)
    if "\n| " in text:
        text = _VERSE.sub(lambda found: f"{found[1]}  ", text)
    return text


def _in_dollars(found: re.Match[str]) -> str:
    """Return a formula between dollars; brackets that are only escaped stay."""
    tex = " ".join((found[1] or found[2]).split())
    mark = "$" if found[1] else "$$"
    return f"{mark}{tex}{mark}" if _IS_TEX.search(tex) else found[0]


def _shown_by_tag(tag: re.Match[str]) -> str:
    """Return what a template's tag shows within a line; most show something else, or nothing."""
    found: dict[str, str] = dict(_SHOWN.findall(tag[0])) if tag[0].startswith("{{") else {}
    return found.get("text", "") or found.get("term_id", "").replace("-", " ")


def _shown_by(macro: re.Match[str]) -> str:
    """Return the words of a macro: its second argument, or else its first."""
    name, other, said, said_too = macro.groups()
    return str(said or said_too or (name or other or "").replace("_", " "))


class _Walker:
    """Turns the parser's tokens into a draft, keeping track of what is open."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._lists: list[int | None] = []  # next number of each open list, None for bullets
        self._quotes = 0
        self._heading = 0
        self._marker = ""
        self._header: list[str] = []
        self._row: list[str] | None = None

    def walk(self, tokens: Sequence[Token]) -> None:
        self._draft.notes = [_unmarked(text).replace(OPEN, "[") for text in _notes(tokens)]
        for token in tokens:
            if token.type == "footnote_block_open":
                return
            self._open_or_close(token)
            if token.type == "inline":
                if (styled := _styled(token.children or [])).runs:
                    self._draft.styled.append(styled)
                self._add(_said(token.children or []))
            elif token.type in ("fence", "code_block"):
                self._draft.add_code(token.content)
            elif token.type.startswith("math_block"):
                self._add(formula_text(token.content) + ".")
            elif token.type == "html_block":
                self._add_html(token.content)

    def _open_or_close(self, token: Token) -> None:
        match token.type:
            case "heading_open":
                self._heading = int(token.tag[1])
            case "heading_close":
                self._heading = 0
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "bullet_list_open" | "dl_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close" | "dl_close":
                self._lists.pop()
            case "list_item_open":
                number = self._lists[-1]
                self._marker = f"{number}. " if number is not None else ""
                self._lists[-1] = None if number is None else number + 1
            case "table_open":
                self._header = []
                self._table = len(self._draft.blocks)
            case "table_close":
                self._draft.announce_table(len(self._header), self._table)
            case "tr_open":
                self._row = []
            case "tr_close":
                self._end_row()

    def _end_row(self) -> None:
        cells, self._row = self._row or [], None
        if not self._header:
            self._header = cells
            return
        self._draft.add(BlockKind.LIST_ITEM, row_text(self._header, cells), 1)

    def _add_html(self, html: str) -> None:
        if self._lists or self._quotes:
            self._add(unescape(_TAG.sub(" ", html)))
        else:
            add_blocks(self._draft, html)

    def _add(self, text: str) -> None:
        if _FOOTNOTE.match(text):
            return  # a note without a reference
        text = _unmarked(_FOOTNOTE.sub("", text)).replace(OPEN, "[")
        if self._row is not None or self._heading:
            text = text.replace("\n", " ").replace(_SOFT, " ")
        if self._lists:
            text = _TASK.sub("", text, count=1) if _TASK.match(text) else text
        if self._row is not None:
            self._row.append(text)
        elif self._heading:
            self._draft.add(BlockKind.HEADING, _ATTRIBUTES.sub("", text), self._heading)
        else:
            for said in _as_meant(text):
                self._add_line(said)

    def _add_line(self, text: str) -> None:
        if self._lists:
            self._draft.add(BlockKind.LIST_ITEM, self._marker + text, len(self._lists))
            self._marker = ""
        else:
            kind = BlockKind.QUOTATION if self._quotes else BlockKind.PARAGRAPH
            self._draft.add(kind, text, max(self._quotes - 1, 0))


def _notes(tokens: Sequence[Token]) -> list[str]:
    """Return the text of each note, by its number."""
    found: list[list[str]] = []
    for token in tokens:
        if token.type == "footnote_open":
            found.append([])
        elif token.type == "inline" and found:
            found[-1].append(_said(token.children or []))
    return [" ".join(parts) for parts in found]


def _styled(tokens: Sequence[Token]) -> StyledParagraph:
    """Return the letters of a line, and which are bold, emphasised, code or a link."""
    made = StyledParagraph()
    begun: list[tuple[int, str]] = []
    for token in tokens:
        look = _LOOKS.get(token.type.removesuffix("_open").removesuffix("_close"))
        if token.type in ("text", "code_inline"):
            start = len(made.letters)
            made.add(token.content)
            if look:
                made.end(start, look)
        elif look and token.nesting > 0:
            begun.append((len(made.letters), address_of(str(token.attrGet("href") or ""))))
        elif look and begun:
            start, address = begun.pop()
            made.end(start, look, address if look == "link" else "")
    return made


def _as_meant(text: str) -> list[str]:
    """Return a paragraph in one, or its lines if they were meant as such."""
    if "\n" in text:
        groups = split_at_breaks([line.replace(_SOFT, " ") for line in text.split("\n")])
    elif _SOFT in text:
        groups = lines_as_meant(text.split(_SOFT), 0)
    else:
        return [text]
    return [" ".join(lines) for lines in groups]


def _unmarked(text: str) -> str:
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
        text = _CITATION.sub("", _MARKED_SPAN.sub(r"\1", text))
    if "@" in text:
        text = _NUMBERED.sub(lambda found: _NAMES[found[1]], text)
    if "^" in text:
        text = _PLACE.sub("", text)
    if "{:" in text:
        text = _SPAN_ATTRIBUTES.sub("", text)
    if "==" in text:
        text = _MARKED.sub(r"\1", text)
    return _SMALL.sub(lambda found: found[2].translate(_LOWERED if found[1] == "~" else _RAISED), text)


def _raised(text: str, tag: str) -> str:
    """Text behind a tag: small figures as such; what is raised and no exponent is a note's mark."""
    if not text.isdigit() or tag.lower() not in ("<sub>", "<sup>"):
        return text
    return text.translate(_LOWERED) if tag.lower() == "<sub>" else ""


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


def _shown_by_role(role: str, content: str) -> str:
    """Return what a role of MyST shows: words without their target, a formula in words, nothing for a citation."""
    if role == "math":
        return formula_text(content)
    return "" if role.startswith("cite") else _TARGET.sub("", content)


def _said(tokens: Sequence[Token]) -> str:
    """Return the words of a line: text, code and pictures' descriptions, without marks, targets and tags.

    A break that the author wants is "\\n", any other end of a line `_SOFT`.
    """
    parts = []
    after = tag = ""
    begun = 0  # number of parts before the emphasised words
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
            parts.append(_said(token.children or []))
        elif token.type == "hardbreak" or (token.type == "html_inline" and _BREAK.fullmatch(token.content)):
            parts.append("\n")
        elif token.type == "softbreak":
            parts.append(_SOFT)
        elif token.type == "em_open":
            begun = len(parts)
        elif token.type == "em_close":
            parts[begun:] = [emphasised("".join(parts[begun:]))]
        after, tag = token.type, token.content if token.type == "html_inline" else ""
    return "".join(parts)
