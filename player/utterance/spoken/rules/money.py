"""Money: engines say "dollar three point five B N"."""

from __future__ import annotations

import re

from player.utterance.spoken.rules.model import BLANKS, DIGITS, Rule, is_adjective, pairs

_SIGNS = {  # one, many, one of its hundredths, many of them
    "$": ("dollar", "dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "¥": ("yen", "yen", "", ""),
    "₹": ("rupee", "rupees", "paisa", "paise"),
    "₽": ("rouble", "roubles", "kopeck", "kopecks"),
    "₩": ("won", "won", "", ""),
    "₺": ("lira", "lira", "", ""),
    "₴": ("hryvnia", "hryvnias", "", ""),
    "₪": ("shekel", "shekels", "", ""),
    "₦": ("naira", "naira", "", ""),
    "₱": ("peso", "pesos", "", ""),
    "₫": ("dong", "dong", "", ""),
    "฿": ("baht", "baht", "", ""),
}
_CODES = {
    "USD": ("US dollar", "US dollars"),
    "EUR": ("euro", "euros"),
    "GBP": ("pound", "pounds"),
    "CHF": ("Swiss franc", "Swiss francs"),
    "JPY": ("yen", "yen"),
    "CNY": ("yuan", "yuan"),
    "RMB": ("yuan", "yuan"),
    "CAD": ("Canadian dollar", "Canadian dollars"),
    "AUD": ("Australian dollar", "Australian dollars"),
    "NZD": ("New Zealand dollar", "New Zealand dollars"),
    "HKD": ("Hong Kong dollar", "Hong Kong dollars"),
    "SGD": ("Singapore dollar", "Singapore dollars"),
    "INR": ("rupee", "rupees"),
    "KRW": ("won", "won"),
    "BRL": ("real", "reais"),
    "MXN": ("Mexican peso", "Mexican pesos"),
    "SEK": ("Swedish krona", "Swedish kronor"),
    "NOK": ("Norwegian krone", "Norwegian kroner"),
    "DKK": ("Danish krone", "Danish kroner"),
    "PLN": ("zloty", "zloty"),
    "ZAR": ("rand", "rand"),
    "RUB": ("rouble", "roubles"),
    "Rs": ("rupee", "rupees"),
}
_CODE = "|".join(_CODES)
_WHOSE = {"US": "US ", "C": "Canadian ", "CA": "Canadian ", "A": "Australian ", "AU": "Australian ",
          "NZ": "New Zealand ", "HK": "Hong Kong ", "S": "Singapore "}  # fmt: skip
_REAL = ("real", "reais", "", "")
MAGNITUDES = {
    "k": "thousand", "m": "million", "mn": "million", "mln": "million", "mm": "million", "b": "billion",
    "bn": "billion", "bln": "billion", "t": "trillion", "tn": "trillion", "tr": "trillion", "trn": "trillion",
}  # fmt: skip
_NUMBER = r"\d{1,3}(?:\.\d{3})+,\d\d(?!\d)|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:,\d\d)+,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_MAGNITUDE = (
    r"(?:\s?(?P<short>(?i:k|mln|mn|mm|m|bln|bn|b|trn|tn|tr|t))\b"
    r"|[\s-](?P<word>(?:thousand|lakh|million|crore|billion|trillion))s?\b)"
)
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d\d")
_POINT_AND_COMMA = str.maketrans(".,", ",.")
_AMOUNT = re.compile(
    rf"(?:(?<![A-Za-z])(?P<whose>US|CA|C|AU|A|NZ|HK|S|R))?(?P<sign>[$€£¥₹₽₩₺₴₪₦₱₫฿])\s?(?P<n>{_NUMBER})"
    rf"(?:\s?[-–—]\s?(?P=sign)?(?P<to>{_NUMBER})(?![\d-]))?{_MAGNITUDE}?"
    rf"(?:(?<=[a-z])\s?[-–—]\s?(?P=sign)(?P<to_more>{_NUMBER})\s?(?P<more>k|mn|m|bn|b|tn|million|billion)\b)?"
    r"(?P<many>s\b)?"
)
_CODED = re.compile(
    rf"\b(?:(?P<code>{_CODE})\.?\s?(?P<n>{_NUMBER})(?:\s?(?P<short>bn|mn|[kKmMbB])\b"
    rf"|\s(?P<word>thousand|lakh|million|crore|billion|trillion)\b)?)"
)
_AFTER = re.compile(rf"(?<![\w.,$€£])(?P<n>{_NUMBER})(?:\s?(?P<sign>[€£₽₹])|(?P<dollar>\$))(?![\d\w])")
_CODE_AFTER = re.compile(rf"(?<![\w.,$€£])(?P<n>{_NUMBER}) (?P<code>{_CODE})\b")
_PENCE = re.compile(r"(?<![\w.,£$€-])(?P<n>\d{1,2})p(?![\w-]|\.\w)")
_NAMED = re.compile(r"[- ](?:dollar|euro|pound|yen|rupee)s?\b")
_DOZENS = {"10": "tens", "100": "hundreds", "1000": "thousands", "1,000": "thousands"}
"""Of dollars: "$100s"."""
_CENTS = re.compile(rf"(?<![\w.,])(?P<n>{_NUMBER})\s?(?P<sign>[¢])")


