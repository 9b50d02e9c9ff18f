"""What is written, understood: values without a word of any language, for a speaker to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from typing import Any, ClassVar, NoReturn, Self, dataclass_transform

_NEEDED = object()


@dataclass_transform(frozen_default=True)
class Value:
    """What some characters mean. A class of readings has one, or several.

    Subclasses behave as frozen dataclasses, but are made in 0.02 ms instead of 0.6 ms; there are 45.
    """

    _fields: ClassVar[Mapping[str, object]] = {}
    """{name: default}"""

    def __init_subclass__(cls) -> None:
        cls._fields = {name: cls.__dict__.get(name, _NEEDED) for name in cls.__annotations__}

    def __init__(self, *given: Any, **named: Any) -> None:
        values = {**self._fields, **dict(zip(self._fields, given, strict=False)), **named}
        if len(given) + len(named) > len(values) or _NEEDED in values.values() or len(values) > len(self._fields):
            raise TypeError(f"{type(self).__name__} takes {', '.join(self._fields)}")
        self.__dict__.update(values)

    def but(self, **changes: Any) -> Self:
        """Return a copy with other content."""
        return type(self)(**{**self.__dict__, **changes})

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(name)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


class Silent(Value):
    """Nothing is said: an emoji, a footnote's mark."""

    blank: bool = False
    """True if a blank replaces it, so that its neighbours stay two words."""


class AsWritten(Value):
    """Text to leave as it is written, because engines say it right: "ISBN 0-19-852663-6"."""


class Words(Value):
    """Words of the text's own language: "Doctor" for "Dr."."""

    text: str


class Phonemes(Value):
    """A word by its sound, for engines that take phonemes."""

    ipa: str
    """In the International Phonetic Alphabet."""


class Pause(Value):
    """A pause between words: a dash, dots."""

    blank: bool = False
    """True for a blank only, without a pause."""
    dots: bool = False


class Electronic(Value):
    """An address of mail or of the web."""

    host: str
    """ "www" and path are left out."""
    user: str = ""
    """Before the "@"; empty for one of the web."""
    file: bool = False
    """True if it is a file's name."""
    blank: bool = False
    """True if a blank has to be put before it."""


class FilePath(Value):
    """A path of a file: "/usr/bin"."""

    parts: tuple[str, ...]
    """Names of folders and file; the first is empty for a path from the root."""
    backwards: bool = False
    """True for backslashes: C:\\Users."""


class Hashtag(Value):
    """A hashtag."""

    words: tuple[str, ...]
    """Its words, split at capitals ("ThrowbackThursday"); empty to say the text after "#" as it is."""


class Letters(Value):
    """Capitals said letter by letter: "IMF", "NGOs"."""

    letters: str
    many: bool = False
    spaced: bool = False
    """True if no full stops stand between them: "I V drip"."""
    own: bool = False
    """True for "IT", which some engines spell although they spell no other capitals."""
    behind: str = ""
    """A figure glued to them: the 5 of "MI5"."""


class Acronym(Value):
    """Capitals said as a word."""

    word: str
    """How it is written for engines that would spell capitals: "pin" for "PIN"."""
    often: bool = False
    """True if most engines say the capitals right: "IKEA"."""


class Initials(Value):
    """Letters with full stops: "W.", "U.S."."""

    letters: tuple[str, ...]


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
        """Return True if what is counted stands in the singular in English: 1, 1.0."""
        return self.whole == "1" and not self.decimals.strip("0") and len(self.decimals) < 2 and self.sign != "-"


class Fraction(Value):
    """Parts: 3/4, 2½."""

    whole: str
    """Digits; empty when there is none."""
    over: int
    under: int
    before_noun: bool = False
    """True if it goes with a noun: "a 3/4-inch pipe"."""


class Amount(Value):
    """How many: "3.5bn", "2½", "5–10 million"."""

    number: Number | Fraction
    magnitude: str = ""
    """A key of data/<language>/magnitudes.toml: "million"."""
    until: Amount | None = None
    """End of a range; a magnitude given only there holds for both ends ("5–10 million")."""
    between: bool = False
    """True for a range after "between"."""


