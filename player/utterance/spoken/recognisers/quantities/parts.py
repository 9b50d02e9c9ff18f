"""What quantities have in common: the unit behind a number, its full stop, where an item of a list begins."""

from __future__ import annotations

from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit
from player.utterance.spoken.values import Unit

_LONGEST_BRACKET = 40
"""Tokens before a measure among which its bracket opens."""
_BULLETS = "*-•–"


def unit_behind(tokens: Tokens, index: int) -> tuple[Unit, int, bool] | None:
    """Return the unit here, with the blank or hyphen before it: the unit, the index behind it, whether there was a
    hyphen."""
    hyphen = tokens.is_sign(index, "-")
    found = read_unit(tokens, index + 1 if hyphen else tokens.past_blank(index))
    return (found[0], found[1], hyphen) if found else None


def ends_with_stop(tokens: Tokens, index: int) -> bool:
    """Return True if a full stop here belongs to the abbreviation: "5 min. later", not at the end of a sentence."""
    if not tokens.is_sign(index, "."):
        return False
    after = tokens[index + 1]
    if after.kind is Kind.SPACE:
        following = tokens[index + 2]
        return following.text[:1].islower() or following.kind is Kind.NUMERAL or following.text == "("
    if after.text == ")" and tokens[tokens.after(index + 1)].text[:1].isupper():
        return not _is_sentence(tokens, index)
    return after.text in (",", ";", ":", ")", "-", "–")  # "3-ft.-wide", "18 mos.–3 yrs."


def _is_sentence(tokens: Tokens, index: int) -> bool:
    """Return True if the bracket that closes behind this stop holds a sentence: "(It is 5 km.)", not "(28 oz.)"."""
    opened = next((at for at in range(index - 1, max(index - _LONGEST_BRACKET, -1), -1) if tokens[at].text == "("), -1)
    return opened >= 0 and tokens[opened + 1].text[:1].isupper()


def begins_item(tokens: Tokens, first: int) -> bool:
    """Return True if a line of a list begins here, as those of recipes do: "* 10 tsp. Sriracha"."""
    bullet = tokens.before(first)
    return bullet < 0 or (tokens.before(bullet) < 0 and tokens.is_sign(bullet, _BULLETS))
