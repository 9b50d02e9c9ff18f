"""The command line: a few lines per command. The only room that prints, errors included."""

from __future__ import annotations

import logging
import shlex
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, CycloptsError, Parameter

from player.cli import streams
from player.cli.misuse import usage_error
from player.cli.opening import Opening, called
from player.cli.playing import has_keys, load_or_choose, play_on_screen, play_plainly
from player.cli.printing import complain, print_json, print_notices
from player.errors import PlayerError
from player.log import begin as begin_log
from player.settings import LogFile, Settings, Source, given, shown
from player.settings_file import SettingsFile, engine_options
from player.story.text import printable
from player.versions import version

if TYPE_CHECKING:
    from player.story.model import Story

_RECENT = 20
"""Stories listed: about a screenful."""

_logger = logging.getLogger(__name__)

INTERRUPTED = 130
"""Exit code after Ctrl-C, as in shells (128 + SIGINT)."""


def _version() -> str:
    return version("listen-to-story")


app = App(
    name="listen",
    help="Read stories aloud in the terminal, word by word, or export them as audio, subtitles or podcasts.",
    help_format="markdown",
    version=_version,
    version_flags=["--version"],
    config=[SettingsFile()],
    default_parameter=Parameter(env_var_split=given, show_default=shown),
)
_cache = App(name="cache", help="Show or clear the folder of rendered speech.")
app.command(_cache)

_StoryName = Annotated[
    str,
    Parameter(
        help="A file, a URL of a page or a feed, or - for standard input; by default the sample story.",
        show_default=False,
    ),
]
_Opening = Annotated[Opening, Parameter(parse=False)]
_OPENING = Opening()
_SOURCE = Source()
_DEFAULTS = Settings()
_HYPHEN = "hyphen:"
"""Stands for "-" while the arguments are parsed: the library takes a lone hyphen for an option."""


@app.default
def play(
    story: _StoryName = "",
    /,
    *,
    source: Source = _SOURCE,
    plain: Annotated[bool, Parameter(negative="")] = False,
    from_start: Annotated[bool, Parameter(negative="")] = False,
    settings: Settings = _DEFAULTS,
    opening: _Opening = _OPENING,
) -> int:
    """Open the player on a story.

    Parameters
    ----------
    plain
        No screen: speak, and print each sentence as it is spoken.
    from_start
        Start at the beginning, wherever you were in the story.
    """
    from player.cli.memory import return_what_is_freed
    from player.session import Session, load_story

    return_what_is_freed()
    on_screen = not plain and sys.stdout.isatty()
    source = _named(source, story)
    with opening.of(called(source), keys=on_screen) as line:
        if on_screen:
            opened = load_or_choose(source, settings, opening, line)
        else:
            opened = load_story(source, settings, opening.readers, line.watch)
    opening.done()
    if opened is None:
        return 0
    session = Session.open(opened, settings, opening.voice)
    session.notices.extend(opened.notices)
    try:
        play_it = play_on_screen if on_screen and has_keys() else play_plainly
        return play_it(session, from_start=from_start)
    finally:
        session.close()


@app.command
def export(
    *stories: _StoryName,
    source: Source = _SOURCE,
    output: Annotated[list[Path], Parameter(name=["--output", "-o"], negative="")],
    chapters: str = "",
    bitrate: int | None = None,
    quality: int | None = None,
    words: Annotated[bool, Parameter(negative="")] = False,
    format: str = "",
    skip_unspeakable: Annotated[bool, Parameter(negative="")] = False,
    settings: Settings = _DEFAULTS,
    opening: _Opening = _OPENING,
) -> int:
    """Export the story to a file; several stories become the chapters of one.

    Parameters
    ----------
    output
        The file to write; its suffix selects the format. Repeat it to write several formats. With {title}, {author},
        {date}, {language}, {book} or {number} in it, one file is written for each story or chapter. - is standard
        output, with --format.
    chapters
        Export only these chapters: 3, 2-5 or all.
    bitrate
        Bit rate of lossy sound, in kbit/s.
    quality
        Quality of the MP3 encoder: 0 (best) to 9 (quickest).
    words
        In .epub files, highlight word by word instead of sentence by sentence.
    format
        Format for standard output or a pipe without a suffix, such as mp3.
    skip_unspeakable
        Leave out sentences that the voice cannot speak, instead of failing.
    """
    from player.cli.exporting import export_all
    from player.export import Options
    from player.export.planning import check_outputs, plan
    from player.export.targets import STDOUT

    output = [STDOUT if str(path) == _HYPHEN else path for path in output]
    options = Options(bitrate, quality, words, _suffix(format), skip_unspeakable)
    check_outputs(output, options)
    tasks = plan(_loaded(stories or ("",), source, settings, opening), output, chapters)
    export_all(tasks, settings, options, sys.stderr if STDOUT in output else sys.stdout, opening.voice)
    return 0


