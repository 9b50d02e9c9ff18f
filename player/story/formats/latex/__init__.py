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

_OTHER = re.compile(r"^[ \t]*\\begin\{(htmlonly|rawhtml|comment)\}.*?^[ \t]*\\end\{\1\}", re.MULTILINE | re.DOTALL)
"""What is for pages in HTML, and said again for print."""
_SPACING = re.compile(r"\\(?:begin|end)\{(?:spacing|adjustwidth)\}(?:\{[^{}\n]*\})*")
"""Environments of which pandoc takes the measures for text."""

_TERM = re.compile(r"\\(define|defn|defi|dfn|term|newterm|keyterm|keyword|concept|vocab|jargon)(?=\{)")
"""Commands of authors for what is being defined. Where another file has their meaning, pandoc drops the words."""


def read(raw: RawSource) -> Draft:
    """Return the draft of a text. Raises SourceError, and ModuleNotFoundError without pypandoc."""
    text = _SPACING.sub("", _OTHER.sub("", raw.text.replace("\r\n", "\n")))
    text = _TERM.sub(lambda found: found[0] if _is_defined(found[1], text) else r"\emph", text)
    text = text.removeprefix("\ufeff")
    if not is_even(text):
        text = whole(text)  # on lists that never end pandoc takes twice as long for each
    try:
        return read_text(replace(raw, data=text.encode("utf-8", "replace"), charset="utf-8"), "latex", most_plain=0)
    except NotUnderstood:
        return read_in_parts(whole(text), raw.name)


def _is_defined(command: str, text: str) -> bool:
    return (
        re.search(rf"\\(?:(?:re)?newcommand|providecommand|def|DeclareRobustCommand)\*?\{{?\\{command}\b", text)
        is not None
    )
