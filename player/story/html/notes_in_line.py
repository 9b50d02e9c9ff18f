"""Notes that stand in the line of their marks: in the margin (Tufte CSS, LaTeXML), or brought up by a pointer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from player.story.html.notes import is_mark, note_text
from player.story.html.tree import is_said, take_out
from player.story.reading.draft import Draft

_CLASSES = re.compile(
    r"(?:side|margin)-?note(?:-?(?:body|content|text))?|foot-?para|footnote[-_]?(?:tooltip|content|text)"
    r"|modern-footnotes-footnote__note|ltx_note_outer",
    re.IGNORECASE,
)
"""Classes of a note: Tufte CSS, Org, plug-ins of WordPress, LaTeXML (papers of arXiv)."""
_NAMED = "contains(@class, 'oot') or contains(@class, 'note')"
_NOTES = f"//body//span[{_NAMED}] | //body//small[{_NAMED}]"
_REPEATED = "//*[contains(@class, 'footnotes_reference_container')]"
"""The same notes once more below the text."""
_AGAIN = "ltx_role_footnotemark"
"""Class of one more mark of a note that stands elsewhere."""
_SWITCHES = frozenset(("label", "input"))
"""They show and hide a note on small screens."""
_RAISED = frozenset(("sup", "a"))


def keep_notes_in_line(tree: Any, draft: Draft) -> None:
    """Take the notes out of lines, with their marks, and keep them in the draft; each text once."""
    gone: set[Any] = set()
    for body in tree.xpath(_NOTES):
        if not any(map(_CLASSES.fullmatch, body.get("class", "").split())) or not gone.isdisjoint(_around(body)):
            continue
        marks = list(_marks(body))
        text = next((said for mark in marks if is_mark(said := _words(mark))), "")
        said = "" if _is_again(body) else _without_number(note_text(body, text))
        around = body.getparent()
        if around.tag == "span" and is_mark((around.text or "").strip()):
            around.text = ""
        if said and said not in draft.notes:
            body.tail = draft.add_note(said) + (body.tail or "")
        gone.update((body, *marks))
    if gone:
        take_out(tree, [*gone, *tree.xpath(_REPEATED)])


def _around(body: Any) -> Iterator[Any]:
    yield from body.iterancestors("span", "small")


def _marks(body: Any) -> Iterator[Any]:
    """Yield the elements right before a note that mark it or switch it on."""
    before = body.getprevious()
    while before is not None and not is_said(before.tail):
        if before.tag not in _SWITCHES and not (before.tag in _RAISED and is_mark(_words(before))):
            return
        yield before
        before = before.getprevious()


def _is_again(body: Any) -> bool:
    return _AGAIN in (body.getparent().get("class") or "").split()


def _without_number(said: str) -> str:
    """Return a note without the number that is written before it in an element of its own."""
    return re.sub(r"^\d{1,3}[.):]?\s*(?=\D)", "", said)


def _words(element: Any) -> str:
    return "".join(element.itertext()).strip()
