"""Stories one after the other: opened for listening, also while another one plays, and added to the library."""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from player import atomic
from player.errors import PlayerError, SourceError, UsageError
from player.export.files.naming import safe_name
from player.library.shelf import Addition, Shelf, Shelved
from player.notices import ToldOnce
from player.session import Playing, Session
from player.session.playing import PlaceFound, unseen
from player.settings import Settings, Source
from player.sources import SAMPLE, load_entry, open_source, read_source
from player.story.model import Story
from player.story.opening.locate import CLIPBOARD, identity
from player.story.opening.waiting import Watch, unwatched
from player.story.reading.feed import Entry, Feed, undecided
from player.who_speaks import choose_voice

if TYPE_CHECKING:
    from player.early.voice import EarlyVoice
    from player.session.prelude import Prelude
    from player.story.opening.reading import Reading

_logger = logging.getLogger(__name__)

_TEXTS = "texts"
"""Name of the folder of texts without a source of their own, beside the library."""

_SAMPLE_CHARACTERS = 2_940


class Stories:
    """Opens stories for one player, and keeps count of those that are open. May be used from several threads."""

    def __init__(self, settings: Settings, early: EarlyVoice | None = None) -> None:
        """`early` is a voice that may have been started already, for the first story."""
        self.settings = settings
        self._early = early
        self._open: list[tuple[Playing, ExitStack]] = []
        self._begun: set[str] = set()  # identities of stories that followed in the queue
        self._told = ToldOnce()
        self._lock = Lock()

    def prepare(self) -> None:
        """Start the voice that will most likely speak, so that it is ready when a story is chosen. For a thread."""
        from player.early.voice import USUAL, EarlyVoice

        language = self.settings.language or USUAL
        try:
            engine, voice = choose_voice(self.settings, language)
        except PlayerError:
            _logger.info("no voice is started early", exc_info=True)  # the error appears when the voice is needed
            return
        with self._lock:
            if engine not in self.settings.engines and self._early is None and not self._open:
                self._early = EarlyVoice(engine, voice, language)

    def open(self, source: str, watch: Watch = unwatched, *, anew: bool = False) -> Story | Feed:
        """Return the story or feed of a source; `anew`, not as it was kept, where its server does not answer. Raises
        SourceError or UsageError."""
        if source == CLIPBOARD:
            return open_source(Source(clipboard=True), self.settings, None, watch)
        return open_source(Source(story=source, refresh=anew), self.settings, None, watch)

    def open_story(self, source: str, watch: Watch = unwatched) -> Story:
        """Return the story of a source. Raises SourceError, and UsageError for a feed."""
        found = self.open(source, watch)
        if isinstance(found, Feed):
            raise undecided(found, source)
        return found

    def begin(
        self,
        story: Story,
        *,
        from_start: bool = False,
        after: Prelude | None = None,
        place_found: PlaceFound = unseen,
    ) -> Playing:
        """Return a story ready to play, paused at the listener's place, its first sentences being rendered; or, if its
        beginning played already, going on there. `place_found` is called before the voice is waited for.

        Raises EngineError or UsageError.
        """
        goes_on = after is not None and after.grow(story)
        with ExitStack() as stack:
            session = after.session if after and goes_on else self._session(story)
            stack.callback(session.close)
            session.notices.extend(story.notices)
            begun = after if goes_on else None
            playing = stack.enter_context(session.listen(from_start=from_start, begun=begun, place_found=place_found))
            if after and not goes_on:
                self._take_over(after, playing, story)
            elif after:
                self._taken(after)  # `playing` closes it
            with self._lock:
                self._open.append((playing, stack.pop_all()))
        return playing

    def _session(self, story: Story) -> Session:
        return Session.open(story, self.settings, self._early_voice(), told=self._told_so_far())

    def _told_so_far(self) -> ToldOnce:
        """Return what the listener was told of; that sound is gone, while an open story plays without a device."""
        with self._lock:
            self._told.sound_is_gone = any(other.player.silent for other, _ in self._open)
        return self._told

    def listen_to(self, source: str, watch: Watch, *, story: str = "") -> Playing:
        """Return the story of a source, ready to play as `begin` has it; of a long one the beginning, as `begin_early`
        has it. Raises as `open_story` and `begin`; the library keeps why the story with an identity cannot be
        opened."""
        from player.session.prelude import may_begin

        reading = None
        try:
            with self._keeping_problem(story):
                reading = read_source(Source(story=source), self.settings)
                found = reading.next(watch)
                if isinstance(found.story, Feed):
                    raise undecided(found.story, source)
                early = not found.whole and may_begin(found.story, self.settings, from_start=False)
                opened = found.story if found.whole or early else reading.whole(watch)
            return self.begin_early(opened, reading) if early else self.begin(opened)
        except BaseException:
            if reading is not None:
                reading.leave()
            raise

    @contextmanager
    def _keeping_problem(self, story: str) -> Iterator[None]:
        """Context: open a story with an identity. If that fails, the library keeps why; else it forgets why not."""
        try:
            yield
        except (SourceError, UsageError) as error:
            problem = error.message
            self._tell_shelf(lambda shelf: shelf.fail(story, problem))
            raise
        self._tell_shelf(lambda shelf: shelf.open_again(story))

    def _tell_shelf(self, change: Callable[[Shelf], None]) -> None:
        """Change the library; that it cannot be changed is only logged."""
        try:
            with closing(self.shelf()) as shelf:
                change(shelf)
        except PlayerError:
            _logger.warning("the library is not told which stories can be opened", exc_info=True)

    def begin_early(self, beginning: Story, rest: Reading, *, from_start: bool = False) -> Prelude:
        """Return the beginning of a story, ready to play, while the rest is read. Raises EngineError or UsageError."""
        from player.session.prelude import Prelude  # for long stories only

        prelude = Prelude.open(
            beginning,
            rest,
            self.settings,
            self._early_voice(),
            from_start=from_start,
            told=self._told_so_far(),
        )
        with self._lock:
            self._open.append((prelude, ExitStack()))
            self._open[-1][1].callback(prelude.close)
        return prelude

    def go_on(self, prelude: Prelude, watch: Watch) -> Playing:
        """Return all of a story whose beginning plays, going on, as soon as it is read.

        If the rest cannot be read, the beginning is the story, with a notice. Raises EngineError, UsageError, and what
        `watch` raises.
        """
        notices: list[str] = []
        try:
            story = prelude.rest.whole(watch)
        except SourceError as error:
            story = prelude.player.story
            _logger.warning("the rest of %s cannot be read", story.source, exc_info=True)
            notices.append(f"Only the beginning can be heard: {error}")
        listening = self.begin(story, from_start=prelude.from_start, after=prelude)
        listening.player.notices.extend(notices)
        return listening

    def _early_voice(self) -> EarlyVoice | None:
        """Return the voice that was started already, once."""
        with self._lock:
            early, self._early = self._early, None
        return early

    def _take_over(self, prelude: Prelude, playing: Playing, story: Story) -> None:
        """Play the whole story in place of its beginning, when it does not begin with it after all."""
        if playing.resume is None:
            playing.player.navigation.start_at(*prelude.place_in(story))
        plays = prelude.plays
        for stack in self._taken(prelude):
            stack.close()
        if plays:
            playing.player.transport.play()

    def begin_after(self, story: str, skipped: Callable[[str], None], watch: Watch = unwatched) -> Playing | None:
        """Return the queue's story after one (its identity), ready to play; after the last, the first earlier one that
        was not begun. None if there is none.

        Those that cannot be opened leave the queue, and `skipped` is told why. Raises EngineError or LibraryError.
        """
        with closing(self.shelf()) as shelf:
            while (found := shelf.next(story, self._begun)) is not None:
                self._begun.add(found.story)
                try:
                    with self._keeping_problem(found.story):
                        opened = self.open_story(found.source, watch)
                except (SourceError, UsageError) as error:
                    _logger.warning("%s is left out of the queue", found.source, exc_info=True)
                    skipped(f"Skipped {found.title}: {error}")
                else:
                    return self.begin(opened)
        return None

    def leave(self, listening: object) -> None:
        """Close a story that `begin` returned, in a thread."""
        for stack in self._taken(listening):
            Thread(target=stack.close, name="leave").start()

    def close(self) -> None:
        """Close all stories that are still open."""
        with self._lock:
            early, self._early = self._early, None
        if early is not None:
            early.close()
        for stack in self._taken(None):
            stack.close()

    def _taken(self, playing: object) -> list[ExitStack]:
        with self._lock:
            taken = [stack for other, stack in self._open if playing is None or other is playing]
            self._open = [(other, stack) for other, stack in self._open if stack not in taken]
        return taken

    # -- the library -----------------------------------------------------------------------------------------

    def shelf(self) -> Shelf:
        """Return the library's shelf; the caller closes it. Raises LibraryError."""
        return Shelf(self.settings.library)

    def sample(self) -> Shelved:
        """Return the sample story, for a library that is empty."""
        return Shelved(identity(str(SAMPLE)), "The Keeper of the Lamp Room", str(SAMPLE), _SAMPLE_CHARACTERS)

    def add(self, story: Story) -> Addition:
        """Add an open story to the end of the queue. Raises LibraryError or SourceError."""
        added = self._addition(story)
        with closing(self.shelf()) as shelf:
            shelf.add([added])
        return added

    def queue_first(self, story: Story, later: Sequence[str]) -> None:
        """Queue other sources directly after a story. Raises LibraryError or SourceError."""
        with closing(self.shelf()) as shelf:
            shelf.add([self._addition(story), *map(unopened, later)], first=True)

    def add_entries(self, feed: Feed, entries: Sequence[Entry], follow: bool = False) -> int:
        """Add entries of a feed to the end of the queue, in this order, and follow the feed if wanted. Returns their
        number. Raises LibraryError or SourceError."""
        additions = [self.entry(feed, entry) for entry in entries]
        with closing(self.shelf()) as shelf:
            shelf.add(additions)
            if follow:
                shelf.follow(feed.source, feed.title, [entry.key for entry in feed.entries])
        return len(additions)

    def entry(self, feed: Feed, entry: Entry) -> Addition:
        """Return an entry of a feed for the library. One without a page is kept as a text. Raises SourceError."""
        if entry.link:
            return Addition(identity(entry.link), entry.name, entry.link)
        return self._addition(load_entry(feed, entry, Source(story=feed.source), self.settings))

    def _addition(self, story: Story) -> Addition:
        is_named = story.source.startswith(("http:", "https:")) or Path(story.source).is_absolute()
        if is_named and identity(story.source) == story.identity:
            return Addition(story.identity, story.title, story.source, story.characters)
        path = str(self._kept_text(story))
        return Addition(identity(path), story.title, path, story.characters)

    def _kept_text(self, story: Story) -> Path:
        """Keep a story that cannot be opened again (from the clipboard, say) as a text; return its path."""
        paragraphs = [block.text for block in story.blocks]
        if not story.blocks or story.blocks[0].text != story.title:
            paragraphs.insert(0, story.title)
        data = "\n\n".join(paragraphs).encode()
        name = safe_name(f"{story.title[:40]} {hashlib.sha256(data).hexdigest()[:8]}", ".txt")
        path = self.settings.library.parent / _TEXTS / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write(path, data)
        except OSError as error:
            raise SourceError(f"{path} cannot be written ({error.strerror})") from error
        return path


def unopened(source: str) -> Addition:
    """Return a story for the library that was not opened yet, with the end of its address as its title."""
    if re.match("https?:", source, re.IGNORECASE):
        return Addition(identity(source), source.rstrip("/").rpartition("/")[2] or source, source)
    path = os.path.normpath(Path(source).expanduser().absolute())
    return Addition(identity(path), Path(path).name, path)
