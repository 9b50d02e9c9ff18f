"""`listen export`: writing a story to files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from player.cli.app import DEFAULTS, HYPHEN, NOTHING_STARTED, THE_SAMPLE, GivenOpening, StoryNames, named
from player.settings import Settings, Source


def export(
    *stories: StoryNames,
    source: Source = THE_SAMPLE,
    output: Annotated[list[str], Parameter(name=["--output", "-o"], negative="")],
    chapters: str = "",
    bitrate: int | None = None,
    quality: int | None = None,
    words: Annotated[bool, Parameter(negative="")] = False,
    upright: Annotated[bool, Parameter(negative="")] = False,
    still: Annotated[bool, Parameter(negative="")] = False,
    split: Annotated[bool, Parameter(negative="")] = False,
    format: str = "",
    skip_unspeakable: Annotated[bool, Parameter(negative="")] = False,
    audiobookshelf: Annotated[bool, Parameter(negative="")] = False,
    update: Annotated[bool, Parameter(negative="")] = False,
    fail_fast: Annotated[bool, Parameter(negative="")] = False,
    json: Annotated[bool, Parameter(negative="")] = False,
    settings: Settings = DEFAULTS,
    opening: GivenOpening = NOTHING_STARTED,
) -> int:
    """Export the story to a file; several stories become the chapters of one, or a file each.

    A story that fails does not stop the others: failures are listed at the end, and the exit code is 1.

    Parameters
    ----------
    output
        The file to write; its suffix selects the format. Repeat it to write several formats. With {title}, {author},
        {date}, {language}, {book} or {number} in it, one file is written for each story, chapter or entry of a feed;
        out/ means out/{title}.mp3. A .m3u8 lists the others. - is standard output, with --format.
    chapters
        Export only these chapters, or entries of a feed: 3, 2-5 or all.
    bitrate
        Bit rate of lossy sound, in kbit/s.
    quality
        Quality of the MP3 encoder: 0 (best) to 9 (quickest).
    words
        In .epub files, highlight word by word instead of sentence by sentence; in .vtt files, add each word's time.
    upright
        Make .mp4 videos 1080x1920 instead of 1920x1080.
    still
        In .mp4 videos, show the cover instead of the text with its words lit.
    split
        Put the sound of .html pages beside them, as .opus and .mp3 of the same name: for long stories.
    format
        Format for standard output or a pipe without a suffix, such as mp3.
    skip_unspeakable
        Leave out sentences that the voice cannot speak, instead of failing.
    audiobookshelf
        Make a folder for each story as Audiobookshelf wants it, Author/Title, with metadata.json; -o is the library's.
    update
        Make only what changed since the last export with --update, and replace those files; others are never replaced.
    fail_fast
        End at the first story that fails.
    json
        Print a line of JSON for each story.
    """
    from player.cli.exporting import Request, export_all
    from player.errors import UsageError
    from player.export import Options
    from player.export.audiobookshelf import outputs_in
    from player.export.files.naming import is_template
    from player.export.files.targets import STDOUT, is_stream
    from player.export.planning import check_outputs, outputs_of, with_sounds
    from player.export.playlist import SUFFIX as PLAYLIST

    options = Options(
        bitrate=bitrate,
        quality=quality,
        words=words,
        upright=upright,
        still=still,
        split=split,
        format=_suffix(format),
        skip_unspeakable=skip_unspeakable,
    )
    given = ["-" if path == HYPHEN else path for path in output]
    playlists = [Path(path) for path in given if path.lower().endswith(PLAYLIST)]
    given = [path for path in given if not path.lower().endswith(PLAYLIST)]
    if any(map(is_template, playlists)):
        raise UsageError("a playlist lists all stories, and has no {title}", "give it a name: -o out/list.m3u8")
    if not given:
        raise UsageError("a playlist is made beside other files", "add them: -o out/ -o out/list.m3u8")
    if audiobookshelf:
        outputs = [outputs_in(path, chapters, options.format) for path in given]
    else:
        outputs = with_sounds(outputs_of(given, options)) if split else outputs_of(given, options)
    check_outputs(outputs, options)
    if update and any(map(is_stream, outputs)):
        raise UsageError("--update needs files, not standard output or a pipe", "leave it out, or name a file")
    told = sys.stderr if STDOUT in outputs else sys.stdout
    request = Request(outputs, options, chapters, told, update, fail_fast, json, playlists, audiobookshelf)
    return export_all([named(source, story) for story in stories or (None,)], settings, opening, request)


def _suffix(format: str) -> str:
    """Return ".mp3" for "mp3", "MP3" and ".mp3"; nothing for nothing."""
    return f".{format.lower().removeprefix('.')}" if format else ""
