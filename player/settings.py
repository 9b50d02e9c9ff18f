"""Settings, resolved once: command line over environment over settings file over defaults.

The command line library resolves them; the rooms below take plain arguments and never read settings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from platformdirs import PlatformDirs

from player.errors import UsageError
from player.library.habits import NAME as HABITS
from player.library.habits import THEMES
from player.library.lexicons import Lexicons
from player.library.step_back import USUAL as STEP_BACK
from player.library.step_back import StepBack
from player.speech.choosing.chosen import NAME
from player.speech.options import Options
from player.speech.sound.loudness import TARGET
from player.story.language_tag import valid
from player.utterance.pauses import USUAL, Pauses

_PAGES = re.compile(r"(?=.*\d)(\d{1,6})?\s*(?:([-–])\s*(\d{1,6})?)?")
_DIRS = PlatformDirs("listen-to-story", appauthor=False)

_LARGEST_CACHE = 1_000_000
"""In gigabytes."""


def given(hint: Any, value: str, *, delimiter: str | None = None) -> list[str]:
    """Return the values of an environment variable. An empty variable counts as unset."""
    return [value] if value else []


def shown(default: object) -> str | None:
    """Return a default for the help; None to show none."""
    return None if default in (None, False, "", ()) else str(default)


LogFile = Annotated[
    Path | None,
    Parameter(
        env_var="LISTEN_LOG",
        group="Settings",
        help="File to append the details of errors and notices to, with tracebacks.",
    ),
]


@Parameter(name="*")
@dataclass(frozen=True)
class Source:
    """The story to open."""

    story: Annotated[str, Parameter(parse=False)] = ""
    """A file, a URL, or "-" for standard input; the sample story, or the clipboard, when empty."""

    clipboard: Annotated[bool, Parameter(negative="")] = False
    """Open the text in the clipboard, or the page at a copied address."""

    latest: int | None = None
    """Take this many of a feed's newest stories, without asking."""

    pages: str = ""
    """Read only these pages of a PDF, as in 3-40, 7 or 12-, counted from its first."""

    refresh: Annotated[bool, Parameter(negative="")] = False
    """Fetch a web page again even if it is kept."""

    @property
    def is_read_once(self) -> bool:
        """True for what cannot be opened again."""
        return self.clipboard or self.story == "-"

    def __post_init__(self) -> None:
        if self.latest is not None and self.latest < 1:
            raise UsageError("--latest takes 1 or more")
        if self.clipboard and self.story:
            raise UsageError("a story and --clipboard were both given", "leave out one of them")
        first, last = self.page_range
        if self.pages and (first < 1 or (last is not None and last < first)):
            raise UsageError("--pages takes pages such as 3-40, 7 or 12-")

    @property
    def page_range(self) -> tuple[int, int | None]:
        """First and last page; (0, 0) for pages that are none, and (1, None) for all."""
        if not self.pages:
            return 1, None
        found = _PAGES.fullmatch(self.pages.strip())
        if found is None:
            return 0, 0
        first, to, last = found.groups()
        return int(first or 1), int(last) if last else None if to else int(first)


