"""Export: from the timeline to files. A new format is one module or package in `formats/`, and one line in
`FORMATS`."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from tempfile import gettempdir
from threading import Event
from typing import BinaryIO, NamedTuple, Protocol

from player.audio.rendering.renderer import Renderer
from player.audio.segment import Segment
from player.audio.timeline import Timeline
from player.errors import EngineBusy, ExportError, PlayerError, UsageError, VoiceFailing
from player.export.files import targets
from player.export.unsaid import failing, left_out, refuse
from player.speech.engine import Seconds
from player.story.model import Story
from player.story.text import clean

FORMATS = {
    ".mp3": "mp3",
    ".m4b": "mp4",
    ".m4a": "mp4",
    ".opus": "opus",
    ".ogg": "opus",
    ".flac": "flac",
    ".wav": "wav",
    ".mp4": "video",
    ".epub": "epub",
    ".html": "page",
    ".vtt": "vtt",
    ".srt": "srt",
    ".ass": "ass",
    ".lrc": "lrc",
    ".cue": "cue",
    ".json": "json",
}
"""{suffix of the file: module with its `write`}."""

STREAMED = frozenset({".wav"})
"""Suffixes of formats written strictly from beginning to end, so that a pipe gets them while they are rendered. The
others begin with data that is known last."""

TEXTS = frozenset({".html", ".vtt", ".srt", ".ass", ".lrc", ".cue", ".json"})
"""Suffixes of text formats, which a terminal can show."""


class Cancelled(PlayerError):
    """The export was cancelled; no file is left."""

    exit_code = 130

    def __init__(self) -> None:
        super().__init__("cancelled; no partial file is left", "what was rendered is kept for the next time")


class Progress(NamedTuple):
    """Progress in characters of the story: the length of the sound is not known before its end."""

    done: int
    total: int


class Summary(NamedTuple):
    """The result of an export."""

    path: Path
    seconds: Seconds
    """Length of the sound."""
    bytes: int
    left_out: str = ""
    """One line about sentences that could not be spoken; empty when all were."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to write a file. A format ignores options it has no use for."""

    bitrate: int | None = None
    """kbit/s of lossy sound; None: the format's default for speech."""
    quality: int | None = None
    """Effort of the encoder, 0 (best) to 9 (quickest); None: the best value for speech."""
    words: bool = False
    """True: an EPUB highlights word by word (else sentence by sentence), and VTT has each word's time (else none)."""
    upright: bool = False
    """True: a video is higher than wide, for phones."""
    still: bool = False
    """True: a video shows the cover; False: the text, with the word that sounds lit."""
    split: bool = False
    """True: a page plays the sound files of the same export, of which Opus is smaller; False: it holds its sound."""
    format: str = ""
    """Suffix of the format where no file name has one: standard output, a pipe."""
    skip_unspeakable: bool = False
    """True: leave out sentences that cannot be spoken, and let the fall-back voice say any number of those on which the
    voice fails; False: they fail the export, the latter when there are many in a row."""
    more: Mapping[str, object] = field(default_factory=dict)
    """More names at the top of a JSON file, such as where its sound is."""

    def __post_init__(self) -> None:
        if self.bitrate is not None and not 6 <= self.bitrate <= 512:
            raise UsageError("the bit rate must be within 6 and 512 kbit/s")
        if self.quality is not None and not 0 <= self.quality <= 9:
            raise UsageError("the quality must be within 0 (best) and 9 (quickest)")
        if self.format and self.format not in FORMATS:
            raise UsageError(f"unknown format {self.format!r}", f"there are {', '.join(FORMATS)}")


DEFAULTS = Options()
LEAD_SECONDS = 0.3
"""Silence before the first word: players that wake up slowly swallow it."""


class Encoders(NamedTuple):
    """An executor that encodes chunks in parallel: threads, processes, or other machines."""

    executor: Executor
    """Shut down by whoever provides it, not by the export."""
    at_once: int
    """Chunks encoded at a time. Two more are in memory."""


class Sound(NamedTuple):
    """One utterance, with the silence after it; before all, silence alone."""

    block: int
    utterance: int
    pcm: bytes
    """16-bit signed little-endian mono, at the timeline's rate."""


