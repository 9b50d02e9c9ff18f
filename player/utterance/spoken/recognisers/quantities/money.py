"""Money: "$3.5bn", "€10–20 million", "20 USD", "a £20 note", "50p"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import DASHES, VULGAR, Found, past_dash, read_amount, read_magnitude
from player.utterance.spoken.grammar import begins_noun, has_determiner, is_before_noun
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit
from player.utterance.spoken.values import Amount, Money, Notes, Number, TensOf

_NOTES = frozenset([1, 2, 5, 20, 30, 40, 50, 60, 70, 80, 90])
"""Of so much money, or prices of so many tens: "in $20s", "in the low $40s"."""
_SMALLEST_TEN = 10
_ROUND = frozenset(["10", "100", "1000"])
_LONGEST_SHARED = 3
"""Figures of a sum whose millions are said behind another: "from $5 to $10 million"."""
_MOST_BLANKS = 4
"""In a number with blanks between its thousands: up to 999 999 999 999."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a sign or a code: the amount after it, and the one before it."""
    known = tokens.vocabulary
    token = tokens[index]
    sign = token.kind is Kind.SIGN
    currency = known.table("currencies", "signs" if sign else "codes").get(token.text)
    if currency is None:
        return
    if sign and tokens[index - 1].kind is Kind.WORD and tokens[index - 2].text == " ":  # "5 US$"
        longer = known.table("currencies", "signs").get(tokens[index - 1].text + token.text)
        yield from _behind(tokens, index, longer, first=index - 1) if longer else ()
    yield from _behind(tokens, index, currency, glued=token.text == "$")
    first = index
    if sign:
        at = _country_before(tokens, index)
        letters = tokens[at].text.upper() if at < index else ""
        longer = known.table("currencies", "signs").get(letters + token.text) if letters else None
        currency, first = (longer, at) if longer else (currency, index)
    place = known.table("currencies", "signs").get(tokens[index + 1].text + token.text, "") if sign else ""
    if place and first == index and tokens[index + 1].kind is Kind.WORD:  # "$US1.5 billion"
        currency, index = place, index + 1
    at = index + 2 if not sign and tokens.is_sign(index + 1, ".") else index + 1
    at = tokens.past_blank(at)
    minus = sign and tokens.is_sign(at, DASHES) and tokens[at + 1].kind is Kind.NUMERAL
    found = read_amount(tokens, at + minus, known.table("magnitudes", "money")) or _with_comma(tokens, at + minus)
    loss = _in_brackets(tokens, first, at)
    if loss:
        yield from _negative(tokens, first - 1 if tokens[first - 1].text == "(" else first, loss, currency)
    rate = tokens.is_sign(index - 1, "/") and tokens[index - 2].text in known.table("currencies", "codes")
    if rate and not sign:  # "EUR/USD 1.08"
        return
    if found and minus:
        yield from _negative(tokens, first, found, currency)
    elif found:
        shared = _shared(tokens, first, found, token.text)
        if shared:
            value = Money(shared.amount, currency, is_before_noun(tokens, first, shared.next))
            yield Reading(tokens[first].start, tokens[shared.next - 1].end, "money: shared", value, 0.95)
        found = _until(tokens, found, token.text) or found
        yield from _amount(tokens, first, found, currency)


def _country_before(tokens: Tokens, index: int) -> int:
    """Return the index of the letters before a sign: "US$5", "US $5"; not "in the US $5 is little"."""
    country = tokens[index - 2].text
    spaced = tokens[index - 1].text == " " and country.isupper() and len(country) > 1  # "A $5 fee"
    at = index - 2 if spaced and not has_determiner(tokens, index - 2) else index - 1
    return at if at >= 0 and tokens[at].kind is Kind.WORD else index


def _negative(tokens: Tokens, first: int, found: Found, currency: str) -> Iterator[Reading]:
    """ "$-5"."""
    amount, after = found
    if isinstance(amount.number, Number):
        amount = amount.but(number=amount.number.but(sign="-"))
        yield Reading(tokens[first].start, tokens[after - 1].end, "money: minus", Money(amount, currency), 0.9)


def _in_brackets(tokens: Tokens, first: int, index: int) -> Found | None:
    """Return a loss as balance sheets have it: "($4.5) million", "$(3.2) million"."""
    inner = tokens[index].text == "("
    if not inner and tokens[first - 1].text != "(":
        return None
    short = tokens.vocabulary.table("magnitudes", "money")
    found = read_amount(tokens, index + inner, short)
    if found is None or found.amount.magnitude or not tokens.is_sign(found.next, ")"):
        return None
    magnitude, after = read_magnitude(tokens, found.next + 1, {})
    return Found(found.amount.but(magnitude=magnitude), after) if magnitude or inner else None


