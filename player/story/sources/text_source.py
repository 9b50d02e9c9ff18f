"""Plain text: titles, bylines, headings, lists and quotations are known by how they stand on the page."""

from __future__ import annotations

import re
from itertools import groupby

from player.story.dates import is_date_line, iso_date
from player.story.furniture import is_furniture
from player.story.model import BlockKind
from player.story.sources.building import BY, Draft, same_words
from player.story.sources.gutenberg import cut_gutenberg
from player.story.sources.lines import joined, paragraphs
from player.story.sources.raw import RawSource

_NUMERAL = (
    r"(?:\d+|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|the (?:first|second|third|fourth|fifth|sixth|last))"
)
_CHAPTER = re.compile(
    rf"(?:chapter|part|book|act|scene|section|volume|letter|canto|kapitel|teil|buch|chapitre|partie|livre|capítulo"
    rf"|parte|libro|capitolo|hoofdstuk|deel)\s+{_NUMERAL}\b(?:[\s.:—–-]+.{{0,60}})?"
    r"|prologue|epilogue|introduction|preface|foreword|afterword|conclusion|contents|acknowledge?ments|appendix"
    r"|prolog|epilog|vorwort|nachwort|inhalt|prólogo|epílogo|prefazione",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[-*+•‣▪●◦–]\s+(?=\S)|(?P<number>\(?(?:\d{1,3}[.)]|[a-z]\)))\s+(?=\S))")
_ITEM_BEGINS = frozenset("-*+•‣▪●◦–(0123456789")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,}|\*{3,})\s*")
_RULE = re.compile(r"[\W_]*")
_NAME_PARTICLES = frozenset(
    ("and", "&", "von", "van", "der", "de", "den", "la", "le", "di", "da", "dos", "und", "et", "y")
)
_ROLE = re.compile(
    r"\s*(?:[|•·–—/(]|,\s+(?=(?:[\w-]+ ){0,3}(?:staff|writer|reporter|correspondent|editor|columnist|contributor"
    r"|special|press|reuters|ap|afp|news|m\.?d|ph\.?d)s?\b)|\b(?:on|for|published|updated)\b).*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[^\W\d_a-z].*")
_LONGEST_TITLE, _LONGEST_HEADING, _LONGEST_BYLINE = 140, 80, 100


def read(raw: RawSource) -> Draft:
    """The draft of a plain text."""
    draft = Draft()
    found = paragraphs(cut_gutenberg(raw.text, draft))
    found = found[_take_head(found, draft) :]
    for index, paragraph in enumerate(found):
        if _is_numbered_heading(paragraph, found[index - 1 : index], found[index + 1 : index + 2]):
            draft.add(BlockKind.HEADING, paragraph[0], 2)
        else:
            _add(paragraph, draft)
    return draft


def _take_head(found: list[list[str]], draft: Draft) -> int:
    """Title, byline and date from the beginning, where they stand by themselves. Returns how many paragraphs."""
    taken = 0
    while taken < min(6, len(found) - 1):
        lines = [line.strip() for line in found[taken]]
        if draft.title and not draft.byline and len(lines) == 2 and _is_name(lines[0]) and is_date_line(lines[1]):
            draft.byline = lines[0]
        if is_furniture(" ".join(lines)) or all(_take_about(line, draft) for line in lines):
            taken += 1
        elif not draft.title and _is_title(lines[0]) and _goes_on_as_head(lines[1:], draft):
            draft.title = lines[0]
            taken += 1
        else:
            break
    return taken


def _take_about(line: str, draft: Draft) -> bool:
    """Whether a line is the title once more, a byline or a date; the draft has it then."""
    if draft.title and same_words(line, draft.title):
        return True
    if not draft.byline and (name := _name(line)):
        draft.byline = name
        draft.published = draft.published or iso_date(line[len(name) :])
        return True
    if draft.byline and (line.lower() == "by" or same_words(line.lower().removeprefix("by "), draft.byline)):
        return True
    if is_date_line(line):
        draft.published = draft.published or iso_date(line)  # a second one says when it was updated
        return True
    return False


def _name(line: str) -> str:
    """The names in "By Jane Doe and José Álvarez, Staff Writers | May 3, 2024"; empty when it is no byline."""
    match = BY.match(line)
    if not match or len(line) > _LONGEST_BYLINE:
        return ""
    name = _ROLE.sub("", line[match.end() :]).strip(" ,")
    words = name.split()
    if not 1 < len(words) <= 12 or (name.endswith(".") and not name.endswith(("Jr.", "Sr."))):
        return ""
    return name if _is_name(name) else ""


def _is_name(line: str) -> bool:
    words = line.split()
    return 1 < len(words) <= 12 and all(w[0].isupper() or w.lower() in _NAME_PARTICLES for w in words)


