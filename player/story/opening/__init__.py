"""Opening a source in three steps: locate it, read it in its format, build the story.

`locate` returns bytes or an address. `Readers` read the bytes in the format that `registry` recognises, and build the
Story (or Feed) from the reader's draft, in a process of its own where foreign code is involved.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Thread
from time import monotonic

from player.errors import PlayerError, SourceError
from player.story.model import Story
from player.story.opening import signs, sniffing
from player.story.opening.confined.host import Readers, read_apart
from player.story.opening.locate import Address, Found, identity, locate
from player.story.opening.registry import format_of
from player.story.opening.waiting import Watch, at_once, unwatched, watched
from player.story.reading.feed import Entry, Feed, as_story, no_feed
from player.story.reading.naming import Naming
from player.story.reading.options import DEFAULTS, Options
from player.story.reading.raw_source import RawSource

_logger = logging.getLogger(__name__)

_NEWEST = 3
"""Stories taken of a feed that is chosen from a list of feeds."""
_ZIP = b"PK\x03\x04"
_AT_ONCE = 4
"""Pages of a feed fetched at the same time; often all from one server."""


def load(
    source: str,
    options: Options = DEFAULTS,
    *,
    readers: Readers | None = None,
    watch: Watch = unwatched,
    begun: Callable[[Story], None] | None = None,
) -> Story | Feed:
    """Return the story at a file, a URL, "-" (standard input) or CLIPBOARD; or the feed, if it is one.

    With `options.latest`, a feed's newest entries are returned as a story (see `load_entries`); any other story has a
    notice that it is no feed. `readers` run the reader processes; by default new ones, for this call only. `watch` is
    called with the progress, `begun` with the beginning of a long story as soon as that is known. Raises UsageError
    when there is no such file, SourceError when it holds no story.
    """
    with _opener(options, readers, watch, begun) as opener:
        found = opener.open(locate(source))
        if options.latest is None:
            return found
        if isinstance(found, Feed):
            return opener.entries(found, found.entries[: options.latest])
        return replace(found, notices=(*found.notices, no_feed(source)))


def load_found(
    found: Found | Address, options: Options = DEFAULTS, *, readers: Readers | None = None, watch: Watch = unwatched
) -> Story | Feed:
    """Return the story or feed of a source that is located already. Raises SourceError."""
    with _opener(options, readers, watch) as opener:
        return opener.open(found)


def load_entries(
    feed: Feed,
    entries: Sequence[Entry],
    options: Options = DEFAULTS,
    *,
    readers: Readers | None = None,
    watch: Watch = unwatched,
) -> Story:
    """Return entries of a feed as a story. A single entry is the story itself; of several, each is a chapter.

    For an entry with only a summary, its page is fetched (see `load`); if that fails, the summary is used. Raises
    SourceError when none of them has text.
    """
    with _opener(options, readers, watch) as opener:
        return opener.entries(feed, entries)


@contextmanager
def _opener(
    options: Options, readers: Readers | None, watch: Watch, begun: Callable[[Story], None] | None = None
) -> Iterator[_Opener]:
    """Context: an opener with the caller's readers, or with new ones that end with the block."""
    if readers is not None:
        yield _Opener(options, readers, watch, begun)
        return
    with Readers() as own:
        yield _Opener(options, own, watch, begun)