@dataclass(frozen=True, slots=True)
class Job:
    """What an exporter works with."""

    timeline: Timeline
    renderer: Renderer
    suffix: str
    """Suffix of the file in lower case, for modules that write several formats."""
    options: Options
    show: Callable[[Progress], None]
    cancelled: Callable[[], bool]
    characters: Sequence[int]
    """Number of characters before each block, and in all."""
    encoders: Encoders | None = None
    """None: threads of the export's own, one per core."""
    path: Path = targets.STDOUT
    """The file to write; STDOUT if it is none."""
    beside: Sequence[Path] = ()
    """The other files of the same export."""

    @property
    def story(self) -> Story:
        """Return the story to write."""
        return self.timeline.script.story

    @property
    def narrator(self) -> str:
        """Return who speaks: the narrator of a recorded book, else the voice's id. One line."""
        return clean(self.story.narrator) or clean(self.renderer.narrator.hello.voice.id)

    def segment(self, block: int, utterance: int) -> Segment:
        """Return the sound of one utterance. Raises EngineError, or Cancelled (also when the player was closed: a story
        with gaps is never written)."""
        try:
            segment = self.renderer.segment(block, utterance, self.cancelled)
        except VoiceFailing:
            if not self.options.skip_unspeakable:
                raise
            segment = self.renderer.segment(block, utterance, self.cancelled)  # asked again, it goes on
        if segment is None:
            raise Cancelled
        return segment

    def key(self, block: int, utterance: int) -> str:
        """Return the key of an utterance's segment in the store. Raises as `segment`."""
        try:
            return self.renderer.segments.key((block, utterance))
        except EngineBusy:  # so that it is not known yet who speaks
            self.segment(block, utterance)
            return self.renderer.segments.key((block, utterance))

    def sounds(self) -> Iterator[Sound]:
        """Yield all sound from beginning to end; afterwards the timeline is exact.

        Reports progress. Raises EngineError, or Cancelled.
        """
        yield Sound(0, 0, bytes(self.timeline.lead * 2))
        for block in range(len(self.timeline.script)):
            for n in range(len(self.timeline.utterances(block))):
                segment = self.segment(block, n)
                self.reached(block, n + 1)
                yield Sound(block, n, segment.pcm + bytes((self.timeline.slot(block, n) - segment.samples) * 2))

    def render(self) -> None:
        """Make the timeline exact, for formats that need only times: stored speech is not decoded.

        Reports progress. Raises EngineError, or Cancelled.
        """
        for block in range(0 if self.timeline.exact else len(self.timeline.script)):
            for n in range(len(self.timeline.utterances(block))):
                if self.timeline.speech(block, n) is None and not self.renderer.recall(block, n):
                    self.segment(block, n)
                self.check()
                self.reached(block, n + 1)

    def reached(self, block: int, utterance: int) -> None:
        """Report progress: this block is done up to an utterance (which may be one past the last)."""
        said = self.timeline.utterances(block)[:utterance]
        inside = said[-1].span.end if said else 0
        self.show(Progress(self.characters[block] + inside, self.characters[-1]))

    def check(self) -> None:
        """Raises Cancelled once the listener has cancelled. Call it often."""
        if self.cancelled():
            raise Cancelled


class Exporter(Protocol):
    """A module for one format."""

    def write(self, job: Job, file: BinaryIO) -> Seconds:
        """Write the story to an empty file that is open for writing and reading (for formats in STREAMED, maybe only
        for writing). Return the length of the sound.

        Raises EngineError, OSError, or Cancelled.
        """


def suffix_of(path: Path, options: Options = DEFAULTS) -> str:
    """Return the suffix that selects the format: the path's own, else that of the options. Raises UsageError."""
    suffix = path.suffix.lower()
    if suffix in FORMATS:
        return suffix
    if options.format:
        return options.format
    if targets.is_stream(path):
        raise UsageError(
            f"the format for {targets.name_of(path)} is not known", "name it with --format, as in --format mp3"
        )
    wrong = f"unknown format {path.suffix!r}" if path.suffix else f"{path.name!r} does not tell the format"
    raise UsageError(wrong, f"the file may end in {', '.join(FORMATS)}")


def check_target(path: Path, options: Options = DEFAULTS) -> None:
    """Raises UsageError when a file of this name cannot be made. Called before any work is done."""
    targets.check(path, text=suffix_of(path, options) in TEXTS)


def export_story(
    timeline: Timeline,
    renderer: Renderer,
    path: Path,
    options: Options = DEFAULTS,
    *,
    new: bool = False,
    progress: Callable[[Progress], None] = lambda progress: None,
    cancelled: Event | None = None,
    encoders: Encoders | None = None,
    beside: Sequence[Path] = (),
) -> Summary:
    """Write a story to a file, a pipe or standard output (see `targets`); the suffix selects the format. An existing
    file is replaced once the new one is complete; with `new` it is an ExportError.

    `progress` is called after every sentence, in this thread; `encoders` and `beside` as `Job` has them. Sentences that
    cannot be spoken are an ExportError, unless the options skip them; those known by their letters are found before any
    is rendered. Raises UsageError, ExportError, EngineError, or Cancelled (also when the renderer is closed meanwhile).
    """
    check_target(path, options)
    script = timeline.script
    if not options.skip_unspeakable:
        refuse(script, renderer.foreseen())
    suffix = suffix_of(path, options)
    exporter: Exporter = import_module(f"player.export.formats.{FORMATS[suffix]}")
    characters = [0, *accumulate(len(block.text) for block in script.story.blocks)]
    stop = cancelled.is_set if cancelled else lambda: False
    job = Job(
        timeline.with_lead(LEAD_SECONDS), renderer, suffix, options, progress, stop, characters, encoders, path, beside
    )
    try:
        streamed = suffix in STREAMED
        with renderer.in_a_hurry(), targets.opened(path, new=new, streamed=streamed, check=job.check) as file:
            seconds = exporter.write(job, file)
            job.check()
            unsaid = renderer.unsaid()
            if not options.skip_unspeakable:
                refuse(script, unsaid)
            size = file.seek(0, os.SEEK_END) if file.seekable() else file.tell()
    except VoiceFailing as error:
        raise failing(script, renderer.replaced(), renderer.unsaid(), error) from error
    except OSError as error:
        if path == targets.STDOUT and error.errno == errno.EPIPE:
            raise  # the reader has closed the pipe
        raise _cannot_be_written(path, error) from error
    progress(Progress(characters[-1], characters[-1]))
    return Summary(path, seconds, size, left_out(script, unsaid))


def _cannot_be_written(path: Path, error: OSError) -> ExportError:
    if isinstance(error, FileExistsError):
        return ExportError(f"{path} was created by another program meanwhile", "export once more")
    hint = "choose another place"
    if error.errno == errno.EPIPE:
        hint = "its reader is gone"
    elif error.errno in (errno.ENOSPC, errno.EDQUOT):
        # Large intermediate files go to the folder for temporary files.
        hint = f"make room (also in {gettempdir()}), or {hint}"
    return ExportError(f"{targets.name_of(path)} cannot be written ({error.strerror or error})", hint)
