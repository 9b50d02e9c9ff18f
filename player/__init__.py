"""Listen to Story: turns a written story into speech, with the time of every word.

The way through, each hand-over a frozen value:

    source ──► Story ──► Script ──► Speech ──► Segment ──► Timeline ──► Transport ──► loudspeaker
    (file,     (blocks   (sentences (PCM and   (kept in    (all of      (play, seek,   and, from the same
     URL,       of text)  and their  word       the audio   them on      speed)         Timeline, every
     stdin)               utterances) marks)    cache)      one clock)                  export

- **Story**: title, byline, blocks of text. Never changes after loading; all else points into it.
- **Script**: the story's sentences, and for each manner of reading that engines have the **utterances** given to
  them one by one, each with its spoken form, the alignment of spoken to written, and the **pause** after it.
- **Voice**, **Engine**: who says it. **Speech**: what an engine returns: PCM and **word marks**.
- **Segment**: a rendered utterance as kept in the **audio cache** under a **key**.
- **Timeline**: every utterance and pause on one clock, in samples. **Place**: a sample in an utterance.
- **Renderer**: fills the timeline, reading ahead. **Transport**: plays it into an **Output**.
- **Narration**: timeline and renderer of one voice; a **Player** goes from one to another while it plays.

    from player import Script, load
    script = Script(load("story.html"))

Importing this package loads none of its rooms; each name is fetched from its room when first used.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # importing it from typing takes 0.01 s
if TYPE_CHECKING:
    from player.audio.rendering.renderer import Renderer as Renderer
    from player.audio.segment import Segment as Segment
    from player.audio.store import open_store as open_store
    from player.audio.store.cache import DiskCache as DiskCache
    from player.audio.store.cache import MemoryCache as MemoryCache
    from player.audio.timeline import Place as Place
    from player.audio.timeline import Timeline as Timeline
    from player.errors import PlayerError as PlayerError
    from player.export import export_story as export_story
    from player.playback.player import Player as Player
    from player.speech.process.host import Worker as Worker
    from player.story.model import Block as Block
    from player.story.model import BlockKind as BlockKind
    from player.story.model import Span as Span
    from player.story.model import Story as Story
    from player.story.opening import load as load
    from player.utterance.model import Utterance as Utterance
    from player.utterance.script import Script as Script

_ROOMS = {
    "Block": "player.story.model",
    "BlockKind": "player.story.model",
    "DiskCache": "player.audio.store.cache",
    "MemoryCache": "player.audio.store.cache",
    "Place": "player.audio.timeline",
    "Player": "player.playback.player",
    "PlayerError": "player.errors",
    "Renderer": "player.audio.rendering.renderer",
    "Script": "player.utterance.script",
    "Segment": "player.audio.segment",
    "Span": "player.story.model",
    "Story": "player.story.model",
    "Timeline": "player.audio.timeline",
    "Utterance": "player.utterance.model",
    "Worker": "player.speech.process.host",
    "export_story": "player.export",
    "load": "player.story.opening",
    "open_store": "player.audio.store",
}

__all__ = list(_ROOMS)


def __getattr__(name: str) -> object:
    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_ROOMS])
