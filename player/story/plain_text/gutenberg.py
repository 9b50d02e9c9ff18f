"""Project Gutenberg's text around a book, or around each of several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from player.patterns import later
from player.story.reading.draft import Draft

_MARK = later(
    r"^\*\*\* ?(START|END) OF (?:THE|THIS) PROJECT GUTENBERG(?:[^*\n]|\n(?!\n))*\*\*\*[^\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
_CREDITS = later(
    r"\A\s*(?:(?:Produced|E-?text prepared|Transcribed|This etext was).*?(?:\n[^\S\n]*\n|\Z)\s*)+",
    re.DOTALL | re.IGNORECASE,
)
_END = later(r"\n\s*End of (?:the )?Project Gutenberg.*\Z", re.DOTALL | re.IGNORECASE)
_FIELD = later(r"^(Title|Author|Language): (.+)$", re.MULTILINE)
_MARKED = later(r"(?<![\w+~])([+~])(?=\w)([^+~\n]+(?:\n[^+~\n]+)*)(?<=\S)\1(?![\w+~])")
"""Bold or spaced words, as its proofreaders mark them beside what any text has."""
_PICTURE = later(r"^[^\S\n]*\[Illustration(?:: ?([^\]]*))?\][^\S\n]*$", re.MULTILINE)
_SIDE = later(r"^[^\S\n]*\[Sidenote: ?([^\]]*)\][^\S\n]*$", re.MULTILINE)
_NUMBER = r"(?:\{\d{1,4}\}|\[P(?:g|age)\.? ?\d{1,4}\])"
_PAGE = later(rf"(?<![ \t])[ \t]*{_NUMBER}(?!\w)|{_NUMBER}")
"""A page number such as [Pg 12], with the blanks before it unless a word follows directly."""
_RAISED = later(r"(?<=\w)\^(?:\{([^{}\n]{1,8})\}|([a-z]{1,3}\b))")
"""Letters that stand higher: "M^{r}", "y^e"."""
_NOTE_OR_MARK = later(
    r"^[^\S\n]*\[Footnote (?P<name>\d{1,4}|[A-Z]): ?(?P<said>(?:[^\[\]]|\[[^\[\]]*\])*)\][^\S\n]*$"
    r"|(?<=\n\n)[^\S\n]*\[(?P<number>\d{1,4}|[A-Z])\] (?P<text>\S.*(?:\n.*\S.*)*)"
    r"|\[(?P<mark>\d{1,4}|[A-Z])\]",
    re.MULTILINE,
)
_LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "dutch": "nl",
    "portuguese": "pt", "finnish": "fi", "swedish": "sv", "danish": "da", "polish": "pl", "hungarian": "hu",
}  # fmt: skip


def cut_gutenberg(text: str, draft: Draft) -> str:
    """Return only the book, or the books one after another; title, author and language of the first go to the draft.

    Other text is returned unchanged.
    """
    if "PROJECT GUTENBERG" not in text[:20_000].upper():
        return text
    text = text.replace("\r\n", "\n")
    marks = list(_MARK.finditer(text))
    books = list(_between(text, marks))
    if not books:
        return text
    fields = {m[1]: m[2].strip() for m in _FIELD.finditer(text[: marks[0].start()])}
    draft.title = fields.get("Title", "")
    draft.byline = fields.get("Author", "")
    draft.language = _LANGUAGES.get(fields.get("Language", "").lower(), "")
    book = "\n\n\n".join([_END.sub("", _CREDITS.sub("", book, count=1)) for book in books])
    book = _SIDE.sub(r"\1", _PAGE.sub("", _PICTURE.sub(r"\1", book)))
    return _MARKED.sub(r"\2", _RAISED.sub(_letters, _with_notes(book, draft)))


def _between(text: str, marks: Sequence[re.Match[str]]) -> Iterator[str]:
    """Yield what stands behind each beginning, up to the end or the text's."""
    start = None
    for mark in marks:
        if mark[1].upper() == "START":
            start = mark.end()
        elif start is not None:
            yield text[start : mark.start()]
            start = None
    if start is not None:
        yield text[start:]


def _letters(raised: re.Match[str]) -> str:
    return raised[1] or raised[2]


def _with_notes(text: str, draft: Draft) -> str:
    """Return a text without its footnotes, which the draft keeps; the last mark before each leads to it."""
    marks: dict[str, int] = {}
    places: dict[int, tuple[int, str]] = {}  # start of what is replaced: its end, and what by
    for found in _NOTE_OR_MARK.finditer(text):
        if found["mark"]:
            marks[found["mark"]] = found.start()
        elif (start := marks.pop(name := found["name"] or found["number"], None)) is not None:
            said = found["said"] or found["text"]
            places[start] = (start + len(name) + 2, draft.add_note(" ".join(said.split())))
            places[found.start()] = (found.end(), "")
    kept: list[str] = []
    last = 0
    for start, (end, said) in sorted(places.items()):
        kept += [text[last:start], said]
        last = end
    return "".join([*kept, text[last:]])
