"""Texts in markup that pandoc reads and people write by hand: their blocks, and what they say of themselves."""

from __future__ import annotations

import re

from player.story.html.markup import add_blocks
from player.story.html.notes import is_notes_heading
from player.story.model import BlockKind
from player.story.pandoc.program import converted
from player.story.reading.draft import Draft
from player.story.reading.raw_source import RawSource

_HEADING = re.compile(r"<(/?)h([1-5])>")
_LITERATURE = re.compile(
    r"references|bibliography|literature|citations|sources|einzelnachweise|literatur|références|referencias",
    re.IGNORECASE,
)
_HEAP = 300_000_000
"""Bytes, for 1 MB of text; on marks that never end pandoc would take any number."""
_NO_DATE = "1970-01-01"
"""What pandoc's sandbox takes for today."""


def read_text(raw: RawSource, reader: str) -> Draft:
    """Return the draft of a text; `reader` is pandoc's name of its format.

    Raises SourceError, and ModuleNotFoundError without pypandoc.
    """
    found = converted(
        raw.text.removeprefix("\ufeff").encode("utf-8", "replace"), reader, raw.name, heap=_HEAP, whole=True
    )
    said = {name: ", ".join(filter(None, texts)) for name, texts in found.properties.items()}
    draft = Draft(
        title=said.get("title", ""),
        byline=said.get("author", ""),
        published=said.get("date", "").replace(_NO_DATE, ""),
        language=said.get("lang", said.get("language", "")),
    )
    for name in ("subtitle", "abstract"):
        if text := said.get(name):
            draft.add(BlockKind.PARAGRAPH, text)
    add_blocks(draft, _HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}>", found.html))  # above is the title
    while draft.blocks and draft.blocks[-1][0] is BlockKind.HEADING and _is_apparatus(draft.blocks[-1][1]):
        draft.blocks.pop()  # its notes stand beside their marks, its list of literature is left out
    if not draft.title and (title := _only_title(draft)):
        draft.title = title
    return draft


def _is_apparatus(heading: str) -> bool:
    return is_notes_heading(heading) or _LITERATURE.fullmatch(heading) is not None


def _only_title(draft: Draft) -> str:
    """Return the heading at the beginning that stands above all others; empty when there is none."""
    headings = [level for kind, _, level in draft.blocks if kind is BlockKind.HEADING]
    first = draft.blocks[0] if draft.blocks else None
    if first is None or first[0] is not BlockKind.HEADING or headings.count(first[2]) > 1:
        return ""
    return first[1] if first[2] <= min(headings) else ""
