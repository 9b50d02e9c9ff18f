"""`listen voices`: which voices there are, hearing one, adding and removing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from player.audio.clock import in_bytes, in_times
from player.cli.app import DEFAULTS, NOTHING_STARTED, GivenOpening
from player.cli.output.printing import ProgressLine, complain, print_json
from player.settings import Settings
from player.story.text import printable

if TYPE_CHECKING:
    from player.speech.addable import Addable
    from player.speech.engine import Voice
    from player.speech.survey import Survey

voices = App(name="voices", help="List, hear, add and remove voices.")
_No = Parameter(negative="")


@voices.default
def show(
    *,
    language: str | None = None,
    measure: Annotated[bool, _No] = False,
    json: Annotated[bool, _No] = False,
    settings: Settings = DEFAULTS,
    opening: GivenOpening = NOTHING_STARTED,
) -> int:
    """List the installed voices, and behind a + those that can be added.

    Parameters
    ----------
    language
        Only voices for this language, as in fr or en-GB.
    measure
        Measure how fast the listed voices are that have not spoken on this machine; of others it is known.
    json
        As JSON: a list of {id, engine, name, language, gender, sample_rate, licence, description, scripts, revision,
        installed, quality, size, speed}; size in bytes, speed in seconds of speech per second, null where unknown.
    """
    from player.speech.catalogue import catalogue
    from player.speech.choosing.voices import for_region

    wanted = replace(settings, language=language or settings.language).language  # checks it
    found = _installed(settings, opening.survey)
    there = {voice.id for voice in found}
    more = [v for v in catalogue() if v.id not in there and not v.is_added and settings.engine in (None, v.engine)]
    if wanted:
        tags = for_region({v.language for v in found} | {v.language for v in more}, wanted)
        found, more = [v for v in found if v.language in tags], [v for v in more if v.language in tags]
    speeds = _speeds(found, settings, measure=measure)
    if json:
        print_json([_as_json(voice, speeds) for voice in found] + [_addable_as_json(voice) for voice in more])
    elif found or more:
        _print(found, more, speeds)
    else:
        complain(f"no voice speaks {wanted}, and none can be added: listen voices lists all")
    return 0


@voices.command
def preview(name: str, text: str | None = None, /, *, settings: Settings = DEFAULTS) -> int:
    """Hear a voice.

    Parameters
    ----------
    name
        Voice, as listed.
    text
        What it says; by default a sentence in its language.
    """
    from player.cli.plain.playing import play_plainly
    from player.session import Session
    from player.speech.sample_sentences import sample_sentence
    from player.story.model import Block, BlockKind, Story

    language = settings.language or _language_of(name, settings)
    block = Block(BlockKind.PARAGRAPH, text or sample_sentence(language or "en"))
    story = Story("", (block,), language=language, identity="preview")
    session = Session.open(story, replace(settings, voice=name))
    try:
        return play_plainly(session, from_start=True)
    finally:
        session.close()


@voices.command
def add(name: str, /, *, server: Annotated[str, Parameter(env_var="LISTEN_VOICES_URL")] = "") -> int:
    """Fetch a voice of the catalogue. No other command fetches any.

    Parameters
    ----------
    name
        Voice, as listed behind a +, or a part of its name, such as thorsten.
    server
        Address of another server with the same files, in place of the catalogue's.
    """
    from player.cli.process.interruption import interrupted
    from player.export import Progress
    from player.speech.adding import add as fetch
    from player.speech.catalogue import find
    from player.speech.choosing.registry import profile

    voice = find(name)
    if voice.is_added:
        print(f"{voice.id} is there already: listen --voice {voice.id} STORY")
        return 0
    cancelled = Event()
    with interrupted(cancelled), ProgressLine([voice.id]) as line:
        fetch(voice, lambda done, size: line.show(Progress(done, size)), cancelled, address=server)
    print(f"{voice.id} was added ({in_bytes(voice.size)}, {voice.licence}): listen --voice {voice.id} STORY")
    if missing := profile(voice.engine).missing:
        complain(f"it needs {', '.join(missing)}: {profile(voice.engine).install}")
    return 0


@voices.command
def remove(name: str, /) -> int:
    """Delete a voice that was added.

    Parameters
    ----------
    name
        Voice, as listed, or a part of its name.
    """
    from player.errors import EngineError, UsageError
    from player.speech.catalogue import find
    from player.speech.catalogue import remove as delete

    voice = find(name)
    try:
        freed = delete(voice)
    except OSError as error:
        raise EngineError(f"{voice.id} cannot be deleted ({error.strerror or type(error).__name__})") from error
    if not freed:
        raise UsageError(f"{voice.id} was not added", "listen voices lists what is there")
    print(f"{voice.id} was removed, {in_bytes(freed)} freed")
    return 0


def _language_of(name: str, settings: Settings) -> str:
    """Return the language of a voice; empty if it speaks several. Raises UsageError or EngineError."""
    from player.speech.choosing.registry import choose
    from player.speech.engine import ANY_LANGUAGE
    from player.speech.process.host import Worker

    engine, voice = choose(settings.engine, name, "en")
    with Worker.start(engine, voice, "", settings.engines.get(engine), patient=True) as worker:
        language = worker.hello().voice.language
    return "" if language == ANY_LANGUAGE else language


def _installed(settings: Settings, started: Survey | None) -> list[Voice]:
    """Return the voices of the chosen engine, or of all engines that work; complain of those that do not.

    `started` is the survey, if it runs already. Raises UsageError or EngineError for the chosen engine.
    """
    from player.speech.choosing.registry import not_set_up, profile
    from player.speech.survey import Survey
    from player.speech.survey import voices as voices_of

    if settings.engine:
        return voices_of(settings.engine, settings.engines)
    statuses = (started or Survey(settings.engines)).statuses()
    for status in statuses:
        if not status.ok:
            complain(f"{status.name}: {status.reason}" + (f": {status.hint}" if status.hint else ""))
    waiting = [
        f"{name} ({how})" for name, how in not_set_up(settings.engines).items() if not profile(name).manner.recorded
    ]
    if waiting:
        complain("can be added: " + "; ".join(waiting))
    return [voice for status in statuses for voice in status.voices]


def _speeds(found: Sequence[Voice], settings: Settings, *, measure: bool) -> Mapping[str, float]:
    from player.speech import measuring, speeds

    if measure:
        for voice in found:
            measuring.measure_if_new(voice, settings.engines)
    return speeds.known()


def _as_json(voice: Voice, speeds: Mapping[str, float]) -> dict[str, Any]:
    unknown = {"quality": voice.quality or None, "size": voice.size or None}
    return {"id": voice.id, **asdict(voice), **unknown, "installed": True, "speed": speeds.get(voice.id)}


def _addable_as_json(voice: Addable) -> dict[str, Any]:
    told = {name: getattr(voice, name) for name in ("id", "engine", "name", "language", "gender", "licence", "quality")}
    unknown: dict[str, Any] = {"sample_rate": None, "description": "", "scripts": [], "revision": "", "speed": None}
    return {**told, **unknown, "installed": False, "size": voice.size}


def _told(about: str, voice: Voice | Addable) -> str:
    """Return what is told of a voice behind its name, as far as it is known: "neural, high quality, 8.0 MB, MIT"."""
    return ", ".join(filter(None, (about, in_bytes(voice.size) if voice.size else "", voice.licence)))


def _print(found: Sequence[Voice], more: Sequence[Addable], speeds: Mapping[str, float]) -> None:
    """Print a line for each voice, ordered by language; the engines' own order is kept within one."""
    from player.speech.engine import quality_in_words
    from player.story.language_tag import language_of

    rows = [
        (
            voice.language,
            " ",
            voice.id,
            voice.gender,
            in_times(speeds[voice.id]) if voice.id in speeds else "",
            _told(voice.about, voice),
        )
        for voice in found
    ]
    rows += [
        (
            voice.language,
            "+",
            voice.id,
            voice.gender,
            "",
            _told(quality_in_words(voice.quality), voice),
        )
        for voice in more
    ]
    width, tags = (max((len(row[column]) for row in rows), default=0) for column in (2, 0))
    for language, mark, name, gender, speed, about in sorted(rows, key=lambda row: language_of(row[0])):
        print(f"{mark} {printable(name):{width}}  {language:{tags}}  {gender:7} {speed:>5} {printable(about)}".rstrip())
