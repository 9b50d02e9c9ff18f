"""Signs of mathematics, and what else the same signs may be: "x < 5", "File > Save As", "≈5", "Δt", "great ^^"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import DASHES
from player.utterance.spoken.languages import CODES
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import LOWERED_LETTERS, RAISED_LETTERS, Kind, Token, Tokens
from player.utterance.spoken.values import Joint, Silent, Words
from player.utterance.spoken.vocabulary import Vocabulary

_FILE = "mathematics"
_CURRENCY = "$€£¥₹"
_BEHIND = "(−√∞$€£.-{|±"
"""What may stand behind a sign between two things, beside words and numbers."""
_CLOSING = "|)]}%′'∞°!²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉" + RAISED_LETTERS + LOWERED_LETTERS
_RATHER = frozenset("<>≤≥≈~∼")
"""Signs that rather belong to a number behind them, when that is glued to them and what is before is not."""
_ONLY_MENUS = ">▸›"
_MENUS = ">→›»▸➔➜➝➞➡⟶"
_ROWS = "=^~_#+*<>"
_MODULO = 12
"""Tokens between a sign and "mod"."""
_LONGEST_ITEM = 8
"""Tokens of a menu's item that ends in dots."""
_POWERS = {"²": "2", "³": "3"}
_WRITTEN_AS = {">=": "≥", "<=": "≤", "!=": "≠", "==": "="}


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    token = tokens[index]
    if tokens[index + 1].text == token.text and not tokens[index - 1].text.endswith(token.text):
        yield from _row(tokens, index)
    if token.text in (tokens[index - 1].text, tokens[index + 1].text):
        return
    known = tokens.vocabulary
    left, right = tokens[tokens.before(index)], tokens[tokens.after(index)]
    start = tokens[tokens.before(index)].end if tokens.before(index) >= 0 else token.start
    end = right.start if right.kind is not Kind.EDGE else token.end
    name = known.table(_FILE, "between").get(token.text)
    behind = (
        right.kind in (Kind.WORD, Kind.NUMERAL) or (right.text and right.text in _BEHIND) or _is_sign(tokens, right)
    )
    beyond = tokens[tokens.after(index) + 1]
    signed = right.text in DASHES or (right.text == "[" and token.text == "=")  # "b = –.14", "range = [5, 9]"
    behind = behind or (right.text != "" and signed and beyond.kind is Kind.NUMERAL)
    base = tokens[tokens.before(index) - 1]
    formula = token.text == "=" and (len(base.text) == 1 or base.kind is Kind.NUMERAL)  # "n! =", "ΔH° ="
    closing = left.text and left.text in _CLOSING and (formula or left.text not in "°!")
    before = left.kind in (Kind.WORD, Kind.NUMERAL) or closing or _is_sign(tokens, left)
    itemised = (behind and before) or left.text in ("…", ".")
    if token.text in _MENUS and itemised and _is_menu(left, right, tokens, index):
        yield Reading(start, end, "mathematics: menu", Joint("list"), 0.9)
    if name and behind and before:
        modulo = {tokens.word(at) for at in range(index + 1, index + _MODULO)}
        if not modulo.isdisjoint(known.words(_FILE, "modulo")):
            name = known.table(_FILE, "between_modulo").get(token.text, name)  # "a ≡ b (mod n)"
        if _is_bound(left, right, known) or _is_quantified(tokens, tokens.before(index)):
            name = name.removeprefix("is ")
        valued = (len(left.text) == 1 and left.kind is Kind.WORD) or left.kind is Kind.NUMERAL  # "1/3 ≈ 0.333"
        if valued and (left.kind is Kind.WORD or right.kind is Kind.NUMERAL):
            name = known.table(_FILE, "between_values").get(token.text, name)
        amount = _is_amount(right)
        rather = token.text in _RATHER and end == token.end and start < token.start and amount
        yield Reading(start, end, "mathematics: between", Words(f" {name} "), 0.4 if rather else 0.8)
    name = known.table(_FILE, "before").get(token.text)
    revision = token.text == "~" and tokens[index - 1].kind is Kind.WORD  # "HEAD~3"
    if (
        name
        and not revision
        and right.kind is not Kind.EDGE
        and (token.text not in "~=<>↑↓▲▼" or _is_amount(right) or (token.text in "<>" and right.text.isupper()))
    ):
        blank = " " if start == token.start and left.kind in (Kind.WORD, Kind.NUMERAL) else ""
        yield Reading(token.start, end, "mathematics: before", Words(f"{blank}{name} "), 0.7)
    name = known.table(_FILE, "alone").get(token.text)
    if name:
        after_word = left.kind is Kind.WORD and len(left.text) > 1
        word = known.table(_FILE, "after_word").get(token.text) if after_word else None
        power = known.table(_FILE, "powers").get(_POWERS.get(tokens[index + 1].text, ""), "")  # "∇²u"
        last, right = (tokens[index + 1], tokens[index + 2]) if power else (token, right)
        said = " ".join(["", word or name, *power.split()])
        after = _blank_before(right, last.end)
        yield Reading(token.start, last.end, "mathematics: alone", Words(said + after), 0.85 if power else 0.8)


