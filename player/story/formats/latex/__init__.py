"""LaTeX, by pandoc: the text without its commands; citations are left out."""

from __future__ import annotations

import re
from dataclasses import replace

from player.story.formats.latex.environments import is_even
from player.story.formats.latex.parts import read_in_parts, whole
from player.story.pandoc.program import NotUnderstood
from player.story.pandoc.texts import read_text
from player.story.reading.draft import Draft
from player.story.reading.raw_source import RawSource

_OTHER = re.compile(r"^[ \t]*\\begin\{(htmlonly|rawhtml|comment)\}", re.MULTILINE)
"""Begins what is for pages in HTML, and said again for print."""
_SPACING = re.compile(r"\\(?:begin|end)\{(?:spacing|adjustwidth)\}(?:\{[^{}\n]*\})*")
"""Environments of which pandoc takes the measures for text."""

_TERM = re.compile(r"\\(define|defn|defi|dfn|term|newterm|keyterm|keyword|concept|vocab|jargon)(?=\{)")
"""Commands of authors for what is being defined. Where another file has their meaning, pandoc drops the words."""
_DEFINED = re.compile(r"\\(?:(?:re)?newcommand|providecommand|def|DeclareRobustCommand)\*?\{?\\([A-Za-z]+)")


def read(raw: RawSource) -> Draft:
    """Return the draft of a text. Raises SourceError, and ModuleNotFoundError without pypandoc."""
    text = _SPACING.sub("", _without_other(raw.text.replace("\r\n", "\n")))
    defined = frozenset(_DEFINED.findall(text))
    text = _TERM.sub(lambda found: found[0] if found[1] in defined else r"\emph", text)
    text = text.removeprefix("\ufeff")
    if not is_even(text):
        text = whole(text)  # on lists that never end pandoc takes twice as long for each
    try:
        return read_text(replace(raw, data=text.encode("utf-8", "replace"), charset="utf-8"), "latex", most_plain=0)
    except NotUnderstood:
        return read_in_parts(whole(text), raw.name)


def _without_other(text: str) -> str:
    """Return a text without what is not for print."""
    kept: list[str] = []
    last = 0
    endless = set[str]()
    for begun in _OTHER.finditer(text):
        name = begun[1]
        if begun.start() < last or name in endless:
            continue
        ended = re.compile(rf"^[ \t]*\\end\{{{name}\}}", re.MULTILINE).search(text, begun.end())
        if ended is None:
            endless.add(name)
        else:
            kept.append(text[last : begun.start()])
            last = ended.end()
    return "".join([*kept, text[last:]])
