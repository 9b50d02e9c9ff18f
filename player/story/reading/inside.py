"""A story of one format that lies inside a file of another."""

from __future__ import annotations

from typing import NamedTuple

from player.story.reading.raw_source import RawSource


class Inside(NamedTuple):
    """What a reader returns in place of a draft when another format's reader has to go on."""

    format: str
    """Name of the format's module: "web", "saved_page", "plain" or "markdown"."""
    raw: RawSource
