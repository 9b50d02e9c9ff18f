"""Abbreviations with a full stop, titles among them: "Dr. Smith lives on Main St.", "No. 5", "approx. 10"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from player.story.roman_numerals import roman
from player.utterance.sentences.language import Language, language_of
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.names.street import is_street_name, is_streets_name
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import Vocabulary

_LONGEST = 7
"""Letters in an abbreviation."""
_MOST_PARTS = 4
_HIGHEST_ROMAN, _SHORTEST_ROMAN = 399, 2
"""A high numeral has more letters than that: "Ps. CXIX"."""
_NEAR = 32
"""Tokens to either side in which a word of courts is looked for."""
_MOST_BEFORE_TIME = 7
"""Tokens behind an abbreviation among which a time is looked for."""
_GLUED = "@/&-'’._"
"""Before an abbreviation these make it part of something else."""
_AFTER = ",;:!?)”\"'’–—-"
_OPENING = "([“‘\"'«"
_CLOSING = "\"'”’)]"
_PLAIN_TABLES = ("company", "degree", "street", "other")
_VERSE = re.compile(r"\d{1,3}:\d")
_CODE = re.compile(r"(?:[A-Z]{1,5}-?(?:[A-Z]{1,5}-)?|[0-9]+[A-Z]+-?)[0-9]")
_A_YEAR = re.compile(r"(?:1[0-9]|20)\d\d\b(?!,\d)")


class Around(NamedTuple):
    """What stands beside an abbreviation."""

    key: str
    """In small letters, without its last full stop."""
    capital: bool
    before: str
    """The run of characters before it, a blank apart; empty when there is none."""
    after: str
    """The one behind it."""
    first: int
    """Index of its first token."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At its last word, which has a full stop behind it."""
    stop, following = tokens[index + 1], tokens[index + 2]
    after_it = following.kind in (Kind.SPACE, Kind.EDGE, Kind.NUMERAL) or following.text in _AFTER
    if not after_it or len(tokens[index].text) > _LONGEST or tokens[index - 1].kind is Kind.NUMERAL:
        return
    first = _first(tokens, index)
    if tokens.is_sign(first - 1, _GLUED) or tokens[first - 1].kind is Kind.WORD:
        return
    written = tokens.text[tokens[first].start : stop.start]
    language = language_of(tokens.language)
    if written.lower() not in language.abbreviations:
        return
    after = tokens.chunk(tokens.past_blank(index + 2))
    before = tokens.chunk_before(first).lstrip(_OPENING)
    around = Around(written.lower(), written[0].isupper(), before, after, first)
    verse = language.tables["book"].get(around.key) if _VERSE.match(after) else None
    said = verse or _timed(tokens, around) or _lettered(tokens, around) or _meaning(tokens, language, around)
    if said is None:
        return
    glued = " " if following.kind is Kind.NUMERAL else ""
    end = stop.start if _is_last(tokens, index + 2) else stop.end
    yield Reading(tokens[first].start, end, "abbreviation", Words(said + glued), 0.9)


def _first(tokens: Tokens, index: int) -> int:
    """Return the first token of an abbreviation of several letters: "a.k.a."."""
    first = index
    for _ in range(_MOST_PARTS):
        if not (len(tokens[first].text) == 1 and tokens[first - 1].text == "." and len(tokens[first - 2].text) == 1):
            break
        if tokens[first - 2].kind is not Kind.WORD:
            break
        first -= 2
    return first


def _is_last(tokens: Tokens, index: int) -> bool:
    """Return True if nothing follows but quotation marks and brackets: then its full stop ends the sentence as well."""
    while tokens[index].kind is Kind.SPACE or tokens.is_sign(index, _CLOSING):
        index += 1
    return tokens[index].kind is Kind.EDGE


