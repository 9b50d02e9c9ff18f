"""Bold, emphasised and linked words: collected where a source has them, found again in the finished text.

So the text is the same with them and without. They are found by their letters and by those before or behind them; what
is not found is not styled.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote, urljoin

from player.story.model import Block, BlockKind, Styled

_NO_LETTERS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")
_ITEM_NUMBER = re.compile(r"\(?\w{1,6}[.)] ")
_KEY = 20
"""Letters at its beginning by which a paragraph is known."""
_HEAD = 80
"""Characters in which they are looked for."""
_NEAR = 12
"""Letters beside styled words that have to be the same."""
_LONGEST_ADDRESS = 2000
_UNQUOTED = "%:/?#[]@!$&'()*+,;=~"
"""Characters that an address may have besides letters, digits, and "_.-"."""


class StyledParagraph:
    """A paragraph of a source: its letters and digits, and which of them are styled."""

    def __init__(self) -> None:
        self.runs: list[tuple[int, int, str, str]] = []
        """(first letter, one past the last, look, address)."""
        self.length = 0
        """Number of letters."""
        self._pieces: list[str] = []

    @property
    def letters(self) -> str:
        """All letters added so far."""
        self._pieces = ["".join(self._pieces)]
        return self._pieces[0]

    def add(self, text: str | None) -> None:
        """Add text."""
        if text:
            self._pieces.append(_NO_LETTERS.sub("", text))
            self.length += len(self._pieces[-1])

    def end(self, begun: int, look: str, address: str = "") -> None:
        """Note that the text since `begun`, a number of letters, has a look."""
        if begun < self.length and (look != "link" or address):
            self.runs.append((begun, self.length, look, address))


def address_of(link: str | None, base: str = "") -> str:
    """Return a link's address, absolute and fit for a terminal; empty for one that leads to a file or nowhere."""
    try:
        address = urljoin(base if base.startswith("http") else "", (link or "").strip())
    except ValueError:
        return ""
    if not address.lower().startswith(("http://", "https://", "mailto:")) or len(address) > _LONGEST_ADDRESS:
        return ""
    return quote(address, safe=_UNQUOTED, errors="replace")


def with_styles(blocks: Sequence[Block], paragraphs: Sequence[StyledParagraph]) -> list[Block]:
    """Return the blocks with the styled words of a source's paragraphs, which are in the order of the source."""
    found = list(blocks)
    if not paragraphs:
        return found
    looked_for = {paragraph.letters[:_KEY] for paragraph in paragraphs if paragraph.runs}
    places: dict[str, list[int]] = {}
    for index in range(len(found) - 1, -1, -1):
        if (key := _key(found[index])) in looked_for:
            for letters in {key, _letters(found[index])}:
                places.setdefault(letters, []).append(index)
    taken: set[int] = set()
    for paragraph in paragraphs:
        place = _next(places.get(paragraph.letters), taken)
        if place is None:
            place = _next(places.get(paragraph.letters[:_KEY]), taken)
        if place is not None:
            taken.add(place)
            found[place] = replace(found[place], styled=_placed(found[place], paragraph))
    return found


def _next(places: list[int] | None, taken: set[int]) -> int | None:
    """Return the first place that is not taken; the last of the list is the first."""
    while places and places[-1] in taken:
        places.pop()
    return places[-1] if places else None


def _key(block: Block) -> str:
    return _NO_LETTERS.sub("", block.text[_number(block) : _HEAD])[:_KEY]


def _letters(block: Block) -> str:
    return _NO_LETTERS.sub("", block.text[_number(block) :])


def _number(block: Block) -> int:
    """Return the length of the number that was put before a list's item."""
    number = _ITEM_NUMBER.match(block.text) if block.kind is BlockKind.LIST_ITEM else None
    return number.end() if number else 0


def _placed(block: Block, paragraph: StyledParagraph) -> tuple[Styled, ...]:
    """Return the styled words of a block."""
    words, before, letters = [], [], ""
    for word in _WORD.finditer(block.text, _number(block)):
        words.append(word.start())
        before.append(len(letters))
        letters += word[0]

    def place(letter: int) -> int:
        """Return the place of a letter in the block's text."""
        word = bisect_right(before, letter) - 1
        return words[word] + letter - before[word]

    styled: list[Styled] = []
    last: dict[str, int] = {}
    for first, after, look, address in sorted(paragraph.runs):
        begun = _find(letters, paragraph.letters, first, after)
        if begun is None or place(begun) < last.get(look, 0):
            continue
        start, end = place(begun), place(begun + after - first - 1) + 1
        styled.append(Styled(start, end, look, address))
        last[look] = end
    return tuple(styled)


def _find(letters: str, source: str, first: int, after: int) -> int | None:
    """Return where letters [first, after) of the source begin in others; None where they are not found."""
    if letters[first:after] == source[first:after]:
        return first
    before = max(first - _NEAR, 0)
    if first - before == _NEAR and (at := letters.find(source[before:after])) >= 0:
        return at + first - before
    beyond = source[first : after + _NEAR]
    at = letters.find(beyond) if len(beyond) > after - first else -1
    return at if at >= 0 else None
