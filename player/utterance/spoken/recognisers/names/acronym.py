"""Words in capitals that are spelled or said as words: "the IMF", "pro-EPA", "NGOs", "in 79 AD", "IKEA"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Acronym, Letters

_SHORTEST, _LONGEST = 2, 7
_SHORTEST_JOINED = 3
_APOSTROPHES = "'’"


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a word in capitals."""
    written = tokens[index].text
    letters, many = (written[:-1], "s") if written[-1] == "s" else (written, "")
    if not (letters.isupper() and letters.isascii() and _SHORTEST <= len(letters) <= _LONGEST):
        return
    joined = _is_joined(tokens, index)
    if joined is None:
        return
    end = index
    if tokens.is_sign(index + 1, _APOSTROPHES) and not many and tokens[index + 2].kind is Kind.WORD:
        if tokens[index + 2].text != "s":
            return
        many, end = tokens[index + 1].text + "s", index + 2
    after = tokens[end + 1]
    if after.kind is Kind.NUMERAL or (after.text and after.text in "&_"):
        return
    if after.text == "-" and tokens[end + 2].kind is Kind.NUMERAL and not joined:
        return
    start, stop = tokens[index].start, tokens[end].end
    yield from _as_word(tokens, index, letters, many, stop)
    if _is_spelled(tokens, index, end, letters) and not (joined and len(letters) < _SHORTEST_JOINED):
        yield Reading(start, stop, "acronym", Letters(letters, bool(many)), 0.8)


def _is_joined(tokens: Tokens, index: int) -> bool | None:
    """Return True if a hyphen and a word are before it: "pro-EPA"; None where something else is glued to it."""
    before = tokens[index - 1]
    if before.text == "-":
        return True if tokens[index - 2].kind is Kind.WORD else None
    return None if before.kind in (Kind.WORD, Kind.NUMERAL) or (before.text and before.text in "&._") else False


def _as_word(tokens: Tokens, index: int, letters: str, many: str, stop: int) -> Iterator[Reading]:
    """ "PIN", "IKEA", "NAACP": said otherwise than they are spelled."""
    known = tokens.vocabulary
    said = known.table("acronyms", "said").get(letters)
    start = tokens[index].start
    if said and not tokens.is_shouted:
        yield Reading(start, stop, "acronym: said", Acronym(str(said) + many), 0.85)
    elif letters in known.words("acronyms", "names"):
        yield Reading(start, stop, "acronym: name", Acronym(letters.capitalize() + many, often=True), 0.85)
    elif letters == "IT" and not many and not tokens.is_shouted:
        yield Reading(start, stop, "acronym: IT", Letters(letters, own=True), 0.85)
    elif letters == "IV" and _is_drip(tokens, index):
        yield Reading(start, stop, "acronym: IV", Letters(letters, spaced=True), 0.9)


def _is_drip(tokens: Tokens, index: int) -> bool:
    """Return True if "IV" is what drips: "an IV", "IV fluids"."""
    following = tokens.word(tokens.after(index))
    drips = tokens.vocabulary.words("acronyms", "drips")
    if tokens.word(tokens.before(index)) in tokens.vocabulary.folded("names", "counted"):
        return False  # "a Schedule IV drug"
    return tokens.word(tokens.before(index)) == "an" or following in drips or following.removesuffix("s") in drips


def _is_spelled(tokens: Tokens, index: int, end: int, letters: str) -> bool:
    """Return True if it is said letter by letter, and no word in a heading, or shouted: "Do YOU know WHO WANTS it?"."""
    spelled = tokens.vocabulary.words("names", "spelled")
    if letters in spelled:
        return True
    in_text = letters in tokens.vocabulary.words("names", "spelled_in_text")
    words = tokens.text.count(" ") > 1 and "," not in tokens.text and tokens.text.isupper()  # "WHO IS WHO"
    if not in_text or words or tokens.is_shouted or letters == "IV":
        return False
    following = tokens[end + 2].text if tokens[end + 1].kind is Kind.SPACE else ""
    kept = tokens.vocabulary.words("names", "acronyms") | spelled
    return not (len(following) >= _SHORTEST_JOINED and following.isupper() and following not in kept)


ACRONYM = Recogniser(
    "acronym",
    _propose,
    (
        ("the IMF said", "the I.M.F said"),
        ("pro-EPA", "pro-E.P.A"),
        ("an IV drip", "an I V drip"),
        ("IT workers", "I T workers"),
    ),
    capitals=True,
)


def _era(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "AD" beside a year or a century."""
    if tokens[index].text != "AD":
        return
    before, after = tokens[tokens.before(index)], tokens[tokens.after(index)]
    century = before.text.lower() in tokens.vocabulary.words("calendar", "centuries")
    spaced = tokens[index - 1].kind is Kind.SPACE
    if (spaced and (before.kind is Kind.NUMERAL or century)) or (
        tokens[index + 1].kind is Kind.SPACE and after.kind is Kind.NUMERAL
    ):
        yield Reading(tokens[index].start, tokens[index].end, "acronym: era", Letters("AD", spaced=True), 0.9)


ERA = Recogniser("acronym", _era, (("in 79 AD", "in 79 eh D"),), words=lambda _: ("ad",))


def _service(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "MI" before 5 or 6."""
    if tokens[index].text == "MI" and tokens[index + 1].text in ("5", "6"):
        end = tokens[index + 1].end
        value = Letters("MI", behind=tokens[index + 1].text)
        yield Reading(tokens[index].start, end, "acronym: service", value, 0.9)


SERVICE = Recogniser("acronym", _service, (("the MI6 agent", "the M I 6 agent"),), words=lambda _: ("mi",))
