"""The packages that DOCX and ODT files are: their parts of text, unpacked with care, and packed again."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from player.errors import SourceError
from player.story.formats.office.pandoc import damaged
from player.story.reading.zips import UNPACK_ERRORS

LARGEST = 100_000_000
"""Bytes of all parts, unpacked: 3 MB of text are 12 MB of Word's markup."""
_MOST = 10_000
"""Entries of a package; a long manual with a thousand pictures has some 1,100."""
_ENCRYPTED = 0x1
"""The flag of a zip entry that is locked with a password."""


def parts(data: bytes, name: str) -> dict[str, bytes]:
    """The parts that hold text, markup and metadata: pictures, fonts and programs are not even unpacked.

    Raises SourceError, also when what is unpacked is larger than `LARGEST`, whatever the package says of it.
    """
    found: dict[str, bytes] = {}
    left = LARGEST
    try:
        with ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if len(entries) > _MOST:
                raise SourceError(f"{name} has too many parts", "is it a document?")
            for entry in entries:
                if not (entry.filename.endswith((".xml", ".rels")) or entry.filename == "mimetype"):
                    continue
                if entry.flag_bits & _ENCRYPTED:
                    raise locked(name)
                if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                    raise damaged(name)
                with package.open(entry) as part:
                    found[entry.filename] = part.read(left + 1) if entry.file_size <= left else b""
                left -= max(entry.file_size, len(found[entry.filename]))
                if left < 0:
                    raise SourceError(f"{name} holds more than {LARGEST // 1_000_000} MB", "split it into parts")
    except UNPACK_ERRORS as error:
        raise damaged(name) from error
    return found


def packed(found: Mapping[str, bytes]) -> bytes:
    """A package of these parts."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as package:
        for name, part in found.items():
            package.writestr(name, part)
    return target.getvalue()


def locked(name: str) -> SourceError:
    """What is said of a document that only a password opens."""
    hint = "open it in the program it was written with, and save it without the password"
    return SourceError(f"{name} is protected with a password", hint)