def _as_english(number: str) -> str:
    """ "1,234.56" for "1.234,56"."""
    return number.translate(_POINT_AND_COMMA) if _CONTINENTAL.fullmatch(number) else number


def _amount(match: re.Match[str]) -> str | None:
    one, many, cent, _ = _REAL if match["whose"] == "R" else _SIGNS[match["sign"]]
    whose = _WHOSE.get((match["whose"] or "").upper(), "")
    n = _as_english(match["n"])
    magnitude = match["word"] or MAGNITUDES.get((match["short"] or "").lower(), "")
    if match["many"]:
        return f"{_DOZENS[n]} of {whose}{many}" if n in _DOZENS and not magnitude else None
    if match["to_more"]:
        more = MAGNITUDES.get(match["more"].lower(), match["more"])
        return f"{n} {magnitude} to {match['to_more']} {more} {whose}{many}"
    if match["to"]:
        named = one if is_adjective(match) else many
        return " ".join(filter(None, (n, "to", match["to"], magnitude, whose + named)))
    if not magnitude and cent and re.fullmatch(r"[\d,]*\.\d\d", n):
        return _with_cents(n, whose, match["sign"])
    if _NAMED.match(match.string, match.end()):
        return " ".join(filter(None, (n, magnitude.lower())))
    name = one if (n == "1" and not magnitude) or is_adjective(match) else many
    return " ".join(filter(None, (n, magnitude.lower(), whose + name)))


def _with_cents(n: str, whose: str, sign: str) -> str:
    one, many, cent, cents = _SIGNS[sign]
    whole, _, part = n.partition(".")
    small = f"{int(part)} {cent if part == '01' else cents}"
    if whole.strip("0,") == "":
        return small if int(part) else f"0 {whose}{many}"
    large = f"{whole} {whose}{one if whole == '1' else many}"
    return f"{large} and {small}" if int(part) else large


def _coded(match: re.Match[str]) -> str:
    one, many = _CODES[match["code"]]
    magnitude = match["word"] or MAGNITUDES.get((match["short"] or "").lower(), "")
    name = one if match["n"] == "1" and not magnitude else many
    return " ".join(filter(None, (match["n"], magnitude, name)))


def _after(match: re.Match[str]) -> str:
    one, many, *_ = _SIGNS[match["sign"] or match["dollar"]]
    n = _as_english(match["n"])
    if re.fullmatch(r"[\d,]+\.\d\d", n):
        return _with_cents(n, "", match["sign"] or match["dollar"])
    return f"{n} {one if n == '1' else many}"


def _code_after(match: re.Match[str]) -> str:
    one, many = _CODES[match["code"]]
    return f"{match['n']} {one if match['n'] == '1' else many}"


def _cents(match: re.Match[str]) -> str:
    return f"{match['n']} {'cent' if match['n'] == '1' else 'cents'}"


RULES = (
    Rule("money", ("It cost $3.5bn.", "It cost 3.5 billion dollars."), _AMOUNT, _amount, frozenset(_SIGNS), DIGITS),
    Rule(
        "money", ("EUR 5 million", "5 million euros"), _CODED, _coded, frozenset(code[-2:] for code in _CODES), DIGITS
    ),
    Rule("money", ("It cost 5 €.", "It cost 5 euros."), _AFTER, _after, pairs(DIGITS | BLANKS, "€£₽₹$")),
    Rule("money", ("20 EUR", "20 euros"), _CODE_AFTER, _code_after, frozenset(code[-2:] for code in _CODES), DIGITS),
    Rule(
        "money",
        ("50p each", "50 pence each"),
        _PENCE,
        lambda m: f"{m['n']} {'penny' if m['n'] == '1' else 'pence'}",
        pairs(DIGITS, "p"),
    ),
    Rule("money", ("99¢", "99 cents"), _CENTS, _cents, frozenset("¢")),
)
