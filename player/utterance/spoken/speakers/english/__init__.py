"""English: what says which value."""

from __future__ import annotations

from collections.abc import Mapping

from player.utterance.spoken.speakers.english.money import say_money, say_tens
from player.utterance.spoken.speakers.english.numbers import say_amount, say_fraction, say_number
from player.utterance.spoken.speakers.saying import Say
from player.utterance.spoken.values import Amount, Fraction, Money, Number, TensOf, Value

SAYS: Mapping[type[Value], Say] = {
    Amount: say_amount,
    Fraction: say_fraction,
    Money: say_money,
    Number: say_number,
    TensOf: say_tens,
}
