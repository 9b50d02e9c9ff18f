"""Abbreviations, titles, initials and Roman numerals."""

from __future__ import annotations

import re

from player.utterance.language import language_of
from player.utterance.rules.capitals import is_quiet
from player.utterance.rules.model import BLANKS, CAPITALS, DIGITS, Rule, pairs, says, word_lists
from player.utterance.rules.numbers import ordinal, roman


_EN = language_of("en")
_LISTS = word_lists("names.en")
_SHORT = re.compile(r"(?<![\w.'’@/&-])((?:[A-Za-z]\.)+[A-Za-z]|[A-Za-z§]{1,7})\.(?=[\s,;:!?)”\"’'–—-]|\d|$)")
_FOLLOWS = re.compile(r"\s*([^\s]*)")
_PRECEDES = re.compile(r"(\S+)\s$")
_NUMBERED_STREET = re.compile(r"\d+(?:st|nd|rd|th)$|(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth)$")
_ALWAYS_LOWER = frozenset({"approx", "est", "esp", "incl", "resp"})
_PLAIN_TABLES = ("company", "degree", "street", "other")
_NOT_IN_WORDS = frozenset(
    {"etc", "al", "llc", "plc", "gmbh", "pty", "bancorp", "pop", "ref", "lib", "pub", "prop", "ser", "nat", "mus",
     "trans", "vet", "orig", "anon", "repr", "ret", "inst", "temp", "est", "std", "ht", "wt", "prob",
     "id", "fed", "def", "civ", "crim", "evid", "cit", "ibid"}
)  # fmt: skip
"""Left as they are: said right, or more often a word that ends a sentence."""

_NUMERAL = re.compile(r"\b([A-Z][\w’'-]*\.?)\s(?P<it>[IVXLC]+)\b(?!\.\w|['’]m|['’]ve|['’]ll|['’]d|-)")
_COUNTED = frozenset(word.lower() for word in _LISTS["counted"])
_COUNTS = "|".join(sorted(_COUNTED, key=len, reverse=True))
_SMALL_COUNTED = re.compile(
    rf"\b(?:(?:{_COUNTS})s?|(?:ch|chap|vol|pt|sec|bk|art|fig|app)\.)\s(?P<it>(?!CC|CV|XL|XXL|LL|LC|CI|VC)(?:[IVXLC]{{2,}}|V))\b(?!['’.-]\w)"
)
_COUNTED_ON = re.compile(
    rf"\b(?i:{_COUNTS})s?\s[IVXLC]+(?:, [IVXLC]+)*(?:,? (?:and|or|to|through) |[-–, ]+)"
    r"(?P<it>(?!I\b)[IVXLC]+)\b(?!['’]\w)"
)
_CENTURY = re.compile(r"\b(?P<it>[IVX]+)(?:th|st|nd|rd)?(?=[ -](?:century|centuries|[Dd]ynasty)\b)")
_FRONT_PAGE = re.compile(r"\b(?:[Pp]ages?|pp?\.)\s(?P<it>[ivxl]+)\b")
_BARE_TITLES = {
    "Ms": "Miz",
    "Gen": "General",
    "Mt": "Mount",
    "Ft": "Fort",
    "Lt": "Lieutenant",
    "Sgt": "Sergeant",
    "Capt": "Captain",
    "Col": "Colonel",
    "Cpl": "Corporal",
    "Rev": "Reverend",
    "Prof": "Professor",
    "Sen": "Senator",
    "Gov": "Governor",
}
_BARE_TITLE = re.compile(rf"\b(?P<it>{'|'.join(_BARE_TITLES)})(?= (?!Alpha|Beta|Xer|Zer)[A-Z][a-z])")
_BARE_JUNIOR = re.compile(r"(?<=[a-z,]) (?P<it>[JS]r)\b(?![.-])")

_BOOKS = sorted({*_EN.tables["book"], *_EN.tables["book"].values(), *_LISTS["books"]})
_VERSE = re.compile(r"\d{1,3}:\d")
_CHAPTER_AND_VERSE = re.compile(rf"\b(?i:{'|'.join(_BOOKS)})\.?\s\d{{1,3}}(?P<it>:)(?=\d)")

_INITIALED = re.compile(r"\.\s\S")
"""Behind a letter: a full stop in a sentence belongs to an initial."""

