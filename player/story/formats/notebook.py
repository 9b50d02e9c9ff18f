"""Jupyter notebooks: the cells of text as one text in Markdown, and code, which is announced; what it gave is left
out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from player.errors import SourceError
from player.story.reading.inside import Inside
from player.story.reading.raw_source import RawSource

_FENCE = "~" * 12
"""Longer than any in a cell."""


def read(raw: RawSource) -> Inside:
    """Return the text of a notebook. Raises SourceError when it is damaged."""
    try:
        book = json.loads(raw.text)
        text = "\n\n".join(_texts(book))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError(f"{raw.name} is damaged", "open it in Jupyter, and save it anew") from error
    return Inside("markdown", replace(raw, data=text.encode("utf-8", "replace"), charset="utf-8"))


def _texts(book: Mapping[str, Any]) -> Iterator[str]:
    """Yield its cells; in old notebooks they are in sheets, and headings are cells."""
    sheets = book.get("worksheets")
    for cell in book.get("cells") or [cell for sheet in sheets or () for cell in sheet.get("cells", ())]:
        source = cell.get("source", cell.get("input", ""))
        said = source if isinstance(source, str) else "".join(source)
        match cell.get("cell_type"):
            case "markdown":
                yield said
            case "heading":
                yield f"{'#' * int(cell.get('level', 1))} {said}"
            case "code" if said.strip():
                yield f"{_FENCE}\n{said}\n{_FENCE}"