def _is_title(line: str) -> bool:
    line = line.strip()
    return (
        len(line) <= _LONGEST_TITLE
        and (
            not line.endswith((".", ",", ";", ":", "…", "。"))
            or line.endswith(("U.S.", "Jr.", "Inc."))
            or _is_heading(line)
        )
        and (line[:1] not in _ITEM_BEGINS or not _ITEM.match(line))
        and not line.startswith((">", "“", '"', "«", "„"))
        and any(map(str.isalpha, line))
        and not _CHAPTER.fullmatch(line)
        and not re.search(r"[a-z][.!?] [A-Z]", line)
    )


def _goes_on_as_head(lines: list[str], draft: Draft) -> bool:
    """Whether what stands below a title without a blank line is an underline, a byline or a date."""
    return all(_UNDERLINE.fullmatch(line) or _take_about(line, draft) for line in lines)


def _add(paragraph: list[str], draft: Draft) -> None:
    """One group of lines without a blank line in it."""
    first = paragraph[0].lstrip()
    if len(paragraph) > 1:
        if paragraph[1].lstrip()[:1] in ("=", "-", "~", "*") and _UNDERLINE.fullmatch(paragraph[1]):
            if len(first) < _LONGEST_TITLE and not _RULE.fullmatch(first):
                draft.add(BlockKind.HEADING, first, 2)
                paragraph = paragraph[2:]
        elif len(paragraph) == 2 and _CHAPTER.fullmatch(first.strip()) and len(paragraph[1]) <= _LONGEST_HEADING:
            draft.add(BlockKind.HEADING, first, 2)
            draft.add(BlockKind.HEADING, paragraph[1], 3)
            return
    if not paragraph or (not first[0].isalnum() and all(_RULE.fullmatch(line) for line in paragraph)):
        return
    if ">" in "".join(paragraph) and any(line.lstrip().startswith(">") for line in paragraph):
        _add_quoted(paragraph, draft)
    elif first[0] in _ITEM_BEGINS and _ITEM.match(first) and (len(paragraph) > 1 or first[0] != "–"):
        _add_items(paragraph, draft)
    elif len(paragraph) == 1 and _is_heading(first.strip()):
        draft.add(BlockKind.HEADING, re.sub(r"^#{1,6}\s+|\s+#+$", "", first.strip()), 2)
    elif len(paragraph) > 2 and (start := _list_start(paragraph)):
        draft.add(BlockKind.PARAGRAPH, joined(paragraph[:start]))
        _add_items(paragraph[start:], draft)
    else:
        draft.add(BlockKind.PARAGRAPH, joined(paragraph))


def _is_numbered_heading(paragraph: list[str], before: list[list[str]], after: list[list[str]]) -> bool:
    """Whether it is "1. Introduction" with text below, and not one of several items of a list."""
    line = paragraph[0].strip()
    if len(paragraph) > 1 or not line[0].isdigit() or len(line) > _LONGEST_HEADING:
        return False
    alone = all(not _ITEM.match(other[0]) for other in before + after)
    return alone and bool(after) and _NUMBERED.fullmatch(line) is not None and not line.endswith((".", ",", ";", ":"))


def _add_quoted(paragraph: list[str], draft: Draft) -> None:
    """Lines of which some are quoted with ">", as in letters."""
    for quoted, group in groupby(paragraph, key=lambda line: line.lstrip().startswith(">")):
        lines = [line.lstrip("> \t") if quoted else line for line in group]
        draft.add(BlockKind.QUOTATION if quoted else BlockKind.PARAGRAPH, joined(lines))


def _list_start(paragraph: list[str]) -> int:
    """Where a list begins right below a line that announces it with a colon; 0 when there is none."""
    items = [i for i, line in enumerate(paragraph) if _ITEM.match(line)]
    return items[0] if len(items) > 1 and items[0] and paragraph[items[0] - 1].rstrip().endswith(":") else 0


def _add_items(paragraph: list[str], draft: Draft) -> None:
    """A list; lines that begin no item go on the one before."""
    items: list[tuple[int, str, list[str]]] = []
    for line in paragraph:
        marker = _ITEM.match(line)
        if marker:
            indent = len(line) - len(line.lstrip())
            items.append((indent, marker["number"] or "", [line[marker.end() :]]))
        else:
            items[-1][2].append(line)
    indents = sorted({indent for indent, _, _ in items})
    for indent, number, lines in items:
        draft.add(BlockKind.LIST_ITEM, f"{number} {joined(lines)}".strip(), indents.index(indent) + 1)


def _is_heading(line: str) -> bool:
    if len(line) > _LONGEST_HEADING:
        return False
    if line.startswith("#") and re.match(r"#{1,6} \S", line):
        return True
    if line.isupper() and not line.endswith(("!", ",", ";", ":", "”", '"')):
        return sum(map(str.isalpha, line)) > 3
    return line[-1] not in ',;”"' and _CHAPTER.fullmatch(line) is not None
