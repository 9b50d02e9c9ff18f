"""Plain text: titles, bylines, headings, lists and quotations, recognised by layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from itertools import groupby

from player.story.dates import is_date_line, iso_date
from player.story.formats.plain.gutenberg import cut_gutenberg
from player.story.formats.plain.page_headers import cut_mail, cut_pages
from player.story.furniture import is_furniture
from player.story.model import BlockKind
from player.story.reading.draft import BY, Draft, same_words
from player.story.reading.plain_paragraphs import is_chapter, is_contents, joined, mended, paragraphs
from player.story.reading.raw_source import RawSource

_ITEM = re.compile(r"\s*(?:(?:[-*+•‣▪●◦–]|o(?=\s\s))\s+(?=\S)|(?P<number>\(?(?:\d{1,3}[.)]|[a-z]\)))\s+(?=\S))")
_LETTERED = re.compile(r"\s*(?P<number>[a-z]\.)\s+(?=\S)")
"""Only within another list: "a." may begin a sentence."""
_ITEM_BEGINS = frozenset("-*+•‣▪●◦–(0123456789o")
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
_PAGE_BEHIND = re.compile(r"\S(?:\s?\.){2,}\s*\d{1,4}\s*$|\S(?:\s{3,}|\t)\s*(?:\d{1,4}|[ivxlc]+)\s*$")
"""Dots or a gap, and a page number."""
_RUNNING = re.compile(r"(?:[IVXLC]+|\d{1,3})\.?")
_LONGEST_ENTRY = 300
"""Characters of the longest line in a table of contents."""
_FRONT = 60
"""Paragraphs among which a table of contents may begin."""
_FEW, _MOST_LEFT = 6, 0.4
"""Fewest paragraphs, and largest share of unindented ones, for a text to count as indented as a whole."""
_LONGEST_TITLE, _LONGEST_HEADING, _LONGEST_BYLINE = 140, 80, 100


def read(raw: RawSource) -> Draft:
    """Return the draft of a plain text."""
    draft = Draft()
    text = raw.text.replace("\r\n", "\n")
    found = paragraphs(mended(cut_pages(cut_mail(cut_gutenberg(text, draft), draft))))
    found = _without_contents(found[_take_head(found, draft) :])
    headings = _running_numbers(found) | _outdented(found)
    for index, paragraph in enumerate(found):
        if index in headings or _is_numbered_heading(paragraph, found[index - 1 : index], found[index + 1 : index + 2]):
            draft.add(BlockKind.HEADING, paragraph[0], 2)
        else:
            _add(paragraph, draft)
    return draft


def _without_contents(found: list[list[str]]) -> list[list[str]]:
    """Return paragraphs without a table of contents near the beginning: lines that are headings later, or end in page
    numbers."""
    start = next((n for n, lines in enumerate(found[:_FRONT]) if is_contents(lines[0].strip())), None)
    if start is None:
        return found
    short = [lines for lines in found[start + 1 :] if len(lines) <= 2]
    headings = Counter(name for lines in short for name in {*map(_letters, lines), _letters(" ".join(lines))})
    entries = [line for line in found[start][1:] if line.strip()]
    known = set(map(_letters, entries))
    end = start + 1
    while end < len(found) and len(found[end]) + len(entries) > 1 and _are_entries(found[end], known, headings):
        entries += found[end]
        known.update(map(_letters, found[end]))
        end += 1
    if not all(_is_entry(line, headings) for line in found[start][1:]):
        return found
    return found[:start] + found[end:] if len(entries) > 1 else found


def _are_entries(lines: list[str], known: Collection[str], headings: Mapping[str, int]) -> bool:
    """Return True for lines of a table of contents; not for the first chapter, whose heading is in the list (`known`),
    too."""
    least = 2 if len(lines) <= 2 else 1  # the line itself counts once
    return all(_is_entry(line, headings, least) for line in lines) and _letters(lines[0]) not in known


def _is_entry(line: str, headings: Mapping[str, int], least: int = 1) -> bool:
    ends_in_page = len(line) <= _LONGEST_ENTRY and _PAGE_BEHIND.search(line) is not None
    return ends_in_page or headings.get(_letters(line), 0) >= least


def _letters(line: str) -> str:
    return re.sub(r"\W+", "", line).casefold()


def _running_numbers(found: list[list[str]]) -> frozenset[int]:
    """Return the indexes of paragraphs that are only chapter numbers, counting up from one."""
    numbers = [
        (index, _value(lines[0].strip().rstrip(".")))
        for index, lines in enumerate(found)
        if len(lines) == 1 and _RUNNING.fullmatch(lines[0].strip())
    ]
    kept: list[int] = []
    last = 0
    for index, number in numbers:
        if number in (1, last + 1):
            kept.append(index)
            last = number
    return frozenset(kept) if last > 1 else frozenset()


def _outdented(found: list[list[str]]) -> frozenset[int]:
    """Return the indexes of unindented lines in a text that is nearly all indented."""
    left = [n for n, lines in enumerate(found) if not lines[0][0].isspace()]
    if len(found) < _FEW or len(left) > len(found) * _MOST_LEFT:
        return frozenset()
    return frozenset(
        n
        for n in left
        if len(found[n]) == 1
        and len(found[n][0]) <= _LONGEST_HEADING
        and found[n][0].rstrip()[-1] not in ".,;:!?"
        and n + 1 < len(found)
        and found[n + 1][0][0].isspace()
    )


def _value(number: str) -> int:
    """Return the value of a number in Arabic or Roman numerals."""
    if number.isdigit():
        return int(number)
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in number]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _take_head(found: list[list[str]], draft: Draft) -> int:
    """Take title, byline and date from the beginning, if they stand alone. Return the number of paragraphs used."""
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
    """Take a repeated title, a byline or a date into the draft. Return False for any other line."""
    if draft.title and same_words(line, draft.title):
        return True
    if not draft.byline and (name := _name(line)):
        draft.byline = name
        draft.published = draft.published or iso_date(line[len(name) :])
        return True
    if draft.byline and (line.lower() == "by" or same_words(line.lower().removeprefix("by "), draft.byline)):
        return True
    if is_date_line(line):
        draft.published = draft.published or iso_date(line)  # a second date tells of an update
        return True
    return False


def _name(line: str) -> str:
    """Return the names in "By Jane Doe and José Álvarez, Staff Writers | May 3, 2024"; empty when it is no byline."""
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
        and not is_chapter(line)
        and not re.search(r"[a-z][.!?] [A-Z]", line)
    )


def _goes_on_as_head(lines: list[str], draft: Draft) -> bool:
    """Return True if what follows a title without a blank line is an underline, a byline or a date.

    Above a date there may be a name alone, and a job title.
    """
    if 1 < len(lines) <= 4 and _is_name(lines[0]) and is_date_line(lines[-1]):
        draft.byline = draft.byline or lines[0]
        lines = lines[-1:]
    return all(_UNDERLINE.fullmatch(line) or _take_about(line, draft) for line in lines)


def _add(paragraph: list[str], draft: Draft) -> None:
    """Add a group of lines without blank lines."""
    first = paragraph[0].lstrip()
    if len(paragraph) > 1:
        if paragraph[1].lstrip()[:1] in ("=", "-", "~", "*") and _UNDERLINE.fullmatch(paragraph[1]):
            if len(first) < _LONGEST_TITLE and not _RULE.fullmatch(first):
                draft.add(BlockKind.HEADING, first, 2)
                if len(paragraph) > 2:
                    _add(paragraph[2:], draft)
                return
        elif len(paragraph) == 2 and is_chapter(first.strip()) and len(paragraph[1]) <= _LONGEST_HEADING:
            name = first.strip().rstrip(".:")
            draft.add(BlockKind.HEADING, f"{name}. {paragraph[1].strip()}", 2)
            return
    if len(paragraph) > 1 and is_furniture(first.strip()):
        if any(len(line) > _LONGEST_HEADING or line.rstrip().endswith((".", "!", "?")) for line in paragraph[1:]):
            _add(paragraph[1:], draft)
        return  # "Most read", and its list
    if not first[0].isalnum() and all(_RULE.fullmatch(line) for line in paragraph):
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
    """Return True for "1. Introduction" with text below; False for one of several list items."""
    line = paragraph[0].strip()
    if len(paragraph) > 1 or not line[0].isdigit() or len(line) > _LONGEST_HEADING:
        return False
    alone = all(not _ITEM.match(other[0]) for other in before + after)
    return alone and bool(after) and _NUMBERED.fullmatch(line) is not None and not line.endswith((".", ",", ";", ":"))


def _add_quoted(paragraph: list[str], draft: Draft) -> None:
    """Add lines of which some are quoted with ">", as in mail. A quotation becomes one block; its paragraphs stay
    separate."""
    for (depth, blank), group in groupby(paragraph, key=_quoted):
        if not blank:
            lines = [line.lstrip("> \t") if depth else line for line in group]
            draft.add(BlockKind.QUOTATION if depth else BlockKind.PARAGRAPH, joined(lines))


def _quoted(line: str) -> tuple[int, bool]:
    """Return the depth of a quoted line, and True if it is otherwise empty."""
    marks = len(line) - len(line.lstrip("> \t"))
    return line[:marks].count(">"), marks == len(line)


def _list_start(paragraph: list[str]) -> int:
    """Return the line at which a list begins right below a line ending in a colon; 0 when there is none."""
    items = [i for i, line in enumerate(paragraph) if _ITEM.match(line)]
    return items[0] if len(items) > 1 and items[0] and paragraph[items[0] - 1].rstrip().endswith(":") else 0


def _add_items(paragraph: list[str], draft: Draft) -> None:
    """Add a list; lines that begin no item continue the one before."""
    items: list[tuple[int, str, list[str]]] = []
    for line in paragraph:
        indent = len(line) - len(line.lstrip())
        marker = _ITEM.match(line) or (_LETTERED.match(line) if items and indent > items[0][0] else None)
        if marker:
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
    return line[-1] not in ',;”"' and is_chapter(line)