def _suffix(format: str) -> str:
    """Return ".mp3" for "mp3", "MP3" and ".mp3"; nothing for nothing."""
    return f".{format.lower().removeprefix('.')}" if format else ""


def _loaded(stories: Sequence[str], source: Source, settings: Settings, opening: Opening) -> list[Story]:
    """Return the stories, opened one after the other; prints their notices."""
    from player.session import load_story

    loaded = []
    for story in stories:
        named = _named(source, story)
        with opening.of(called(named)) as line:
            loaded.append(load_story(named, settings, opening.readers, line.watch))
        print_notices(deque(loaded[-1].notices))
    opening.done()
    return loaded


@app.command
def feed(
    folder: Path,
    /,
    *,
    base_url: str = "",
    title: str = "",
    serve: Annotated[bool, Parameter(negative="")] = False,
    host: str = "127.0.0.1",
    port: int = 8377,
    log: LogFile = None,
) -> int:
    """Create or update a podcast feed (feed.xml) of the stories exported to a folder.

    Parameters
    ----------
    folder
        Folder with the exported files.
    base_url
        Address of the folder on the web; by default the one in the existing feed.
    title
        Title of the podcast; by default the existing feed's, else the folder's name.
    serve
        Serve the feed and its files until Ctrl-C; to this machine only, unless --host is given.
    host
        Address to serve at: 0.0.0.0 for all of the local network.
    port
        Port to serve at; 0 for any free port.
    """
    from player.export.podcast.feed import write_feed
    from player.export.podcast.server import FeedServer

    if not serve:
        made = write_feed(folder, base_url=base_url, title=title)
        print(f"{printable(str(made.path))}: {made.count}, for {made.url}")
        return 0
    with FeedServer(host, port) as server:
        made = write_feed(folder, base_url=base_url, title=title, served_at=server.url)
        server.files = made.served
        print(f"{server.url}{made.path.name}: {made.count}; Ctrl-C ends it", flush=True)
        with suppress(KeyboardInterrupt):
            server.serve_forever()
    return 0


@app.command
def script(
    story: _StoryName = "",
    /,
    *,
    source: Source = _SOURCE,
    json: Annotated[bool, Parameter(negative="")] = False,
    why: Annotated[bool, Parameter(negative="")] = False,
    settings: Settings = _DEFAULTS,
    opening: _Opening = _OPENING,
) -> int:
    """Print the story's blocks and sentences, and how they will be spoken.

    Parameters
    ----------
    why
        Also print how else numbers, signs and abbreviations might have been read, and how sure that was.
    json
        As JSON: {title, byline, published, language, source, chapters: [{block, title, level}], blocks: [{kind,
        level, text, sentences: [{start, end, text, spoken}]}]}.
    """
    from player.session import load_script
    from player.utterance.script_listing import as_json, listing

    named = _named(source, story)
    with opening.of(called(named)) as line:
        said = load_script(named, settings, opening.readers, line.watch)
    opening.done()
    print_notices(deque(said.story.notices))
    if json:
        print_json(as_json(said))
    else:
        for text in listing(said, why=why):
            print(text)
    return 0


@app.command
def voices(
    *,
    json: Annotated[bool, Parameter(negative="")] = False,
    settings: Settings = _DEFAULTS,
    opening: _Opening = _OPENING,
) -> int:
    """List the installed voices.

    Parameters
    ----------
    json
        As JSON: a list of {id, engine, name, language, gender, sample_rate, licence, description, scripts}.
    """
    from player.cli.voices import list_voices

    list_voices(settings, opening.survey, json=json)
    return 0