class Money(Value):
    """An amount of a currency."""

    amount: Amount
    currency: str
    """A key of data/<language>/currencies.toml: "dollar", "CHF"."""
    before_noun: bool = False
    """True if it goes with a noun: "a $5 ticket"."""


class TensOf(Value):
    """ "$100s": hundreds of dollars."""

    size: int
    """10, 100 or 1000."""
    currency: str


class Notes(Value):
    """Several notes of a size: "in $20s"."""

    size: int


class Factor(Value):
    """A unit to some power: m²."""

    sign: str
    """A key of data/<language>/units.toml, with its prefix: "km", "sq ft"."""
    power: int = 1


class Unit(Value):
    """A unit, or several: N·m, mg/kg/day."""

    over: tuple[Factor, ...]
    under: tuple[Factor, ...] = ()
    """Factors below the slash: the second of "km/s"."""
    single: bool = False
    """True if it is said in the singular: "per ft²"."""


class Measure(Value):
    """An amount of a unit."""

    amount: Amount
    unit: Unit
    before_noun: bool = False
    """True if it goes with a noun: "a 5 km run"."""
    hyphen: bool = False
    """True if one is between: "a 5-km run"."""


class Duration(Value):
    """A length of time: 2h 15m."""

    parts: tuple[tuple[str, str], ...]
    """Figures and a sign of data/<language>/units.toml: ("2", "h"), ("15", "min")."""


class Numbered(Value):
    """What a Roman numeral numbers: "vol. ii", "the XXth century", "Thutmose III", "WWII"."""

    number: int
    kind: str = "count"
    """ "count", "ordinal", "ruler" or "world war"."""
    noun: str = ""
    """What stands before the number: "volume"."""


class Joint(Value):
    """The sign between two numbers; the numbers themselves are separate readings."""

    kind: str
    """ "to", "and", "by", "times", "list", "out of", or none when they are said one after the other."""


class Digits(Value):
    """Figures said one by one, in groups: a telephone number."""

    groups: tuple[str, ...]
    plus: bool = False
    """True if a plus sign is before them."""
    zeros: bool = False
    """True if the digits are spelled only because of leading zeros: "007"."""
    oh: bool = False
    """True if 0 is said "oh", and no pause is made between groups: "401(k)"."""


class Version(Value):
    """Numbers parted by points: "3.11.2", "192.168.0.1", "v2.1", "802.11ac"."""

    parts: tuple[str, ...]
    named: bool = False
    """True if "v" is written before it."""
    letters: str = ""
    """Written behind it, without a blank."""


class Pair(Value):
    """Two numbers and what joins them: "8/10" as "8 out of 10"."""

    first: str
    joint: str
    """As in `Joint`."""
    second: str


class Per(Value):
    """A slash and the unit or thing behind it: "/hour"."""

    unit: str
    """A key of data/<language>/units.toml, or a word."""
    named: bool
    """True if it is a word."""
    power: int = 1


class Times(Value):
    """A sign of multiplication after a number: the x of "3x faster"."""


class Height(Value):
    """Feet and inches: 6'2"."""

    feet: str
    inches: str


class Angle(Value):
    """Degrees, minutes and seconds of arc, with where they point: 51°30′N."""

    parts: tuple[str, ...]
    direction: str = ""
    """ "N", "S", "E", "W" or none."""


class OldMoney(Value):
    """Pounds, shillings and pence; each empty where there are none."""

    pounds: str
    shillings: str
    pence: str
    before_noun: bool = False
    """True before what has this price: "a 10s. note"."""


class Formula(Value):
    """Mathematics in TeX."""

    source: str
    """Without the dollars."""


class Listed(Value):
    """Numbers with commas and no blanks between: "F(1,24)"."""

    figures: tuple[str, ...]


class Compound(Value):
    """Chemical elements with their numbers, and a charge: H₂SO₄, SO₄²⁻."""

    parts: tuple[tuple[str, str], ...]
    """(element, number): ("H", "2"), ("O", "")."""
    charge: str = ""
    """ "2-", "+" or none."""
    as_word: bool = False
    """True if the letters stay together: no element that is known."""


class Stars(Value):
    """So many stars: ★★★★☆."""

    figures: str
    of: str = ""
    """Out of how many, or empty."""
    behind: bool = False
    """True if the sign is behind the number: "5★"."""
