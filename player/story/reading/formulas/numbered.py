r"""Numbers of equations that a text refers to, as MathJax counts them: "by \eqref{mass}" -> "by (2)"."""

from __future__ import annotations

import re

from player.patterns import later

_SAID = later(
    r"""(?P<code><(?P<tag>pre|code|script|style)\b.{0,20000}?</(?P=tag)>|```.{0,20000}?```|`[^`\n]{1,500}`)
    |(?P<blank>[ \t~]{0,4}|&nbsp;)\\(?P<kind>eq|auto|[cC])?ref\{(?P<name>[^{}\n]{1,80})\}""",
    re.DOTALL | re.VERBOSE,
)
"""A reference; code is passed over."""
_COUNTED = later(
    r"""\\begin\{(?P<begun>equation|align|gather|eqnarray|multline)\}|\\end\{(?P<ended>\w+)\}
    |\\tag\*?\{(?P<tag>[^{}\n]{1,20})\}|\\label\{(?P<label>[^{}\n]{1,80})\}|(?P<line>\\\\)""",
    re.VERBOSE,
)
_BY_LINE = ("align", "gather", "eqnarray")
"""Environments each line of which has a number."""


def with_numbers(text: str) -> str:
    r"""Return a text with the numbers of equations in place of \ref and \eqref; nothing for those without a label."""
    if "ref{" not in text:
        return text
    numbers = _numbers(text)

    def said(found: re.Match[str]) -> str:
        if found["code"]:
            return found[0]
        number = numbers.get(found["name"], "")
        if not number:
            return ""
        return f" ({number})" if found["kind"] == "eq" else f" {number}"

    return _SAID.sub(said, text)


def _numbers(text: str) -> dict[str, str]:
    """Return {label: number}."""
    numbers: dict[str, str] = {}
    count, around, tag = 0, "", ""
    for found in _COUNTED.finditer(text):
        if found["begun"]:
            around, tag = found["begun"], ""
            count += 1
        elif found["ended"]:
            around, tag = ("", "") if found["ended"] == around else (around, tag)
        elif found["line"]:
            count, tag = count + (around in _BY_LINE), ""
        elif found["tag"]:
            tag = found["tag"]
        else:
            count += not (around or tag)
            numbers.setdefault(found["label"], tag or str(count))
    return numbers
