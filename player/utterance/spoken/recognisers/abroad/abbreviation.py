"""Abbreviations said in full: "z. B.", "M. Dupont", "Sr. Silva". What they stand for is in sentences/data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from player.story.roman_numerals import roman
from player.utterance.sentences.language import TABLES, language_of
from player.utterance.spoken.languages import WITH_ABBREVIATIONS
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import Vocabulary

_MOST_PARTS = 4
"""In "u. v. m."."""
_SURE = 0.95
_LONG = 3
"""Letters of an abbreviation that is no other word."""
_CLOSING = "\"'”’“»)]}"


@cache
def _meanings(code: str) -> dict[str, dict[str, str]]:
    """Table -> abbreviation -> meaning: those of the sentence splitter, less `left`, and what [more] adds."""
    known = Vocabulary(code)
    left = known.words("abbreviations", "left")
    tables = language_of(code).tables
    kept = {name: {key: said for key, said in tables[name].items() if key not in left} for name in TABLES}
    for name in TABLES:
        kept[name] |= known.table("abbreviations", name)
    return kept


@cache
def _keys(code: str) -> frozenset[str]:
    more = (Vocabulary(code).table("abbreviations", name) for name in ("behind_ordinals", "before_strokes"))
    return frozenset(key for table in (*_meanings(code).values(), *more) for key in table)


def _first_words(known: Vocabulary) -> Iterable[str]:
    return {key.partition(".")[0].partition("-")[0].rstrip("°") for key in _keys(known.code)} - {""}


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    hyphened = tokens.word(index) in tokens.vocabulary.words("abbreviations", "behind_hyphens")
    joined = tokens.is_sign(index - 1, "-–") and not hyphened  # "Martin-Str."
    if joined or tokens.is_sign(index - 1, ".@/&") or tokens[index - 1].kind is Kind.NUMERAL:
        return
    code = tokens.vocabulary.code
    for key, after in reversed(list(_written(tokens, index))):
        goes_on = tokens[after - 1].text == "." and len(tokens[after].text) == 1 and tokens[after].text.isupper()
        goes_on |= tokens[after].text.islower()  # the "Gent." of "Gent.ma"
        if key not in _keys(code) or goes_on:  # the "S.A.R" of "S.A.R.L."
            continue
        said = _meaning(tokens, index, after, key)
        if said:
            end = tokens[after - 1].end
            said += " " * (tokens[after].kind in (Kind.NUMERAL, Kind.WORD))  # "art.46", "Prof.Rossi"
            if tokens[after - 1].text == "." and _is_last(tokens, after):
                end -= 1
            yield Reading(tokens[index].start, end, "abbreviation: in full", Words(said), _SURE)
        return


def _written(tokens: Tokens, index: int) -> Iterator[tuple[str, int]]:
    """Yield what may be an abbreviation here, shortest first: "v", "v.chr"; each with the index behind it."""
    key = tokens.word(index)
    bare = tokens.vocabulary.words("abbreviations", "bare")
    if tokens.is_sign(index + 1, "°"):
        yield key + "°", index + 2
        return
    at = index + 1
    paired = key in tokens.vocabulary.words("abbreviations", "bare_before_pairs") and _begins_pair(tokens, at + 1)
    capitals = tokens[index].text.isupper() and (  # "MR Bild", "de VS"
        key in _meanings(tokens.vocabulary.code)["title"]
        or key in tokens.vocabulary.words("abbreviations", "bare_in_small")
    )
    if ((key in bare and not capitals) or paired) and not tokens.is_sign(at, ".-'’"):
        yield key, at
        return
    for _ in range(_MOST_PARTS):
        if not tokens.is_sign(at, "."):
            return
        yield key, at + 1
        if tokens.is_sign(at + 1, "°"):
            yield f"{key}.°", at + 2  # "n.° 5"
        hyphen = tokens.is_sign(at + 1, "-")
        more = at + 2 if hyphen else tokens.past_blank(at + 1)
        if hyphen and tokens.is_sign(more + 1, "-"):  # "c.-à-d."
            key, more = f"{key}.-{tokens.word(more)}", more + 2
            joint = "-"
        else:
            joint = ".-" if hyphen else "."
        if tokens.word(more) in tokens.vocabulary.words("abbreviations", "links") and tokens[more + 1].text == " ":
            key, more = f"{key}.{tokens.word(more)}", more + 2  # "a. de C."
        if not tokens.word(more):
            return
        glued = not hyphen and more == at + 1 and len(tokens.word(more)) > 1
        key = key + joint + tokens.word(more)
        at = more + 1
        if tokens.word(more) in ("º", "ª") or (glued and not tokens.is_sign(at, ".-")):
            yield key, at  # "n.º", "sig.ra"


def _begins_pair(tokens: Tokens, index: int) -> bool:
    """ "3 et 4", "12 à 15", "3, 4"."""
    comma = tokens.is_sign(index + 1, ",")
    joint = (
        tokens.text[tokens[index].end : tokens[index + 4].start]
        in tokens.vocabulary.table("grammar", "joints").values()
    )
    return tokens[index].kind is tokens[index + 3 if comma else index + 4].kind is Kind.NUMERAL and (comma or joint)


def _is_last(tokens: Tokens, index: int) -> bool:
    """Return True if nothing follows but quotation marks and brackets: then the full stop ends the sentence as well."""
    while tokens[index].kind is Kind.SPACE or tokens.is_sign(index, _CLOSING):
        index += 1
    return tokens[index].kind is Kind.EDGE


def _meaning(tokens: Tokens, first: int, after: int, key: str) -> str:
    """Return what it stands for here; empty where it may be a word, an initial, or another abbreviation."""
    code = tokens.vocabulary.code
    tables = _meanings(code)
    shouted = tokens[first].text.isupper() and tokens[after - 2].text.isupper()
    mixed = tokens[first].text.islower() and tokens[after - 2].text.isupper()
    small = tokens[first].text.islower() and tokens[after - 2].text.islower()
    table = "in_capitals" if shouted else "last_capital" if mixed else "in_small" if small else ""
    in_capitals = tokens.vocabulary.table("abbreviations", table).get(key) if table else None
    ordinal = tokens.before(first)
    if not in_capitals and _is_ordinal(tokens, ordinal):
        in_capitals = tokens.vocabulary.table("abbreviations", "behind_ordinals").get(key)  # "au XXIe s."
    if in_capitals:
        return str(in_capitals)
    following = tokens[tokens.past_blank(after + tokens.is_sign(after, "-"))]  # "St.-Martin-Straße"
    number_after = following.kind is Kind.NUMERAL or _is_roman(following.text)
    number_before = tokens[tokens.before(first)].kind is Kind.NUMERAL
    number_before |= tokens[tokens.before(_before_of(tokens, first))].kind is Kind.NUMERAL
    numbered = _numbered(tokens, first, key, following.text) if number_after else ""
    if numbered and not (number_before and key in tables["unit"]):  # "5 min. 30"
        return numbered
    if (number_after or number_before) and key in tables["date"]:
        return tables["date"][key]
    if number_before and key in tables["unit"] and key in tokens.vocabulary.words("abbreviations", "counted"):
        return _counted(tokens, first).get(key) or tables["unit"][key]
    named = following.text[:1].isupper() or following.text in tables["title"]
    named = named or following.text == tokens.vocabulary.table("grammar", "joints").get("and", "").strip()
    small = tokens[first].text.islower() and key in tokens.vocabulary.words("abbreviations", "no_titles_in_small")
    article = following.text in tokens.vocabulary.words("abbreviations", "behind_titles")  # "M. le Président"
    named = (named or article) and not small  # "lt. Polizei"
    if key in tables["title"] and named and (len(key) > 1 or tokens[first].text.isupper()):
        woman = following.text in tokens.vocabulary.words("abbreviations", "women")
        titles = {**tables["title"], **(tokens.vocabulary.table("abbreviations", "of_women") if woman else {})}
        return str(titles[key])
    return _plain(tokens, after, key)


def _numbered(tokens: Tokens, first: int, key: str, number: str) -> str:
    """Return what it stands for before a number, "Wereldoorlog" in "WO II"; empty when it is none of these."""
    known = tokens.vocabulary
    if tokens[first].text.isupper() and _is_roman(number) and key in known.table("abbreviations", "before_romans"):
        return str(known.table("abbreviations", "before_romans")[key])
    in_law = known.table("abbreviations", "in_laws") if _is_in_law(tokens, first) else {}
    if tokens[first].text.isupper() and _is_stroked(tokens, tokens.past_blank(first + 2)):
        in_law = known.table("abbreviations", "before_strokes")  # "L. 104/92"
    return str(in_law.get(key) or _meanings(known.code)["before_number"].get(key, ""))


def _is_ordinal(tokens: Tokens, index: int) -> bool:
    """Return True if an ordinal ends here: "au 2e s.", "au XXIe s.", "nel XX sec."."""
    endings, token = tokens.vocabulary.words("ordinals", "endings_of_numerals"), tokens[index]
    if tokens[index - 1].kind is Kind.NUMERAL and token.text in endings:
        return True
    return any(roman(token.text.removesuffix(ending)) for ending in ("", *endings))


def _is_in_law(tokens: Tokens, first: int) -> bool:
    """Return True behind a paragraph of a law: "Abs. 3 S. 2", "§ 5 S. 1"."""
    named = tokens.before(tokens.before(first))
    if tokens.is_sign(named, "§"):
        return True
    return tokens.is_sign(named, ".") and tokens.word(named - 1) in tokens.vocabulary.words("abbreviations", "laws")


def _is_stroked(tokens: Tokens, index: int) -> bool:
    """ "104/92", "300/1970"."""
    return tokens[index].kind is tokens[index + 2].kind is Kind.NUMERAL and tokens.is_sign(index + 1, "/")


def _before_of(tokens: Tokens, first: int) -> int:
    """Return the index of what stands before this token, less the full stop of a day, or the word between day and
    month."""
    before = tokens.before(first)
    linked = tokens.is_sign(before, ".") or tokens.word(before) in tokens.vocabulary.words("abbreviations", "links")
    return before if linked else first


def _counted(tokens: Tokens, first: int) -> Mapping[str, str]:
    """Return what units are called after a number behind a preposition: "в 1990 году"."""
    word = tokens.word(tokens.before(tokens.before(first)))
    inside = word in tokens.vocabulary.words("abbreviations", "inside")
    return tokens.vocabulary.table("abbreviations", "inside_a_number") if inside else {}


def _plain(tokens: Tokens, after: int, key: str) -> str:
    code = tokens.vocabulary.code
    tables, language = _meanings(code), language_of(code)
    last = _is_last(tokens, after)
    if len(key) == 1 and (last or key not in tokens.vocabulary.words("abbreviations", "single")):
        return ""
    if last and key in language.also_words:
        return ""
    tried = ("other", "place", "company", "street") if last else ("leads_on", "other", "place", "company", "street")
    if not last and len(key) >= _LONG and key not in language.also_words:
        tried = (*tried, "before_number", "title")  # "la pág. siguiente"
    return next((tables[name][key] for name in tried if key in tables[name]), "")


def _is_roman(text: str) -> bool:
    return bool(text) and text.isupper() and set(text) <= set("IVXLC")


ABBREVIATION = Recogniser(
    "abbreviation",
    _propose,
    (("Das ist z. B. Dr. Müller, Nr. 5.", "Das ist zum Beispiel Doktor Müller, Nummer 5."),),
    words=_first_words,
    languages=WITH_ABBREVIATIONS,
)


def _compound(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a full stop: "Bahnhofstr.", "Hausnr."."""
    word = tokens[index - 1]
    known = language_of(tokens.vocabulary.code)
    end = next((end for end in known.compounds if word.text.endswith(end) and len(word.text) > len(end) + 1), "")
    if not end or word.kind is not Kind.WORD:
        return
    said = next((table[end] for table in _meanings(tokens.vocabulary.code).values() if end in table), end)
    stop = tokens[index].start if _is_last(tokens, index + 1) else tokens[index].end
    yield Reading(word.start, stop, "abbreviation: compound", Words(word.text[: -len(end)] + said.lower()), _SURE)


COMPOUND = Recogniser(
    "abbreviation", _compound, (("Bahnhofstr. 5", "Bahnhofstraße 5"),), signs=".", languages=("de", "nl")
)