_INITIAL = re.compile(r"(?<![\w.'’])([A-Z])(?P<it>\.)(?=\s[A-Z]|[A-Z][a-z])")
_INITIAL_A = re.compile(r"(?<![\w.'’])A\.(?=\s[A-Z])")
_LETTER_A = re.compile(r"(?<=[a-z\d] )A(?=,? [a-z])")
_ACRONYM_STOP = re.compile(r"(?<![\w])(?:[A-Z]\.){1,4}[A-Z](?P<it>\.)(?=\s[A-Z\d])")
_A_YEAR = re.compile(r"(?:1[0-9]|20)\d\d\b(?!,\d)")
_DEGREE = re.compile(r"\bPh\.\s?D\b\.?")
_SMALL = {
    "w/o": "without",
    "w/": "with",
    "c/o": "care of",
    "'n'": "and",
    "’n’": "and",
    "Xmas": "Christmas",
    "km/h": "kilometers per hour",
    "n/a": "not applicable",
    "N/A": "not applicable",
    "et al.": "and others",
    "y/y": "year on year",
    "q/q": "quarter on quarter",
}
_SMALL_WORDS = re.compile(r"(?<!\w)(?:w/o|w/(?=\s)|c/o|['’]n['’]|Xmas|km/h|n/a|N/A|y/y|q/q|et al\.)(?!\w)")


def _short(match: re.Match[str]) -> str | None:
    """What an abbreviation stands for, with its full stop kept where it also ends the sentence."""
    written = match[1]
    key = written.lower()
    if key not in _EN.abbreviations:
        return None
    text, end = match.string, match.end()
    follows = _FOLLOWS.match(text, end)
    after = follows[1] if follows else ""
    verse = _EN.tables["book"].get(key) if _VERSE.match(after) else None
    said = verse or _meaning(key, written, _before(match), after)
    if said is None:
        return None
    last = not text[end:].strip("\"'”’)] ")
    glued = " " if end < len(text) and text[end].isdigit() else ""
    return said + ("." if last else glued)


def _before(match: re.Match[str]) -> str:
    found = _PRECEDES.search(match.string, max(0, match.start() - 30), match.start())
    return found[1] if found else ""


def _meaning(key: str, written: str, before: str, after: str) -> str | None:
    capital = written[0].isupper()
    if key == "st":
        return _saint_or_street(written, before, after)
    if _EN.holds("before_number", key) and _is_number(after):
        denied = not capital and (key in ("art", "app", "tab") or before.lower().strip(",") in _EN.denies)
        return None if denied else _cased(_EN.tables["before_number"][key], capital)
    if (
        _EN.holds("title", key)
        and capital
        and (after[:1].isupper() or after in ("and", "&"))
        and not (key == "sr" and before[:1].isupper())
    ):
        return _EN.tables["title"][key]
    if _EN.holds("leads_on", key):
        return _leads_on(key, capital, before, after)
    if (
        _EN.holds("date", key)
        and capital
        and (_is_number(after) or (key != "mar" and (after or key not in _EN.also_words)))
    ):
        return _EN.tables["date"][key]
    return _plain_meaning(key, capital, before, after)


def _is_number(word: str) -> bool:
    bare = word.rstrip(".,;:)")
    small = len(bare) > 1 and bare.islower()
    return word[:1].isdigit() or (word != "I" and roman(bare.upper() if small else bare) is not None)


def _saint_or_street(written: str, before: str, after: str) -> str:
    named = before in _LISTS["streets"] or _NUMBERED_STREET.search(before)
    return "Saint" if written == "St" and after[:1].isupper() and not named else _cased("street", written[0] == "S")


def _leads_on(key: str, capital: bool, before: str, after: str) -> str | None:
    if key == "c":
        return "circa" if not capital and after[:1].isdigit() else None
    if key == "v":
        return "versus" if not capital and before[:1].isupper() and after[:1].isupper() else None
    if key in ("esp", "resp", "aka", "ie", "eg"):
        return None
    return _cased(_EN.tables["leads_on"][key], capital)


def _plain_meaning(key: str, capital: bool, before: str, after: str) -> str | None:
    if key == "est":
        return None if not after[:1].isdigit() else "established" if _A_YEAR.match(after) else "estimated"
    if _EN.holds("place", key) and "." not in key:
        return _EN.tables["place"][key] if capital and before.endswith(",") else None
    table = next((table for table in _PLAIN_TABLES if _EN.holds(table, key)), "")
    if not table or "." in key or key in _NOT_IN_WORDS or not _is_short_for(table, key, capital, before, after):
        return None
    return _cased(_EN.tables[table][key], capital)


def _is_short_for(table: str, key: str, capital: bool, before: str, after: str) -> bool:
    """Whether it is an abbreviation here, and not a word that ends a sentence."""
    if not capital and (table in ("company", "street") or key in _EN.also_words):
        return False
    if table == "street" and key != "dr":
        return before[:1].isupper() or before[:1].isdigit()
    return key not in ("rt", "ext", "tel") or after[:1].isdigit()


