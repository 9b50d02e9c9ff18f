"""A story in chunks of whole blocks: what is encoded, and kept encoded, in one piece.

Where a chunk ends is decided by what is written there, so that a change in the story changes one chunk and leaves
the borders of the others where they are (content-defined chunking, as in LBFS, 2001).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from player.story.model import Block

_LEAST, _MOST = 300, 1200
"""Characters: about 17 and 70 seconds. Longer chunks waste more when one sentence changes, shorter ones encode
more silence twice."""


def chunks(blocks: tuple[Block, ...]) -> Iterator[range]:
    """The blocks' indices, chunk by chunk."""
    first, characters = 0, 0
    for index, block in enumerate(blocks):
        characters += len(block.text)
        if characters >= _MOST or (characters >= _LEAST and zlib.crc32(block.text.encode()) % 2 == 0):
            yield range(first, index + 1)
            first, characters = index + 1, 0
    if first < len(blocks):
        yield range(first, len(blocks))
