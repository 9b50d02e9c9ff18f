"""Warnings about text that a voice cannot read, before anything sounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from player.speech.engine import Voice
from player.speech.scripts import name_of, reader, unread
from player.story.model import BlockKind, Story


def unread_in(story: Story, narrator: Voice, quoting: Voice | None = None) -> Iterator[str]:
    """Yield a notice, with what to do, for each voice that cannot read part of its text.

    Each character of the story is checked once: 40 ms for 3 MB.
    """
    yield from unread_by(story, narrator, quotations=False if quoting else None)
    if quoting:
        yield from unread_by(story, quoting, quotations=True)


def unread_by(story: Story, voice: Voice, *, quotations: bool | None) -> Iterator[str]:
    """Yield a notice if the voice cannot read part of the quotations (True), of all other blocks (False), or of the
    whole story (None)."""
    texts = [block.text for block in story.blocks if quotations in (None, block.kind is BlockKind.QUOTATION)]
    if notice := _notice(texts, voice):
        yield notice


def _notice(texts: list[str], voice: Voice) -> str:
    unknown = {
        c for c in set().union(*texts) if not c.isascii() and unread(c + c, voice)
    }  # doubled, because a single letter may be a symbol
    found: Counter[str] = Counter()
    letters = 0
    for text in texts if unknown else ():
        letters += sum(map(str.isalpha, text))
        if not unknown.isdisjoint(text):
            found += unread(text, voice)
    if not found:
        return ""
    scripts = [script for script, _ in found.most_common()]
    script = "Kana" if "Kana" in scripts else scripts[0]  # Japanese uses Chinese characters as well
    names = ", ".join(sorted(map(name_of, scripts)))
    if 2 * found.total() > letters:
        return f"The voice {voice.id} cannot read this story, which is in {names}: {reader(script, voice)}"
    return f"The voice {voice.id} does not read {names}: such words are left out, or spelled; {reader(script, voice)}"
