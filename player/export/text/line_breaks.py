"""Line breaks for subtitles: where text may be broken, and how much it disturbs a reader.

The costs express broadcasters' rules (BBC Subtitle Guidelines, "Line breaks"; Karamitroglou 1998): end at a sentence,
else at a clause, else before a conjunction or a preposition; keep together an article and its noun, a name, a number
and its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import NamedTuple

from player.story.language_tag import language_of
from player.story.model import Span
from player.tables import table

SENTENCE, STRONG, COMMA, LINK, PREPOSITION, VERB = 0, 3, 6, 9, 13, 15
WORD, BOUND, GROUP, HYPHEN, INSIDE = 20, 40, 45, 50, 100
"""What a break costs: after a sentence, a strong mark or a comma, before a linking word, a preposition or an
auxiliary verb; between any words, after a word that belongs to the next, inside a name or a number, after a hyphen,
and inside a word."""


_LISTED = Path(__file__).with_name("function_words.toml")
"""The words of each language; in others only punctuation counts."""


class Unit(NamedTuple):
    """Text that is never broken: a word with its marks, a Chinese character, a part of a very long word."""

    start: int
    end: int
    """[start, end) in the text, without the blank after it."""
    cells: int
    """Width: 1 for a Latin letter, 2 for a Chinese character."""
    blank: bool
    """True if a blank follows."""
    cost: int
    """Cost of a break after it."""
    hyphen: bool = False
    """True if a break after it is inside a word, and shown with a hyphen."""


class _Words(NamedTuple):
    """Function words of a language, by how they bind to their neighbours."""

    links: frozenset[str] = frozenset()
    """Words that may begin a clause."""
    prepositions: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    """Words that may begin a predicate."""
    binders: frozenset[str] = frozenset()
    """All words that bind to the next: those above, articles, pronouns."""


@cache
def _words(language: str) -> _Words:
    """Return the words of a language by its code, as function_words.toml has them; none of one that it has not."""
    listed = table(_LISTED).get(language, {})
    links, prepositions, verbs, others = (
        frozenset(listed.get(name, "").split()) for name in ("links", "prepositions", "verbs", "others")
    )
    return _Words(links, prepositions, verbs, links | prepositions | verbs | others)


_ENOUGH = 60
"""Characters of a word that are examined."""
_EDGES = re.compile(r"^\W+|\W+$")
_CLOSING = re.compile(r"[”»›)\]}」』）】〉》]+$|(?<=[^\w\s])[\"'’]+$")
"""An apostrophe closes nothing: "the leaders’ agreement"."""
_ENDING = re.compile(r"[;:…?!；：？！。—–]$")
_PAUSING = re.compile(r"[,，、]$")
_OPENING = re.compile(r"[“„«‹(\[]")
_ITEM = re.compile(r"(?:(?P<link>[^\W\d_]+) )?[^\s,]+[,.;!?]")
_DASH = re.compile(r"[-—–]+$")
_GLUED = re.compile(r"(?<=\w\w)[-‐](?=[^\W\d_]{2})|(?<=[\w”’\")])[—–](?=[^\W\d_]|[“‘\"(])")
"""Places after a hyphen or dash where a word may be broken."""
_ADDRESS = re.compile(r"(?<=[/?&=.,_~%#:+@-])(?=\w)")
"""Places where a URL may be broken."""

_EAST_ASIAN = re.compile(
    "[\u2e80-\u2fdf\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff9f\U00020000-\U0003ffff]"
)
"""Chinese and Japanese, broken without blanks; Korean has blanks."""
_NOT_FIRST = frozenset(
    "、。，．・：；？！）」』】〕〉》”’…‥～〜ーゝゞ々％ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ.,!?:;)]}%"
)
_NOT_LAST = frozenset("（「『【〔〈《“‘￥＄([{$€£¥")
"""Characters that may not end or begin a line (JIS X 4051, GB/T 15834)."""
_HIRAGANA = re.compile("[\u3041-\u309f]")


def units(text: str, language: str, sentences: Iterable[Span], limit: int) -> list[Unit]:
    """Return a block's text as units of at most `limit` cells, in order; only blanks are left out.

    `language` is BCP 47; `sentences` are spans of the text.
    """
    judge = _Judge(text, language, sentences)
    words = [Span(*match.span()) for match in re.finditer(r"\S+", text)]
    found: list[Unit] = []
    for word, following in zip_longest(words, words[1:]):
        cuts = _cuts(text[slice(*word)], limit, judge.code)
        cuts[word.end - word.start] = judge.cost(word, following) if following else SENTENCE
        for first, last in pairwise((0, *sorted(cuts))):
            start, end = word.start + first, word.start + last
            blank = end == word.end and following is not None
            cost = SENTENCE if end in judge.ends else cuts[last]
            found.append(Unit(start, end, cells(text[start:end]), blank, cost, needs_hyphen(text, end)))
    return found


def needs_hyphen(text: str, at: int) -> bool:
    """Return True if a break there divides a word of a script that has hyphens: Latin, Greek, Cyrillic, Armenian."""
    return 0 < at < len(text) and _has_case(text[at - 1]) and _has_case(text[at])


def _has_case(character: str) -> bool:
    return character.isupper() or character.islower()


def cells(text: str) -> int:
    """Return the width of a text: 1 for a Latin letter, 2 for a Chinese character or an emoji."""
    if text.isascii():
        return len(text)
    import wcwidth  # 0.05 s

    return wcwidth.width(text)


class _Judge:
    """Costs of breaks between the words of one text."""

    def __init__(self, text: str, language: str, sentences: Iterable[Span]) -> None:
        spans = tuple(sentences)
        self.text = text
        self.starts = frozenset(span.start for span in spans)
        self.ends = frozenset(span.end for span in spans)
        self.code = language_of(language)
        self.words = _words(self.code)
        capitals = [word[:1].isupper() for word in text.split() if word[:1].isalpha()]
        # Where most words are capitalised, as in German and in headlines, capitals do not mark names.
        self.names = self.code != "de" and sum(capitals) * 2 < len(capitals)

    def cost(self, left: Span, right: Span) -> int:
        """Return the cost of a break between two neighbouring words."""
        if left.end in self.ends:
            return SENTENCE
        # Only the adjoining ends are examined, which keeps words with a million marks fast.
        before, after = self.text[slice(*left)][-_ENOUGH:], self.text[slice(*right)][:_ENOUGH]
        word, following = _EDGES.sub("", before), _EDGES.sub("", after)
        closes = not following and not _DASH.fullmatch(after) and not _OPENING.match(after)  # "Bonjour| !", "3| €"
        opens = not word and (_OPENING.match(before) or left.start in self.starts)  # "«| Bonjour", "—| Bonjour"
        if closes or opens:
            return INSIDE
        bare = _CLOSING.sub("", before)
        if _ENDING.search(bare):
            return STRONG
        if bare != before or _OPENING.match(after):
            return COMMA
        if _PAUSING.search(bare) and not (word[-1:].isdecimal() and following[:1].isdecimal()):
            return WORD if self._in_series(right.start) else COMMA
        return self._between(word, following, abbreviated=before.endswith("."))

    def _in_series(self, start: int) -> bool:
        """Return True if an item of a series follows the comma: "Germany,| France, Poland,| and Britain"."""
        item = _ITEM.match(self.text, start)
        return item is not None and (item["link"] is None or item["link"].lower() in self.words.links)

    def _between(self, word: str, following: str, abbreviated: bool) -> int:
        """Return the cost between words without a mark between them, except an abbreviation's."""
        small, words = following.lower(), self.words
        before = [(words.links, LINK), (words.prepositions, PREPOSITION), (words.verbs, VERB)]
        cost = next((cost for listed, cost in before if small in listed), WORD)
        if word[-1:].isdecimal():
            counts = following[:1].isdecimal() or (following[:1].islower() and cost == WORD)  # "90| minutes"
        else:
            counts = following[:1].isdecimal() and (abbreviated or word[:1].isupper())  # "Apollo| 11"
        names = following[:1].isupper() and (abbreviated or (self.names and word[:1].isupper()))  # "Dr.| Müller"
        if counts or names:
            return GROUP
        return BOUND if word.lower() in words.binders else cost