@dataclass(frozen=True, slots=True)
class _Opener:
    """Opens located sources with the same options and readers."""

    options: Options
    readers: Readers
    watch: Watch
    begun: Callable[[Story], None] | None = None
    within: bool = False
    """True below an entry of a list of feeds: a feed there has no further ones."""

    def open(self, located: Found | Address) -> Story | Feed:
        """Return the story or feed. Raises SourceError."""
        if isinstance(located, Address):
            return self._page(located)
        return self._read(located.raw, located.naming)

    def entries(self, feed: Feed, entries: Sequence[Entry]) -> Story:
        """See `load_entries`."""
        unseen = replace(self, watch=unwatched, begun=None)

        def told(entry: Entry) -> Story | PlayerError:
            try:
                return unseen._entry(feed, entry)
            except PlayerError as error:
                _logger.warning("the entry %s cannot be read", entry.link, exc_info=True)
                return error

        stories = at_once(told, entries, _AT_ONCE, self.watch, "story")
        failures = [story for story in stories if isinstance(story, PlayerError)]
        if len(failures) == len(stories):
            raise failures[0]
        if len(stories) == 1 and isinstance(stories[0], Story):
            return stories[0]
        parts = [story if isinstance(story, Story) else None for story in stories]
        return as_story(feed, list(zip(entries, parts, strict=True)))

    def _read(self, raw: RawSource, naming: Naming) -> Story | Feed:
        found = self._story(raw, naming)
        if isinstance(found, Feed):
            return replace(found, inside=raw.inside)
        if any(block.clips for block in found.blocks) and naming.is_file and raw.data.startswith(_ZIP):
            found = replace(found, recorded_in=(naming.source,))  # here for the same reason as below
        if found.picture is not None:  # reported here, because the untrusted reader process could report anything
            return replace(found, picture=replace(found.picture, inside=raw.inside))
        return found

    def _story(self, raw: RawSource, naming: Naming) -> Story | Feed:
        """Return the story or feed of a source as a reader answers it, or as it was kept."""
        form = format_of(raw, naming.name)
        stories = self.options.stories
        if stories is None or not read_apart(form, raw) or not naming.is_file:  # others are read as soon as found
            return self.readers.read(form, raw, naming, self.options, watch=self.watch, begun=self.begun)
        from player.story.opening import story_store

        key = story_store.key_of(form, raw, naming, self.options)
        if not self.options.refresh and (kept := story_store.find(stories, key)) is not None:
            return kept
        began = monotonic()
        found = self.readers.read(form, raw, naming, self.options, watch=self.watch, begun=self.begun)
        if isinstance(found, Story) and monotonic() - began >= story_store.LEAST_SECONDS:
            Thread(target=story_store.keep, args=(stories, key, found), name="keep-story").start()
        return found

    def _page(self, address: Address) -> Story | Feed:
        """Return the story or feed of a page. A page is kept only if it gave a story, so that a consent form is not.

        A kept feed is used only off-line: feeds change all the time, so they are always requested. Other kept pages are
        requested if an option asks for it, and come anew only if they have changed.
        """
        from player.story.opening.fetch import fetch
        from player.story.opening.page_store import find, keep

        url, pages, listed = address.url, self.options.pages, self.options.listed
        kept = find(pages, url) if pages is not None else None
        is_told = kept is not None and (not listed or listed == kept.about.listed)
        asks = self.options.refresh or self.options.ask or not is_told
        if kept is not None and not asks and not _is_feed(kept.data):
            return self._read(kept.raw, address.naming(kept.raw))
        try:
            page = watched(lambda: fetch(url, kept=kept, inside=address.inside), self.watch)
        except SourceError as error:
            if kept is None:
                raise
            if self.options.refresh:
                raise SourceError(error.message, "without --refresh the kept page opens") from error
            _logger.warning("the page %s is read as it was kept", url, exc_info=True)
            page, is_told = kept, True
        found = self._read(page.raw, address.naming(page.raw))
        if pages is not None and (page is not kept or not is_told):
            keep(pages, replace(page, about=replace(page.about, listed=listed)))
        return found

    def _entry(self, feed: Feed, entry: Entry) -> Story:
        """Return the story of one entry. The listener's place in it is shared with its page."""
        page = self._page_of(entry, feed.inside) if entry.link and not entry.whole else None
        if page is not None and page.characters > len(entry.text):
            byline, published = page.byline or entry.byline, page.published or entry.published
            return replace(page, byline=byline, published=published)
        from player.story.reading.building import build  # 0.03 s, for feeds only

        source = entry.link or feed.source
        naming = Naming(entry.name, source, identity(entry.link or f"{feed.identity} {entry.key}"), stem="")
        return build(entry.draft(feed.language), naming, self.options)

    def _page_of(self, entry: Entry, inside: bool) -> Story | None:
        """Return the story on an entry's page; None when that fails and there is a summary. Raises SourceError."""
        try:
            found = self._page(Address(entry.link, inside))
            if isinstance(found, Story):
                return found
            if self.within or entry.blocks:
                raise SourceError(f"{entry.link} is a feed", "open it directly")
            return replace(self, within=True).entries(found, found.entries[: self.options.latest or _NEWEST])
        except PlayerError:
            if not entry.blocks:
                raise
            _logger.warning("the summary is read: the page %s cannot be", entry.link, exc_info=True)
            return None


def _is_feed(data: bytes) -> bool:
    """Return True for a feed of any kind."""
    return sniffing.is_feed(data) or signs.is_json_feed(data)
