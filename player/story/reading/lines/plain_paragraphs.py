"""Paragraphs of plain text: between blank lines, one to a line, or by indent; and lines that name chapters."""

from __future__ import annotations

import re
from itertools import islice, pairwise

from player.patterns import later
from player.story.reading.lines.compounds import is_compound

_NUMERAL = (
    r"(?:\d+|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|the (?:first|second|third|fourth|fifth|sixth|last))"
)
_LABEL = (
    r"(?:chapter|part|book|act|scene|section|volume|letter|canto|kapitel|teil|buch|chapitre|partie|livre|capítulo"
    rf"|parte|libro|capitolo|hoofdstuk|deel)\s+{_NUMERAL}\b"
)
_CHAPTER_LABEL = later(rf"{_LABEL}\s*[.:]?", re.IGNORECASE)
_CHAPTER = later(
    rf"{_LABEL}(?:[\s.:—–-]+.{{0,60}})?"
    r"|prologue|epilogue|introduction|preface|foreword|afterword|conclusion|contents|acknowledge?ments|appendix"
    r"|prolog|epilog|vorwort|nachwort|inhalt|prólogo|epílogo|prefazione",
    re.IGNORECASE,
)
_CONTENTS = later(r"(?:table of )?contents\.?|inhalt(?:sverzeichnis)?|table des mati[èe]res|índice", re.IGNORECASE)
_BETWEEN = later(r"\n(?:[^\S\n]*\n)+")
_NEWLINES = later("\r\n?|[\u2028\u2029\x85\v]")
_INDENT = later(r"[ \t\u3000]*")
_TAB = 4
"""Blanks that a tab stands for."""
_WIDEST_WRAP = 120
"""Characters. Nobody wraps text wider, and paragraphs on one line are longer."""
_LOOKED_AT = 2_000
"""Lines that decide how a text is wrapped."""
_ENDS = tuple(".!?:…。！？”\"'’»)")
_MARKED = later(r"\s*(?:[-*+•‣▪●◦>]|\(?\d{1,3}[.)])\s")
"""List items and quoted lines, whose indent means something else."""


def is_chapter(line: str) -> bool:
    """Return True if a line names a chapter: "Chapter IV", "PART TWO: The Sea", "Epilogue"."""
    return _CHAPTER.fullmatch(line) is not None


def is_chapter_label(line: str) -> bool:
    """Return True if a line only numbers a chapter, whose name may follow below: "Chapter IV"."""
    return _CHAPTER_LABEL.fullmatch(line) is not None


def is_contents(line: str) -> bool:
    """Return True for the heading of a table of contents."""
    return _CONTENTS.fullmatch(line) is not None


def is_unspaced(before: str, after: str) -> bool:
    """Return True if lines ending and beginning with these characters join without a blank: Chinese and Japanese."""
    return _NO_BLANK.search(f"{before}\n{after}") is not None


def paragraphs(text: str) -> list[list[str]]:
    """Return the lines of each paragraph, without blank lines; lines keep their indent."""
    text = _NEWLINES.sub("\n", text).replace("\f", "\n\n")
    # With a newline at either end, so that lines of blanks there count as blank lines, too.
    pieces = [piece.strip("\n") for piece in _BETWEEN.split(f"\n{text}\n") if piece and not piece.isspace()]
    groups = [piece.split("\n") for piece in pieces]
    if _one_to_a_line(groups):
        return [[line] for group in groups for line in group if line.strip()]
    found: list[list[str]] = []
    for piece, group in zip(pieces, groups, strict=True):
        indented = "\n " in piece or "\n\t" in piece or "\n\u3000" in piece
        found.extend(_by_indent(group) if indented else [group])
    return found


def _one_to_a_line(groups: list[list[str]]) -> bool:
    """Return True if every line is a paragraph: the next line's first word would have fitted on most lines."""
    pairs = _line_pairs(groups)
    if not pairs:
        return False
    width = wrap_width(groups)
    if width > _WIDEST_WRAP:
        return True
    loose = sum(len(line.rstrip()) + 1 + len((after.split() or [""])[0]) <= width for line, after in pairs)
    ended = sum(line.rstrip().endswith(_ENDS) for line, _ in pairs)
    return loose > len(pairs) * 0.6 and ended >= len(pairs) * 0.75


