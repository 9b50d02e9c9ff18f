"""Roman numerals behind a name, and by themselves: "Louis XIV", "Chapter IV", "Volumes II and III"."""

from __future__ import annotations

from collections.abc import Iterator

from player.story.roman_numerals import roman, to_roman
from player.utterance.spoken.calendar_values import Year
from player.utterance.spoken.grammar import is_plural
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Joint, Numbered
from player.utterance.spoken.vocabulary import Vocabulary

ALONE = frozenset(to_roman(number).lower() for number in (2, 3, 4, 7, 8, 9, 12, 13, 14, 15)) | frozenset(
    to_roman(number) for number in (2, 3, 7, 8, 12, 13, 14, *range(16, 20), *range(21, 24))
)
"""By themselves these are numerals, and no words, names or sizes."""
_LETTERS = "IVXLCDM"
_HIGHEST_OF_A_LINE = 10
_HIGHEST_COUNTED = 399
_SHORTEST_YEAR, _FIRST_YEAR, _LAST_YEAR = 5, 1500, 2100
_MOST_LISTED = 8
"""Tokens between the word that is counted and the last numeral: "Volumes I, II and III"."""
_APOSTROPHES = "'’"
_SHORTEST_NAME = 3
"""Letters, of a ruler whom no list names, less one."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a numeral in capitals."""
    token = tokens[index]
    if token.text.strip(_LETTERS):
        return
    long = len(token.text) >= _SHORTEST_YEAR - token.text.startswith("MM")  # "MMXX"
    year = roman(token.text, _LAST_YEAR) if long else None
    if year and year >= _FIRST_YEAR:
        yield Reading(token.start, token.end, "Roman numeral: year", Year(str(year)), 0.9)
    number = roman(token.text) or _above_hundred(tokens, index)
    if number is None or tokens[index - 1].kind in (Kind.WORD, Kind.NUMERAL) or _is_contracted(tokens, index):
        return
    span = token.start, token.end
    if tokens.word(index - 2) == "the" and tokens[index - 4].text in tokens.vocabulary.words("names", "regnal"):
        yield Reading(*span, "Roman numeral: ruler", Numbered(number, "ordinal"), 0.9)  # "Louis the XIV"
        return
    counted = tokens.after(index + 1) if tokens.is_sign(index + 1, "-–") else tokens.after(index)
    centuries = tokens.vocabulary.words("calendar", "centuries")
    century = tokens.word(counted) in centuries
    until = tokens.is_sign(index + 1, "-–") and roman(tokens[index + 2].text)
    if until and tokens.word(tokens.after(index + 2)) in centuries:  # "the XVIII–XIX centuries"
        yield Reading(*span, "Roman numeral: century", Numbered(number, "ordinal"), 0.92)
        yield Reading(token.end, tokens[index + 2].start, "Roman numeral: range", Joint("to"), 0.92)
        return
    if century or _is_of_an_army(tokens, index):
        told = "century" if century else "army"
        yield Reading(*span, f"Roman numeral: {told}", Numbered(number, "ordinal"), 0.92)
        return
    yield from _of_a_heading(tokens, index, number)
    yield from _stopped(tokens, index, number)
    if index == 0 and len(token.text) > 1 and tokens.is_sign(1, ".") and tokens[3].text[:1].isupper():
        yield Reading(*span, "Roman numeral: heading", Numbered(number), 0.8)  # "IV. Results"
        return
    styled = tokens[index - 2].text in tokens.vocabulary.words("names", "regnal") and tokens[index + 2].text.islower()
    dashed = tokens.is_sign(index + 2, "-")  # "CHAPTER III--THE END"
    era = tokens[index - 2].text.istitle() and tokens.word(index + 2) in tokens.vocabulary.words(
        "romans", "behind_hyphen"
    )
    free = tokens[index + 1].text != "-" or dashed or styled or era or roman(tokens[index + 2].text) is not None
    if tokens[index - 1].kind is Kind.SPACE and free:
        yield from _behind(tokens, index, number)
    yield from _listed(tokens, index, number)
    if token.text in ALONE and is_alone(tokens, index):
        yield Reading(*span, "Roman numeral: alone", Numbered(number), 0.52)