@app.command
def recent(*, json: Annotated[bool, Parameter(negative="")] = False, settings: Settings = _DEFAULTS) -> int:
    """List the last stories, newest first, and how far you are in each.

    Parameters
    ----------
    json
        As JSON: a list of {title, source, share}; `source` opens the story again, `share` is from 0 to 1.
    """
    from player.library import Library

    with closing(Library(settings.library)) as library:
        found = library.recent(_RECENT)
    if json:
        print_json([asdict(heard) for heard in found])
    else:
        width = max((len(heard.title) for heard in found), default=0)
        for heard in found:
            print(f"{heard.share:4.0%}  {printable(heard.title):{width}}  {printable(heard.source)}")
    return 0


@_cache.default
def cache(*, json: Annotated[bool, Parameter(negative="")] = False, settings: Settings = _DEFAULTS) -> int:
    """Show the folder of rendered speech, and its size.

    Parameters
    ----------
    json
        As JSON: {folder, entries, size, limit}, sizes in bytes.
    """
    from player.audio.stores import open_store

    usage = open_store(settings.audio_cache, settings.cache_bytes).usage()
    if json:
        print_json(asdict(usage))
    else:
        print(f"folder   {printable(usage.folder)}")
        print(f"entries  {usage.entries}")
        print(f"size     {usage.size / 1e6:.1f} MB of at most {usage.limit / 1e6:.0f} MB")
    return 0


@_cache.command(name="clear")
def clear_cache(*, settings: Settings = _DEFAULTS) -> int:
    """Delete all rendered speech."""
    from player.audio.stores import open_store

    was = open_store(settings.audio_cache, settings.cache_bytes).clear()
    print(f"{was.entries} entries deleted, {was.size / 1e6:.1f} MB")
    return 0


@app.command
def completion(shell: Literal["bash", "zsh", "fish"], /) -> int:
    """Print a script with which a shell completes commands and options.

    Parameters
    ----------
    shell
        As in `listen completion bash > ~/.local/share/bash-completion/completions/listen`.
    """
    print(app.generate_completion(prog_name="listen", shell=shell))
    return 0


def run(arguments: Sequence[str], opening: Opening = _OPENING) -> int:
    """Run a command; return the exit code. Errors are printed as one line on stderr.

    `opening` holds what was started early for opening a story.
    """
    streams.begin()
    try:
        code = _run(arguments, opening)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        streams.silence(sys.stdout)
        return 1  # the reader of the output has closed it
    except PlayerError as error:
        if isinstance(error, streams.OutputLost):
            streams.silence(sys.stdout)
        _logger.error("%s", error, exc_info=True)
        complain(_without_token(str(error)))
        return error.exit_code
    except CycloptsError as error:
        wrong = usage_error(error)
        complain(_without_token(str(wrong)))
        return wrong.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # the process ends here; the log gets the traceback
        _logger.critical("the program failed", exc_info=True)
        complain(f"the program failed ({type(error).__name__}: {error}): --log FILE writes down the details")
        return 1


def _run(arguments: Sequence[str], opening: Opening) -> int:
    if "--help" in arguments or "-h" in arguments:
        streams.set_width()
    words = [_HYPHEN if word == "-" else word for word in arguments]
    command, bound, unparsed = app.parse_args(words, exit_on_error=False, print_error=False)
    settings = bound.arguments.get("settings")
    if file := settings.log if settings else bound.arguments.get("log"):
        begin_log(file)
        _logger.info("listen %s, Python %s, %s: %s", _version(), sys.version, sys.platform, shlex.join(arguments))
    if "settings" in bound.signature.parameters:
        bound.arguments["settings"] = replace(settings or _DEFAULTS, engines=engine_options())
    given_here = {"opening": opening} if "opening" in unparsed else {}
    code = command(*bound.args, **bound.kwargs, **given_here)
    return code if isinstance(code, int) else 0


def _without_token(text: str) -> str:
    return text.replace(_HYPHEN, "-")


def _named(source: Source, story: str) -> Source:
    return replace(source, story="-" if story == _HYPHEN else story)