def _with_comma(tokens: Tokens, index: int) -> Found | None:
    """ "1,50", as on the Continent."""
    whole, comma, decimals = tokens[index].text.partition(",")
    if not comma or len(decimals) != 2 or not (whole + decimals).isdecimal():
        return None
    return Found(Amount(Number(f"{whole}.{decimals}", whole, decimals)), index + 1)


def _until(tokens: Tokens, found: Found, sign: str) -> Found | None:
    """Return the range that goes on behind an amount: "5–$10", "5m-10m"."""
    at = past_dash(tokens, found.next)
    if not at:
        return None
    if tokens[at].text == sign:
        at += 1
    end = read_amount(tokens, at, tokens.vocabulary.table("magnitudes", "money"))
    spaced = tokens[found.next].kind is Kind.SPACE
    if end and spaced and _is_falling(found.amount, end.amount):  # "3% on £12,000 – £360"
        return None
    if end is None or (tokens.is_sign(end.next, DASHES) and tokens[end.next + 1].kind is Kind.NUMERAL):
        return None
    return Found(found.amount.but(until=end.amount), end.next)


def _is_falling(low: Amount, high: Amount) -> bool:
    """Return True for two numbers without a magnitude that fall."""
    pair = (low.number, high.number)
    if low.magnitude or high.magnitude or not all(isinstance(one, Number) for one in pair):
        return False
    first, second = (one.whole for one in pair if isinstance(one, Number))
    return (len(first), first) > (len(second), second)


def _shared(tokens: Tokens, first: int, found: Found, sign: str) -> Found | None:
    """Return two sums of which the second says what both are of: "between $5 and $10 million", "a $30 to $40 fee"."""
    known, joint = tokens.vocabulary, tokens.past_blank(found.next)
    second, low = tokens.past_blank(joint + 1), found.amount.number
    between = tokens.word(tokens.before(first)) in known.words("grammar", "before_ranges")
    joined = known.table("joints", "between_sums").get(tokens.word(joint))
    signed = tokens[second].text == sign
    if joined != ("and" if between else "to") or found.amount.magnitude:
        return None
    end = read_amount(tokens, second + signed, known.table("magnitudes", "money"))
    if end is None or not (signed or end.amount.magnitude):  # "$3 to 4 million"
        return None
    if not isinstance(low, Number) or not isinstance(end.amount.number, Number):
        return None
    high = end.amount.number
    rising = (len(low.whole), low.whole, low.decimals) < (len(high.whole), high.whole, high.decimals)
    described = has_determiner(tokens, first) and is_before_noun(tokens, first, end.next)
    if not (rising and (end.amount.magnitude or described)) or len(low.whole) > _LONGEST_SHARED:
        return None
    return Found(found.amount.but(until=end.amount, between=between), end.next)


def _amount(tokens: Tokens, first: int, found: Found, currency: str) -> Iterator[Reading]:
    amount, after = found
    known = tokens.vocabulary
    start = tokens[first].start
    number = amount.number
    signed = isinstance(number, Number) and tokens.is_sign(first - 1, f"{DASHES}+") and _is_free(tokens, first - 2)
    if signed and isinstance(number, Number):
        amount = amount.but(number=number.but(sign="+" if tokens[first - 1].text == "+" else "-"))
        start = tokens[first - 1].start
    if tokens.word(after) == "s" and isinstance(number, Number):
        counted = tokens.word(tokens.after(after)) == "of"
        note = int(number.whole[:5] or 0)
        if not number.decimals and not amount.magnitude and (note in _NOTES or (note == _SMALLEST_TEN and not counted)):
            yield Reading(start, tokens[after].end, "money: notes", Notes(note), 0.9)
        elif number.whole in _ROUND:
            yield Reading(start, tokens[after].end, "money: tens", TensOf(int(number.whole), currency), 0.9)
        return
    if (
        tokens.is_sign(after, ".,") and tokens.is_sign(after + 1, "-–—") and tokens[after + 2].kind is not Kind.WORD
    ):  # "€5.-"
        after += 2
    end = tokens[after - 1].end
    if tokens[after].text in tokens.vocabulary.table("currencies", "hundredths") and currency == "pound":
        after, end = after + 1, tokens[after].end  # "£1.50p"
    if tokens.is_sign(after, "'’") and tokens.word(after + 1) == "s":  # "$5 million's worth"
        after, end = after + 2, tokens[after + 1].end
    if _is_named(tokens, after, currency):
        yield Reading(start, end, "money: named", amount, 0.9)
        return
    place = tokens.past_blank(after)
    country = known.table("currencies", "countries").get(f"{tokens[place].text} {currency}")
    if country and not _leads_on(tokens, place + 1):  # "$5 US", "$5USD"
        yield Reading(start, tokens[place].end, "money: country", Money(amount, country), 0.92)
    prefixed = tokens.is_sign(first - 1, "-") and tokens[first - 2].kind is Kind.WORD  # "a multi-$100m deal"
    noun = is_before_noun(tokens, first, after, sure=prefixed)
    yield Reading(start, end, "money: sign before", Money(amount, currency, noun), 0.9)


