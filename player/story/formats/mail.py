"""Mails (EML): one of the alternatives, decoded, under the subject; without header, boundaries and attachments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from player.errors import SourceError
from player.story.html.blocks import blocks_of_tree
from player.story.html.markup import readable
from player.story.html.tree import html_tree, take_out
from player.story.reading.blocks.announcements import code_of, is_code
from player.story.reading.draft import Draft
from player.story.reading.inside import Inside
from player.story.reading.raw_source import RawSource
from player.story.reading.untrusted.mime import content, field, message_of, parts, sender

if TYPE_CHECKING:
    from email.message import Message

_ANSWERED = re.compile(r"\A(?:(?:re|fwd?|aw|wg|tr|antw|sv|rv)\s*:\s*)+", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+|<[a-z]+[^<>]*>")
_DENSE = 300
"""Characters for each link: with more of them a plain text is what a program made of the HTML."""
_ELSEWHERE = re.compile(r"\b(?:browser|html|online ansehen|en ligne|navegador)\b", re.IGNORECASE)
_SHORT = 400
"""Characters of a plain text that may only say where to look."""
_POOR = 0.7
"""Share of the words of the HTML; a plain text that has fewer only says to look at that."""
_UNSEEN = (
    "//*[contains(translate(@style, ' ', ''), 'display:none') or contains(@style, 'mso-hide') or @hidden]"
    " | //*[contains(@class, 'preheader') or contains(@class, 'gmail_signature_prefix')]"
)
"""Lines that mail programs show in their list only."""


def read(raw: RawSource) -> Draft | Inside:
    """Return the draft of a mail. Raises SourceError when it holds no text."""
    message = message_of(raw.data)
    plain = [content(part, raw).text for part in parts(message, "text/plain")]
    pages = [content(part, raw).text for part in parts(message, "text/html")]
    if not any(map(str.strip, (*plain, *pages))):
        raise SourceError(f"{raw.name} is a mail without text", "open what is attached to it by itself")
    text = "\n\n".join(plain)
    draft = Draft(
        title=_ANSWERED.sub("", field(message, "Subject")), byline=sender(message), published=field(message, "Date")
    )
    if pages and not _is_better(text, pages[0]):
        for page in pages:
            _add_page(draft, page)
        return draft
    return _letter(text, message, draft, raw)


def _is_better(text: str, page: str) -> bool:
    """Return True if the plain text was written, and says as much as the HTML."""
    words = len(re.sub(r"<(style|script|head)\b.*?</\1>|<[^<>]*>", " ", page, flags=re.DOTALL | re.IGNORECASE).split())
    links = len(_LINK.findall(text))
    if len(text) < _SHORT and _ELSEWHERE.search(text):
        return False
    return len(text.split()) > words * _POOR and links * _DENSE <= len(text) + 2 * _DENSE


def _letter(text: str, message: Message, draft: Draft, raw: RawSource) -> Inside:
    """Return a plain text with its metadata above it, as the reader of plain text takes it."""
    about = (
        ("From", '"' + draft.byline.replace('"', "") + '" <mail@localhost>'),
        ("Subject", draft.title),
        ("Date", draft.published),
    )
    head = "".join(f"{name}: {value}\n" for name, value in about)
    body = text.replace("\r\n", "\n").lstrip("\n")
    return Inside("plain", RawSource(f"{head}\n{body}".encode(), raw.name, charset="utf-8", inside=raw.inside))


def _add_page(draft: Draft, page: str) -> None:
    """Add the blocks of HTML that is all the mail's own."""
    tree = html_tree(f"<body>{readable(page)}</body>")
    take_out(tree, tree.xpath(_UNSEEN))
    for kind, said, level in blocks_of_tree(tree):
        if is_code(said):
            draft.add_code(code_of(said))
        else:
            draft.add(kind, said, level)