def _above_hundred(tokens: Tokens, index: int) -> int | None:
    """Return the value of a numeral above 99 behind what is counted: "Psalm CXIX", "Sonnet CXVI"."""
    long = len(tokens[index].text) > 2 and tokens[index - 1].text == " "
    stop = tokens.is_sign(index - 2, ".")
    counted = long and is_counted(tokens, index - 3 if stop else index - 2, stop=stop)
    return roman(tokens[index].text, _HIGHEST_COUNTED) if counted else None


def _is_of_an_army(tokens: Tokens, index: int) -> bool:
    """ "XXIV Army Corps", "the III Corps"."""
    known, noun = tokens.vocabulary, tokens[index + 2].text
    armed = noun in known.words("romans", "armies") and (len(tokens[index].text) > 1 or noun == "Corps")
    return armed and tokens[index + 1].text == " " and tokens[index].text not in known.words("romans", "letters")


def _of_a_heading(tokens: Tokens, index: int, number: int) -> Iterator[Reading]:
    """ "XXV." by itself, "STORY XXIII", "XIII: A FIGHT"."""
    text, span = tokens[index].text, (tokens[index].start, tokens[index].end)
    whole = len(tokens.items) == 1 or (len(tokens.items) == 2 and tokens.is_sign(1, "."))
    if whole and (len(text) > 1 or text in "VX") and text not in tokens.vocabulary.words("romans", "letters"):
        yield Reading(*span, "Roman numeral: heading", Numbered(number), 0.8)
    elif tokens.is_shouted and len(text) > 1 and not text.strip("IVX"):
        yield Reading(*span, "Roman numeral: heading", Numbered(number), 0.62)


def _stopped(tokens: Tokens, index: int, number: int) -> Iterator[Reading]:
    """Yield a ruler's number with a full stop in the sentence, as in old books: "Charles V. who", "Henry II., to"."""
    name, after = tokens[index - 2].text, index + 2
    if name not in tokens.vocabulary.words("names", "regnal") or tokens[index - 1].text != " ":
        return
    goes_on = tokens.is_sign(after, ",;:") or tokens[tokens.past_blank(after)].text.islower()
    if tokens.is_sign(index + 1, ".") and goes_on and tokens[tokens.past_blank(after)].kind is not Kind.EDGE:
        end = tokens[index + 1].end
        yield Reading(tokens[index].start, end, "Roman numeral: stopped", Numbered(number, "ruler"), 0.9)


def _is_contracted(tokens: Tokens, index: int) -> bool:
    """Return True if it is the pronoun, or a letter with a point: "I'm", "C.S."."""
    if tokens.is_sign(index + 1, _APOSTROPHES):
        return tokens.word(index + 2) in tokens.vocabulary.words("romans", "contractions")
    return tokens.is_sign(index + 1, ".") and tokens[index + 2].kind is Kind.WORD


def _behind(tokens: Tokens, index: int, number: int) -> Iterator[Reading]:
    """Behind a word: what it counts, or a name."""
    numeral, known = tokens[index].text, tokens.vocabulary
    stop = tokens.is_sign(index - 2, ".")
    name = tokens[index - 3 if stop else index - 2]
    sizes = known.words("romans", "letters")
    span = tokens[index].start, tokens[index].end
    if name.kind is not Kind.WORD:
        return
    if stop and name.text.lower() in known.words("romans", "rulers_short") and name.text.istitle():
        if numeral != "I" or _is_first(tokens, index):
            yield Reading(*span, "Roman numeral: ruler", Numbered(number, "ruler"), 0.87)
        return
    counted = is_counted(tokens, index - 3 if stop else index - 2, stop=stop)
    counted = counted or (len(numeral) > 1 and not stop and is_counted_thing(tokens, index - 2))
    glued = tokens.is_sign(index + 1, "-.'’") and tokens[index + 2].kind in (Kind.WORD, Kind.NUMERAL)
    ranged = tokens.is_sign(index + 1, "-–") and roman(tokens[index + 2].text) is not None  # "stage III-IV"
    glued = glued and not ranged
    lettered = numeral in ("C", "L") or f"{name.text} {numeral}" in known.table("romans", "names").values()
    if name.text[0].islower():
        ends = stop and tokens[index + 1].kind is not Kind.SPACE  # "vol. I, page 3", not "in ch. I found"
        several = (
            len(numeral) > 1
            or _is_of_first(tokens, index)
            or (numeral == "V" and not _is_letter(tokens, index))
            or ranged
            or ends
        )
        if counted and several and numeral not in sizes and not glued:
            yield Reading(*span, "Roman numeral: counted", Numbered(number), 0.8)
            if ranged:  # "vols. I–III"
                yield Reading(tokens[index].end, tokens[index + 2].start, "Roman numeral: range", Joint("to"), 0.92)
        return
    if lettered:
        return
    given = name.text in known.words("names", "given")
    if counted and not (given and _is_initial(tokens, index)):  # "Mark V. Smith"
        yield Reading(*span, "Roman numeral: counted", Numbered(number), 0.85)
    elif not stop and not (len(numeral) == 1 and _is_initial(tokens, index)):
        yield from _of_a_line(tokens, index, number)


