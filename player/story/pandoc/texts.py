"""Texts in markup that pandoc reads and people write by hand: their blocks, and what they say of themselves."""

from __future__ import annotations

import re
from html import escape, unescape

from player.story.html.blocks import add_blocks
from player.story.html.lines import DESCRIBES_NOTHING
from player.story.html.notes import is_notes_heading
from player.story.model import BlockKind
from player.story.pandoc.program import NotUnderstood, converted
from player.story.pandoc.tree import Document
from player.story.reading.draft import Draft, picture_text
from player.story.reading.raw_source import RawSource

_HEADING = re.compile(r"<(/?)h([1-5])>")
_PICTURE = re.compile(r'<p><img alt="([^"<>]+)"></p>')
_LITERATURE = re.compile(
    r"references|bibliography|literature|citations|sources|einzelnachweise|literatur|références|referencias",
    re.IGNORECASE,
)
HEAP = 300_000_000
"""Bytes, for 1 MB of text; on marks that never end pandoc would take any number."""
_MOST_PLAIN = 8
"""Lines that may be read as plain text; more are hardly of this format."""
_MARKUP = re.compile(r"[^\w\s.,;:!?'\"()%/&+–—“”‘’-]")
_WORDS = re.compile(r"(?<!\\)\b[^\W\d_]{2,}[\s,.:;!?]")
"""Prose; a line of commands alone is no place where a text can be mended."""
_NO_DATE = "1970-01-01"
"""What pandoc's sandbox takes for today."""


def read_text(raw: RawSource, reader: str, *, most_plain: int = _MOST_PLAIN) -> Draft:
    """Return the draft of a text; `reader` is pandoc's name of its format, `most_plain` the number of lines that may be
    read as plain text.

    Raises SourceError (NotUnderstood with more such lines), and ModuleNotFoundError without pypandoc.
    """
    found, plain = _understood(raw.text.removeprefix("\ufeff"), reader, raw.name, most_plain)
    lines = ", ".join(map(str, sorted(plain)))
    notice = f"Not understood, and read as plain text: line{'s' * (len(plain) > 1)} {lines}"
    return drafted(found, notice if plain else "")


def drafted(found: Document, notice: str = "") -> Draft:
    """Return the draft of what pandoc read, with a notice about how."""
    said = {name: ", ".join(filter(None, texts)) for name, texts in found.properties.items()}
    draft = Draft(
        title=said.get("title", ""),
        byline=said.get("author", ""),
        published=said.get("date", "").replace(_NO_DATE, ""),
        language=said.get("lang", said.get("language", "")),
        notices=[notice] if notice else [],
    )
    for name in ("subtitle", "abstract"):
        if text := said.get(name):
            draft.add(BlockKind.PARAGRAPH, text)
    html = _HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}>", found.html)  # above is the title
    add_blocks(draft, _PICTURE.sub(_described, html))
    _drop_pictures_told(draft)
    while draft.blocks and draft.blocks[-1][0] is BlockKind.HEADING and _is_apparatus(draft.blocks[-1][1]):
        draft.blocks.pop()  # its notes stand beside their marks, its list of literature is left out
    if not draft.title and (title := _only_title(draft)):
        draft.title = title
    return draft


def _understood(text: str, reader: str, name: str, most_plain: int) -> tuple[Document, set[int]]:
    """Return pandoc's reading of a text, and the lines (from 1) of which it understands no markup. Raises as
    `converted`."""
    lines, plain = text.split("\n"), set[int]()
    while True:
        try:
            return converted("\n".join(lines).encode("utf-8", "replace"), reader, name, heap=HEAP, whole=True), plain
        except NotUnderstood as error:
            at = error.line
            if at in plain or len(plain) == most_plain or at > len(lines) or not _WORDS.search(lines[at - 1]):
                raise
            plain.add(at)
            lines[at - 1] = _MARKUP.sub(" ", lines[at - 1])


def _drop_pictures_told(draft: Draft) -> None:
    """Take out descriptions of pictures that say what stands above or below them."""
    texts = [text.strip() for _, text, _ in draft.blocks]
    beside = zip(texts, ["", *texts], [*texts[1:], ""], strict=False)
    told = [text in (picture_text(before), picture_text(after)) for text, before, after in beside]
    draft.blocks = [block for block, again in zip(draft.blocks, told, strict=True) if not again]


def _described(picture: re.Match[str]) -> str:
    """Return what is said for a picture in a paragraph of its own."""
    words = unescape(picture[1])
    return "" if DESCRIBES_NOTHING.fullmatch(words) else f"<p>{escape(picture_text(words), quote=False)}</p>"


def _is_apparatus(heading: str) -> bool:
    return is_notes_heading(heading) or _LITERATURE.fullmatch(heading) is not None


def _only_title(draft: Draft) -> str:
    """Return the heading at the beginning that stands above all others; empty when there is none."""
    headings = [level for kind, _, level in draft.blocks if kind is BlockKind.HEADING]
    first = draft.blocks[0] if draft.blocks else None
    if first is None or first[0] is not BlockKind.HEADING or headings.count(first[2]) > 1:
        return ""
    return first[1] if first[2] <= min(headings) else ""