def _cuts(word: str, limit: int, code: str) -> dict[int, int]:
    """Return {place: cost} inside a word: at hyphens, between East Asian characters, and anywhere in a word too long
    for a line; in URLs at their own signs."""
    cuts = {match.end(): HYPHEN if match.group() in "-‐" else STRONG for match in _GLUED.finditer(word)}
    if _EAST_ASIAN.search(word):
        cuts |= _east_asian(word, code)
    if cells(word) > limit:
        cuts = {match.start(): INSIDE for match in _ADDRESS.finditer(word)} | cuts
        for first, last in pairwise((0, *sorted(cuts), len(word))):
            if cells(word[first:last]) > limit:
                cuts |= {first + end: 2 * INSIDE for _, end in _graphemes(word[first:last])}
    cuts.pop(len(word), None)
    return cuts


def _graphemes(text: str) -> Iterator[tuple[str, int]]:
    """Yield (grapheme, its end): what a reader takes for one character."""
    import wcwidth

    end = 0
    for grapheme in wcwidth.iter_graphemes(text):
        end += len(grapheme)
        yield grapheme, end


def _east_asian(word: str, code: str) -> dict[int, int]:
    """Return {place: cost} inside Chinese or Japanese text: nowhere before a clause's last character."""
    parts = list(_graphemes(word))
    after = [part[0] for part, _ in parts[2:]] + [""]
    return {
        end: _between_characters(left[-1], right[0], code)
        for ((left, end), (right, _)), following in zip(pairwise(parts), after, strict=False)
        if (_EAST_ASIAN.match(left) or _EAST_ASIAN.match(right))
        and right[0] not in _NOT_FIRST
        and left[0] not in _NOT_LAST
        and not (left[-1].isalnum() and right[0].isalnum() and not following.isalnum())
    }


def _between_characters(left: str, right: str, code: str) -> int:
    """Return the cost between two characters. Japanese phrases run from Chinese characters or katakana to hiragana;
    Chinese does not mark words at all."""
    if left in "。！？；：…":
        return STRONG
    if left in "，、」』）】〕〉》" or right in _NOT_LAST:
        return COMMA
    if code == "zh" or not (left.isalnum() and right.isalnum()):
        return WORD
    if _HIRAGANA.match(left):
        return BOUND if _HIRAGANA.match(right) else LINK
    return GROUP