def _is_of_first(tokens: Tokens, index: int) -> bool:
    """ "a type I error", "type I and type II errors", "stage I or II": no pronoun."""
    known, then = tokens.vocabulary, tokens.word(index + 2)
    if tokens[index].text != "I" or then in known.words("romans", "behind_first"):
        return tokens[index].text == "I"
    at = index + 6 if tokens.word(index + 4) == tokens.word(index - 2) else index + 4
    paired = then in known.words("romans", "joints") or tokens.is_sign(index + 2, "/")
    return paired and len(tokens[at].text) > 1 and roman(tokens[at].text) is not None


def _is_letter(tokens: Tokens, index: int) -> bool:
    """ "the letter V"."""
    return tokens.word(index - 2) in tokens.vocabulary.words("romans", "before_letters")


def is_counted(tokens: Tokens, index: int, *, stop: bool) -> bool:
    """Return True if a word here is counted: "Chapter", "vol.", "types"."""
    word, known = tokens.word(index), tokens.vocabulary
    names = counted_words(known)
    if stop and word in known.words("romans", "counted_short"):
        return True
    return word in names or word.removesuffix("s") in names


def is_counted_thing(tokens: Tokens, index: int) -> bool:
    """ "Block IV", "Spanish III"; not "William Hall III", "J. Ward II"."""
    known, before = tokens.vocabulary, tokens.before(index)
    person = tokens[before].text in known.words("names", "given") | known.words("names", "regnal")
    initial = tokens.is_sign(before, ".") and len(tokens[before - 1].text) == 1
    return tokens[index].text in known.words("names", "counted_above_one") and not (person or initial)


def counted_words(known: Vocabulary) -> frozenset[str]:
    """Return the words, in small letters, that numbers follow: "chapter"."""
    return known.folded("names", "counted")


def _is_initial(tokens: Tokens, index: int) -> bool:
    """Return True if a full stop within the sentence makes it one letter of a name: "Mark C. Smith"."""
    return tokens.is_sign(index + 1, ".") and tokens[index + 2].kind is Kind.SPACE and tokens[index + 3].text != ""


def _of_a_line(tokens: Tokens, index: int, number: int) -> Iterator[Reading]:
    """Behind a name: one of a line of rulers, or a number."""
    numeral, known = tokens[index].text, tokens.vocabulary
    name = tokens[index - 2].text
    span = tokens[index].start, tokens[index].end
    name = name.capitalize() if name.isupper() else name
    earlier = tokens.before(index - 2)
    before = [tokens[at].text for at in (tokens.before(earlier), earlier)]
    rulers, regnal = known.words("names", "rulers"), known.words("names", "regnal")
    if any(word in rulers for word in before) or (name in regnal and numeral != "I"):
        yield Reading(*span, "Roman numeral: ruler", Numbered(number, "ruler"), 0.85)
    elif name in regnal:
        if _is_first(tokens, index) or _is_paired(tokens, index):
            yield Reading(*span, "Roman numeral: first", Numbered(1, "ruler"), 0.85)
    elif (
        numeral == "I"
        and len(name) > _SHORTEST_NAME
        and tokens[index - 2].text.istitle()
        and (_reigned(tokens, index) or _is_of_a_land(tokens, index))
    ):
        yield Reading(*span, "Roman numeral: first", Numbered(1, "ruler"), 0.8)
    elif numeral == "I" and len(name) > _SHORTEST_NAME and _is_paired(tokens, index):
        person = tokens[index - 2].text.istitle()  # "Khosrow I and Yazdegerd III"; "SALT I and START II"
        yield Reading(*span, "Roman numeral: paired", Numbered(1, "ruler" if person else "count"), 0.7)
    elif numeral not in known.words("romans", "letters") and (len(numeral) > 1 or _is_of_a_title(tokens, index)):
        person = before[-1] in regnal or before[-1] in known.words("names", "given")
        full_name = person and len(numeral) > 1 and number < _HIGHEST_OF_A_LINE
        yield Reading(*span, "Roman numeral: name", Numbered(number, "ruler" if full_name else "count"), 0.55)


