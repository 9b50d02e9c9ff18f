"""The beginning of a long story, played while the rest is read."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from player.audio.rendering.unreadable import unread_by
from player.errors import PlayerError
from player.library import Library
from player.library.content import digests, nearest
from player.notices import ToldOnce
from player.playback.position import State
from player.session import Playing, Session
from player.settings import Settings
from player.story.model import Block, Story
from player.utterance.script import Script
from player.who_speaks import casting_of

if TYPE_CHECKING:
    from player.early.voice import EarlyVoice
    from player.story.opening.reading import Reading


def may_begin(beginning: Story, settings: Settings, *, from_start: bool) -> bool:
    """Return True if a story will be played from its beginning, as far as is known. A place that is kept may be
    anywhere in it, and those who speak in it may come later."""
    if settings.cast:
        return False
    if from_start:
        return True
    try:
        with closing(Library(settings.library)) as library:
            return not library.has_place(beginning.identity)
    except PlayerError:  # told when the place is looked up
        return True


@dataclass(frozen=True, slots=True)
class Prelude(Playing):
    """The beginning of a story being listened to. Nothing is kept in the library meanwhile, but notes."""

    rest: Reading
    """Reads all of it."""
    from_start: bool
    """True if the listener's place is to be ignored."""

    @classmethod
    def open(
        cls,
        beginning: Story,
        rest: Reading,
        settings: Settings,
        early: EarlyVoice | None = None,
        *,
        from_start: bool = False,
        told: ToldOnce | None = None,
    ) -> Prelude:
        """Start the voice, paused. Raises EngineError or UsageError."""
        session = Session.open(beginning, settings, early, told=told)
        try:
            return cls(session.player(), None, session.notebook(), None, session, rest, from_start)
        except BaseException:
            session.close()
            raise

    @property
    def is_whole(self) -> bool:
        """See Playing."""
        return False

    @property
    def session(self) -> Session:
        """The session of what is told of the story so far."""
        return self._session

    @property
    def plays(self) -> bool:
        """True if it plays, False if it is paused."""
        return self.player.transport.position().state is not State.PAUSED

    def grow(self, whole: Story) -> bool:
        """Go on with the whole story, at the same sample. Returns False, and changes nothing, if what was rendered is
        not its beginning, or it is told by other voices."""
        session = self.session
        beginning, script = session.story, session.script
        if whole.language != beginning.language:
            return False
        whole_script = Script(whole, language=script.language, lexicon=script.lexicon)
        casting, _ = casting_of(whole_script, session.settings, session.narrator.engine)
        if casting.roles != session.casting.roles:
            return False
        if not self.player.grow(whole, _same(whole, beginning)):
            return False
        if script is not self.player.script:  # another lexicon was chosen meanwhile
            script.grow(whole)
        self.notes.grow(whole)
        unread = unread_by(self.player.timeline.script, self.player.voice)
        session.notices.extend(notice for notice in unread if notice not in session.notices)
        return True

    def place_in(self, whole: Story) -> tuple[int, int]:
        """Return (block, character) of what is heard in the whole story, or of the nearest unchanged paragraph."""
        block, character = self.player.place_to_keep(self.player.transport.position())
        beginning = digests(self.session.story)
        found = nearest(digests(whole), f"{block} {' '.join(beginning)}", block)
        same = found is not None and whole.blocks[found].text == self.session.story.blocks[block].text
        return (found or 0, character if same else 0)

    def close(self) -> None:
        """Stop at once."""
        self.player.close()
        self.notes.close()
        self.session.close()


def _same(whole: Story, beginning: Story) -> int:
    """Return how many blocks both begin with."""
    pairs = zip(whole.blocks, beginning.blocks, strict=False)
    return sum(1 for _ in takewhile(lambda pair: _said(pair[0]) == _said(pair[1]), pairs))


def _said(block: Block) -> tuple[object, ...]:
    """Return all that what is said depends on."""
    return block.kind, block.text, block.language, block.languages
