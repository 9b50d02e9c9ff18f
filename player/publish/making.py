"""Making one story: from its source to a folder with sound, times, captions and a page."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event

from player import atomic
from player.errors import ExportError, PlayerError
from player.export import Cancelled, Options, Progress
from player.publish.fingerprint import hash_of, story_hash
from player.publish.plan import CAPTIONS, PAGE, TIMES, Failed, Task
from player.publish.site.page import page
from player.publish.state import Published
from player.publish.workshop import Workshop, attempted
from player.story.model import BlockKind, Story
from player.story.opening.confined.host import Readers
from player.story.reading.options import Options as Opening
from player.story.text import clean

_logger = logging.getLogger(__name__)

SOUND = {"story.opus": "audio/ogg; codecs=opus", "story.mp3": "audio/mpeg"}
"""{file: media type}, the best first."""
_FILES = ("story.mp3", "story.opus", CAPTIONS, TIMES)
"""In the order in which they are made: the first renders, the others find all speech in the store."""
_SUMMARY = 400
"""Characters in a summary."""


@dataclass(frozen=True, slots=True)
class Made:
    """The result of a task."""

    row: Published
    changed: bool
    """False if the story read as before, and nothing was made."""
    notices: tuple[str, ...] = ()
    bytes: int = 0
    place: str = ""
    """See Task."""


@dataclass(frozen=True, slots=True)
class Studio:
    """What stories are made with: shared by all stories that one process makes."""

    workshop: Workshop
    opening: Opening
    readers: Readers
    skip_unspeakable: bool = False
    cancelled: Event = field(default_factory=Event)

    def watch(self, told: str) -> None:
        """Raises Cancelled once it was."""
        if self.cancelled.is_set():
            raise Cancelled


def make_or_fail(task: Task, site: Path, studio: Studio, show: Callable[[float], None]) -> Made | Failed:
    """Return what `make` returns, or the story's failure. Raises Cancelled."""
    made = attempted(lambda: make(task, site, studio, show), task.source.name, studio.cancelled)
    return Failed(task.source, made, task.folder) if isinstance(made, PlayerError) else made


def make(task: Task, site: Path, studio: Studio, show: Callable[[float], None] = lambda share: None) -> Made:
    """Make a story's folder in the site; `show` gets the share that is done. Until the end nothing of it is seen there.

    Raises SourceError, EngineError, ExportError, UsageError, or Cancelled.
    """
    story = task.source.open(studio.opening, studio.readers, studio.watch)
    read = story_hash(story, task.settings)
    went_in = task.went_in or _went_in(task, studio.opening)
    if task.before is not None and task.before.story == read:
        return Made(replace(task.before, went_in=went_in), changed=False, place=task.place)
    try:
        with atomic.folder_beside(site / task.folder) as folder:
            made = _made(task, story, folder, studio, show)
            _move(folder, site / task.folder)
    except OSError as error:
        raise ExportError(f"{site / task.folder} cannot be written ({error.strerror})", "make room") from error
    notices = (task.notice, *made.notices) if task.notice else made.notices
    return replace(made, row=replace(made.row, story=read, went_in=went_in), notices=notices, place=task.place)


def _went_in(task: Task, opening: Opening) -> str:
    """Return the hash of what went into a story whose content was not known before it was fetched; empty if it still
    is not, because its page is not kept or did not answer."""
    digest = task.source.digest(replace(opening, refresh=False))
    return hash_of(digest, task.settings) if digest else ""


def _made(task: Task, story: Story, folder: Path, studio: Studio, show: Callable[[float], None]) -> Made:
    more = {"sound": [{"src": name, "type": kind} for name, kind in SOUND.items()], "captions": CAPTIONS}
    options = Options(skip_unspeakable=studio.skip_unspeakable, more=more)
    paths = [folder / name for name in _FILES]
    notices = list(story.notices)
    with closing(studio.workshop.session(story)) as session:
        summaries = list(session.export(paths, partial(_tell, show), studio.cancelled, options=options))
        notices += session.notices
        hello = session.narrator.first.hello()
    if summaries[0].left_out:
        notices.append(summaries[0].left_out)
    atomic.write(folder / PAGE, page(story, session.script.language, summaries[0].seconds))
    row = Published(
        key=task.source.key,
        folder=task.folder,
        went_in=task.went_in,
        story="",  # known to the caller
        title=story.title,
        byline=story.byline,
        published=story.published,
        language=session.script.language,
        seconds=round(float(summaries[0].seconds), 3),
        characters=story.characters,
        voice=hello.voice.id,
        engine=hello.version,
        summary=_summary(story),
        files=(*_FILES, PAGE),
    )
    return Made(row, changed=True, notices=tuple(notices), bytes=sum(one.bytes for one in summaries))


def _tell(show: Callable[[float], None], progress: Progress) -> None:
    show(progress.done / progress.total if progress.total else 1.0)


def _summary(story: Story) -> str:
    """Return the story's beginning, without its title."""
    body = (block.text for block in story.blocks if block.kind is not BlockKind.HEADING)
    text = ""
    for part in body:
        text = f"{text} {part}".strip()
        if len(text) > _SUMMARY:
            return clean(text[:_SUMMARY].rpartition(" ")[0].rstrip(" ,;:") + "…")
    return clean(text)


def _move(folder: Path, target: Path) -> None:
    """Move a finished folder to its place; into one that is there, file by file, the page last. Raises OSError."""
    if not target.exists():
        folder.rename(target)
        return
    for name in (*_FILES, PAGE):
        os.replace(folder / name, target / name)  # noqa: PTH105
