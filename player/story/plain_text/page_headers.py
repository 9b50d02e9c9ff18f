"""Text around letters and printed pages: mail headers, signatures, running heads, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from email.utils import parseaddr

from player.patterns import later
from player.story.reading.draft import Draft

_FIELD = later(
    r"(From|To|Cc|Bcc|Date|Sent|Subject|Reply-To|Message-ID|MIME-Version|Content-[\w-]+|X-[\w-]+): ?(.*)", re.IGNORECASE
)
_LONGEST = 200
"""Characters of a sender: the standard library recurses for each nested bracket."""
_SIGNATURE = later(r"\n-- ?\n(?:[^\n]*\n){0,10}\Z")
"""A signature as in RFC 3676: two hyphens above lines about the sender."""
_ANSWERED = later(r"\A(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)
_MAILBOX = later(r"\AFrom \S+(?: at \S+)? +[A-Z][a-z]{2} [A-Z][a-z]{2} .*\n")
"""First line of a mail in a mailbox file."""
_FORWARDED = later(
    r"^(?:[ \t]*(?:-{3,} ?[^\W\d_][\w ]{5,40}\w ?-{3,}|_{10,})[ \t]*"
    r"|From \S+(?: at \S+)? +[A-Z][a-z]{2} [A-Z][a-z]{2} .*)\n"
    r"(?:[ \t]*\n)?(?:\*?(?:[A-Z][\w-]*|À)\*? ?:.*\n(?:[ \t]+\S.*\n)*)+",
    re.MULTILINE,
)
"""Head of a mail within another one, or of the next one in a mailbox."""
_ANSWERED_HEAD = later(
    r"^\*?(?:From|Von|De|Da|Van)\*? ?: ?\S.*\n(?:\*?[A-ZÀ][\w-]{0,12}\*? ?: ?.*\n){2,6}(?=\s*\n)", re.MULTILINE
)
"""The same above a mail that is answered, as Outlook writes it: without a line above."""
_RULE = later(r"^[ \t]*[_=-]{10,}[ \t]*$", re.MULTILINE)
_FOOT = later(r".*\S {3,}\[Page \d+\]\s*")
_HEAD = later(r"\f?(?:RFC \d+|Internet[ -]Draft) {3,}.*", re.IGNORECASE)
"""A running head on pages of the IETF."""

_MANUAL = later(r"^[\w.-]+\(\w{1,3}\) {3,}\S.* {3,}[\w.-]+\(\w{1,3}\)[ \t]*$", re.MULTILINE)
_MANUAL_EDGE = later(r"^\S.* {3,}[\w.-]+\(\w{1,3}\)[ \t]*$", re.MULTILINE)
"""First and last line of a manual's page: "LS(1)      User Commands      LS(1)"."""
_NUMBER = later(r"(?:page )?[-–—\[(]? ?(?:\d{1,4}|[ivxl]{1,6}) ?[-–—\])]?", re.IGNORECASE)
_DIGITS = later(r"\d+")
_FEW_PAGES = 3
"""Pages on which a line has to come again."""


def cut_mail(text: str, draft: Draft) -> str:
    """Return a letter without its header and signature; subject, sender and date go to the draft. Other text is
    unchanged."""
    head, gap, body = _MAILBOX.sub("", text.lstrip("\n")).partition("\n\n")
    lines = re.sub(r"\n[ \t]+", " ", head).split("\n")
    found = [match for line in lines if (match := _FIELD.fullmatch(line))]
    fields = {match[1].lower(): match[2].strip() for match in found}
    if not gap or len(found) < len(lines) or "from" not in fields or len(fields) < 2:
        return text
    name, address = parseaddr(fields["from"][:_LONGEST])
    draft.title = _ANSWERED.sub("", fields.get("subject", ""))
    draft.byline = name or address.partition("@")[0]
    draft.published = fields.get("date", fields.get("sent", ""))
    letters = (letter for part in _FORWARDED.split(f"{body.rstrip()}\n") for letter in _ANSWERED_HEAD.split(part))
    return "\n\n".join(_SIGNATURE.sub("\n", _RULE.sub("", f"{letter.rstrip()}\n")) for letter in letters)


def cut_signature(text: str) -> tuple[str, list[str]]:
    """Return a text without the signature at its end, and the lines of that."""
    found = _SIGNATURE.search(f"\n{text.strip()}\n")
    if found is None:
        return text, []
    lines = found[0].split("\n")[2:]
    return text.strip()[: found.start()], [line for line in lines if line.strip()]


def cut_pages(text: str) -> str:
    """Return text without page footers and headers, and with paragraphs across pages rejoined."""
    if ") " in text and _MANUAL.search(text):
        text = _MANUAL_EDGE.sub("", text)
    if "\f" in text:
        return _cut_form_feeds(text) if "[Page " not in text else _cut_memos(text)
    return _cut_memos(text) if "[Page " in text else text


def _cut_form_feeds(text: str) -> str:
    """Return a text that was printed page by page, without page numbers and lines that most pages begin or end
    with."""
    pages = [page.strip("\n").split("\n") for page in text.split("\f") if page.strip()]
    for edge in (0, -1):
        pages = [page for page in pages if page]
        known = Counter(_DIGITS.sub("#", page[edge].strip()) for page in pages)
        for page in pages:
            line = page[edge].strip()
            often = known[_DIGITS.sub("#", line)] >= max(_FEW_PAGES, len(pages) / 2)
            if _NUMBER.fullmatch(line) or (often and line):
                del page[edge]
    kept: list[str] = []
    for lines in pages:
        said = "\n".join(lines).strip("\n")
        if not said:
            continue
        before = kept[-1].rstrip() if kept else ""
        if before and before[-1] not in '.:;?!”"' and said.lstrip()[:1].islower():
            kept[-1] = before
            kept += ["\n", said.lstrip()]
        else:
            kept += ["\n\n", said]
    return "".join(kept)


def _cut_memos(text: str) -> str:
    kept: list[str] = []
    new_page = False
    for line in text.split("\n"):
        if _FOOT.fullmatch(line):
            while kept and not kept[-1].strip():
                kept.pop()
            new_page = True
        elif not new_page:
            kept.append(line)
        elif line.strip() and not _HEAD.fullmatch(line):
            goes_on = kept and kept[-1].rstrip()[-1] not in ".:;?!" and line.strip()[0].islower()
            kept += [line] if goes_on else ["", line]
            new_page = False
    return "\n".join(kept)
