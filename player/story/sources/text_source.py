"""Plain text: paragraphs between blank lines or one to a line, hard-wrapped lines joined, titles and lists found."""

from __future__ import annotations

import re
from itertools import groupby
from statistics import median

from player.story.model import BlockKind
from player.story.sources.building import Draft
from player.story.sources.raw import RawSource

_GUTENBERG = re.compile(r"^\*\*\* ?(START|END) OF (?:THE|THIS) PROJECT GUTENBERG.*$", re.MULTILINE | re.IGNORECASE)
_GUTENBERG_FIELD = re.compile(r"^(Title|Author|Language): (.+)$", re.MULTILINE)
_LANGUAGES = {"english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "dutch": "nl"}
_CHAPTER = re.compile(
    r"(?:chapter|part|book|act|scene|section|volume|kapitel|chapitre|capítulo|capitolo)\s+"
    r"(?:\d+|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b.{0,60}"
    r"|prologue|epilogue|introduction|preface|foreword|afterword|conclusion|contents",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[-*•‣▪●–]\s+|\(?\d{1,3}[.)]\s+(?=\S))")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*")
_RULE = re.compile(r"[\s*_=~•·.—–-]{1,80}")
_BYLINE = re.compile(r"by\s+((?:[A-Z][\w.'’-]*|and|&|von|van|de|of)(?:,?\s+|$)){1,8}", re.IGNORECASE)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DATE = re.compile(
    r"(?:(?:published|updated|posted)(?: on)?:?\s*)?(?:\w+day,?\s+)?(?:"
    r"(?P<iso>\d{4}-\d\d-\d\d)|(?P<m>[A-Z][a-z]{2,8})\.?\s+(?P<d>\d{1,2}),?\s+(?P<y>\d{4})"
    r"|(?P<d2>\d{1,2})\s+(?P<m2>[A-Z][a-z]{2,8})\s+(?P<y2>\d{4}))(?:[,\s|·-]+\d{1,2}:\d\d.{0,12})?",
    re.IGNORECASE,
)
_HARD_WRAP = (40, 90)
"""Characters: lines of wrapped text have these lengths, and paragraphs one to a line are longer."""


def read(raw: RawSource) -> Draft:
    """The draft of a plain text."""
    text = raw.text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").replace("\u2028", "\n")
    draft = Draft()
    text = _cut_gutenberg(text, draft)
    lines = [line.rstrip() for line in text.split("\n")]
    paragraphs = [list(group) for filled, group in groupby(lines, key=bool) if filled]
    if _one_to_a_line(paragraphs):
        paragraphs = [[line] for paragraph in paragraphs for line in paragraph]
    _take_head(paragraphs, draft)
    for paragraph in paragraphs:
        _add(paragraph, draft)
    return draft


def _cut_gutenberg(text: str, draft: Draft) -> str:
    """Without Project Gutenberg's own words before and after; its fields become the story's."""
    marks = {match[1].upper(): match for match in _GUTENBERG.finditer(text)}
    if "START" not in marks:
        return text
    fields = {m[1]: m[2].strip() for m in _GUTENBERG_FIELD.finditer(text[: marks["START"].start()])}
    draft.title = fields.get("Title", "")
    draft.byline = fields.get("Author", "")
    draft.language = _LANGUAGES.get(fields.get("Language", "").lower(), "")
    end = marks["END"].start() if "END" in marks else len(text)
    return text[marks["START"].end() : end]


def _one_to_a_line(paragraphs: list[list[str]]) -> bool:
    """Whether each line is a paragraph: lines much longer than anybody wraps them at."""
    lines = [len(line) for paragraph in paragraphs if len(paragraph) > 1 for line in paragraph if len(line) > 20]
    return bool(lines) and median(lines) > _HARD_WRAP[1] + 10