def _meaning(tokens: Tokens, language: Language, around: Around) -> str | None:
    """Return what an abbreviation stands for here; None where it is left as it is."""
    key, capital, before, after, _ = around
    if key == "st":
        return _saint_or_street(tokens, around)
    lettered = len(after.rstrip(",.;")) == 1 and after[0].isupper()  # "Ste. B"
    lettered = lettered and key in tokens.vocabulary.words("abbreviations", "before_letters")
    first = after.rstrip(",.;") == "I" and capital  # "Vols. I"
    first = first and key in tokens.vocabulary.words("romans", "before_small")
    coded = key in tokens.vocabulary.words("abbreviations", "before_codes") and _CODE.match(after)  # "No. XJ-900"
    numbered = is_number(after) or lettered or first or coded
    counted = before.isdecimal() and key in tokens.vocabulary.table("abbreviations", "behind_figures")
    if (
        not counted
        and language.holds("before_number", key)
        and _is_section(tokens, around)
        and (numbered or (key == "no" and after == "of" and before))
    ):
        small = not capital and key in tokens.vocabulary.words("abbreviations", "words_before_numbers")
        denied = small or (not capital and before.lower().strip(",") in language.denies)
        return None if denied else _cased(_in_court(tokens, around) or language.tables["before_number"][key], capital)
    if language.holds("title", key) and _is_title(tokens, around):
        ranked = after.strip(",.").lower() in tokens.vocabulary.words("abbreviations", "ranks")
        return language.tables["degree" if key == "sr" and ranked else "title"][key]  # "Sr. Director"
    if language.holds("leads_on", key):
        return _meaning_beside(tokens, around) or _leads_on(tokens, language, around)
    dated = is_number(after) or (key != "mar" and (after or key not in language.also_words))
    if language.holds("date", key) and capital and dated:
        return language.tables["date"][key]
    return _plain_meaning(tokens, language, around)


def _in_court(tokens: Tokens, around: Around) -> str:
    """ "exhibit" in "the motion, Ex. 5"; empty without a word of courts near."""
    said: str = tokens.vocabulary.table("law", "in_court").get(around.key, "")
    near = range(max(around.first - _NEAR, 0), around.first + _NEAR) if said else ()
    return said if any(tokens.word(at) in tokens.vocabulary.words("law", "courts") for at in near) else ""


def _lettered(tokens: Tokens, around: Around) -> str:
    """ "Revision" in "Rev. B"; not in "Rev. B. Lee"."""
    said: str = tokens.vocabulary.table("abbreviations", "before_one_letter").get(around.key, "")
    letter = around.after.rstrip(",;)")
    return _cased(said, around.capital) if said and len(letter) == 1 and letter.isupper() else ""


def _timed(tokens: Tokens, around: Around) -> str:
    """ "departs" in "dep. 09:15", "arrives" in "arr. Paris 12:47"."""
    said: str = tokens.vocabulary.table("abbreviations", "before_times").get(around.key, "")
    behind = range(around.first + 2, around.first + 2 + _MOST_BEFORE_TIME) if said else ()
    minutes = (tokens[at + 1].text for at in behind if tokens.is_sign(at, ":") and tokens[at - 1].kind is Kind.NUMERAL)
    return _cased(said, around.capital) if any(len(one) == 2 and one.isdecimal() for one in minutes) else ""


def _is_section(tokens: Tokens, around: Around) -> bool:
    """Return True unless a letter stands for something else than a section: "7 s. 6 d.", "S. 1867"."""
    return not (
        around.key in tokens.vocabulary.words("abbreviations", "sections")
        and (around.capital or around.before[-1:].isdecimal())
    )


def _is_title(tokens: Tokens, around: Around) -> bool:
    """Return True if a name follows: "Dr. Smith", "Gens. Lee and Grant"; not "Oak Dr, 12"."""
    key, capital, before, after, first = around
    named = after[:1].isupper() or after in ("and", "&")
    named = named or after.rstrip(",.;") in tokens.vocabulary.words("abbreviations", "behind_titles")
    named = named or (after == "of" and key in tokens.vocabulary.words("abbreviations", "titles_of"))
    shorter = before.rstrip(".").lower() if before.endswith(".") else ""
    named = named or language_of(tokens.language).holds("title", shorter)  # "a Lt. Col. in it"
    if not (capital and named) or (key == "sr" and before[:1].isupper()):
        return False
    return not (language_of(tokens.language).holds("street", key) and is_streets_name(tokens, first))


def is_number(word: str) -> bool:
    """Return True if a run of characters is a number, in figures or Roman: "5", "(12)", "IV.", "xii"."""
    bare = re.split("[-–]", word.rstrip('.,;:)”"’').lstrip("(#"), maxsplit=1)[0]
    small = len(bare) > 1 and bare.islower()
    highest = _HIGHEST_ROMAN if len(bare) > _SHORTEST_ROMAN else 99
    return bare[:1].isdecimal() or (word != "I" and roman(bare.upper() if small else bare, highest) is not None)