def _is_of_a_land(tokens: Tokens, index: int) -> bool:
    """ "Franz Josef I of Austria", "Willem I of the Netherlands"; not "Anna, I of course knew"."""
    land = index + 6 if tokens.word(index + 4) == "the" else index + 4
    return tokens.word(index + 2) == "of" and tokens[land].text.istitle() and len(tokens[land].text) > 1


def _is_of_a_title(tokens: Tokens, index: int) -> bool:
    """Return True if "V" is the last of several words with capitals, and no letter of a name: "Grand Theft Auto V"."""
    first = tokens.before(index - 2)
    words = [tokens[at] for at in (tokens.before(first), first, index - 2)]
    titled = all(word.kind is Kind.WORD and word.text.istitle() for word in words[1:]) and words[0].text.istitle()
    behind = tokens[tokens.after(index)]
    ends = behind.kind is not Kind.WORD or behind.text.islower()
    people = tokens.vocabulary.words("names", "given") | tokens.vocabulary.words("names", "regnal")
    return tokens[index].text == "V" and titled and ends and people.isdisjoint(word.text for word in words)


def _is_paired(tokens: Tokens, index: int) -> bool:
    """ "Elizabeth I and Mary I"."""
    name, numeral = tokens[index + 4].text, tokens[index + 6].text
    ruler = name in tokens.vocabulary.words("names", "regnal")
    return tokens.word(index + 2) == "and" and (
        ruler or (name[:1].isupper() and len(numeral) > 1 and roman(numeral) is not None)
    )


def _reigned(tokens: Tokens, index: int) -> bool:
    """ "Suleiman I (1494–1566)", "Osman I (r. 1299–1326)"."""
    at = index + 3
    if not tokens.is_sign(index + 2, "(") or tokens[index + 1].text != " ":
        return False
    if tokens.word(at) in tokens.vocabulary.table("life", "events"):
        return True
    years = tokens[at].text, tokens[at + 2].text
    return tokens.is_sign(at + 1, "-–") and all(text.isdecimal() and len(text) in (2, 3, 4) for text in years)


def _is_first(tokens: Tokens, index: int) -> bool:
    """Return True if "I" behind a ruler's name counts him: "Charles I of England", "Charles I was crowned"."""
    known = tokens.vocabulary
    following = tokens[index + 1]
    if tokens.is_sign(index + 1, _APOSTROPHES):
        return tokens[index + 2].text == "s"
    if following.kind is Kind.SPACE:
        return _goes_on(tokens, index + 2)
    ends = tokens[index + 2].kind is Kind.EDGE
    if tokens.is_sign(index + 1, "-") and tokens.is_sign(index + 2, "-"):
        return True
    led = tokens.word(tokens.before(index - 2)) in known.words("romans", "before_rulers")
    listed = len(tokens[index + 3].text) > 1 and roman(tokens[index + 3].text)  # "Edward I, II and III"
    if (led and tokens.is_sign(index + 1, ",;?!")) or (listed and tokens.is_sign(index + 1, ",")):
        return True  # "the daughter of Charles I, and"
    if tokens.is_sign(index + 1, ",;") and not ends:
        apposed = tokens[index + 3].text
        year = len(apposed) == 4 and apposed.isdecimal() and apposed[0] == "1"
        return year or apposed.lower() in known.words("romans", "in_apposition")
    return (
        following.kind is Kind.EDGE or tokens.is_sign(index + 1, ')”"') or (ends and tokens.is_sign(index + 1, ",.;:"))
    )


