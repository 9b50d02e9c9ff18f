"""Words written short with an apostrophe, and "v": "gov't", "rock 'n' roll", "Xmas", "et al.", "Ali v Frazier"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import Vocabulary

_WORDS = (Kind.WORD, Kind.NUMERAL)


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first letters."""
    if tokens[index - 1].kind in _WORDS or tokens.is_sign(index - 1, "/"):
        return
    for written, said in tokens.vocabulary.table("short_words", "words").items():
        if not written.startswith(tokens[index].text.lower()):
            continue
        end = tokens[index].start + len(written)
        if tokens.text[tokens[index].start : end].lower().replace("’", "'") != written:
            continue
        formula = written[-1] == "/" and tokens.text[end : end + 1] == "("  # "W/(m·K)"
        goes_on = tokens.text[end : end + 1].isalnum() and not _is_joined(tokens, index, written)
        if not (goes_on or formula or tokens.text[end : end + 1] == "/"):
            capital = tokens[index].text[0].isupper() and tokens[index].text.istitle()
            full = said[0].upper() + said[1:] if capital else said
            last = written[-1] == "." and not tokens.text[end:].strip("\"'”’)")  # "Lee et al."
            full += " " * (written[-1] == "/" and tokens.text[end : end + 1].isalnum())
            yield Reading(tokens[index].start, end - last, "short word", Words(full), 0.9)


def _is_joined(tokens: Tokens, index: int, written: str) -> bool:
    """ "a call w/investors": the word behind a stroke, which is no other letter, "w/v"."""
    word = tokens[index + 2].text
    return written[-1] == "/" and tokens[index].text.islower() and word.islower() and len(word) > 1


def _first(known: Vocabulary) -> Iterator[str]:
    for written in known.table("short_words", "words"):
        if "/" not in written:
            yield written.replace("'", " ").partition(" ")[0]


def _stroked(known: Vocabulary) -> Iterator[str]:
    """First words of those with a stroke: as frequent as "a" and "and"."""
    for written in known.table("short_words", "words"):
        if "/" in written:
            yield written.replace("/", " ").partition(" ")[0]


SHORT_WORD = Recogniser(
    "short word",
    _propose,
    (("the gov't said", "the government said"), ("Lee et al. said", "Lee and others said")),
    words=_first,
)
SHORT_STROKED = Recogniser(
    "short word", _propose, (("Smith a/k/a Lee", "Smith also known as Lee"),), words=_stroked, needs=("/",)
)


def _and(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first apostrophe of "rock 'n' roll"."""
    last = index + 2
    if tokens.word(index + 1) == "n" and tokens.is_sign(last, "'’") and tokens[index - 1].kind not in _WORDS:
        yield Reading(tokens[index].start, tokens[last].end, "short word: and", Words("and"), 0.9)


AND = Recogniser(
    "short word", _and, (("rock 'n' roll", "rock and roll"),), signs="'’", needs=("'n'", "'n’", "’n’", "‘n’", "‘n'")
)


def _versus(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "vs" or "v" between two."""
    before = tokens[index - 2]
    if tokens[index - 1].text != " " or tokens.is_sign(index + 1, "."):
        return
    two = before.kind in _WORDS or before.text in (")", "_")
    names = tokens[index + 1].text == " " and tokens[index + 2].text[:1].isupper()
    known = two if tokens[index].text == "vs" else names and two and before.kind is not Kind.NUMERAL
    if known and tokens[index].text.islower():
        yield Reading(tokens[index].start, tokens[index].end, "versus", Words("versus"), 0.85)


VERSUS = Recogniser("versus", _versus, (("Ali v Frazier", "Ali versus Frazier"),), words=lambda _: ("v", "vs"))