def _saint_or_street(tokens: Tokens, around: Around) -> str:
    streets = tokens.vocabulary.words("names", "streets")
    named = around.before in streets or is_streets_name(tokens, around.first)
    if around.before.lower() in tokens.vocabulary.words("abbreviations", "streets_of_saints"):
        named = False
    saint = around.capital and around.after[:1].isupper() and not named
    return "Saint" if saint else _cased("street", around.capital)


def _leads_on(tokens: Tokens, language: Language, around: Around) -> str | None:
    key, capital, before, after, _ = around
    if key == "c":
        dated = after[:1].isdecimal() or after in tokens.vocabulary.words("abbreviations", "eras")
        return "circa" if not capital and dated else None
    if key == "v":
        return "versus" if not capital and before[:1].isupper() and (after[:1].isupper() or after == "the") else None
    if key in tokens.vocabulary.words("abbreviations", "left_leading_on"):
        return None
    return _cased(language.tables["leads_on"][key], capital)


def _plain_meaning(tokens: Tokens, language: Language, around: Around) -> str | None:
    key, capital, before, after, _ = around
    beside = _meaning_beside(tokens, around)
    if beside:
        return _cased(beside, capital)
    if key == "est":
        return None if not after[:1].isdecimal() else "established" if _A_YEAR.match(after) else "estimated"
    if key == "dr" and not is_street_name(before, language):
        return _cased("doctor", capital)
    if language.holds("place", key) and "." not in key:
        alone = key in tokens.vocabulary.words("abbreviations", "places_alone")
        street = after.rstrip(".,").lower() in language.tables["street"]  # "Mass. Ave."
        return language.tables["place"][key] if capital and (alone or street or before.endswith(",")) else None
    table = next((table for table in _PLAIN_TABLES if language.holds(table, key)), "")
    left = not table or "." in key or key in tokens.vocabulary.words("abbreviations", "left")
    if left or not _is_short_for(tokens, language, table, around):
        return None
    return _cased(language.tables[table][key], capital)


def _meaning_beside(tokens: Tokens, around: Around) -> str:
    """Return what it stands for by the word beside it: "the 2nd ed.", "ed. by Lee", "in Co. Durham"."""
    key, capital, before, after, _ = around
    known = tokens.vocabulary
    if before[:1].isdecimal() and before.endswith(tuple(known.words("numbers", "legal_endings"))):
        return str(known.table("abbreviations", "behind_ordinals").get(key, ""))
    if before.isdecimal() and key in known.table("abbreviations", "behind_figures") and not is_number(after):
        return str(known.table("abbreviations", "behind_figures")[key])
    if after[:1].isdecimal() and key in known.table("abbreviations", "before_figures"):
        return str(known.table("abbreviations", "before_figures")[key])
    if capital and after[:1].isupper() and not before[:1].isupper() and before[-1:] != "&":  # "Smith & Co. Ltd."
        return str(known.table("abbreviations", "before_names").get(key, ""))
    return str(known.table("abbreviations", "before_words").get(f"{key} {after}", ""))


def _is_short_for(tokens: Tokens, language: Language, table: str, around: Around) -> bool:
    """Return True if it is an abbreviation here, and not a word that ends a sentence."""
    key, capital, before, after, _ = around
    dialled = after.lstrip("(+")[:1].isdecimal()  # "Tel. (212) 555-1234"
    if key in tokens.vocabulary.words("abbreviations", "only_before_numbers") and dialled:
        return True
    if not capital and (table in ("company", "street") or key in language.also_words):
        return False
    if table == "street":
        return is_street_name(before, language)
    return key not in tokens.vocabulary.words("abbreviations", "only_before_numbers") or after[:1].isdecimal()


def _cased(word: str, capital: bool) -> str:
    return word[0].upper() + word[1:] if capital else word


def _last_words(known: Vocabulary) -> frozenset[str]:
    return frozenset(key.rpartition(".")[2] for key in language_of(known.code).abbreviations)


ABBREVIATION = Recogniser(
    "abbreviation",
    _propose,
    (("Dr. Smith lives on Main St.", "Doctor Smith lives on Main Street."),),
    stopped=_last_words,
)


def _degree(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "Ph": "a Ph.D. student"."""
    last = tokens.past_blank(index + 2)
    if tokens[index].text != "Ph" or tokens[last].text != "D":
        return
    end = last + 1 if tokens.is_sign(last + 1, ".") and not _is_last(tokens, last + 2) else last
    yield Reading(tokens[index].start, tokens[end].end, "degree", Words("PhD"), 0.97)


DEGREE = Recogniser("degree", _degree, (("a Ph.D. student", "a PhD student"),), stopped=lambda _: ("ph",))
