"""Cutting blocks longer than any paragraph: later steps work block by block, and must not wait for a huge one.

>>> [len(part) for part in parts("It rose. " * 4000)]
[19997, 16001]
"""

from __future__ import annotations

from player.patterns import later

LONGEST = 20_000
"""Characters of a block: 20 minutes of speech. A block's sentences, line breaks and word times are computed at once."""
_NEAR = 2_000
"""Characters before the limit in which a good place to cut is searched."""
_SENTENCE_END = later(r"""[.!?…]["'”’»)]*\s(?=\S)|[。！？][」』”’）]*(?=\S)""")


def parts(text: str) -> list[str]:
    """Return the text in parts of at most LONGEST characters, cut after sentences, else at blanks, else anywhere."""
    found: list[str] = []
    start = 0
    while len(text) - start > LONGEST:
        end = _cut(text, start + LONGEST)
        found.append(text[start:end].strip())
        start = end
    found.append(text[start:].strip())
    return [part for part in found if part]


def _cut(text: str, limit: int) -> int:
    """Return where a part ends, at most at `limit`."""
    end = 0
    for mark in _SENTENCE_END.finditer(text, limit - _NEAR, limit):
        end = mark.end()
    return end or text.rfind(" ", limit - _NEAR, limit) + 1 or limit
