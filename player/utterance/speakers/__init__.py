"""Who speaks in a paragraph, where the text says so: "“Come,” said Anna."

For names that the listener gave a voice; nobody is guessed. The rules, in this order, for each quotation:

1. The text names the speaker right behind it ("“Come,” said Anna", "“Come,” Anna said") or right before it ("Anna said:
   “Come”"). Behind "“Come.”" only "said Anna" counts, as a new sentence may begin with "Anna said nothing".
2. It goes on with what the same person said right before: "“Come,” said Anna. “It is late.”", with nothing in between
   but who speaks.
3. In a language that writes dialogue with dashes ("— Viens, dit Anna."), see `dashes`.
4. Otherwise nobody is known, also where two names claim it, or a pronoun or an unknown name does.

A name is given as the text has it ("Anna", "Mr. Smith", "the Hatter"); a part of it counts ("Smith") if no other name
has that part. Verbs, signs and orders of words are data, `data/<language>.toml`; a language without a file knows no
speakers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from player.story.language_tag import language_of
from player.tables import table
from player.utterance.speakers.dashes import Dashes

_REACH = 80
"""Characters before and behind a quotation in which the text may say who speaks."""
_MARKS = 8
"""Characters before the end of a quotation that may be signs."""
_ENDS = ",!?…—–-"
"""Signs before the closing quotation mark behind which the sentence goes on."""


class Speech(NamedTuple):
    """Characters [start, end) of a text, with their quotation marks, and who says them."""

    start: int
    end: int
    speaker: str
    """The name as given; empty when the text does not say it."""


def speeches(text: str, language: str, names: tuple[str, ...]) -> list[Speech]:
    """Return the quotations in a paragraph, in order, with their speakers among `names`."""
    rules = _rules(language_of(language), names)
    if rules is None:
        return []
    if rules.dashes and rules.dashes.opens(text):
        return [Speech(*found) for found in rules.dashes.speeches(text)]
    quotations = list(rules.quotations(text))
    found: list[Speech] = []
    for n, (start, end) in enumerate(quotations):
        before = quotations[n - 1][1] if n else 0
        after = quotations[n + 1][0] if n + 1 < len(quotations) else len(text)
        speaker = rules.speaker(text, (before, start), (end, after))
        if speaker is None and found and found[-1].speaker and rules.goes_on(text, found[-1].end, start):
            speaker = found[-1].speaker
        found.append(Speech(start, end, speaker or ""))
    return found


_VERB_FIRST = "verb name"
_NAME_FIRST = "name verb"
"""Orders, as data files have them."""


class _Rules:
    """The patterns of one language for a set of names."""

    def __init__(self, data: dict[str, Any], names: tuple[str, ...]) -> None:
        self._closing: dict[str, str] = {}
        for opening, closing in data["quotes"]:
            self._closing[opening] = self._closing.get(opening, "") + closing
        self._opening = re.compile(f"[{''.join(self._closing)}]")
        known = _spellings(names, data["titles"].split(), data["articles"].split())
        self._names = {_folded(spelling): name for spelling, name in known.items()}
        verb = f"(?i:{_any_of(data['verbs'])})"
        articles = "".join(f"{re.escape(one)} ?|" for one in data["articles"].split())
        name = rf"(?:{articles})({_written(known)})(?![\w’'-]|\.\w| [A-ZÀ-Þ])"
        asides = _any_of(data["asides"])
        orders = {_VERB_FIRST: rf"{verb} {name}", _NAME_FIRST: rf"{name} {verb}\b"}
        ends = rf"(?=[,.;:—–!?]|\s*$|\s{asides}\b)"
        behind = {order: re.compile(rf",? ?{orders[order]}{ends}") for order in data["after"]}
        self._verb_name, self._name_verb = behind.get(_VERB_FIRST), behind.get(_NAME_FIRST)
        before = "|".join(orders[order] for order in data["before"])
        self._before = re.compile(
            rf"(?:^|[.!?…:;”\"’»] |, )\s?(?:(?i:{_any_of(data['conjunctions'])}) )?"
            rf"(?:{before})(?: {asides}(?: [\w’'-]+){{0,3}})?(?:,| ?:)\s?$"
        )
        self._verb = re.compile(rf"\b{verb}\b")
        self.dashes: Dashes | None = None
        """How dialogue without quotation marks is read; None where the language has none."""
        if signs := data.get("dialogue"):
            self.dashes = Dashes(signs, verb, orders[_VERB_FIRST] + ends, self._named)

    def quotations(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of quotations with their marks; nothing where straight marks do not come in pairs."""
        if '"' in self._closing and text.count('"') % 2:
            return
        at = 0
        while (opening := self._opening.search(text, at)) is not None:
            at = opening.end()
            end = self._end(text, opening.start())
            if end is not None:
                yield opening.start(), end
                at = end

    def _end(self, text: str, start: int) -> int | None:
        """Return where a quotation that opens at `start` ends; None if that mark opens none."""
        opening, closing = text[start], self._closing[text[start]]
        if opening in "‘‚":  # an apostrophe closes nothing
            found = re.compile(rf"(?<=[,.!?;:…—–])[{closing}](?!\w)|{opening}").search(text, start + 1)
            return found.end() if found and found[0] != opening else None
        if start and text[start - 1].isalnum():
            return None
        found = re.compile(f"[{closing}]").search(text, start + 1)
        return found.end() if found else (None if opening == '"' else len(text))

    def speaker(self, text: str, before: tuple[int, int], after: tuple[int, int]) -> str | None:
        """Return who says a quotation between two ranges of text: "" where that is in doubt, None if nothing tells."""
        claims = {self._before_it(text, *before), self._behind_it(text, *after)} - {None}
        return None if not claims else claims.pop() if len(claims) == 1 else ""

    def _behind_it(self, text: str, start: int, end: int) -> str | None:
        behind = text[start : min(end, start + _REACH)]
        inside = text[max(start - _MARKS, 0) : start].rstrip('”"’»“«‘›‹ \u00a0\u202f')[-1:]
        found = self._verb_name.match(behind) if self._verb_name else None
        if found is None and self._name_verb is not None and (inside in _ENDS or behind[:1] == ","):
            found = self._name_verb.match(behind)
        if found is not None:
            return self._named(found)
        clause = re.split(r"[.!?…;:]", behind, maxsplit=1)[0]
        untold = inside in _ENDS or clause[:1] == "," or self._verb.match(clause.lstrip(", ")) is not None
        return "" if untold and self._verb.search(clause) else None

    def _before_it(self, text: str, start: int, end: int) -> str | None:
        ahead = text[start:end] if end - start <= _REACH else f"x{text[end - _REACH : end]}"  # that is no beginning
        if not re.search(r"[,:]\s*$", ahead):
            return None
        found = self._before.search(ahead)
        if found is not None and not _is_one_of_several(ahead[: found.start() + 1]):
            return self._named(found)
        clause = re.split(r"[.!?…;]", ahead)[-1]
        return "" if ":" in clause[-2:] or self._tags_itself(clause) else None

    def _tags_itself(self, clause: str) -> bool:
        """Return True if the clause says that somebody begins to speak: "and Tom said, "."""
        last = clause.rstrip(" ,:").split(",")[-1]
        return self._verb.search(last) is not None and self._named_in(last) is None

    def _named_in(self, clause: str) -> str | None:
        found = self._verb_name.match(f" {clause.strip()}") if self._verb_name else None
        found = found or (self._name_verb.match(f" {clause.strip()}") if self._name_verb else None)
        return None if found is None else self._named(found)

    def goes_on(self, text: str, end: int, start: int) -> bool:
        """Return True if nothing but who speaks stands between the end of a quotation and the start of the next."""
        between = text[end:start] if start - end <= _REACH else ""
        found = (self._verb_name and self._verb_name.match(between)) or (
            self._name_verb and self._name_verb.match(between)
        )
        rest = between[found.end() :] if found else ""
        others = self._verb.search(rest) or re.search(r"[A-ZÀ-Þ]|[.!?…]\s*\S", rest)
        return bool(found) and not others

    def _named(self, found: re.Match[str]) -> str:
        return self._names[_folded(next(group for group in found.groups() if group))]


