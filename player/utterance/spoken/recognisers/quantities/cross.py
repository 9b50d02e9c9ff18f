"""A cross beside a number: "1920x1080", "3 × 4", "3x faster", "PCIe 4.0 x16"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import VULGAR
from player.utterance.spoken.grammar import has_determiner, is_before_noun, stands_apart
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit
from player.utterance.spoken.values import Joint, Times, Words

_POWERS = "^⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_IN_FORMULAS = "-–+=<>*/^²³⁴ⁿ₁₂"
"""Signs after "3x" that make it a formula: "3x + 1"."""


def _cross(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "×" and "x" beside a number."""
    left, right = tokens.before(index), tokens.after(index)
    before, cross, after = tokens[left], tokens[index], tokens[right]
    if _is_code(tokens, index):
        return
    if _is_label(tokens, index):
        yield Reading(cross.start, cross.end, "cross: before number", Words("x "), 0.9)
    elif _is_before_number(tokens, index) and _follows_telephone(tokens, index):
        said = Words(f"{tokens.vocabulary.table('telephone')['extension']} ")
        yield Reading(cross.start, after.start, "telephone: extension", said, 0.95)
    elif _is_packed(tokens, left, right):
        yield Reading(before.end, after.start, "cross: so many packs", Joint("list"), 0.9)
    elif _is_number(tokens, left) and after.kind is Kind.NUMERAL:
        joint = Joint("by" if _is_size(tokens, index) else "times")
        yield Reading(before.end, after.start, "cross: between numbers", joint, 0.85)
    elif after.kind is Kind.NUMERAL and tokens.is_sign(left, "\"″”'′’") and _is_number(tokens, left - 1):
        yield Reading(before.end, after.start, "cross: after mark", Joint("by"), 0.85)
    elif after.kind is Kind.NUMERAL and _is_measured(tokens, left - 1 if tokens.is_sign(left, ".") else left):
        yield Reading(before.end, after.start, "cross: after unit", Joint("by"), 0.85)
    elif _is_number(tokens, left) and _is_repeated(tokens, right):
        yield Reading(before.end, cross.end, "cross: repeated", Times(), 0.85)
    elif _is_number(tokens, index - 1) and tokens[index + 1].text not in ("-", "^", "*"):
        if _is_factor(tokens, index):
            word = tokens[index + 1].kind is Kind.WORD  # "3,000×g"
            yield Reading(cross.start, cross.end, "cross: times", Joint("times") if word else Times(), 0.8)
    elif cross.text == "×" and after.kind is Kind.NUMERAL and right == index + 1 and stands_apart(tokens, index):
        yield Reading(cross.start, after.start, "cross: so many times", Words("times "), 0.8)  # "(×2)"
    elif cross.text == "×" and before.kind is Kind.WORD and after.kind is Kind.WORD:
        sized = tokens.word(tokens.after(right)) in tokens.vocabulary.words("joints", "sized")  # "an n × n matrix"
        joint = Joint("by" if sized else "times")
        yield Reading(before.end, after.start, "cross: between words", joint, 0.9 if sized else 0.7)


def _is_packed(tokens: Tokens, left: int, right: int) -> bool:
    """ "2 x 400g tins of tomatoes": a number of packs, and what each holds."""
    unit, known = tokens.past_blank(right + 1), tokens.vocabulary
    things = tokens[left].text.isdecimal() and len(tokens[left].text) < 3 and tokens[right].kind is Kind.NUMERAL
    word = tokens.word(unit + 2)
    held = not {word, word.removesuffix("s"), word.removesuffix("es")}.isdisjoint(known.words("units", "containers"))
    return things and held and tokens[unit].text in known.words("joints", "packed") and tokens[unit + 1].text == " "


def _is_repeated(tokens: Tokens, right: int) -> bool:
    """ "3 x a day", "2x/week", "2 x daily"."""
    known = tokens.vocabulary
    if tokens.word(right) in known.words("joints", "repeated"):
        return True
    each = tokens.is_sign(right, "/") or tokens.word(right) in known.words("joints", "for_each")
    return each and tokens.word(tokens.after(right)) in known.words("units", "per")


def _is_number(tokens: Tokens, index: int) -> bool:
    return tokens[index].kind is Kind.NUMERAL or tokens[index].text in VULGAR


def _is_glued(tokens: Tokens, index: int) -> bool:
    """True without blanks on both sides."""
    return tokens.before(index) == index - 1 and tokens.after(index) == index + 1