def _take_head(paragraphs: list[list[str]], draft: Draft) -> None:
    """Title, byline and date from the beginning, when they stand there by themselves."""
    if not draft.title and len(paragraphs) > 1 and _is_title(paragraphs[0]):
        draft.title = " ".join(line.strip().lstrip("#").strip() for line in paragraphs.pop(0)[:1])
    for _ in range(3):
        if len(paragraphs) < 2 or len(paragraphs[0]) > 2:
            return
        line = " ".join(paragraphs[0]).strip()
        date = _DATE.fullmatch(line)
        if not draft.byline and len(line) < 80 and line[:3].lower() == "by " and _BYLINE.fullmatch(line):
            draft.byline = line[3:]
        elif not draft.published and date and (iso := _iso(date)):
            draft.published = iso
        else:
            return
        paragraphs.pop(0)


def _is_title(paragraph: list[str]) -> bool:
    line = paragraph[0].strip()
    if len(paragraph) == 2 and _UNDERLINE.fullmatch(paragraph[1]):
        return True
    return (
        len(paragraph) == 1
        and len(line) <= 140
        and not line.endswith((".", ",", ";", ":", "…"))
        and not _ITEM.match(line)
        and not line.startswith((">", "“", '"'))
        and any(map(str.isalpha, line))
        and not re.search(r"[a-z][.!?] [A-Z]", line)
    )


def _iso(match: re.Match[str]) -> str:
    if match["iso"]:
        return match["iso"]
    month = (match["m"] or match["m2"]).capitalize()[:3]
    numbers = [n for n, name in enumerate(_MONTHS, 1) if name.startswith(month)]
    return f"{match['y'] or match['y2']}-{numbers[0]:02}-{int(match['d'] or match['d2']):02}" if numbers else ""


def _add(paragraph: list[str], draft: Draft) -> None:
    """One group of lines without a blank line in it."""
    if len(paragraph) >= 2 and _UNDERLINE.fullmatch(paragraph[1]) and len(paragraph[0]) < 120:
        draft.add(BlockKind.HEADING, paragraph[0], 2)
        paragraph = paragraph[2:]
    if not paragraph or all(_RULE.fullmatch(line) for line in paragraph):
        return
    if all(line.lstrip().startswith(">") for line in paragraph):
        draft.add(BlockKind.QUOTATION, " ".join(line.lstrip().lstrip("> ") for line in paragraph))
    elif _ITEM.match(paragraph[0]) and (len(paragraph) > 1 or not paragraph[0].lstrip().startswith(("–", "-"))):
        _add_items(paragraph, draft)
    elif len(paragraph) == 1 and _is_heading(paragraph[0].strip()):
        line = paragraph[0].strip()
        draft.add(BlockKind.HEADING, line.lstrip("#").strip(), 2)
    else:
        draft.add(BlockKind.PARAGRAPH, _joined(paragraph))


def _add_items(paragraph: list[str], draft: Draft) -> None:
    items: list[list[str]] = []
    for line in paragraph:
        if _ITEM.match(line) or not items:
            items.append([line])
        else:
            items[-1].append(line)
    indents = sorted({len(item[0]) - len(item[0].lstrip()) for item in items})
    for item in items:
        level = indents.index(len(item[0]) - len(item[0].lstrip())) + 1
        marker = _ITEM.match(item[0])
        assert marker is not None or item is items[0]
        number = marker[0].strip() if marker and any(map(str.isdigit, marker[0])) else ""
        text = _joined([item[0][marker.end() if marker else 0 :], *item[1:]])
        draft.add(BlockKind.LIST_ITEM, f"{number} {text}" if number else text, level)


def _is_heading(line: str) -> bool:
    if len(line) > 80 or (line.endswith((".", ",", ";", "”", '"')) and not re.fullmatch(r"[\w ]+\.", line)):
        return False
    if re.match(r"#{1,6} \S", line):
        return True
    letters = [c for c in line if c.isalpha()]
    capitals = len(letters) > 3 and all(c.isupper() for c in letters if c.lower() != c.upper())
    return (capitals and letters[0].lower() != letters[0].upper()) or _CHAPTER.fullmatch(line) is not None


def _joined(lines: list[str]) -> str:
    """Hard-wrapped lines as one; a word broken at a line's end is one word again."""
    text = lines[0].strip()
    for line in lines[1:]:
        after = line.strip()
        if re.search(r"[a-zäöüß]{2}-$", text) and after[:1].islower() and not text.endswith(("--", " -")):
            text = text[:-1] + after
        else:
            text = f"{text} {after}"
    return text
