"""Raised and lowered text in tags: "x<sup>2</sup>", "CO<sub>2</sub>", "a<sub>n</sub>", a note's "word<sup>1</sup>"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Silent, Value, Words

_RAISED = re.compile(r"<(su[pb])>([\w+−-]{1,6})</\1>")
_CHARGES = {"-": "minus", "−": "minus", "+": "plus"}
_LONGEST_SYMBOL = 3
"""Letters of what has a power, or an index."""
_ENDINGS = frozenset(["st", "nd", "rd", "th"])


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "<"."""
    match = _RAISED.match(tokens.text, tokens[index].start)
    base = tokens[index - 1]
    if match and base.text == ">" and match[1] == "sup" and match[2][-1] in _CHARGES:  # "SO<sub>4</sub><sup>2-</sup>"
        signs = tokens.vocabulary.table("mathematics", "powers")
        said = signs.get(_CHARGES[match[2][-1]], _CHARGES[match[2][-1]])
        yield Reading(match.start(), match.end(), "tag: charge", Words(f" {match[2][:-1]} {said} "), 0.99)
    if not match or base.kind not in (Kind.WORD, Kind.NUMERAL):
        return
    inner, short = match[2], len(base.text) == 1 or base.kind is Kind.NUMERAL
    if match[1] == "sub":
        if base.text.isupper() and len(base.text) <= _LONGEST_SYMBOL and inner.isdigit():  # "CO<sub>2</sub>"
            yield Reading(base.start, match.end(), "tag: lowered", Words(f"{' '.join(base.text)} {inner} "), 0.99)
        elif short:
            yield Reading(match.start(), match.end(), "tag: lowered", Words(f" {inner} "), 0.99)
    elif inner not in _ENDINGS:
        value = _power(tokens, inner) if short else _note(base.text, inner)
        if value:
            yield Reading(match.start(), match.end(), "tag: raised", value, 0.99)


def _note(base: str, inner: str) -> Value | None:
    return Silent() if inner.isdigit() and len(base) > _LONGEST_SYMBOL else None


def _power(tokens: Tokens, inner: str) -> Value | None:
    table = tokens.vocabulary.table("mathematics", "powers")
    other = str(table.get("other", ""))
    named = table.get(inner) or table.get({"2": "²", "3": "³"}.get(inner, ""))
    minus = str(table.get("minus") or tokens.vocabulary.table("numbers").get("minus", "minus"))
    figures = re.sub("[-−]", f"{minus} ", inner)
    said = named or (other.format(figures) if "{" in other else f"{other} {figures}" if other else "")
    return Words(f" {said} ") if said else None


RAISED = Recogniser(
    "tag",
    _propose,
    (("x<sup>2</sup> cells", "x squared cells"), ("a<sub>n</sub> is", "a n is")),
    signs="<",
    languages=("en", "de", "es", "fr", "it", "nl", "pt"),
)
