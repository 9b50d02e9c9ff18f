"""English words for what joins two numbers."""

from __future__ import annotations

from player.utterance.spoken.speakers.english.measures import say_below
from player.utterance.spoken.speakers.saying import Saying, Says
from player.utterance.spoken.values import Factor, Joint, Pair, Per, Times


def _said(kind: str) -> str:
    """Return the words of a joint are its kind: " divided by "; of a list a comma, of none a blank."""
    return ", " if kind == "list" else f" {kind} " if kind else " "


def say_joint(joint: Joint, saying: Saying) -> str:
    """ " to "."""
    return _said(joint.kind)


def say_pair(pair: Pair, saying: Saying) -> str:
    """ "8 out of 10"."""
    return _figures(pair.first) + _said(pair.joint) + _figures(pair.second)


def _figures(text: str) -> str:
    """Return a number as engines read it right: "minus point 1 2" for "minus .12"."""
    sign, _, figures = text.rpartition(" ")
    return f"{sign} point {' '.join(figures[1:])}".strip() if figures[:1] == "." else text


def say_per(per: Per, saying: Saying) -> str:
    """ " per hour"."""
    return f" per {per.unit if per.named else say_below(Factor(per.unit, per.power), saying)}"


def say_times(times: Times, saying: Saying) -> str:
    """ " times"."""
    return " times"


SAYS: Says = {Joint: say_joint, Pair: say_pair, Per: say_per, Times: say_times}
