"""Breaking files: bits, bytes, cuts, splices, words of the format, and the members of zips with right checksums."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from tests.reliability.mutation_words import WORDS
from tests.reliability.mutation_xml import changed_tree, is_xml

_MOST = 8
"""Changes to one file."""
DICTIONARIES = {
    "plain": ("text",), "gutenberg": ("text",), "markdown": ("markdown", "text"), "front matter": ("markdown", "text"),
    "html": ("markup", "text"), "epub": ("markup",), "narrated": ("markup", "cues"), "lexicon": ("json", "text"),
    "pls": ("markup",), "pdf": ("pdf",), "docx": ("markup",), "odt": ("markup",),
    "rtf": ("rtf",), "rss": ("markup",), "atom": ("markup",),
    "eml": ("mail", "markup", "text"), "mhtml": ("mail", "markup"), "webarchive": ("markup",), "srt": ("cues", "text"),
    "vtt": ("cues", "text"), "lrc": ("cues", "text"), "fb2": ("markup",), "json": ("json", "markup"),
    "opml": ("markup",), "rst": ("typeset",), "org": ("typeset",), "tex": ("typeset",), "wiki": ("typeset", "markup"),
    "adoc": ("typeset",), "ipynb": ("json", "markdown"),
}  # fmt: skip
"""The words of a format, from which some are put in."""


def mutant(reader: str, seed: int, files: Sequence[bytes]) -> bytes:
    """The broken file of this seed, always the same."""
    random = Random(f"{reader} {seed}")
    data = random.choice(files)
    words = [word for name in DICTIONARIES[reader] for word in WORDS[name]]
    if data[:2] == b"PK" and random.random() < 0.8:
        return _in_zip(data, random, words)
    return _changed(data, random, words, files)


def _changed(data: bytes, random: Random, words: Sequence[bytes], files: Sequence[bytes]) -> bytes:
    for _ in range(random.choice((1, 1, 2, 3, _MOST))):
        data = random.choice(_CHANGES)(data, random, words, files)
    return data


def _in_zip(data: bytes, random: Random, words: Sequence[bytes]) -> bytes:
    """With changes inside one or two members, whose checksums are right, or to the list of members."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    for _ in range(random.choice((1, 1, 2))):
        at = random.randrange(len(members))
        name, part = members[at]
        match random.randrange(10):
            case 0:
                del members[at]
            case 1:
                members[at] = name, random.choice(members)[1]
            case 2:
                members[at] = _text(_changed(name.encode(), random, words, [name.encode()])), part
            case 3 | 4 | 5 | 6 if is_xml(part):
                members[at] = name, changed_tree(part, random, words)
            case _:
                members[at] = name, _changed(part, random, words, [other for _, other in members])
        if not members:
            break
    how = random.choice((zipfile.ZIP_DEFLATED,) * 18 + (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, (name, part) in enumerate(members):
            entry = zipfile.ZipInfo(name or "a")
            archive.writestr(entry, part, zipfile.ZIP_STORED if number == 0 else how)
    return out.getvalue()


def _text(name: bytes) -> str:
    return name[:200].decode("utf-8", "replace").replace("\0", "") or "a"


def _place(data: bytes, random: Random) -> int:
    return random.randrange(len(data) + 1)


def _stretch(data: bytes, random: Random) -> tuple[int, int]:
    start = _place(data, random)
    return start, min(len(data), start + random.choice((1, 2, 4, 16, 100, 1000, len(data))))


def _flip(data: bytes, random: Random, words: Sequence[bytes], files: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 4, 32))):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _set(data: bytes, random: Random, words: Sequence[bytes], files: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 3, 10))):
        if changed:
            changed[random.randrange(len(changed))] = random.choice((0, 10, 32, 127, 128, 255, random.randrange(256)))
    return bytes(changed)


def _delete(data: bytes, random: Random, words: Sequence[bytes], files: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, random)
    return data[:start] + data[end:]


def _repeat(data: bytes, random: Random, words: Sequence[bytes], files: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, random)
    times = random.choice((2, 3, 10, 200))
    return data[:start] + data[start:end][: 20_000 // times] * times + data[end:]


def _cut(data: bytes, random: Random, words: Sequence[bytes], files: Sequence[bytes]) -> bytes:
    return data[: _place(data, random)]


def _splice(data: bytes, random: Random, words: Sequence[bytes], files: Sequence[bytes]) -> bytes:
    other = random.choice(files)
    start, end = _stretch(other, random)
    at = _place(data, random)
    return data[:at] + other[start:end] + data[random.choice((at, _place(data, random))) :]


def _word(data: bytes, random: Random, words: Sequence[bytes], files: Sequence[bytes]) -> bytes:
    at = _place(data, random)
    if random.random() < 0.7:  # where the format has something of its own
        marks = [n for n in (data.find(mark, at) for mark in (b"<", b">", b"{", b"\\", b"\n", b"/", b'"')) if n >= 0]
        at = min(marks, default=at)
    return data[:at] + random.choice(words) * random.choice((1, 1, 1, 2, 50)) + data[at:]


def _number(data: bytes, random: Random, words: Sequence[bytes], files: Sequence[bytes]) -> bytes:
    """Another number in place of one."""
    at = _place(data, random)
    start = next((n for n in range(at, min(at + 2000, len(data))) if data[n : n + 1].isdigit()), -1)
    if start < 0:
        return data
    end = start
    while data[end : end + 1].isdigit():
        end += 1
    return data[:start] + random.choice((b"0", b"-1", b"1", b"65535", b"4294967296", b"9" * 30, b"1e9")) + data[end:]


_CHANGES: tuple[Callable[[bytes, Random, Sequence[bytes], Sequence[bytes]], bytes], ...] = (
    _flip, _set, _delete, _repeat, _cut, _splice, _word, _word, _word, _number,
)  # fmt: skip