def wrap_width(groups: list[list[str]]) -> int:
    """Return the width in characters at which paragraphs of several lines are wrapped; 0 when there are none."""
    lengths = sorted(len(line.rstrip()) for pair in _line_pairs(groups) for line in pair)
    return lengths[int(len(lengths) * 0.95)] if lengths else 0


def _line_pairs(groups: list[list[str]]) -> list[tuple[str, str]]:
    """Return pairs of neighbouring lines within paragraphs, enough to tell how the text is wrapped."""
    several = (group for group in groups if len(group) > 1)
    return [pair for group in islice(several, _LOOKED_AT) for pair in pairwise(group)][:_LOOKED_AT]


def _by_indent(group: list[str]) -> list[list[str]]:
    """Split a group at indented lines, as in books without blank lines. Verse, too, has indented lines, and stays
    whole."""
    if any(line.startswith("\u3000") for line in group):
        firsts = [i for i, line in enumerate(group) if line.startswith("\u3000")]
        return [group[a:b] for a, b in pairwise(sorted({0, *firsts, len(group)}))]
    if len(group) < 4 or any(_MARKED.match(line) for line in group):
        return [group]
    indents = [len(_match[0].expandtabs(_TAB)) for line in group if (_match := _INDENT.match(line))]
    least = min(indents)
    firsts = [i for i, indent in enumerate(indents) if indent >= least + 2]
    if not firsts or len(firsts) > len(group) / 2 or any(b - a == 1 for a, b in pairwise(firsts)):
        return [group]
    edges = sorted({0, *firsts, len(group)})
    if all(line.lstrip(" \t\"“‘'(")[:1].isupper() for line in group):
        return [group]
    return [group[a:b] for a, b in pairwise(edges)]


def joined(lines: list[str]) -> str:
    """Return hard-wrapped lines as one."""
    if len(lines) == 1:
        return lines[0]
    text = "\n".join(line.strip() for line in lines)
    if "-\n" in text:
        text = _HYPHEN_AT_END.sub(r"\1", text)
    if lines[0].rstrip()[-1:] >= "\u2e80":
        text = _NO_BLANK.sub("", text)
    return text.replace("\n", " ")


def mended(text: str) -> str:
    """Rejoin hyphenated words: as the document writes them elsewhere, else as it writes most."""
    broken = [found.groups() for found in _BROKEN_WORD.finditer(text)] if _HYPHEN_AND_BREAK.search(text) else []
    if not broken:
        return text
    known = frozenset(_WORD.findall(text.casefold()))
    votes = 0
    for left, right, *_ in broken:
        votes += (left + right).casefold() in known
        votes -= f"{left}-{right}".casefold() in known

    def mend(match: re.Match[str]) -> str:
        left, right, mark, blank = match.groups()
        whole, parted = (left + right).casefold() in known, f"{left}-{right}".casefold() in known
        own = parted if whole != parted else is_compound(left, right) or votes < 0
        return f"{left}{'-' if own else ''}{right}{mark}" + ("\n" if blank else "")

    return _BROKEN_WORD.sub(mend, text)


_HYPHEN_AND_BREAK = later(r"-\r?\n")
"""Searched first, as it is a hundred times as fast as the rule."""
_BROKEN_WORD = later(r"(?<![\w-])([^\W\d_]++(?:-[^\W\d_]++)*+)-\r?\n[ \t]*([^\W\d_A-ZÄÖÜÉ]{2,})([^\w\s]*)([ \t]*)")
"""A hyphen at a line's end between lower-case letters. The whole word moves to the first line, because line lengths
decide about paragraphs."""
_WORD = later(r"[^\W\d_]++(?:-[^\W\d_]++)*+")
_HYPHEN_AT_END = later(r"(?<=[^\s-])(--?)\n")
"""The hyphen of a compound, or a dash without blanks; "he paused -\\nand" keeps its blank."""
_NO_BLANK = later("(?<=[\u2e80-\u9fff\uff00-\uffef])\n(?=[\u2e80-\u9fff\uff00-\uffef])")
"""Between Chinese and Japanese characters, which have no blanks."""
