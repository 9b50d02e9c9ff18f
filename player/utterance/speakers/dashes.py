"""Dialogue without quotation marks: "— Viens, dit Anna.", "—Ven —dijo Ana—. Es tarde."

A paragraph that opens with a dash is what one person says, until the text says who does. What follows belongs to the
same person only where the language has a sign for it, a second dash; French has none, and there it is the narrator's.
Who speaks is in doubt, and nobody is named, where another dash stands before that, or a second claim without a dash
between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_DASH = re.compile(r"[—–]|\s-\s")


class Dashes:
    """The signs of one language, from the table `dialogue` of its data file."""

    def __init__(self, signs: Mapping[str, str], verb: str, said: str, named: Callable[[re.Match[str]], str]) -> None:
        """`signs` has patterns of dashes: "opens" (a paragraph), "aside" (who speaks follows), perhaps "again" (speech
        goes on). `verb` is a pattern of verbs that name a speaker, `said` one with the name, which `named` finds in its
        match."""
        self._opens = re.compile(signs["opens"])
        self._aside = re.compile(f"(?:{signs['aside']}){verb}\\b")
        self._said = re.compile(f"(?:{signs['aside']}){said}")
        self._again = re.compile(signs["again"]) if "again" in signs else None
        self._named = named

    def opens(self, text: str) -> bool:
        """Return True for a paragraph of dialogue."""
        return self._opens.match(text) is not None

    def speeches(self, text: str) -> list[tuple[int, int, str]]:
        """Return (start, end, speaker's name) of what one person says in such a paragraph; none in doubt."""
        begin, first, told = self._opens.match(text), self._aside.search(text), self._said.search(text)
        if begin is None or first is None or told is None or first.start() != told.start():
            return []
        if _DASH.search(text, begin.end(), told.start()):
            return []
        speaker = self._named(told)
        other = self._aside.search(text, told.end())
        if other and not _DASH.search(text, told.end(), other.end()):
            return []
        found = [(0, told.start(), speaker)]
        names = {self._named(claim) for claim in self._said.finditer(text)}
        again = self._again.search(text, told.end()) if self._again and len(names) == 1 else None
        if again:
            dash = _DASH.search(text, again.end())
            more = text[again.end() : dash.start() if dash else len(text)].rstrip()
            found.append((again.end(), again.end() + len(more), speaker))
        return found
