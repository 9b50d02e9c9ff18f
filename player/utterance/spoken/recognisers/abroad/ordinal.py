"""Ordinals and Roman numerals: "am 3. Oktober", "le XXe siècle", "Felipe II", "Ludwig XIV."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from player.story.roman_numerals import roman, to_roman
from player.utterance.sentences.language import language_of
from player.utterance.spoken.languages import CODES
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import Vocabulary

_GROUPED = re.compile(r"[1-9]\.[0-9]{3}")
_MOST = 29
_NUMERALS = tuple(map(to_roman, range(1, _MOST + 1)))
_LONGEST = 4
"""Figures in an ordinal."""
_HUNDRED = 100
_UNLED = ("er", "es")
"""Endings of a German ordinal that no article but "ein" leads to."""


@cache
def _words(code: str) -> tuple[str, ...]:
    return ("", *str(Vocabulary(code).table("ordinals").get("words", "")).split())


def ordinal_word(tokens: Tokens, number: int, suffix: str = "") -> str:
    """Return an ordinal in words, as its suffix has it: "first", feminine or masculine; empty when it has none."""
    special = tokens.vocabulary.table("ordinals", "special").get(f"{number}{suffix}")
    if special:
        return str(special)
    old, _, new = tokens.vocabulary.table("ordinals", "suffixes").get(suffix, "").partition(">")
    word = _number_word(tokens.vocabulary, number)
    if old and new:
        parts = (part.removesuffix(old) + new if part.endswith(old) else part for part in word.split())
        return " ".join(parts)  # "cuadragésima primera"
    return word.removesuffix(old) + new if word else word


def _number_word(known: Vocabulary, number: int) -> str:
    """Return an ordinal without a suffix; empty where it has none."""
    words = _words(known.code)
    return words[number] if 0 < number < len(words) else _composed(known, number)


def _composed(known: Vocabulary, number: int) -> str:
    """Return a larger ordinal, "vierzigst", "zweiundvierzigst"; empty where the language has none or says it itself."""
    exact = known.table("ordinals", "exact").get(str(number))
    if not exact and number > _HUNDRED and known.table("ordinals").get("hundreds"):
        large = number // _HUNDRED * _HUNDRED if number < _HUNDRED * 10 else _HUNDRED * 10
        head, rest = known.table("ordinals", "exact").get(str(large)), _number_word(known, number - large)
        return f"{head} {rest}" if head and rest and number < large * 2 else ""
    glued = str(known.table("ordinals").get("glued_hundreds", "")).split()
    if not exact and _HUNDRED <= number < _HUNDRED * (len(glued) + 1):
        rest = _number_word(known, number % _HUNDRED) or str(known.table("ordinals")["hundredth"])
        return glued[number // _HUNDRED - 1] + rest
    if exact or not known.table("ordinals").get("compose_from", 20) < number < _HUNDRED:
        return str(exact or "")
    tens = number // 10 * 10
    template, ones = known.table("ordinals", "with_ones").get(str(tens), ""), str(known.table("ordinals").get("ones"))
    base = int(known.table("ordinals", "counted_from").get(str(tens), tens))
    said = ones.split()[number - base - 1].replace("_", " ") if template else ""
    return str(template).format(said) if said else ""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    figures = tokens[index].text.replace(".", "") if _GROUPED.fullmatch(tokens[index].text) else tokens[index].text
    if not figures.isdecimal() or len(figures) > _LONGEST or tokens[index - 1].kind is Kind.WORD:
        return
    if tokens.vocabulary.table("ordinals").get("declined"):
        yield from _declined(tokens, index, int(figures), index + 1)
        return
    at = index + 1
    if tokens.is_sign(at, "."):
        at += 1
    suffix = (tokens.word(at) if tokens[at].text.islower() else "") or (
        tokens[at].text if _is_raised(tokens, index, at) else ""
    )
    if suffix not in tokens.vocabulary.table("ordinals", "suffixes"):
        return
    said = ordinal_word(tokens, int(figures), suffix)
    if said:
        yield Reading(tokens[index].start, tokens[at].end, "ordinal: suffix", Words(said), 0.95)


def _is_raised(tokens: Tokens, index: int, at: int) -> bool:
    """Return True if a sign of degrees is one of an ordinal: "il 1° maggio", "al 2° posto"; not "a 20° di notte"."""
    known = tokens.vocabulary
    led = tokens.word(tokens.before(index)) in known.words("ordinals", "before_degrees")
    noun = tokens[at + 1].kind is Kind.SPACE and tokens[at + 2].text.islower() and len(tokens[at + 2].text) > 2
    numbered = tokens.word(at + 2) in known.words("ordinals", "behind_degrees")  # "3° posto"
    minute = tokens.is_sign(at, "'’′") and tokens[at + 1].kind is not Kind.WORD and not tokens.is_sign(at + 1, "'’\"")
    if minute and tokens.word(tokens.before(index)) in known.words("ordinals", "before_minutes"):  # "al 90'"
        return not tokens.places_of("‘") and tokens[index - 1].kind is Kind.SPACE
    return tokens[at].text == "°" and noun and (led or numbered or tokens[index].text == "1")


def ending_of(tokens: Tokens, index: int, noun: str) -> str:
    """Return what a German ordinal here ends in, by what stands before it: "am dritten", "der dritte", "dritter"."""
    known = tokens.vocabulary
    before = tokens.before(index)
    if tokens.is_sign(before - 2, ".") and tokens[before - 3].kind is Kind.NUMERAL:
        before = tokens.before(before - 3)  # "im 2. und 3. Jahr"
    elif tokens.is_sign(before, "-–/") and tokens.is_sign(before - 1, ".") and tokens[before - 2].kind is Kind.NUMERAL:
        before = tokens.before(before - 2)  # "vom 3.–5. Mai"
    elif tokens.is_sign(before, "+") and tokens[before - 1].kind is Kind.NUMERAL:
        before = tokens.before(before - 1)  # "in der 90+3. Minute"
    word, earlier = tokens.word(before), tokens.word(tokens.before(before))
    either = word in known.words("ordinals", "either")
    dated = not noun or noun in str(known.table("calendar")["months"]).lower().split()
    weak = word in known.words("ordinals", "weak") or (dated and tokens.is_sign(before, "*†"))
    if weak or (either and earlier in known.words("ordinals", "prepositions")):
        return "en"
    if either or word in known.words("ordinals", "plain"):
        return "e"
    if noun.endswith(tuple(known.words("ordinals", "feminine_endings"))):
        return "er" if word in known.words("ordinals", "dative") else "e"
    neuter = noun in known.words("ordinals", "neuter")
    if word in known.words("ordinals", "dative"):
        return "em"
    if word in known.words("ordinals", "accusative"):
        return "es" if neuter else "en"
    return "es" if neuter else "er"


def _declined(tokens: Tokens, index: int, number: int, stop: int) -> Iterator[Reading]:
    """German: "am dritten Oktober", "der dritte Oktober"; a full stop is behind the number, and a noun behind that."""
    yield from _until(tokens, index, number, stop)
    second = tokens.is_sign(index - 1, "/") and tokens[index - 2].text == "."  # "5./6. Klasse"
    follows = tokens.is_sign(index - 1, ".,:/") and not second
    if not tokens.is_sign(stop, ".") or tokens[stop + 1].kind is not Kind.SPACE or follows:
        return
    noun = tokens[stop + 2]
    paired = tokens[stop + 4].kind is Kind.NUMERAL and tokens.is_sign(stop + 5, ".")
    if noun.kind is not Kind.WORD or (noun.text.lower() in language_of(tokens.vocabulary.code).starters and not paired):
        return
    said = ordinal_word(tokens, number)
    if not said:
        return
    ending = ending_of(tokens, index, noun.text.lower())
    unled = ending in _UNLED and tokens.word(tokens.before(index)) not in tokens.vocabulary.words("ordinals", "mixed")
    if number >= len(_words(tokens.vocabulary.code)) and unled:
        return  # "Es waren 50. Berlin schwieg"
    yield Reading(tokens[index].start, tokens[stop].end, "ordinal: full stop", Words(said + ending), 0.9)


def _until(tokens: Tokens, index: int, number: int, stop: int) -> Iterator[Reading]:
    """At the first of "vom 3.–5. Mai", "die 5./6. Klasse"."""
    last = tokens.past_blank(stop + 2)
    parts = tokens[last].text.split(".")
    dated = len(parts) > 1 and "".join(parts).isdecimal() and len(parts[1]) < _LONGEST - 1  # "1.–3.5.2020"
    ends = tokens.is_sign(last + 1, ".") or len(parts) > 2
    if not (tokens.is_sign(stop, ".") and tokens.is_sign(stop + 1, "-–/") and ends):
        return
    said, noun = ordinal_word(tokens, number), tokens[tokens.past_blank(last + 2)]
    if (
        said
        and (dated or (tokens[last].text.isdecimal() and noun.kind is Kind.WORD))
        and not tokens.is_sign(index - 1, ".,:/")
    ):
        to = ", " if tokens[stop + 1].text == "/" else tokens.vocabulary.table("grammar", "joints")["to"]
        said += ending_of(tokens, index, noun.text.lower()) + to
        yield Reading(tokens[index].start, tokens[last].start, "ordinal: range", Words(said), 0.95)


ORDINAL = Recogniser(
    "ordinal", _propose, (("am 3. Oktober", "am dritten Oktober"),), numerals=Beside.ANYTHING, languages=CODES
)


def _suffixed(known: Vocabulary) -> Iterable[str]:
    suffixes = known.words("ordinals", "roman_suffixes")
    return (numeral.lower() + suffix for numeral in _NUMERALS for suffix in suffixes)


def _roman_ordinal(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "XXe", "Ier": capitals with a suffix in small letters."""
    text = tokens[index].text
    numeral = text.rstrip("abcdefghijklmnopqrstuvwxyzèéᵉʳˢ")
    number = roman(numeral)
    said = ordinal_word(tokens, number, text[len(numeral) :]) if number else ""
    if said:
        yield Reading(tokens[index].start, tokens[index].end, "roman: ordinal", Words(said), 0.95)


