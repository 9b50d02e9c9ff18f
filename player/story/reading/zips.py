"""What Python's zip reader raises on damaged archives: EPUB, DOCX and ODT are zips from anywhere."""

from __future__ import annotations

import struct
import zlib
from lzma import LZMAError
from zipfile import BadZipFile

UNPACK_ERRORS = (
    BadZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    OSError,  # bz2's own
    ValueError,  # offsets before the beginning ("negative seek value"), names that are no text
    RuntimeError,  # a password is needed
    NotImplementedError,  # a method of compression that nobody uses
    OverflowError,
    struct.error,
)
