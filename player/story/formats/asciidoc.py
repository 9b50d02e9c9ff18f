"""AsciiDoc, by pandoc, without what only a program that has the other files can follow."""

from __future__ import annotations

import re
from dataclasses import replace

from player.story.pandoc.texts import read_text
from player.story.reading.draft import Draft
from player.story.reading.raw_source import RawSource

_COMMENT = re.compile(r"^/{4,}[ \t]*\n.*?(?:^/{4,}[ \t]*\n?$|\Z)|^//(?!/)[^\n]*\n?", re.MULTILINE | re.DOTALL)
_CONDITION = re.compile(r"^ifdef::(?:env-|backend-)[\w-]+\[\]\n(?:(?!ifdef::|endif::).*\n)*endif::.*$", re.MULTILINE)
"""What only one site or form of the text has."""
_WINDOW = re.compile(r"(?<=[^\s\[])\^\](?![\w\[])")
"""A link that opens a window: "https://x.org[the page^]"."""
_BARE = re.compile(r"(https?://[^\s\[\]]+)\[\^?\]")
"""A link without words, which shows its address."""
_PART_NUMBER = re.compile(r"\A(?:ch|chap|chapter|sec|app|fig|tab)[a-z]?\d+[-_]", re.IGNORECASE)
"""Of a book's part, in the name of a place in it."""
_PICTURE = re.compile(r"^image::(?=\S+\[.*\]$)", re.MULTILINE)
_MAIL = re.compile(r"\s*[(<][^()<>\s]*@[^()<>\s]*[)>]")
_DIRECTIVE = re.compile(r"^(?:include|ifdef|ifndef|ifeval|endif)::.*$", re.MULTILINE)
_REFERENCE = re.compile(r"<<(?:[\w./-]*#)?_*([\w-]+?)_*>>")
"""A link without a text of its own: "<<_the_lamp>>"."""
_ANCHORED = re.compile(r"^\[(?:\[|#)([\w-]+)\]{1,2}\n+=+ (\S.*)$", re.MULTILINE)
_PART = re.compile(r"(?<=\n\n)(= \S)")
"""A heading as high as the title, below it: of these pandoc takes only one."""


def read(raw: RawSource) -> Draft:
    """Return the draft of a text. Raises SourceError, and ModuleNotFoundError without pypandoc."""
    text = raw.text.replace("\r\n", "\n").lstrip()
    text = _PART.sub(r"=\1", _DIRECTIVE.sub("", _CONDITION.sub("", _COMMENT.sub("", text))))
    text = _BARE.sub(r"\1", text)
    text = _WINDOW.sub("]", _PICTURE.sub("image:", text))
    names = {anchor.strip("_"): heading for anchor, heading in _ANCHORED.findall(text)}
    text = _REFERENCE.sub(lambda found: names.get(found[1]) or _named(found[1]), text)
    draft = read_text(replace(raw, data=text.encode("utf-8", "replace"), charset="utf-8"), "asciidoc")
    draft.byline = _MAIL.sub("", draft.byline)
    return draft


def _named(anchor: str) -> str:
    """Return the name of a place as words."""
    return re.sub("[_-]+", " ", _PART_NUMBER.sub("", anchor))