def _is_bound(left: Token, right: Token, known: Vocabulary) -> bool:
    """ "needs >= 8 GB", "it was < .1": the verb is there already."""
    return _is_amount(right) and left.text.lower() in known.words(_FILE, "before_bounds")


def _is_amount(token: Token) -> bool:
    return token.kind is Kind.NUMERAL or (token.text != "" and token.text in f"{_CURRENCY}.")


def _blank_before(following: Token, start: int) -> str:
    """Return a blank, but none before a sign that closes: "0.5‰," ."""
    glued = following.start == start
    return "" if glued and following.text and following.text in ",.;:!?)" else " "


def _is_sign(tokens: Tokens, token: Token) -> bool:
    return token.kind is Kind.SIGN and token.text in tokens.vocabulary.table(_FILE, "alone")


def _is_quantified(tokens: Tokens, index: int) -> bool:
    """ "for all ε > 0": "greater", not "is greater"."""
    before = tokens.before(index)
    return tokens.word(before) in tokens.vocabulary.words(_FILE, "quantifiers") or tokens.is_sign(before, "∀∃")


def _is_menu(left: Token, right: Token, tokens: Tokens, index: int) -> bool:
    """Return True if a way through menus is meant: "File > Save As", not "a > b"."""
    menus = tokens.vocabulary.words(_FILE, "menus")
    first = tokens.before(index)
    whole = tokens[first - 2] if tokens.is_sign(first - 1, "-") and left.text.islower() else left  # "Right-click"
    if left.text in ("…", "."):  # "File > Save As… > PDF"
        goes_on = any(tokens.is_sign(at, _MENUS) for at in range(max(first - _LONGEST_ITEM, 0), first))
        return goes_on and right.kind is Kind.WORD and right.text[0].isupper()
    named = all((len(word.text) > 1 and word.text[0].isupper()) or word.text in menus for word in (whole, right))
    if tokens[index].text not in _ONLY_MENUS:
        goes_on = tokens.is_sign(tokens.before(tokens.before(index)), _MENUS)
        named = named and (goes_on or not menus.isdisjoint((left.text.lower(), right.text.lower())))
    before = tokens.before(tokens.before(index))
    goes_on = right.kind is Kind.NUMERAL and tokens.is_sign(before, _MENUS)  # "View > Zoom > 200%"
    words = left.kind is Kind.WORD and (right.kind is Kind.WORD or goes_on)
    lines = left.text.isupper() and right.text.isupper() and not tokens.is_sign(before, _MENUS)  # "AC > CB"
    if lines and menus.isdisjoint((left.text.lower(), right.text.lower())):
        return False
    return (named or goes_on) and words and tokens[index - 1].kind is tokens[index + 1].kind


def _row(tokens: Tokens, index: int) -> Iterator[Reading]:
    """Yield the same sign again and again: a line drawn, a smile."""
    sign = tokens[index].text
    at = index + 1
    while tokens[at].text == sign:
        at += 1
    if sign not in _ROWS or (at - index < 3 and sign in "=+*<>"):
        return
    free = tokens[index - 1].kind in (Kind.SPACE, Kind.EDGE) and tokens[at].kind is not Kind.WORD
    if free or at - index > 3:
        words = tokens[tokens.before(index)].kind is Kind.WORD and tokens[at + 1].kind is Kind.WORD
        value = Joint("list") if words and sign == "=" else Silent(blank=True)
        first = tokens[tokens.before(index)].end if words else tokens[index].start
        end = tokens[tokens.past_blank(at)].start if words else tokens[at - 1].end
        yield Reading(first, end, "row", value, 0.9)


def _signs(vocabulary: Vocabulary) -> Iterator[str]:
    for table in ("between", "before", "alone"):
        yield from vocabulary.table(_FILE, table)
    yield from _ROWS


MATHEMATICS = Recogniser(
    "mathematics",
    _propose,
    (("x < 5", "x is less than 5"), ("~5%", "about 5%"), ("File > Save As", "File, Save As"), ("∀x", "for all x")),
    words=_signs,
    languages=("en", *CODES),
)


