"""Numbers that agree with what they count, which engines say as masculines: "200 personas" is "doscientas personas",
"21 años" "veintiún años", "2 casas" in Portuguese "duas casas"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.abroad.one import is_feminine
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_FILE = "agreeing"
_END = 1_000_000
_FIRST_YEAR, _LAST_YEAR = 1100, 2100
_SHORTEST = 3
"""Letters of a noun."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    known = tokens.vocabulary
    figures = tokens[index].text.replace(str(known.table("numbers").get("group", "")) or "\0", "")
    noun, before = tokens[index + 2], tokens.before(index)
    glued = tokens.is_sign(index - 1, "-–/:.,§$€£+") or tokens[index - 1].kind in (Kind.WORD, Kind.NUMERAL)
    if glued or tokens[index + 1].text != " " or not figures.isdecimal() or not 1 < int(figures) < _END:
        return
    if figures == tokens[index].text and _FIRST_YEAR <= int(figures) <= _LAST_YEAR:  # "en 2021 varias personas"
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
    said = _in_words(int(figures), known.table(_FILE, "feminine" if feminine else "other"))
    if said:
        yield Reading(tokens[index].start, tokens[index].end, "number: agreeing", Words(said), 0.7)


def _in_words(number: int, forms: Mapping[str, Any]) -> str:
    """Return a number with the parts that agree in words and the others in figures; empty when none agrees.

    `forms` has the hundreds ("1" to "9"), the last figures that agree, whole ("21") and behind tens (" y una").
    """
    thousands, rest = divmod(number, 1000)
    hundreds, last = divmod(rest, 100)
    names = str(forms.get("hundreds", "")).split()
    end = str(forms.get("whole", {}).get(str(last), ""))
    behind = str(forms.get("behind_tens", {}).get(str(last % 10), "")) if last > 20 else ""
    end = end or (f"{last - last % 10}{behind}" if behind else "")
    if not end and not (hundreds > 1 and names):
        return ""
    parts = [str(thousands * 1000)] if thousands else []
    parts += [names[hundreds - 1] if names else str(hundreds * 100)] if hundreds else []
    parts += [end or str(last)] if last else []
    return str(forms.get("joint", " ")).join(parts)


AGREEING = Recogniser(
    "number",
    _propose,
    (("2 casas", "duas casas"), ("200 mulheres", "duzentas mulheres")),
    numerals=Beside.WORD | Beside.SHORT_WORD | Beside.ANYTHING,
    languages=("pt", "es"),
)
