"""Pages of a few lines, which trafilatura joins to one: their shown text, block by block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from player.story.html.blocks import blocks_of_tree
from player.story.model import BlockKind

_LONGEST = 2_000
"""Characters of a page."""
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|footer|header|sidebar|breadcrumbs?|topbar)(?:$|[\s_-])", re.I
)
_MOST = 0.5
"""Share of the page: an element with more of its text is the story, whatever its class."""

Block = tuple[BlockKind, str, int]


def kept_if_short(tree: Any) -> Any:
    """Return a copy of a page of a few lines; None for any other."""
    return deepcopy(tree) if len(tree.text_content()) < _LONGEST else None


def parted(blocks: Sequence[Block], page: Any) -> Sequence[Block]:
    """Return the blocks found on a short page, or if they are all in one line, those that the page has."""
    if page is None or len(blocks) != 1 or blocks[0][0] is not BlockKind.PARAGRAPH:
        return blocks
    whole = len(page.text_content())
    for element in page.xpath("//body//*[self::nav or self::header or self::footer or self::aside or @class or @id]"):
        named = element.tag in ("nav", "footer", "aside") or _AROUND.search(
            f"{element.tag} {element.get('class', '')} {element.get('id', '')}"
        )
        if named and element.getparent() is not None and len(element.text_content()) < _MOST * whole:
            element.drop_tree()
    found = blocks_of_tree(page)
    return found if len(found) > 1 else blocks