def _arrow(tokens: Tokens, index: int) -> Iterator[Reading]:
    """Signs of two or three: "x >= 5", "a -> b"."""
    known = tokens.vocabulary
    left, right = tokens.before(index), tokens.past_blank(index + 2)
    menus = known.words(_FILE, "menus")
    if menus and tokens.matches(index, ">>") and not tokens.is_sign(index + 2, ">"):
        if tokens[left].text.istitle() and tokens[right].text.istitle():  # "Home >> Products"
            yield Reading(tokens[left].end, tokens[right].start, "arrow: menu", Joint("list"), 0.95)
        return
    for length in (3, 2):
        written = "".join(tokens[index + i].text for i in range(length))
        sign = _WRITTEN_AS.get(written, "")
        name = known.table(_FILE, "between").get(sign) or known.table(_FILE, "arrows").get(written)
        left, right = tokens.before(index), tokens.past_blank(index + length)
        if (name and tokens[left].kind in (Kind.WORD, Kind.NUMERAL)) or (name and tokens[left].text == ")"):
            menu = tokens[left].text.istitle() and tokens[right].text.istitle() and tokens[left].kind is Kind.WORD
            if menu and written == "->" and tokens.word(left) in menus:
                yield Reading(tokens[left].end, tokens[right].start, "arrow: menu", Joint("list"), 0.95)
            if _is_bound(tokens[left], tokens[right], known):
                name = name.removeprefix("is ")
            if tokens[right].kind in (Kind.WORD, Kind.NUMERAL) or tokens.is_sign(right, "(√−-"):
                yield Reading(tokens[left].end, tokens[right].start, "arrow", Words(f" {name} "), 0.9)
            return
        first = known.table(_FILE, "before").get(sign) or (name if length == len("+/-") else "")
        if first and sign != "=" and tokens[right].kind is Kind.NUMERAL:  # ">= 5 GB", "+/-5%"
            yield Reading(tokens[index].start, tokens[right].start, "arrow: first", Words(f"{first} "), 0.9)
            return


ARROW = Recogniser(
    "arrow",
    _arrow,
    (("x >= 5", "x is at least 5"), ("a -> b", "a to b")),
    signs="<>=!-+",
    needs=lambda known: (*_WRITTEN_AS, *known.table(_FILE, "arrows")),
    languages=("en", *CODES),
)


def _defined(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the colon of "x := 5"."""
    left, right = tokens.before(index), tokens.after(index + 1)
    said = tokens.vocabulary.table(_FILE, "between")["≔"]
    if tokens[index + 1].text == "=" and tokens[left].kind is not Kind.EDGE and tokens[right].kind is not Kind.EDGE:
        yield Reading(tokens[left].end, tokens[right].start, "mathematics: defined", Words(f" {said} "), 0.95)


DEFINED = Recogniser("mathematics", _defined, (("x := 5", "x is defined as 5"),), signs=":", needs=(":=",))


def _greek(tokens: Tokens, index: int) -> Iterator[Reading]:
    """Yield a Greek letter by itself: "Δt", "γ-rays", "the angle θ"."""
    token = tokens[index]
    names = tokens.vocabulary.table(_FILE, "greek")
    product = len(token.text) == 2 and tokens[index - 1].kind is Kind.NUMERAL  # "4πε₀"
    product = (
        product or token.text[0] == "Δ" or token.text.lower() in tokens.vocabulary.words(_FILE, "greek_pairs")
    )  # "ΔΔG", "γδ T cells"
    letters = [names.get(letter, "") for letter in token.text.lower()]
    name = " ".join(letters) if all(letters) else ""
    if name and (product or len(token.text) == 1):
        before = " " if tokens[index - 1].kind in (Kind.WORD, Kind.NUMERAL) else ""
        after = " " if tokens[index + 1].kind in (Kind.WORD, Kind.NUMERAL) else ""
        yield Reading(token.start, token.end, "Greek letter", Words(f"{before}{name}{after}"), 0.8)


GREEK = Recogniser(
    "Greek letter",
    _greek,
    (("Δt", "delta t"), ("γ-rays", "gamma-rays")),
    words=lambda known: (*known.table(_FILE, "greek"), *known.words(_FILE, "greek_products")),
    languages=("en", *CODES),
)


def _currency(tokens: Tokens, index: int) -> Iterator[Reading]:
    """Yield the sign of a currency without a sum: "the £/$ rate"."""
    token = tokens[index]
    beside = (tokens[index - 1], tokens[index + 1])
    if any(one.kind in (Kind.NUMERAL, Kind.WORD) for one in beside) or tokens[index + 2].kind is Kind.NUMERAL:
        return
    names = tokens.vocabulary.table("currencies", "signs")
    if tokens[index - 2].kind is not Kind.NUMERAL and all(one.text not in names for one in beside):
        many = tokens.word(tokens.before(index)) in tokens.vocabulary.words("currencies", "before_many")
        name = tokens.vocabulary.table("currencies", "names")[names[token.text]][many]
        yield Reading(token.start, token.end, "currency", Words(name), 0.7)


CURRENCY = Recogniser("currency", _currency, (("the £/$ rate", "the pound dollar rate"),), signs=_CURRENCY)
