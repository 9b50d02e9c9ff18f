r"""Environments of LaTeX that never end, or never began: the text with the missing ends, and without the others.

>>> closed("\\begin{quote}\nIt rained.\n\\end{center}\n\\section{Two}\nIt burned.")
'\\begin{quote}\nIt rained.\n\n\\end{quote}\n\\section{Two}\nIt burned.'
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_SIGN = re.compile(
    r"\\begin\{(?P<verbatim>verbatim|lstlisting|minted|Verbatim)\}"
    r"(?:(?!\\begin\{(?P=verbatim)\}).)*?\\end\{(?P=verbatim)\}"
    r"|\\begin\{(?P<begun>[^{}\n]*)\}|\\end\{(?P<ended>[^{}\n]*)\}"
    r"|(?P<part>\\(?:part|chapter|section|subsection|subsubsection)\*?[\[{])"
    r"|(?P<blank>\n[ \t]*\n)|(?<!\\)%[^\n]*|\\.",
    re.DOTALL,
)
_DEEPEST = 50
"""Environments within one another, at most; nobody writes so many."""
_FORMULA = re.compile(r"(?:displaymath|math|equation|align|gather|multline|eqnarray|flalign|alignat|split)\*?")
"""Environments that no blank line is in."""


class _Open(NamedTuple):
    """An environment that has begun."""

    name: str
    stops: list[int]
    """The first place further on before which it may end, if it has no end."""


def is_even(text: str) -> bool:
    """Return True if each environment begins as often as it ends, in whatever order: a command may hold one end."""
    found = Counter[str]()
    for sign in _SIGN.finditer(text):
        if (name := sign["begun"] or sign["ended"]) is not None:
            found[name] += 1 if sign["begun"] else -1
    return not any(found.values())


def closed(text: str) -> str:
    """Return a text (without what stands above `\\begin{document}`) in which each environment has its two ends.

    A missing end is put before the next heading, or the end of the environment around; of a formula, before the next
    blank line.
    """
    changes = sorted(_changes(text), key=lambda change: change[0])
    kept: list[str] = []
    last = 0
    for start, end, said in changes:
        kept += [text[last:start], said]
        last = max(last, end)
    return "".join([*kept, text[last:]])


def _changes(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, what stands there instead)."""
    changes: list[tuple[int, int, str]] = []
    opened: list[_Open] = []
    for found in _SIGN.finditer(text):
        if (name := found["begun"]) is not None:
            if len(opened) == _DEEPEST:
                changes.append((found.start(), found.end(), ""))
            else:
                opened.append(_Open(name, []))
        elif (name := found["ended"]) is not None:
            if not any(one.name == name for one in opened):
                changes.append((found.start(), found.end(), ""))
                continue
            while (one := opened.pop()).name != name:
                changes.append(_end(one, found.start()))
        elif found["part"] or found["blank"]:
            for one in opened:
                if not one.stops and (found["part"] or _FORMULA.fullmatch(one.name)):
                    one.stops.append(found.start())
    return changes + [_end(one, len(text)) for one in reversed(opened)]


def _end(one: _Open, at: int) -> tuple[int, int, str]:
    at = min([*one.stops, at])
    return at, at, f"\n\\end{{{one.name}}}\n"


def parts(text: str) -> list[str]:
    """Return the paragraphs and outermost environments of a text in which each environment has its two ends."""
    found: list[str] = []
    depth = last = 0
    for sign in _SIGN.finditer(text):
        if sign["begun"] is not None:
            depth += 1
        elif sign["ended"] is not None:
            depth -= 1
        elif sign["blank"] and depth == 0:
            found.append(text[last : sign.start()])
            last = sign.end()
    return [part for part in (*found, text[last:]) if part.strip()]


def inside(part: str) -> Sequence[str]:
    """Return the parts of what a single environment holds; none for anything else."""
    whole = re.fullmatch(r"\s*\\begin\{([^{}\n]*)\}(.*)\\end\{\1\}\s*", part, re.DOTALL)
    found = parts(whole[2]) if whole else []
    return found if len(found) > 1 else []
