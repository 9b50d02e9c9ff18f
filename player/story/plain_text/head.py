"""The head of a plain text: title, byline and date."""

from __future__ import annotations

import re

from player.patterns import later
from player.story.dates import is_date_line, iso_date
from player.story.furniture import is_furniture
from player.story.plain_text.lines import ITEM, ITEM_BEGINS, UNDERLINE, is_heading
from player.story.reading.draft import BY, Draft, same_words
from player.story.reading.lines.kept_lines import is_stamped
from player.story.reading.lines.plain_paragraphs import is_chapter

_NAME_PARTICLES = frozenset(
    ("and", "&", "von", "van", "der", "de", "den", "la", "le", "di", "da", "dos", "und", "et", "y")
)
_ROLE = later(
    r"\s*(?:[|•·–—/(]|,\s+(?=(?:[\w-]+ ){0,3}(?:staff|writer|reporter|correspondent|editor|columnist|contributor"
    r"|special|press|reuters|ap|afp|news|m\.?d|ph\.?d)s?\b)|\b(?:on|for|published|updated)\b).*",
    re.IGNORECASE,
)
LONGEST_TITLE = 140
"""Characters in a title."""
_LONGEST_BYLINE = 100


def take_head(found: list[list[str]], draft: Draft) -> int:
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
        len(line) <= LONGEST_TITLE
        and (
            not line.endswith((".", ",", ";", ":", "…", "。"))
            or line.endswith(("U.S.", "Jr.", "Inc."))
            or is_heading(line)
        )
        and (line[:1] not in ITEM_BEGINS or not ITEM.match(line))
        and not line.startswith((">", "“", '"', "«", "„"))
        and any(map(str.isalpha, line))
        and not is_chapter(line)
        and not is_stamped(line)
        and not re.search(r"[a-z][.!?] [A-Z]", line)
    )


def _goes_on_as_head(lines: list[str], draft: Draft) -> bool:
    """Return True if what follows a title without a blank line is an underline, a byline or a date.

    Above a date there may be a name alone, and a job title.
    """
    if 1 < len(lines) <= 4 and _is_name(lines[0]) and is_date_line(lines[-1]):
        draft.byline = draft.byline or lines[0]
        lines = lines[-1:]
    return all(UNDERLINE.fullmatch(line) or _take_about(line, draft) for line in lines)
