"""What is written, understood: values without a word of any language, for a speaker to say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """What some characters mean. A class of readings has one, or several."""


@dataclass(frozen=True, slots=True)
class Silent(Value):
    """Nothing is said: an emoji, a footnote's mark."""

    blank: bool = False
    """Whether it parts the words beside it."""


@dataclass(frozen=True, slots=True)
class AsWritten(Value):
    """Said right by engines as it stands, where other readings would be wrong: "ISBN 0-19-852663-6"."""


@dataclass(frozen=True, slots=True)
class Words(Value):
    """Words of the text's own language: "Doctor" for "Dr."."""

    text: str


@dataclass(frozen=True, slots=True)
class Number(Value):
    """A number in figures."""

    figures: str
    """As the language writes it, without a sign: "1,200.50", ".5"."""
    whole: str
    """Digits before the decimal mark, without groups: "1200"; empty for ".5"."""
    decimals: str = ""
    """Digits after the decimal mark."""
    sign: str = ""
    """ "-", "+", "±", or none."""

    @property
    def is_one(self) -> bool:
        """Whether what is counted stands in the singular in English: 1, 1.0."""
        return self.whole == "1" and not self.decimals.strip("0") and len(self.decimals) < 2 and self.sign != "-"


@dataclass(frozen=True, slots=True)
class Fraction(Value):
    """Parts: 3/4, 2½."""

    whole: str
    """Digits; empty when there is none."""
    over: int
    under: int


@dataclass(frozen=True, slots=True)
class Amount(Value):
    """How many: "3.5bn", "2½", "5–10 million"."""

    number: Number | Fraction
    magnitude: str = ""
    """A key of data/<language>/magnitudes.toml: "million"."""
    until: Amount | None = None
    """Where a range ends. A magnitude at its end only counts for both."""


@dataclass(frozen=True, slots=True)
class Money(Value):
    """An amount of a currency."""

    amount: Amount
    currency: str
    """A key of data/<language>/currencies.toml: "dollar", "CHF"."""
    before_noun: bool = False
    """Whether it goes with a noun: "a $5 ticket"."""


@dataclass(frozen=True, slots=True)
class TensOf(Value):
    """ "$100s": hundreds of dollars."""

    size: int
    """10, 100 or 1000."""
    currency: str
