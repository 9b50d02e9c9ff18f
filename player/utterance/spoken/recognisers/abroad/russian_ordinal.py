"""Russian ordinals in figures with what they end in, and dates: "5-й этаж", "1990-е годы", "3.10.1990"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.abroad.russian import LAST, ordinal
from player.utterance.spoken.recognisers.calendar.parts import is_day
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the figures of "5-й"."""
    figures, suffix = tokens[index].text, tokens.word(index + 2)
    if not figures.isdecimal() or not tokens.is_sign(index + 1, "-‑") or not 0 < int(figures[:5]) <= LAST:
        return
    known = tokens.vocabulary
    case = known.table("ordinals", "suffixes").get(suffix)
    if not case or tokens[index - 1].kind is Kind.WORD or tokens.is_sign(index - 1, "-.,"):
        return
    if suffix == "е" and tokens.word(tokens.past_blank(index + 3)) not in known.words("ordinals", "many"):
        case = "neuter"
    said = Words(ordinal(int(figures), case, known))
    yield Reading(tokens[index].start, tokens[index + 2].end, "ordinal: suffix", said, 0.95)


RUSSIAN_ORDINAL = Recogniser(
    "ordinal",
    _propose,
    (("5-й этаж", "пятый этаж"), ("1990-е годы", "тысяча девятьсот девяностые годы")),
    numerals=Beside.DASH,
    languages=("ru",),
)


def _date(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "3.10.1990", "03.10.1990 г."."""
    parts = tokens[index].text.split(".", 3)
    if len(parts) != 3 or not all(map(str.isdecimal, parts)) or tokens.is_sign(index - 1, ".,/-"):
        return
    day, month, year = parts
    dated = len(year) == 4 and "1000" <= year < "2200" and max(len(day), len(month)) < 3
    if not dated or not is_day(int(month), int(day)) or tokens[index + 1].kind is Kind.WORD:
        return
    known = tokens.vocabulary
    name = str(known.table("calendar")["months"]).split()[int(month) - 1]
    said = f"{ordinal(int(day), 'genitive', known)} {name} {ordinal(int(year), 'genitive', known)} года"
    after = tokens.past_blank(index + 1)
    stop = tokens.word(after) == "г" and tokens.is_sign(after + 1, ".")
    end = tokens[after].end if stop else tokens[index].end
    if stop and tokens[tokens.past_blank(after + 2)].kind is not Kind.EDGE:
        end = tokens[after + 1].end
    yield Reading(tokens[index].start, end, "date: figures", Words(said), 0.95)


RUSSIAN_DATE = Recogniser(
    "date",
    _date,
    (("3.10.1990", "третьего октября тысяча девятьсот девяностого года"),),
    numerals=Beside.POINT,
    languages=("ru",),
)
