"""A text in LaTeX that pandoc does not understand as a whole, read part by part; what remains, as plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from player.story.formats.latex.environments import closed, inside, parts
from player.story.pandoc.program import NotUnderstood, converted
from player.story.pandoc.texts import HEAP, drafted
from player.story.pandoc.tree import Document
from player.story.reading.draft import Draft

_BODY = re.compile(r"\A(.*?\\begin\{document\})(.*?)(?:\\end\{document\}.*)?\Z", re.DOTALL)
_MOST_TRIES = 150
"""Runs of pandoc, of 20 ms each: a text with more faults is none of LaTeX."""
_HEADING = re.compile(r"\\(part|chapter|(?:sub){0,2}section)\*?(?:\[[^\[\]]*\])?\{([^{}]*)\}")
_HIGHEST = ("part", "chapter")
"""Headings by which pandoc numbers the levels of all others."""
_LAST = "\ufdd3"
"""Title of headings below each part, which are only there for the levels: a noncharacter."""
_UNSEEN = re.compile(
    r"(?<!\\)%[^\n]*|\\(?:cite\w*|ref|eqref|label|index|input|include\w*|vspace|hspace)\*?(?:\[[^\[\]]*\])*\{[^{}]*\}"
    r"|\\(?:begin|end)\{[^{}]*\}(?:\[[^\[\]]*\])?"
)
_COMMAND = re.compile(r"\\[A-Za-z]+\*?(?:\[[^\[\]]*\])?|\\(?=[%&$#_{}])|(?<!\\)[{}$&]|\\\\")


def whole(text: str) -> str:
    """Return a text in which each environment has its two ends, and so has the document."""
    head, body = _split(text)
    return f"{head}{closed(body)}\n\\end{{document}}\n" if head else closed(body)


def _split(text: str) -> tuple[str, str]:
    """Return (what stands above the text, the text); all is text in a part of a book."""
    found = _BODY.match(text)
    return (found[1], found[2]) if found else ("", text)


def read_in_parts(text: str, name: str) -> Draft:
    """Return the draft of a text that is `whole`. Raises NotUnderstood if pandoc understands next to nothing of it."""
    head, body = _split(text)
    highest = [one for one in _HIGHEST if re.search(rf"\\{one}\*?[\[{{]", body)]
    tail = "".join(f"\\{one}{{{_LAST}}}\n" for one in highest)
    reading = _Reading(head, tail + ("\\end{document}\n" if head else ""), name, highest)
    html = reading.html(parts(body))
    plain = reading.plain
    notice = f"Not understood, and read as plain text: {plain} paragraph{'s' * (plain > 1)}"
    return drafted(Document(html, reading.properties), notice if plain else "")


@dataclass
class _Reading:
    """Reads parts below the same head."""

    head: str
    tail: str
    name: str
    highest: Sequence[str]
    properties: dict[str, Sequence[str]] = field(default_factory=dict)
    """See Document."""
    plain: int = 0
    """Parts read as plain text."""
    tries: int = 0

    def html(self, some: Sequence[str]) -> str:
        """Return parts in HTML, those that are understood together as one. Raises NotUnderstood after too many
        tries."""
        self.tries += 1
        try:
            read = converted(self._written(some), "latex", self.name, heap=HEAP, whole=True)
        except NotUnderstood:
            if self.tries >= _MOST_TRIES:
                raise
            if len(some) == 1:
                within = inside(some[0])
                return self.html(within) if within else self._as_plain(some[0])
            half = len(some) // 2
            return self.html(some[:half]) + self.html(some[half:])
        self.properties = {**read.properties, **self.properties}
        return re.sub(rf"<h(\d)>{_LAST}</h\1>", "", read.html)

    def _written(self, some: Sequence[str]) -> bytes:
        return "\n".join((self.head, "\n\n".join(some), self.tail)).encode("utf-8", "replace")

    def _as_plain(self, part: str) -> str:
        """Return the words of a part, without its commands."""
        self.plain += 1
        headings = "".join(
            f"<h{(level := self._level(kind))}>{escape(title.strip())}</h{level}>"
            for kind, title in _HEADING.findall(part)
        )
        words = _COMMAND.sub(" ", _UNSEEN.sub("", _HEADING.sub("", part)).replace("~", " "))
        return f"{headings}<p>{escape(' '.join(words.split()), quote=False)}</p>"

    def _level(self, kind: str) -> int:
        above = self.highest.index(kind) if kind in self.highest else len(self.highest) + kind.count("sub")
        return above + 1