def _goes_on(tokens: Tokens, index: int) -> bool:
    """Return True if a sentence about "Charles I" goes on so: "of England", "and II", "was crowned", "reigned"."""
    known, word, then = tokens.vocabulary, tokens.word(index), tokens[index + 2].text
    if word in known.words("romans", "before_epithets"):  # "Charles I of England", "Peter I the Great"
        return "A" <= then[:1] <= "Z"
    if word == "and":
        return roman(then) is not None
    if word == "was":
        return then.endswith("ed") or then in known.words("romans", "was")
    named = (
        tokens[index].text.istitle() and len(word) > 2 and tokens[index + 1].kind is not Kind.WORD
    )  # "Ptolemy I Soter"
    return named or tokens[index].text == "(" or word in known.words("romans", "reigned")


def _listed(tokens: Tokens, index: int, number: int) -> Iterator[Reading]:
    """Yield the second of two or more: "Volumes II and III", "James VI and I", "Parts I–III"."""
    known = tokens.vocabulary
    at, joints = index, 0
    while at > index - _MOST_LISTED * 2 and joints < _MOST_LISTED:
        joint = tokens.before(at)
        word = tokens.word(joint)
        if not (tokens.is_sign(joint, ",-–&") or word in known.words("romans", "joints")):
            break
        at = tokens.before(joint)
        at = tokens.before(at) if tokens.is_sign(at, ",") else at
        joints += 1
        if roman(tokens[at].text) is None:
            return
    if not joints or at == index or tokens[at - 1].kind is not Kind.SPACE or _is_pronoun(tokens, index):
        return
    numeral = tokens[index].text
    counted = is_counted(tokens, at - 2, stop=False)
    counted = counted or (
        tokens[at - 2].text.islower() and is_plural(tokens, at - 2)
    )  # "cranial nerves III, IV and VI"
    dash = tokens.before(index)
    if counted and tokens.is_sign(dash, "-–"):
        left = tokens[tokens.before(dash)].end
        yield Reading(left, tokens[index].start, "Roman numeral: range", Joint("to"), 0.92)
    if counted and numeral != "I":
        yield Reading(tokens[index].start, tokens[index].end, "Roman numeral: listed", Numbered(number), 0.85)
    elif (tokens[at - 2].text in known.words("names", "regnal") or _is_ruler(tokens, at)) and (
        numeral != "I" or (joints == 1 and tokens.word(index - 2) == "and")
    ):
        yield Reading(tokens[index].start, tokens[index].end, "Roman numeral: listed", Numbered(number, "ruler"), 0.85)


def _is_ruler(tokens: Tokens, index: int) -> bool:
    """Return True if a name by itself is before the first of several numerals: "Kamehameha III, IV and V"."""
    known, name = tokens.vocabulary, tokens[index - 2].text
    others = known.words("names", "counted") | known.words("names", "counted_above_one") | known.words("names", "given")
    ended = name.endswith(tuple(known.words("names", "no_rulers"))) or tokens[tokens.before(index - 2)].text.istitle()
    person = (
        name.istitle() and len(name) > _SHORTEST_NAME and name not in others and name.removesuffix("s") not in others
    )
    return len(tokens[index].text) > 1 and person and not ended


def _is_pronoun(tokens: Tokens, index: int) -> bool:
    """Return True if a verb makes "I" the speaker: "James VI and I agreed"."""
    if tokens[index].text != "I" or tokens[index + 1].kind is not Kind.SPACE:
        return False
    return tokens.word(index + 2).endswith("ed")


def is_alone(tokens: Tokens, index: int) -> bool:
    """Return True if no mark ties a numeral to what is beside it."""
    return not tokens.is_sign(index - 1, ".'’-") and not tokens.is_sign(index + 1, "'’-")


ROMAN_NAME = Recogniser(
    "Roman numeral",
    _propose,
    (
        ("Louis XIV", "Louis the fourteenth"),
        ("type II diabetes", "type 2 diabetes"),
        ("Volumes II and III", "Volumes 2 and 3"),
        ("the XIX century", "the nineteenth century"),
        ("Charles I of England", "Charles the first of England"),
        ("James VI and I", "James the sixth and the first"),
    ),
    capitals=True,
)