def _is_code(tokens: Tokens, index: int) -> bool:
    """ "0x1F", "SN 4X7-220-B"."""
    cross = tokens[index].text
    hexadecimal, serial = (
        cross == "x" and tokens[index - 1].text == "0",
        cross == "X" and tokens.is_sign(index + 2, "-"),
    )
    return _is_glued(tokens, index) and (hexadecimal or serial)


def _is_before_number(tokens: Tokens, index: int) -> bool:
    """ "x16" after a blank."""
    apart = tokens[index - 1].kind is Kind.SPACE and tokens[index + 1].kind is Kind.NUMERAL
    return apart and tokens[index].text == "x"


def _follows_telephone(tokens: Tokens, index: int) -> bool:
    """ "555-0123 x45"."""
    left = tokens.before(index)
    return len(tokens[left].text) == 4 and tokens.is_sign(left - 1, "-.–")


def _is_label(tokens: Tokens, index: int) -> bool:
    """ "PCIe 4.0 x16"; not "12 x30 cm"."""
    label = _is_before_number(tokens, index) and not _follows_telephone(tokens, index)
    return label and not read_unit(tokens, tokens.past_blank(index + 2))


def _is_size(tokens: Tokens, index: int) -> bool:
    """ "1920x1080", "a 4 × 6 print"; not "½ × 4 = 2", "5×10³", "2 × 5 min"."""
    left, right = tokens.before(index), tokens.after(index)
    unit, glued, equals = (
        tokens.past_blank(right + 1),
        _is_glued(tokens, index),
        tokens.is_sign(tokens.after(right), "="),
    )
    lasting = tokens.word(unit) != "m" and tokens.word(unit) in tokens.vocabulary.table("units", "durations")
    if tokens.is_sign(right + 1, _POWERS) or (not glued and (equals or lasting)):
        return False
    if _is_of_three(tokens, left, right) or tokens.word(unit) in tokens.vocabulary.words("joints", "sized"):
        return True
    if glued or tokens[left].text in VULGAR or read_unit(tokens, unit):
        return True
    if not equals and min(len(tokens[left].text), len(tokens[right].text)) > 2:
        return True
    ends = tokens[right + 1].kind is Kind.EDGE or tokens.is_sign(right + 1, '.,;!?"”')
    return has_determiner(tokens, left) and (ends or is_before_noun(tokens, left, right + 1))


def _is_of_three(tokens: Tokens, left: int, right: int) -> bool:
    """ "60 x 40 x 20 cm", either of its crosses."""
    for joint, number, step in (
        (tokens.after(right), tokens.after(tokens.after(right)), 1),
        (tokens.before(left), 0, -1),
    ):
        other = number if step > 0 else tokens.before(joint)
        crossed = tokens[joint].text in ("×", "x") and _is_number(tokens, other)
        end = right if step < 0 else other
        behind = tokens.past_blank(end + 1)
        sized = tokens.word(behind) in tokens.vocabulary.words("joints", "sized")  # "the 2 × 2 × 2 design"
        if crossed and (sized or read_unit(tokens, behind)):
            return True
    return False


def _is_measured(tokens: Tokens, index: int) -> bool:
    """ "20 in", "5 m"."""
    return tokens[index].kind is Kind.WORD and tokens[tokens.before(index)].kind is Kind.NUMERAL


def _is_factor(tokens: Tokens, index: int) -> bool:
    """ "3x faster", "(2× as much)"; not "777x jets", "on 97X", "3x + 1", "y = 3x"."""
    left, right, joints = tokens[index - 1], tokens.after(index), tokens.vocabulary
    more = tokens.word(right).endswith("er") or tokens.word(right) in joints.words("joints", "more")
    numbered = tokens.is_sign(tokens.before(index - 1), "§") or tokens[index - 3].text == left.text  # "§§ 1681–1681x"
    if numbered or left.text in joints.words("joints", "models") or (tokens[index].text == "X" and not more):
        return False
    after = tokens[right].text
    bracket = tokens.before(index - 1)
    glued = tokens[bracket - 1].kind in (Kind.NUMERAL, Kind.WORD) or tokens[bracket - 1].text == ")"  # "4(2x)"
    opened = tokens.is_sign(bracket, "(") and (glued or not (more or tokens.is_sign(index + 1, ")")))
    signed = opened or tokens.is_sign(tokens.before(index - 1), "=+<>≤≥")
    summed = signed and tokens[index].text != "×"
    return not summed and not (after and after in _IN_FORMULAS)


CROSS = Recogniser(
    "cross",
    _cross,
    (("1920x1080", "1920 by 1080"), ("3 × 4", "3 times 4"), ("3x faster", "3 times faster")),
    signs="×",
    words=lambda known: known.words("joints", "cross"),
    with_number=True,
)