def _leads_on(tokens: Tokens, index: int) -> bool:
    """Return True if a noun may be behind this blank: "$5 US Treasury bonds"."""
    return tokens[index].text == "-" or (tokens[index].kind is Kind.SPACE and begins_noun(tokens, index + 1))


def _is_free(tokens: Tokens, index: int) -> bool:
    return tokens[index].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index, "(~≈<>")


def _is_named(tokens: Tokens, after: int, currency: str) -> bool:
    """Return True if the currency is written out as well: "$5 million dollars", "a $2 trillion-dollar plan"."""
    names = tokens.vocabulary.table("currencies", "names")[currency][:2]
    return tokens.word(after + 1) in names and (tokens[after].kind is Kind.SPACE or tokens.is_sign(after, "-"))


def _behind(
    tokens: Tokens, index: int, currency: str, *, glued: bool = False, first: int | None = None
) -> Iterator[Reading]:
    """ "5 €", "20 million USD", "10 000 kr"; `first` is the first token of a sign of two."""
    after = tokens[index + 1]
    if after.kind in (Kind.NUMERAL, Kind.WORD) or (glued and tokens[index - 1].kind is not Kind.NUMERAL):
        return
    first, amount = _amount_before(tokens, index if first is None else first)
    if amount is None or tokens.is_sign(first - 1, "$€£.,") or tokens[first - 1].kind is Kind.WORD:
        return
    value = Money(amount, currency, is_before_noun(tokens, first, index + 1))
    yield Reading(tokens[first].start, tokens[index].end, "money: sign after", value, 0.85)


def _amount_before(tokens: Tokens, index: int) -> tuple[int, Amount | None]:
    """Return the amount that ends before this token, and the index of its first."""
    last = tokens.before(index)
    at = tokens.before(last) if tokens[last].kind is Kind.WORD else last
    best: tuple[int, Amount | None] = (0, None)
    for _ in range(_MOST_BLANKS):
        if tokens[at].kind is not Kind.NUMERAL:
            break
        found = read_amount(tokens, at, tokens.vocabulary.table("magnitudes", "money")) or _with_comma(tokens, at)
        if found and found.next - 1 == last:
            best = at, found.amount
        at -= 2
    return best


MONEY = Recogniser(
    "money",
    _propose,
    (
        ("It cost $3.5bn.", "It cost 3.5 billion dollars."),
        ("EUR 5 million", "5 million euros"),
        ("It cost 5 €.", "It cost 5 euros."),
        ("20 EUR", "20 euros"),
    ),
    signs="$€£¥₹₽₩₺₴₪₦₱₫฿₿₡₸₵₼₾₲៛₭₮",
    words=lambda known: (code.lower() for code in known.table("currencies", "codes")),
    with_number=True,
)


def _hundredths(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "99¢", "50p" with no blank between."""
    known = tokens.vocabulary
    names = known.table("currencies", "hundredths").get(tokens[index].text)
    at = tokens.before(index) if tokens[index].kind is Kind.SIGN else index - 1
    at -= tokens[at].text in VULGAR and tokens[at - 1].kind is Kind.NUMERAL  # "3½p"
    found = read_amount(tokens, at, {}) if names else None
    if not names or not found or tokens.is_sign(at - 1, "£$€-.,") or tokens[at - 1].kind is Kind.WORD:
        return
    after = tokens[index + 1]
    if after.kind in (Kind.NUMERAL, Kind.WORD) or tokens.is_sign(index + 1, "-"):
        return
    word = tokens[index].kind is Kind.WORD
    if tokens[index].text in known.words("currencies", "doubtful_hundredths") and not _is_priced(tokens, index + 1):
        return
    exact = not tokens[at].text.isdecimal() or at < index - 1  # "1,234.5p"; "1080p" is no price
    if word and (
        (len(tokens[at].text) > 2 and not exact) or (after.text == "." and tokens[index + 2].kind is Kind.WORD)
    ):
        return
    value = Money(found.amount, tokens[index].text, is_before_noun(tokens, at, index + 1))
    yield Reading(tokens[at].start, tokens[index].end, "cents", value, 0.7 if word else 0.95)


def _is_priced(tokens: Tokens, index: int) -> bool:
    """ "20c a litre"."""
    priced = tokens.vocabulary.words("currencies", "behind_prices")
    if tokens.is_sign(index, "/"):
        return tokens[index + 1].kind is Kind.WORD and read_unit(tokens, index + 1) is not None  # "5c/kWh"
    return tokens[index].kind is Kind.SPACE and tokens.word(index + 1) in priced


CENTS = Recogniser(
    "cents",
    _hundredths,
    (("99¢", "99 cents"), ("50p each", "50 pence each")),
    signs="¢",
    words=lambda known: (sign for sign in known.table("currencies", "hundredths") if sign.isalpha()),
    with_number=True,
)
