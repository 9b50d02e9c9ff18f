"""Numbers that agree with what they count, which engines say as masculines: "200 personas" is "doscientas personas",
"21 años" "veintiún años", "2 casas" in Portuguese "duas casas"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.agreement import in_words
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.abroad.one import is_feminine
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_FILE = "agreeing"
_FIRST_YEAR, _LAST_YEAR = "1100", "2100"
_SHORTEST = 3
"""Letters of a noun."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    known = tokens.vocabulary
    figures = tokens[index].text.replace(str(known.table("numbers").get("group", "")) or "\0", "")
    noun, before = tokens[index + 2], tokens.before(index)
    glued = tokens.is_sign(index - 1, "-–/:.,§$€£+") or tokens[index - 1].kind in (Kind.WORD, Kind.NUMERAL)
    glued = glued or tokens[before].kind is Kind.NUMERAL  # "2 400 personas"
    if glued or tokens[index + 1].text != " " or figures == "1":  # which `one.py` says
        return
    ungrouped = figures == tokens[index].text and len(figures) == len(_LAST_YEAR)
    if ungrouped and _FIRST_YEAR <= figures <= _LAST_YEAR:  # "en 2021 varias personas"
        return
    word = noun.text
    counts = noun.kind is Kind.WORD and word.islower() and word.endswith("s") and len(word) > _SHORTEST
    if (
        not counts
        or word in known.words("one", "no_nouns") | known.words(_FILE, "no_nouns")
        or tokens.word(before) in known.words("one", "before_names")
    ):
        return
    plural = known.words(_FILE, "feminine_plurals")
    feminine = word in plural or word.endswith(tuple(known.words(_FILE, "feminine_endings")))
    feminine = feminine or is_feminine(tokens, word.removesuffix("s"))
    said = in_words(figures, known, feminine=feminine)
    if said:
        yield Reading(tokens[index].start, tokens[index].end, "number: agreeing", Words(said), 0.7)


AGREEING = Recogniser(
    "number",
    _propose,
    (("2 casas", "duas casas"), ("200 mulheres", "duzentas mulheres")),
    numerals=Beside.WORD | Beside.SHORT_WORD,
    languages=("pt", "es"),
)
