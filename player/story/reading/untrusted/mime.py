"""Messages in MIME (RFC 2045), which mails and saved pages are: their fields, and their parts as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from player.story.reading.raw_source import RawSource, known

_LONGEST = 500
"""Characters of a field that are looked at; the standard library calls itself once more for each inner bracket."""
_TYPE = re.compile(rb"^Content-[A-Za-z-]+:[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*", re.MULTILINE)
_LONGEST_TYPE = 4_000
"""Bytes of a field that says what a part is; the standard library's time grows with the square of its parameters."""
_MOST = 2_000
"""Parts of a message."""


def message_of(data: bytes) -> Message:
    """Return a message. Lines before its first field, as in mail folders, are dropped."""
    data = _TYPE.sub(lambda found: found[0] if len(found[0]) < _LONGEST_TYPE else b"X-Dropped: yes", data)
    return message_from_bytes(re.sub(rb"\A(?:\xef\xbb\xbf)?\s*(?:From [^\r\n]*\r?\n)?", b"", data))


def field(message: Message, name: str) -> str:
    """Return a field as text in one line; empty when there is none."""
    written = " ".join(_written(message, name).split())[:_LONGEST]
    try:
        return " ".join(str(make_header(decode_header(written))).split())
    except (HeaderParseError, LookupError, ValueError):  # an unknown charset, broken base64
        return written


def _written(message: Message, name: str) -> str:
    """Return a field as it is written; what is not ASCII is in UTF-8 (RFC 6532), else in the encoding of the text."""
    for other, value in message.raw_items():
        if other.lower() == name.lower():
            if str(value).isascii():
                return str(value)
            data = str(value).encode("utf-8", "surrogateescape")
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError:
                return RawSource(data, name, "text/plain", known(str(message.get_content_charset() or ""))).text
    return ""


def sender(message: Message) -> str:
    """Return the name of who has sent a message, else the first part of the address."""
    name, address = parseaddr(field(message, "From").replace("(", "").replace(")", ""))
    return name.strip("\"' ") or address.partition("@")[0]


def parts(message: Message, kind: str) -> Iterator[Message]:
    """Find a message's parts of a media type, in order; attached files are left out."""
    for number, part in enumerate(message.walk()):
        if number > _MOST:
            return
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            yield part


def content(part: Message, raw: RawSource) -> RawSource:
    """Return what a part holds, decoded from its transfer encoding; `raw` is the whole message."""
    data = part.get_payload(decode=True)
    charset = known(str(part.get_content_charset() or ""))
    return RawSource(data if isinstance(data, bytes) else b"", raw.name, part.get_content_type(), charset, raw.inside)
