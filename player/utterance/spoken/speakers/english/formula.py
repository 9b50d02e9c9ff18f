"""English for formulas in TeX: powers, fractions, roots, Greek letters and signs, read from left to right."""

from __future__ import annotations

import re

from player.utterance.spoken.speakers.saying import Saying, Says
from player.utterance.spoken.values import Formula

_PART = re.compile(
    r"""
    \\(?P<command>[A-Za-z]+)    # \alpha
  | \\.                         # \, and other spacing
  | (?P<number>\d+(?:[.,]\d+)*)
  | (?P<letter>[^\W\d_])
  | (?P<sign>\S)
    """,
    re.VERBOSE,
)
_POWERS = {"2": "squared", "3": "cubed", "circ": "degrees", "prime": "prime", "T": "transposed"}
_SIGNS = {"+": "plus", "-": "minus", "*": "times", "/": "over", "!": "factorial", "'": "prime", ",": ","}
_SILENT = frozenset(
    ["left", "right", "big", "Big", "mathrm", "mathbf", "mathbb", "mathcal", "text", "quad", "displaystyle"]
)
_DEEPEST = 8


def say_formula(formula: Formula, saying: Saying) -> str:
    """ "4 x 1 is at most 9"."""
    parts = [(m.lastgroup or "", m[m.lastgroup] if m.lastgroup else "") for m in _PART.finditer(formula.source)]
    return " ".join(" ".join(_Reader(parts, saying).rest(0)).split()).replace(" ,", ",")


class _Reader:
    """Reads the parts of a formula, one after the other."""

    def __init__(self, parts: list[tuple[str, str]], saying: Saying) -> None:
        self._parts = parts[::-1]
        self._tables = saying.vocabulary.table("mathematics")
        self._greek = set(self._tables["greek"].values())

    def rest(self, depth: int) -> list[str]:
        """Words up to the end of the group."""
        said: list[str] = []
        while self._parts:
            if self._parts[-1][1] == "}":
                self._parts.pop()
                break
            said += self._next(depth)
        return said

    def _group(self, depth: int) -> list[str]:
        """Words of what is in braces, or of the one part that comes next."""
        if self._parts and self._parts[-1] == ("sign", "{") and depth < _DEEPEST:
            self._parts.pop()
            return self.rest(depth + 1)
        return self._next(depth + 1) if self._parts else []

    def _next(self, depth: int) -> list[str]:
        kind, text = self._parts.pop()
        if kind == "command":
            return self._command(text, depth)
        if text == "^":
            power = self._group(depth)
            known = _POWERS.get("".join(power))
            return [known] if known else ["to the power of", *power]
        if kind == "sign":
            named = self._tables["between"].get(text) or self._tables["alone"].get(text) or _SIGNS.get(text)
            return [named] if named else self._group(depth) if text == "_" else []
        return [self._tables["greek"].get(text, text)]

    def _command(self, name: str, depth: int) -> list[str]:
        if name in ("frac", "tfrac", "dfrac"):
            return [*self._group(depth), "over", *self._group(depth)]
        if name == "sqrt":
            return ["the square root of", *self._group(depth)]
        if name in _SILENT:
            return []
        if name.lower() in self._greek:
            return [name.lower()]
        return [self._tables["tex"].get(name, name)]


SAYS: Says = {Formula: say_formula}
