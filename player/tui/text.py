"""Text from outside, made fit for one line of the screen: it is shown as it is, and acts on nothing."""

from __future__ import annotations


def one_line(text: str) -> str:
    """Without line breaks and control characters; square brackets and all else stay."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split()))


def shortened(text: str, cells: int) -> str:
    """At most so many characters, with an ellipsis where something is missing."""
    return text if len(text) <= cells else text[: max(cells - 1, 0)].rstrip() + "…"