def _cased(word: str, capital: bool) -> str:
    return word[0].upper() + word[1:] if capital else word


def _numeral(match: re.Match[str]) -> str | None:
    name, numeral = match[1], match["it"]
    number = roman(numeral)
    if number is None or numeral in ("C", "L"):  # letters, nearly always
        return None
    if name.rstrip(".").lower() in _COUNTED or name.lower().removesuffix("s") in _COUNTED:
        return str(number)
    before = match.string[: match.start()].split()[-2:]
    ruler = any(word in _LISTS["rulers"] for word in before)
    if len(numeral) == 1 and _INITIALED.match(match.string, match.end()):
        return None
    if ruler or (name in _LISTS["regnal"] and numeral != "I"):
        return f"the {ordinal(number)}"
    if len(numeral) == 1 or numeral in ("CC", "CV", "XL", "XXL", "LL", "LC", "CI", "VC", "XX"):
        return None
    full_name = before and before[-1][:1].isupper() and len(before) > 0
    return f"the {ordinal(number)}" if full_name and number < 10 else str(number)


def _count(match: re.Match[str]) -> str | None:
    number = roman(match["it"].upper())
    return str(number) if number else None


def _century(match: re.Match[str]) -> str | None:
    number = roman(match["it"])
    return ordinal(number) if number else None


_HIBARI = frozenset({"hibari"})
VERSES = (Rule("verse", ("John 3:16", "John 3 verse 16"), _CHAPTER_AND_VERSE, says(" verse "), pairs(DIGITS, ":")),)
"""Before all that takes "3:16" for a time or a score."""
_STOP = frozenset(".")
RULES = (
    Rule("short word", ("w/o it", "without it"), _SMALL_WORDS, lambda m: _SMALL[m.group()],
         frozenset(["y/", "q/", "w/", "c/", "m/", "n/", "N/", "'n", "’n", "Xm", "l."])),
    Rule("degree", ("a Ph.D. student", "a PhD student"), _DEGREE, says("PhD"), frozenset(["h."])),
    Rule("initial", ("A. Miller", "eh Miller"), _INITIAL_A, says("eh"), frozenset(["A."]), fine_in=_HIBARI),
    Rule("letter", ("Plan A failed.", "Plan eh failed."), _LETTER_A, says("eh"),
         frozenset([" A"]), frozenset(["A ", "A,"]), suits=is_quiet),
    Rule("abbreviation", ("Dr. Smith lives on Main St.", "Doctor Smith lives on Main Street."), _SHORT, _short,
         _STOP),
    Rule("initial", ("George W. Bush", "George W Bush"), _INITIAL, says(""),
         pairs(CAPITALS, "."), pairs(BLANKS | {"."}, CAPITALS), fine_in=_HIBARI),
    Rule("letters", ("the U.S. Senate", "the U.S Senate"), _ACRONYM_STOP, says(""),
         pairs(CAPITALS, "."), pairs(".", CAPITALS), fine_in=_HIBARI),
    Rule("Roman numeral", ("Louis XIV", "Louis the fourteenth"), _NUMERAL, _numeral,
         frozenset("IVX"), pairs(BLANKS, "IVXLC")),
    Rule("Roman numeral", ("type II diabetes", "type 2 diabetes"), _SMALL_COUNTED, _count,
         frozenset("IVX"), pairs(BLANKS, "IVXLC")),
    Rule("Roman numeral", ("Volumes II and III", "Volumes 2 and 3"), _COUNTED_ON, _count,
         frozenset("IVX"), pairs(BLANKS, "IVXLC")),
    Rule("Roman numeral", ("the XIX century", "the nineteenth century"), _CENTURY, _century, frozenset("IVX"),
         frozenset(["ce", "dy", "Dy"])),
    Rule("Roman numeral", ("see page xii", "see page 12"), _FRONT_PAGE, _count,
         pairs(" ", "ivxl"), frozenset(["ge", "es", "p."])),
    Rule("title", ("Ms Smith", "Miz Smith"), _BARE_TITLE, lambda m: _BARE_TITLES[m["it"]],
         frozenset(["Ms", "Ge", "Mt", "Ft", "Lt", "Sg", "Ca", "Co", "Cp", "Re", "Pr", "Se", "Go"])),
    Rule("title", ("Martin Luther King Jr said", "Martin Luther King Junior said"), _BARE_JUNIOR,
         lambda m: "Junior" if m["it"] == "Jr" else "Senior", frozenset(["Jr", "Sr"])),
)  # fmt: skip
