"""Parts of a page that React sends after the rest: hidden at the end, until a script puts them in their places."""

from __future__ import annotations

import re
from typing import Any

_PART = re.compile(r"S:([0-9a-f]+)")
_PLACES = ("B:", "P:")
"""What the names of places begin with: boundaries, and other parts' own."""


def put_in_place(tree: Any) -> None:
    """Put each hidden part where its <template> stands."""
    places = {one.get("id"): one for one in tree.iter("template") if one.get("id")}
    for part in [one for one in tree.iter("div") if one.get("hidden") is not None] if places else ():
        found = _PART.fullmatch(part.get("id") or "")
        place = next((places[n + found[1]] for n in _PLACES if n + found[1] in places), None) if found else None
        if place is not None and place.getparent() is not None and part not in place.iterancestors():
            del part.attrib["hidden"]
            part.tail, place.tail = place.tail, None
            place.getparent().replace(place, part)