@Parameter(name="*", group="Settings")
@dataclass(frozen=True)
class Settings:
    """Options that every command takes."""

    voice: Annotated[str | None, Parameter(env_var="LISTEN_VOICE")] = None
    """Voice, as listed by `listen voices`; by default the best for the story's language."""

    quote_voice: Annotated[str | None, Parameter(env_var="LISTEN_QUOTE_VOICE")] = None
    """Voice for quotations; by default the same as for the rest."""

    engine: Annotated[str | None, Parameter(env_var="LISTEN_ENGINE")] = None
    """Speech engine, as listed by `listen voices`; by default the best for the story's language."""

    language: Annotated[str | None, Parameter(env_var="LISTEN_LANGUAGE")] = None
    """Language of the story, as in "en" or "de-AT"; by default detected."""

    narrator: Annotated[str, Parameter(env_var="LISTEN_NARRATOR")] = "own"
    """Who reads a book that has a recording: own plays that, off leaves the book to the usual voice."""

    one_voice: Annotated[bool, Parameter(env_var="LISTEN_ONE_VOICE", negative="")] = False
    """Let the narrator also speak what is in other languages, in place of a voice for each."""

    cast: Annotated[Path | None, Parameter(env_var="LISTEN_CAST")] = None
    """File with the voices of people in the story, in lines such as Anna = "engine:voice": they speak where the text
    says who does."""

    speed: Annotated[float, Parameter(env_var="LISTEN_SPEED")] = 1.0
    """Speed, 0.5 to 4."""

    volume: Annotated[int, Parameter(env_var="LISTEN_VOLUME")] = 100
    """Volume in percent."""

    loudness: Annotated[float, Parameter(env_var="LISTEN_LOUDNESS")] = TARGET
    """Loudness of all speech in LUFS, -31 to -14: -16 for phones and noisy places."""

    pause: Annotated[tuple[str, ...], Parameter(env_var="LISTEN_PAUSE", negative="")] = ()
    """A pause in seconds at speed 1, as in "paragraph=1.2"; also clause, sentence, list-item, heading, chapter. May be
    given several times; in the settings file, the table [pauses]."""

    cache_dir: Annotated[
        str | None, Parameter(name=["--cache-dir", "--cache"], env_var=["LISTEN_CACHE_DIR", "LISTEN_CACHE"])
    ] = None
    """Folder for rendered speech, or a URL, as in s3://bucket/speech; "memory:" keeps none."""

    cache_limit: Annotated[float, Parameter(env_var="LISTEN_CACHE_LIMIT")] = 2.0
    """Most speech kept there, in gigabytes."""

    theme: Annotated[str, Parameter(env_var="LISTEN_THEME")] = "dark"
    """Colours of the player: dark, light or high-contrast, or a theme of Textual's, such as nord."""

    motion: Annotated[str, Parameter(env_var="LISTEN_MOTION")] = "full"
    """Movement on the screen: full, or reduced, so that the text jumps where it would glide."""

    silent: Annotated[bool, Parameter(env_var="LISTEN_SILENT", negative="")] = False
    """Play silently, without a sound device."""

    device: Annotated[str, Parameter(env_var="LISTEN_DEVICE")] = ""
    """Sound device, as listed by `listen devices`, or a part of its name; by default the system's."""

    when_sound_is_lost: Annotated[str, Parameter(env_var="LISTEN_WHEN_SOUND_IS_LOST")] = "silent"
    """When the sound device is lost: silent plays on without sound, pause waits until it is back."""

    sentence_after: Annotated[float, Parameter(env_var="LISTEN_SENTENCE_AFTER")] = STEP_BACK.sentence / 60
    """After a break of so many minutes, go on from the beginning of the sentence."""

    paragraph_after: Annotated[float, Parameter(env_var="LISTEN_PARAGRAPH_AFTER")] = STEP_BACK.paragraph / 3600
    """After a break of so many hours, go on from the beginning of the paragraph."""

    code: Annotated[str, Parameter(env_var="LISTEN_CODE")] = "announce"
    """Blocks of code: announce or skip them."""

    announce: Annotated[str, Parameter(env_var="LISTEN_ANNOUNCE")] = "on"
    """Code, long tables and pictures without a description: on announces them in a few words, off does not."""

    next_story: Annotated[str, Parameter(env_var="LISTEN_NEXT_STORY")] = "say"
    """Title of the next story in a queue: say it before the story begins, or only show it."""

    refresh_feeds: Annotated[float, Parameter(env_var="LISTEN_REFRESH_FEEDS")] = 0.0
    """When the library opens, look for new stories of followed feeds unless that was done in the last so many hours; 0
    looks only when asked to."""

    at_end: Annotated[str, Parameter(env_var="LISTEN_AT_END")] = "off"
    """When the last story has ended: bell rings the terminal's bell, notification asks the terminal for a desktop
    notification (OSC 9, or 777), off does nothing."""

    captions: Annotated[str, Parameter(env_var="LISTEN_CAPTIONS")] = "read"
    """Captions of pictures and tables: read or skip them."""

    remote: Annotated[str, Parameter(env_var="LISTEN_REMOTE")] = "on"
    """Media keys and `listen ctl` steer the player: on, or off."""

    log: LogFile = None

    engines: Annotated[Mapping[str, Options], Parameter(parse=False)] = field(default_factory=dict)
    """Options of engines, by the engine's name: in the settings file only, and checked."""

    voices: Annotated[Mapping[str, str], Parameter(parse=False)] = field(default_factory=dict)
    """Voices by language (BCP 47): in the settings file only, and checked."""

    pauses: Annotated[Pauses, Parameter(parse=False)] = USUAL
    """The pauses of the settings file; `pause` changes them further."""

    keys: Annotated[Mapping[str, str], Parameter(parse=False)] = field(default_factory=dict)
    """Keys of the player by the ids of what they do: in the settings file only."""

    sync: Annotated[Path | None, Parameter(parse=False)] = None
    """Folder of places that other machines share: in the settings file only."""

    def __post_init__(self) -> None:
        self.pause_lengths  # noqa: B018  raises for a pause that cannot be
        if self.language and not valid(self.language):
            raise UsageError(f"{self.language!r} is no language", 'write it as in "de" or "en-GB"')
        if not 0.5 <= self.speed <= 4.0:
            raise UsageError("the speed must be within 0.5 and 4")
        if not 0 <= self.volume <= 100:
            raise UsageError("the volume must be within 0 and 100")
        if not -31 <= self.loudness <= -14:
            raise UsageError("the loudness must be within -31 and -14 LUFS", "-19 is usual, -16 louder")
        if not 0 < self.cache_limit <= _LARGEST_CACHE:
            raise UsageError(f"the cache limit must be more than 0, and at most {_LARGEST_CACHE:,} gigabytes")
        if not (self.sentence_after >= 0 and self.paragraph_after >= 0):
            raise UsageError("a break after which to step back must be 0 or more", "inf never steps back")
        if self.code not in ("announce", "skip"):
            raise UsageError("code can be set to announce or skip")
        if self.announce not in ("on", "off"):
            raise UsageError("announce can be set to on or off")
        if not self.refresh_feeds >= 0:
            raise UsageError("the hours after which to refresh feeds must be 0 or more", "0 refreshes none")
        if self.at_end not in ("off", "bell", "notification"):
            raise UsageError("at the end can come off, bell or notification")
        if self.next_story not in ("say", "show"):
            raise UsageError("the next story can be set to say or show")
        if self.narrator not in ("own", "off"):
            raise UsageError("the narrator can be set to own or off", "--voice chooses another voice")
        if self.captions not in ("read", "skip"):
            raise UsageError("captions can be set to read or skip")
        if self.remote not in ("on", "off"):
            raise UsageError("remote can be set to on or off")
        if self.when_sound_is_lost not in ("silent", "pause"):
            raise UsageError("when sound is lost, the player can go on silent, or pause")
        if self.motion not in ("full", "reduced"):
            raise UsageError("motion can be set to full or reduced")
        if self.theme not in THEMES:
            raise UsageError(f"there is no theme {self.theme!r}", f"there are {', '.join(THEMES)}")

    @cached_property
    def audio_cache(self) -> str:
        """Place of rendered speech, for `open_store`: the one set; in a checkout its audio_cache/; else in the
        user's cache."""
        if self.cache_dir is not None:
            return self.cache_dir
        checkout = Path(__file__).resolve().parent.parent
        if (checkout / "pyproject.toml").is_file() and (checkout / "audio_cache" / "README.md").is_file():
            return str(checkout / "audio_cache")
        return str(Path(_DIRS.user_cache_dir) / "audio")

    @cached_property
    def pause_lengths(self) -> Pauses:
        """The length of every pause. Raises UsageError."""
        lengths: dict[str, object] = {}
        for text in self.pause:
            name, _, seconds = text.partition("=")
            try:
                lengths[name.strip()] = float(seconds)
            except ValueError:
                raise UsageError(
                    f"--pause takes a pause and its seconds, not {text!r}", "as in paragraph=1.2"
                ) from None
        return self.pauses.changed(lengths)

    @property
    def step_back(self) -> StepBack:
        """The breaks after which a story goes on from an earlier place."""
        return StepBack(self.sentence_after * 60, self.paragraph_after * 3600)

    @property
    def cache_bytes(self) -> int:
        """Limit of the audio cache, in bytes."""
        return int(self.cache_limit * 1e9)

    @property
    def pages(self) -> Path:
        """Folder of fetched web pages."""
        return Path(_DIRS.user_cache_dir) / "pages"

    @property
    def stories(self) -> Path:
        """Folder of stories whose files take long to read."""
        return Path(_DIRS.user_cache_dir) / "stories"

    @property
    def chosen_voices(self) -> Path:
        """File of the voices that were chosen while listening."""
        return self.library.with_name(NAME)

    @property
    def left_exports(self) -> Path:
        """Folder of what is known of exports that go on in the background."""
        from player.library.left_exports import FOLDER

        return self.library.with_name(FOLDER)

    @property
    def habits(self) -> Path:
        """File of what was changed while listening."""
        return self.library.with_name(HABITS)

    @property
    def lexicons(self) -> Lexicons:
        """Files of the listener's pronunciations."""
        data = Path(_DIRS.user_data_dir)
        return Lexicons(Path(_DIRS.user_config_dir) / "lexicon.toml", data / "lexicons")

    @property
    def library(self) -> Path:
        """File of the places in stories."""
        return Path(_DIRS.user_data_dir) / "library.sqlite"
