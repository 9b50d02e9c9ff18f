"""Errors of Python's zip reader on damaged archives. EPUB, DOCX and ODT are untrusted zips."""

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
    OSError,  # from bz2
    ValueError,  # negative offsets ("negative seek value"), invalid names
    RuntimeError,  # a password is required
    NotImplementedError,  # a rare method of compression
    OverflowError,
    struct.error,
)
