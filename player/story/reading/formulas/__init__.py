"""Formulas as text to be spoken: TeX and MathML, through one tree.

Letters, numbers and signs stay as they are ("a² + b² = c²"), because voices of every language can say them; drawn parts
(fractions, roots, sums) become words ("the square root of 2").
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from html import unescape
from typing import Any

from player.patterns import later
from player.story.raised_figures import LOWERED, RAISED
from player.story.reading.formulas.spoken_mathml import mathml_text, no_text, power_text

_logger = logging.getLogger(__name__)

__all__ = ("formula_text", "mathml_text", "no_text", "power_text")

_LONGEST = 1_000
"""Characters of TeX; nobody follows a longer formula by ear."""
_DEEPEST = 40
"""Nested brackets; the converter recurses for each."""
_UNSAID = later(
    r"\\(?:label|tag\*?|ref|eqref|cite|color|hspace\*?|vspace\*?|phantom|style|class|require)\s*\{[^{}]*\}"
    r"|\\(?:notag|nonumber|limits|nolimits|displaystyle|textstyle|scriptstyle|allowbreak|nobreak|hfill)(?![a-zA-Z])"
    r"|(?<!\\)%[^\n]*"
)
_WORDS = later(r"\\(?:mathrm|operatorname\*?|textrm|mathsf|mathit|rm|mbox|hbox)\s*\{\s*([A-Za-z][A-Za-z ]+)\s*\}")
_ROWS = later(
    r"\\(begin|end)\{(?:align(?:ed|at|edat)?|gather(?:ed)?|flalign|eqnarray|multline|split)\*?\}(?:\{\d\}|\[\w\])?"
)
"""Environments of several lines; the converter knows `align*` in all its versions, and not all others."""
_CHEMISTRY = later(r"\\(?:ce|cee)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_CHARGE = later(r"\^\{?(\d*[+-])\}?|(?<=[A-Za-z)])([+-])(?=\s|$)")
_COUNT = later(r"(?<=[A-Za-z)\]])_?\{?(\d+)\}?")
_SPACES = later(r"(?<!\\)\\[,;:!> ]|~|\\q?quad(?![a-zA-Z])|\\(?:thin|med|thick)space(?![a-zA-Z])")


@lru_cache(maxsize=1024)
def formula_text(tex: str, language: str = "") -> str:
    """Return a formula in TeX as it is read out; words for "a formula" when it is too long or no TeX.

    >>> formula_text("a^2 + b_1"), formula_text(r"\\frac{a+b}{2}")
    ('a² + b₁', 'a + b, all over 2')
    """
    tex = _plain(tex)
    if not tex:
        return ""
    if len(tex) > _LONGEST or _depth(tex) > _DEEPEST:
        return no_text(language)
    from latex2mathml import exceptions
    from latex2mathml.converter import convert_to_element  # 0.1 s, and only for TeX

    own = [one for one in vars(exceptions).values() if isinstance(one, type) and issubclass(one, Exception)]
    failures: tuple[type[Exception], ...] = (
        *own,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        StopIteration,
        RecursionError,
    )
    try:
        tree: Any = convert_to_element(tex)
    except failures:  # the converter has many exceptions, without a common base
        _logger.info("no formula: %s", tex, exc_info=True)
        return no_text(language)
    for element in tree.iter():
        element.text = unescape(element.text or "")  # it writes signs as entities
    return mathml_text(tree, language)


def _plain(tex: str) -> str:
    tex = _CHEMISTRY.sub(_compound, tex)
    tex = _UNSAID.sub(" ", tex)
    tex = _ROWS.sub(r"\\\1{align*}", tex)
    tex = _WORDS.sub(r"\\text{\1}", tex)
    return " ".join(_SPACES.sub(" ", tex).split())


def _compound(found: re.Match[str]) -> str:
    """Return a chemical formula in mhchem's notation as text."""
    said = _CHARGE.sub(lambda charge: (charge[1] or charge[2]).translate(RAISED), found[1])
    said = _COUNT.sub(lambda count: count[1].translate(LOWERED), said)
    said = said.replace("<=>", "⇌").replace("->", "→").translate({ord(sign): None for sign in "{}_^$"})
    return f"\\text{{{said}}}"


def _depth(tex: str) -> int:
    depth = deepest = 0
    for sign in tex:
        depth += (sign == "{") - (sign == "}")
        deepest = max(deepest, depth)
    return max(deepest, tex.count("\\left"), tex.count("\\sqrt") + tex.count("\\frac"), tex.count("\\begin"))
