"""MDX, the Markdown of Docusaurus, Astro and Nextra: without its JavaScript, components as their titles and text.

>>> plain_mdx('import Card from "./card";\\n\\n<Card title="Sugar">\\n    Two parts.\\n</Card>').split()
['Sugar', 'Two', 'parts.']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.patterns import later

_MODULE = later(
    r"""^(?: import \s+ (?:[\w$*{},\s]{1,2000}\s from \s+)? ["'][^"'\n]+["'];?[ \t]*$
          | export \s+ (?:const|let|var|function|default|async|class|\*|\{) )""",
    re.MULTILINE | re.VERBOSE,
)
"""What belongs to the module that a text is."""
_EXPRESSION = later(r"\{/\*.*?\*/\}|(?<!\{)\{[A-Za-z_$][\w$]*(?:\??\.[\w$]+)+(?:\(\))?\}", re.DOTALL)
"""Comments, and values within a line."""
_BRACE = later(r"[ \t]*\{(?=[\s\w/(\[])")
_FENCE = later(r"[ \t]*(`{3,}|~{3,})")
_TAG = later(r"[ \t]*<(/?)([A-Z][\w.]*|(?=>))")
"""A component's, at the beginning of a line; HTML's own have small letters."""
_CLOSED = later(r"</(?:[A-Z][\w.]*)?>[ \t]*$")
_SAID = later(r"""\b(?:title|label|heading|summary|description)=(?:\{\s*)?(?:"([^"]*)"|'([^']*)')""")
"""Attributes that a component shows, in the order in which it does."""
_TYPE = later(r"""\btype=(?:\{\s*)?["']([a-z]+)["']""")
_BOXES = ("Note", "Tip", "Info", "Warning", "Caution", "Danger", "Important", "Check", "Error")
_TYPED = ("Aside", "Callout", "Admonition", "Alert")
"""Components that are boxes of their name, and of a type."""
_SIGN = later("[{}>\"'`]")
_LONGEST = 20_000
"""Characters of a tag or expression."""
_MOST_ENDLESS = 50
"""Tags and expressions without an end, after which no more are looked for."""
_DEEPEST = 20
"""Components within one another whose indents count."""


def is_mdx(text: str, suffix: str) -> bool:
    """Return True for MDX, by its suffix or because it imports components."""
    return suffix == ".mdx" or (text.startswith("import ", len(text) - len(text.lstrip())) and "from" in text[:500])


def plain_mdx(text: str) -> str:
    """Return a text as Markdown."""
    return "\n".join(_Reading(text).lines())


class _Reading:
    """One way through a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._indents: list[int | None] = []  # of what stands in each open component
        self._endless = 0  # tags and expressions without an end

    def lines(self) -> Iterator[str]:
        """Yield the lines of Markdown."""
        at = 0
        fence = ""
        while at < len(self._text):
            end = self._text.find("\n", at) + 1 or len(self._text) + 1
            line = self._text[at : end - 1]
            if found := _FENCE.match(line):
                fence = "" if fence and found[1].startswith(fence) else fence or found[1]
            elif not fence:
                if after := self._end_of_code(at):
                    at = after
                    continue
                tag = _TAG.match(line)
                if tag is not None and (after := self._end(at + tag.end(), ">")):
                    yield from self._shown(tag, self._text[at + tag.end() : after - 1])
                    at = after + 1 if self._text.startswith("\n", after) else after
                    continue
                line = _EXPRESSION.sub("", line)
                if self._indents and (closed := _CLOSED.search(line)):
                    yield self._dedented(line[: closed.start()])
                    self._indents.pop()
                    line = ""
            yield self._dedented(line)
            at = end

    def _shown(self, tag: re.Match[str], attributes: str) -> Iterator[str]:
        """Yield the lines for a component's tag, and keep that it is open."""
        name = tag[2]
        box = name in _BOXES or name in _TYPED
        yield ""
        if tag[1]:
            if self._indents:
                self._indents.pop()
            yield from (":::", "") if box else ()
            return
        said = [a or b for a, b in _SAID.findall(attributes)]
        if box:
            kind = _TYPE.search(attributes)
            yield f"::: {(kind[1] if kind else 'note') if name in _TYPED else name.lower()} {' '.join(said[:1])}"
        else:
            yield from (line for one in said for line in (one, ""))
        if not attributes.endswith("/"):
            self._indents.append(None)

    def _dedented(self, line: str) -> str:
        """Return a line without the indent of its component, which would make code of it."""
        indent = len(line) - len(line.lstrip())
        if self._indents and self._indents[-1] is None and line.strip():
            self._indents[-1] = indent
        return line[min(indent, max((n or 0 for n in self._indents[-_DEEPEST:]), default=0)) :]

    def _end_of_code(self, at: int) -> int:
        """Return the index behind a statement or expression that begins a line; 0 when none does."""
        text = self._text
        if _MODULE.match(text, at):
            blank = text.find("\n\n", at)
            while 0 <= blank < at + _LONGEST and text.count("{", at, blank) > text.count("}", at, blank):
                blank = text.find("\n\n", blank + 2)
            return blank + 1 if blank >= 0 else len(text)
        first = _BRACE.match(text, at)
        end = self._end(first.end() - 1, "}") if first else 0
        return end + 1 if end and text[end : end + 1] in ("", "\n") else 0

    def _end(self, at: int, last: str) -> int:
        """Return the index behind a tag's or expression's last character; 0 when it does not end."""
        depth = 0
        quote = ""
        for found in _SIGN.finditer(self._text, at, at + _LONGEST if self._endless < _MOST_ENDLESS else at):
            sign = found[0]
            if quote or sign in ("'", '"', "`"):
                quote = sign if not quote and (sign != "'" or depth) else "" if sign == quote else quote
                continue
            depth += {"{": 1, "}": -1}.get(sign, 0)
            if sign == last and depth == 0:
                return found.end()
        self._endless += 1
        return 0
