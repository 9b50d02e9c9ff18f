"""Which rules may match a text at all, from the characters and pairs of neighbours in it.

Trying all patterns on every sentence would take most of the time: few rules have anything to do with most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from operator import add

from player.utterance.spoken.rules.model import Rule


class Gate:
    """A list of rules, asked for those worth trying on a text.

    Bit n of a number stands for what rule n needs, bit n + (number of rules) for what it also needs. Each sign
    sets the bits of those that wait for it; what a rule does not ask for is set from the start.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._granted = 0
        self._odd = 0
        self._signs: dict[str, int] = {}
        wishes = [rule.needs for rule in self._rules] + [rule.also for rule in self._rules]
        for bit, signs in enumerate(wishes):
            if not signs and bit < len(self._rules) and self._rules[bit].odd:
                self._odd |= 1 << bit
            elif not signs:
                self._granted |= 1 << bit
            for sign in signs:
                self._signs[sign] = self._signs.get(sign, 0) | 1 << bit
        self._known = frozenset(self._signs)

    def worth_trying(self, text: str) -> Iterator[Rule]:
        """The rules whose needs are met, by priority."""
        granted = self._granted
        if not (text.isascii() and text.isprintable()):
            granted |= self._odd
        for sign in self._known.intersection(chain(text, map(add, text, text[1:]))):
            granted |= self._signs[sign]
        left = granted & (granted >> len(self._rules))
        while left:
            lowest = left & -left
            left ^= lowest
            yield self._rules[lowest.bit_length() - 1]
