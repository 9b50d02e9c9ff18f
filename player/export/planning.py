"""Plans for exports: templates filled in, chapters chosen, stories joined."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, Self

from player.errors import ExportError, UsageError
from player.export import DEFAULTS, FORMATS, Options, check_target, suffix_of
from player.export.files.naming import check_template, filled, folded, free_names, is_template
from player.export.files.targets import STDOUT
from player.story.joining import joined
from player.story.language_tag import language_of
from player.story.model import Story

ALL = "all"
_USUAL = ".mp3"
"""Suffix of the files in a folder that is given without a pattern."""
_PAGE = ".html"
_SOUNDS_OF_PAGES = (".opus", ".mp3")
_SEPARATORS = tuple(filter(None, (os.sep, os.altsep)))


@dataclass(frozen=True, slots=True)
class Task:
    """A story, or one chapter of it, with the files to write."""

    story: Story
    chapter: int | None
    """Index of the section; None: the whole story."""
    paths: tuple[Path, ...]
    outputs: tuple[Path, ...] = ()
    """For each path the output that it was made from: the template, or itself."""
    new: frozenset[Path] = frozenset()
    """Files that must not exist yet: their names were free when the task was planned."""
    parts: tuple[Story, ...] = ()
    """The stories that it was joined from."""
    notice: str = ""
    """A warning for the listener; empty if there is none."""

    @property
    def part(self) -> Story:
        """Return the story, or the chapter as a story."""
        return self.story if self.chapter is None else self.story.chapter(self.chapter)


def outputs_of(given: Sequence[str], options: Options = DEFAULTS) -> list[Path]:
    """Return the paths as they were written; a folder ("out/", or one that exists) stands for "out/{title}.mp3", or
    for the format of the options."""
    found = []
    for text in given:
        path = Path(text)
        there = os.path.isdir(path)  # noqa: PTH112 (pathlib's raises an error for a name that is too long)
        is_folder = text.endswith(_SEPARATORS) or (text and there and path.suffix.lower() not in FORMATS)
        if is_folder and "{" not in path.name:
            path = path / f"{{title}}{options.format or _USUAL}"
        found.append(path)
    return found


def with_sounds(outputs: Sequence[Path]) -> list[Path]:
    """Return the outputs with the sound files beside each page among them. Raises UsageError if there is no page."""
    pages = [path for path in outputs if path.suffix.lower() == _PAGE]
    if not pages:
        raise UsageError("--split needs a page", "add -o story.html")
    sounds = [page.with_suffix(suffix) for page in pages for suffix in _SOUNDS_OF_PAGES]
    return [*(path for path in outputs if path not in sounds), *dict.fromkeys(sounds)]


def check_outputs(outputs: Sequence[Path], options: Options = DEFAULTS) -> None:
    """Raises UsageError for a file that cannot be made, before anything is loaded."""
    for path in outputs:
        if is_template(path):
            check_template(path)
            suffix_of(path)
        else:
            check_target(path, options)
    if outputs.count(STDOUT) > 1:
        raise UsageError("standard output was given twice", "write the other one as a file")
    told = {path.suffix.lower() for path in outputs}
    if options.format and options.format not in told and told <= FORMATS.keys():
        raise UsageError(f"{outputs[0]} already has its format in its name", "leave out --format")


def plan(
    stories: Sequence[Story], outputs: Sequence[Path], chapters: str = "", own: OwnFiles | None = None
) -> list[Task]:
    """Return the tasks in order.

    An output with braces is a template: one file per story, or per chosen chapter, never replacing an existing file
    that is not one of its `own`. Any other output is one file of all stories joined, and never one of the sources.
    `chapters` is ALL, or as in "3" and "2-5,8". Raises UsageError.
    """
    planner = Planner(outputs, chapters, own)
    parts = [part for story in stories for part in planner.parts(story)]
    plain = planner.plain
    if plain and chapters and len(parts) > 1:
        raise UsageError(f"{plain[0]} cannot be {len(parts)} chapters", "write -o '{number} {title}.mp3'")
    for path in plain:
        if path != STDOUT:
            _check_not_read(path, stories)
    tasks: list[Task] = []
    for story, chapter in parts:
        task = planner.task(story, chapter)
        if len(parts) == 1:
            task = replace(task, paths=plain + task.paths, outputs=plain + task.outputs)
        if task.paths:
            tasks.append(task)
    if plain and len(parts) > 1:
        whole, notice = _together(stories, plain[0]), _on_languages(stories, plain[0])
        tasks.append(Task(whole, None, plain, plain, parts=tuple(stories), notice=notice))
    return tasks


class Planner:
    """Plans one story after the other, so that none has to stay in memory: for templates alone."""

    def __init__(self, outputs: Sequence[Path], chapters: str = "", own: OwnFiles | None = None) -> None:
        self.patterns = [path for path in outputs if is_template(path)]
        self.plain = tuple(path for path in outputs if not is_template(path))
        self._chapters = chapters
        self._own = own
        self._taken = {folded(path) for path in self.plain}

    def parts(self, story: Story) -> list[tuple[Story, int | None]]:
        """Return what becomes a file each: (story, index of a chapter, or None for all of it). Raises UsageError."""
        return [(story, index) for index in (_chosen(story, self._chapters) if self._chapters else [None])]

    def task(self, story: Story, chapter: int | None) -> Task:
        """Return the task of a part: the templates filled in. Its names are taken from now on. Raises UsageError."""
        part = story if chapter is None else story.chapter(chapter)
        earlier = {
            pattern: path
            for pattern in self.patterns
            if self._own is not None and (path := self._own.earlier(pattern, part.identity)) is not None
            if folded(path) not in self._taken
        }
        others = [pattern for pattern in self.patterns if pattern not in earlier]
        free = free_names([filled(pattern, part) for pattern in others], self._taken)
        named = earlier | dict(zip(others, free, strict=True))
        self._taken.update(map(folded, named.values()))
        paths = tuple(named[pattern] for pattern in self.patterns)
        new = frozenset(path for path in paths if path in free or not os.path.lexists(path))
        return Task(story, chapter, paths, tuple(self.patterns), new)


class OwnFiles(Protocol):
    """Knows the files that earlier exports made."""

    def earlier(self, pattern: Path, story: str) -> Path | None:
        """Return the file that a template gave for the story of this identity, if it still is as it was made, or is
        gone; else None."""


class Folders:
    """Makes the folders of files. A context: at its end, new ones that stayed empty are removed."""

    def __init__(self) -> None:
        self._made: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for folder in reversed(self._made):
            with suppress(OSError):  # not empty, as expected
                folder.rmdir()

    def make(self, paths: Sequence[Path]) -> None:
        """Make the folders of these files. Raises ExportError."""
        for folder in (each for path in paths for each in reversed((path.parent, *path.parent.parents))):
            if _make(folder):
                self._made.append(folder)


def _make(folder: Path) -> bool:
    """Make a folder. Return True if it did not exist."""
    try:
        if folder.is_dir():
            return False
        folder.mkdir(exist_ok=True)
        return True
    except OSError as error:
        raise ExportError(f"the folder {folder} cannot be made ({error.strerror})", "choose another place") from error


def _check_not_read(path: Path, stories: Sequence[Story]) -> None:
    """Raises UsageError when the path is also the source of a story."""
    for story in stories:
        with suppress(OSError, ValueError):  # a source need not be a file
            if path.samefile(story.source):
                raise UsageError(f"{path} is the story itself, and would be lost", "choose another name")


def _together(stories: Sequence[Story], path: Path) -> Story:
    title = " ".join(re.split(r"[\s_-]+", path.stem)).strip() or stories[0].title
    identity = hashlib.sha256("\n".join(story.identity for story in stories).encode()).hexdigest()[:16]
    return joined(title, [(story.title, story) for story in stories], identity=identity)


def _on_languages(stories: Sequence[Story], path: Path) -> str:
    """Return a warning if the stories' languages differ: one voice reads the whole file."""
    found = dict.fromkeys(language_of(story.language) for story in stories if story.language)
    if len(found) < 2:
        return ""
    spoken = stories[0].language or "en"
    languages = " and ".join(found)
    return f"{path.name} is in {languages}, but is all read in {spoken}; one file each: '{{title}}{path.suffix}'"


def _chosen(story: Story, chapters: str) -> list[int]:
    if not story.sections:
        raise UsageError(f"{story.title} has no chapters", "leave out --chapters")
    return chosen(chapters, len(story.sections))


def chosen(chapters: str, count: int) -> list[int]:
    """Return the indices that `chapters` chooses of `count`; all when it is empty. Raises UsageError."""
    if chapters in ("", ALL):
        return list(range(count))
    return list(dict.fromkeys(number - 1 for number in _numbers(chapters, count)))


def _numbers(chapters: str, count: int) -> Iterator[int]:
    for part in chapters.split(","):
        match = re.fullmatch(r"\s*(\d+)\s*(?:-\s*(\d*)\s*)?", part)
        if match is None:
            raise UsageError(f"{part.strip()!r} is no chapter", "write --chapters 3, 2-5, 2-5,8 or all")
        first = int(match[1])
        last = first if match[2] is None else int(match[2] or count)
        if not 1 <= first <= last <= count:
            raise UsageError(f"there is no chapter {part.strip()}", f"the story has {count}; see listen script")
        yield from range(first, last + 1)