def _is_one_of_several(ahead: str) -> bool:
    """Return True for "Anna, and Tom said": who says it is in doubt."""
    return re.search(r"\b[A-ZÀ-Þ]\w*,\Z", ahead.rstrip()) is not None


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace(".", "").split())


def _any_of(patterns: str) -> str:
    return f"(?:{'|'.join(patterns.split())})"


def _written(spellings: Iterable[str]) -> str:
    """Return a pattern of spellings as a text may have them: "Mr Smith" for "Mr. Smith", "The king"."""
    both = {each for one in spellings for each in (one, one[:1].upper() + one[1:])}
    return "|".join(re.escape(one).replace(r"\.", r"\.?") for one in sorted(both, key=len, reverse=True))


def _spellings(names: tuple[str, ...], titles: list[str], articles: list[str]) -> dict[str, str]:
    """Return {spelling: name}: whole names, and their parts that no other name has."""
    apart = {_folded(one) for one in (*titles, *articles)}
    found: dict[str, str] = {}
    parts: dict[str, set[str]] = {}
    for name in names:
        words = name.split()
        while len(words) > 1 and _folded(words[0]) in map(_folded, articles):
            words = words[1:]
        found[" ".join(words)] = name
        has_title = _folded(words[0].rstrip(".")) in apart
        for word in words[1:] if has_title else words:
            parts.setdefault(word, set()).add(name)
    whole = {_folded(spelling) for spelling in found}
    for word, owners in parts.items():
        if len(owners) == 1 and _folded(word) not in whole and word[:1].isupper():
            found[word] = owners.copy().pop()
    return found


@lru_cache(maxsize=8)
def _rules(language: str, names: tuple[str, ...]) -> _Rules | None:
    file = Path(__file__).parent / "data" / f"{language}.toml"
    if not names or not file.is_file():
        return None
    return _Rules(table(file), names)
