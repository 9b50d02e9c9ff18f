"""Passages in another language within a paragraph: quotations, emphasised words and whole sentences, as detected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from player.patterns import later
from player.story.language import alike, detect, guess, is_latin, letters_of
from player.story.model import Block, BlockKind, LanguageSpan
from player.story.reading.blocks.marks import EMPHASISED, in_language
from player.story.reading.languages.usual_words import Own, is_english

_PASSAGE = later(
    r"""
      “ (?P<a>[^“”]+) (?:”|$)  |  " (?P<b>[^"]+) "  |  « (?P<c>[^«»]+) »  |  » (?P<d>[^«»]+) «
    | „ (?P<e>[^„“”]+) [“”]  |  ‘ (?P<f>[^‘’]+ (?: ’\w [^‘’]* )* ) ’(?!\w)
    | (?P<g>[^“"«»„‘.!?…]+ (?: [.!?…]+ (?=[^\s“"«»„‘”’)\]]) [^“"«»„‘.!?…]+ )* [.!?…]* )
    """,
    re.VERBOSE,
)
"""A quotation, or a sentence outside of them ("g"), which a quotation parts."""
_SENTENCE = later(r"[^.!?…]+[.!?…]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ADDRESS = re.compile(r"[@/\\_<>]|www\.")
_OPENS = re.compile(r"[\s(\[—–-]*[^\W\d_]")
_FEWEST, _FEWEST_OF_A_SENTENCE = 3, 4
"""Words. A foreign name has as many, so that two of them must be in small letters."""
_SMALL = 2
_SURE = ((3, 0.95), (5, 0.72), (1000, 0.68))
"""Words up to which so great a share of one language in the guesses is enough, with capitals and without. Of 65,000
passages of English books and texts from the web (Pride and Prejudice, Jack Sheppard …) none is taken for another
language without being it; of 8,300 French, German, Italian and Dutch ones of four and more words nine in ten are found.
"""
_LONGEST = 400
"""Characters that the model is asked about."""
_SELDOM_SURE, _SHORT = 0.95, 5
_OFTEN = frozenset(("de", "en", "es", "fr", "it", "la", "nl", "pt"))
"""Languages that are quoted often; of others a dialect or a stammer may look like one: they must be surer, and in a
short passage have letters that English has not."""
_SCRIPTS = "\u0370-\u1cff\u1f00-\u1fff\u3040-\ud7af"
_BEYOND = later("[^\0-\u036f\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022-\u2026\u2039\u203a]")
"""Whatever is beyond Latin, but for usual signs of print. Most text has none of it, and does not need the next pattern,
which takes 5 ms to compile."""
_IN_ANOTHER_SCRIPT = later(rf"[{_SCRIPTS}](?:[^A-Za-z\u00c0-\u024f\n]*[{_SCRIPTS}])?")
_OTHER_WORD = later(f"[{_SCRIPTS}]{{2}}")
"""Two letters of another script, as no sign of a formula has."""
_LEAST_LETTERS = 12
"""Letters of a passage in another script; fewer are a name, or signs of a formula."""


def named(block: Block, own: Own | None) -> Block:
    """Return a block with the language of emphasised words, where it is clearly another one; else without their marks.

    `own` is None for a story whose language is not known.
    """
    if not any(span.language == EMPHASISED for span in block.languages):
        return block
    spans: list[LanguageSpan] = []
    for span in block.languages:
        if span.language != EMPHASISED:
            spans.append(span)
        elif own and (found := _language(block.text[span.start : span.end], own)):
            spans.append(span._replace(language=found))
    return replace(block, languages=tuple(spans))


def may_be_foreign(text: str) -> bool:
    """Return False for words that are English, or a name, or too few: their language need not be looked for."""
    words = text.split()
    return len(words) >= _FEWEST and sum(word[0].islower() for word in words) >= _SMALL and not is_english(text)


def emphasised(text: str) -> str:
    """Return emphasised words, with marks around them where their language is worth looking for."""
    return in_language(EMPHASISED) + text + in_language("") if may_be_foreign(text) else text


def with_passages(block: Block, own: Own) -> Block:
    """Return a block with its passages in another language, beside those that are marked."""
    if block.language or block.kind is BlockKind.HEADING:
        return block
    spans = list(block.languages)
    for found in _passages(block.text, own):
        if not any(_meet(found, other) for other in spans):
            spans.append(found)
    return replace(block, languages=tuple(sorted(spans))) if len(spans) > len(block.languages) else block


def has_other_letters(text: str) -> bool:
    """Return True if a word of a text is in another script than Latin."""
    return not text.isascii() and bool(_BEYOND.search(text) and _OTHER_WORD.search(text))


def _meet(one: LanguageSpan, other: LanguageSpan) -> bool:
    return one.start < other.end and other.start < one.end


def _passages(text: str, own: Own) -> Iterator[LanguageSpan]:
    if own.latin and not text.isascii() and _BEYOND.search(text):
        yield from _in_another_script(text, own)
    for passage in _PASSAGE.finditer(text):
        group = passage.lastgroup or ""
        said = passage[group]
        if group == "g":
            if _OPENS.match(said) and (found := _language(said, own, _FEWEST_OF_A_SENTENCE)):
                yield _span(passage.start(group), said, found)
        elif found := _language(said, own):
            yield _span(passage.start(group), said, found)
        else:
            yield from _sentences(passage.start(group), said, own)


def _sentences(start: int, text: str, own: Own) -> Iterator[LanguageSpan]:
    """Yield the sentences in another language within a quotation that is not as a whole."""
    sentences = list(_SENTENCE.finditer(text))
    for sentence in sentences if len(sentences) > 1 else ():
        if found := _language(sentence[0], own, _FEWEST_OF_A_SENTENCE):
            yield _span(start + sentence.start(), sentence[0], found)


def _span(start: int, text: str, language: str) -> LanguageSpan:
    """Return a span without the blanks at its ends."""
    start += len(text) - len(text.lstrip())
    return LanguageSpan(start, start + len(text.strip()), language)


def _in_another_script(text: str, own: Own) -> Iterator[LanguageSpan]:
    for found in _IN_ANOTHER_SCRIPT.finditer(text):
        if letters_of(found[0]) >= _LEAST_LETTERS and not is_latin(found[0]):
            language = detect(found[0])
            if language and not alike(language, own.language):
                yield LanguageSpan(found.start(), found.end(), language)


def _language(text: str, own: Own, fewest: int = _FEWEST) -> str:
    """Return the language of a passage, where that is clearly not the story's; else empty."""
    small = text.lower()
    if own.is_usual_passage(text) or _ADDRESS.search(text):
        return ""
    words = _WORD.findall(text)
    if len(words) < fewest or not own.only.isdisjoint(_WORD.findall(small)):
        return ""
    if sum(word[0].islower() for word in words) < _SMALL and is_latin(text):
        return ""
    found = guess(text[:_LONGEST])
    least = _least(len(words), found.language)
    if found.share < least or alike(found.language, own.language):
        return ""
    if found.language not in _OFTEN and len(words) <= _SHORT and not any(c > "z" and c.isalpha() for c in text):
        return ""
    again = guess(small[:_LONGEST])
    return found.language if again.language == found.language and again.share >= least else ""


def _least(words: int, language: str) -> float:
    """Return the share of a language in the guesses that is enough."""
    least = next((share for most, share in _SURE if words <= most), 1.0)
    return least if language in _OFTEN else max(least, _SELDOM_SURE)
