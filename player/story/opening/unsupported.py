"""Files without a readable story, recognised by their beginnings so that errors can name them."""

from __future__ import annotations

import json
import re

from player.patterns import later

_XML = rb"(?:\xef\xbb\xbf)?\s*(?:(?:<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^<>\[]*>)\s*)*"
"""Prolog that may precede the root of an XML file."""
_MAGIC = (
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", "an OpenDocument file other than a text"),
    (rb"PK\x03\x04(?=.{0,4000}xl/)", "an Excel sheet"),
    (rb"PK\x03\x04(?=.{0,4000}ppt/)", "a PowerPoint file"),
    (rb"ITSF|PK\x03\x04(?=.{0,8000}Index/Document\.iwa)", "a CHM or Pages document"),
    (rb"%!PS-Adobe|AT&TFORM.{4}DJV|PK\x03\x04(?=.{0,8000}\.f(?:page|dseq))", "a PostScript, DjVu or XPS document"),
    (rb"PK[\x03\x05]", "a zip archive"),
    (rb"\xd0\xcf\x11\xe0(?=.*W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0)", "an old Word document (DOC)"),
    (rb"\xd0\xcf\x11\xe0", "an old Office document"),
    (rb".{60}(?:BOOKMOBI|TEXtREAd)|TPZ|\xeaDRMION|CONT\x02", "a Kindle book (MOBI, AZW)"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0\0\0|RIFF.{4}WEBP|\0.{3}ftyp(?:avif|heic)", "a picture"),
    (rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2]|fLaC\0|RIFF.{4}WAVE|\0.{3}ftypM4A", "an audio file"),
    (rb"OggS\0|\x1aE\xdf\xa3|\0.{3}ftyp|RIFF.{4}AVI", "an audio or video file"),
    (rb"\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ|7z\xbc\xaf|\x28\xb5\x2f\xfd|Rar!\x1a", "a compressed file"),
    (rb"\x7fELF|MZ.{0,100}\0\0\0|\xcf\xfa\xed\xfe|\0asm", "a program"),
    (rb"SQLite format 3\0", "a database"),
    (rb"-----BEGIN PGP (?:PUBLIC|PRIVATE|MESSAGE|SIGNATURE)", "a key or message of OpenPGP"),
    (_XML + rb"<svg\b", "a picture"),
    (_XML + rb"<(?:urlset|sitemapindex)\b", "a site map"),
)
_JSON = later(rb"\s*(?:\{\s*\"|\[\s*[\[{\"])")
_OLE = b"\xd0\xcf\x11\xe0"
_PATTERNS = tuple((later(magic, re.DOTALL), what) for magic, what in _MAGIC)


_ADVICE = (
    ("a Kindle book (MOBI, AZW)", "save it as EPUB, for example with Calibre's ebook-convert"),
    ("an old Word document (DOC)", "save it as DOCX, in Word or LibreOffice"),
    ("an old Office document", "save it as DOCX, in Word or LibreOffice"),
    ("a CHM or Pages document", "save it as DOCX, EPUB or PDF, in the program it was written with"),
    ("a PostScript, DjVu or XPS document", "save it as PDF, for example by printing it to a file"),
    ("an Excel sheet", "save it as CSV or HTML"),
    ("a PowerPoint file", "save it as PDF or RTF"),
    ("a zip archive", "unpack it, and open one of its files"),
    ("a compressed file", "unpack it, and open what is in it"),
)


def advice(data: bytes) -> str:
    """Return what to do with a file that is refused; empty when nothing helps."""
    return dict(_ADVICE).get(refused(data), "")


def refused(data: bytes) -> str:
    head = data if data.startswith(_OLE) else data[:8192]  # only an OLE file's end tells its kind
    found = next((what for pattern, what in _PATTERNS if pattern.match(head)), "")
    return found or ("data (JSON)" if _JSON.match(head) and _is_json(data) else "")


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