ROMAN_ORDINAL = Recogniser("roman", _roman_ordinal, (), words=_suffixed, languages=CODES)


def _roman(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "Louis XIV", "chapitre IV", "II. Weltkrieg"."""
    known, text = tokens.vocabulary, tokens[index].text
    number = roman(text)
    rules = known.table("romans")
    glued = tokens.is_sign(index - 1, "-'’.") or tokens[index + 1].kind is Kind.NUMERAL  # "Erazer X700"
    if not number or not rules or glued or number > _MOST:
        return
    before = tokens[tokens.before(index)]
    noun = tokens.word(index + 2) if tokens[index + 1].kind is Kind.SPACE else ""
    for gender, suffix in (("before_feminine", "ª"), ("before_masculine", "º")):
        if noun and noun in known.words("romans", gender):
            said = ordinal_word(tokens, number, suffix)
            short = known.table("ordinals", "before_noun").get(said, said) if suffix == "º" else said
            if said:
                yield Reading(tokens[index].start, tokens[index].end, "roman: before noun", Words(short), 0.93)
                return
    letter = len(text) == 1 and before.text.lower() in known.words("romans", "counted_letters")
    counted = letter or before.text.lower() in known.words("romans", "counted") or _has_abbreviation(tokens, index)
    start, end = tokens[index].start, tokens[index].end
    named = before.kind is Kind.WORD and before.text[:1].isupper() and before.text[1:].islower()
    named = named and before.text.lower() not in language_of(known.code).starters
    if known.table("ordinals").get("declined") and tokens.is_sign(index + 1, ".") and not named:
        yield from _declined(tokens, index, number, index + 1)
        return
    if counted:
        yield Reading(start, end, "roman: counted", Words(str(number)), 0.9)
    elif named and (len(text) > 1 or text in "IVX") and not (text == "I" and not _is_regnal(tokens, index)):
        said = _regnal(tokens, index, number, before.text)
        if said:
            has_stop = bool(known.table("ordinals").get("declined")) and tokens.is_sign(index + 1, ".")
            last = tokens[tokens.past_blank(index + 2)].kind is Kind.EDGE
            stop = tokens[index + 1].end if has_stop and not last else end
            yield Reading(start, stop, "roman: ruler", Words(said), 0.85)


def _has_abbreviation(tokens: Tokens, index: int) -> bool:
    """Return True if an abbreviation that leads to a number is before: "t. II"."""
    stop = tokens.before(index)
    known = language_of(tokens.vocabulary.code)
    return tokens.is_sign(stop, ".") and known.holds("before_number", tokens.word(stop - 1))


def _is_regnal(tokens: Tokens, index: int) -> bool:
    """Return True if "I" after a name counts a ruler: where the language has no such word, or no noun follows."""
    if tokens.vocabulary.table("romans").get("first", True):
        return True
    after = tokens.past_blank(index + 1)
    ends = tokens[after].kind is Kind.EDGE or tokens.is_sign(after, ",.;:()")
    return ends or tokens.word(after) in tokens.vocabulary.words("romans", "behind_first")


def _regnal(tokens: Tokens, index: int, number: int, name: str) -> str:
    known = tokens.vocabulary
    rules = known.table("romans")
    if known.table("ordinals").get("declined"):
        if not tokens.is_sign(index + 1, "."):
            return ""
        word = ordinal_word(tokens, number).capitalize()
        woman = name.rstrip("s").lower() in known.words("romans", "women")
        earlier = tokens.word(tokens.before(tokens.before(index)))
        if name.endswith("s") and name[:-1].lower() in known.words("romans", "rulers"):
            return f"{'der' if woman else 'des'} {word}en" if word else ""
        if earlier in known.words("ordinals", "prepositions"):
            return f"{'der' if woman else 'dem'} {word}en" if word else ""
        return f"{'die' if woman else 'der'} {word}e" if word else ""
    if number > rules.get("ordinals_to", 0):
        return str(number) if rules.get("figures", True) else ""
    woman = name.lower() in known.words("romans", "women")
    word = ordinal_word(tokens, number, rules.get("feminine", "") if woman else "")
    return str(rules.get("article", "")) + word if word else ""


ROMAN = Recogniser(
    "roman",
    _roman,
    (("Ludwig XIV. starb.", "Ludwig der Vierzehnte starb."),),
    capitals=True,
    words=lambda _: "ivx",
    languages=CODES,
)
