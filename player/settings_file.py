"""The settings file: for every command its long flags without their dashes, tables of voices by language and of
pauses, and one for each engine's options.

voice = "en-gb"
cache-limit = 5.0

[voices]
de = "engine:voice"

[pauses]
paragraph = 1.2

[engines.NAME]
rate = 160
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cyclopts import App, ArgumentCollection
from cyclopts.config import Toml
from platformdirs import PlatformDirs

from player import atomic
from player.errors import UsageError
from player.settings import Settings, Source
from player.speech.choosing import registry
from player.speech.options import Options, checked
from player.story.language_tag import valid
from player.utterance.pauses import USUAL, Pauses

SETTINGS_FILE = Path(PlatformDirs("listen-to-story", appauthor=False).user_config_dir) / "settings.toml"
"""Path of the settings file."""

ENGINES = "engines"
"""Name of the table with one table of options per engine."""
PAUSES = "pauses"
"""Name of the table with the lengths of pauses in seconds."""

VOICES = "voices"
"""Name of the table with a voice for each language."""
SYNC = "sync"
"""Name of the table with the folder of places that other machines share."""
KEYS = "keys"
"""Name of the table with keys by the ids of what they do."""


class SettingsFile(Toml):
    """The settings file, read for every command. Options of other commands are ignored, unknown ones are an error."""

    def __init__(self) -> None:
        super().__init__(SETTINGS_FILE, use_commands_as_keys=False, allow_unknown=True)

    def __call__(self, app: App, commands: tuple[str, ...], arguments: ArgumentCollection) -> None:
        """See Toml. Raises UsageError when the file cannot be read, or has an option that no command knows."""
        for name, value in self.config.items():
            if isinstance(value, dict):
                tables = ", ".join(f"[{table}]" for table in (f"{ENGINES}.NAME", KEYS, PAUSES, SYNC, VOICES))
                raise UsageError(f"{place_of(name)}: there is no table [{name}]", f"there are {tables}")
        unknown = {f"--{key.replace('_', '-')}" for key in self.config} - _names(arguments)
        if unknown:  # only a file with another command's options costs looking through all (0.03 s)
            for command in _with_commands(app.app_stack.current_frame[0]):
                unknown -= _names(command.assemble_argument_collection()) if command.default_command else set()
        if unknown:
            from difflib import get_close_matches  # 5 ms, only for an error

            wrong = min(unknown)
            close = get_close_matches(wrong, _names(arguments), n=1)
            hint = f"did you mean {close[0].lstrip('-')}?" if close else "see listen --help"
            raise UsageError(f"{place_of(wrong)}: there is no option {wrong.lstrip('-')}", hint)
        super().__call__(app, commands, arguments)
        for argument in arguments:
            if any(token.source not in ("cli", "env") for token in argument.tokens):
                self._check(argument.name)

    def _check(self, flag: str) -> None:
        """Raises UsageError, naming the line, for a value of the file that is not allowed."""
        key = flag.lstrip("-").replace("-", "_")
        value = next((value for name, value in self.config.items() if name.replace("-", "_") == key), None)
        for options in (Settings, Source):
            if key in options.__dataclass_fields__ and isinstance(value, str | int | float | list):
                try:
                    options(**{key: tuple(value) if isinstance(value, list) else value})  # type: ignore[arg-type]
                except UsageError as error:
                    raise UsageError(f"{place_of(flag)}: {error.message}", error.hint) from error
                except (TypeError, AttributeError):
                    return  # a text for a number, or numbers in a list of texts: the library tells

    @property
    def config(self) -> dict[str, Any]:
        """Return the options for flags. Raises UsageError naming the file, which Toml's own errors do not."""
        return {name: value for name, value in _read()[1].items() if name not in (ENGINES, KEYS, PAUSES, SYNC, VOICES)}


def engine_options() -> dict[str, Options]:
    """Return {engine: its options} from the file.

    Raises UsageError, naming file, line and option, for an unknown engine or option, and for a value that is not
    allowed.
    """
    text, config = _read()
    return {name: _options(text, name, table) for name, table in _table(text, config.get(ENGINES, {}), ENGINES).items()}


def place_of(flag: str) -> str:
    """Return the place of a flag's value: "/home/ann/.config/…/settings.toml, line 7"."""
    text, config = _read()
    name = flag.lstrip("-")
    key = next((key for key in config if key.replace("_", "-") == name), name)
    return _where(text, key)


def with_place(error: UsageError) -> UsageError:
    """Return the error for an unknown voice or engine, or for an option that only its engine can judge, with the line
    of the file that names it, if one does."""
    try:
        text, config = _read()
    except UsageError:
        return error
    named: dict[tuple[str, ...], object] = {
        (key,): config[key] for key in config if key.replace("_", "-") in ("voice", "engine", "quote-voice")
    }
    table = config.get(VOICES)
    named |= {(VOICES, key): value for key, value in table.items()} if isinstance(table, dict) else {}
    naming = (path for path, value in named.items() if error.voice and _names_voice(str(value), error.voice))
    if path := error.setting if _has(config, error.setting) else next(naming, ()):
        return UsageError(f"{_where(text, *path)}: {error.message}", error.hint)
    return error


def _has(config: Mapping[str, Any], path: tuple[str, ...]) -> bool:
    """Return True if the file has a value at a path."""
    for name in path:
        config = config.get(name, {}) if isinstance(config, Mapping) else {}
    return bool(path) and config != {}


def _names_voice(value: str, missing: str) -> bool:
    """Return True if a value such as "engine:voice" names the voice or engine that is missing ("engine:voice" or
    "engine:")."""
    (engine, _, voice), (wanted, _, name) = value.rpartition(":"), missing.partition(":")
    return voice == name and engine in ("", wanted) if name else (engine or voice) == wanted


def sync_folder() -> Path | None:
    """Return the folder of the table [sync]; None without one. Raises UsageError, naming file and line."""
    text, config = _read()
    found: Path | None = None
    for name, folder in _table(text, config.get(SYNC, {}), SYNC).items():
        if name != "folder" or not isinstance(folder, str) or not folder.strip():
            raise UsageError(f"{_where(text, SYNC, name)}: [sync] takes a folder", 'as in folder = "~/Sync/listening"')
        found = Path(folder).expanduser()
    return found


def voices() -> dict[str, str]:
    """Return the file's voices by language (BCP 47). Raises UsageError, naming file, line and language."""
    text, config = _read()
    found: dict[str, str] = {}
    for language, voice in _table(text, config.get(VOICES, {}), VOICES).items():
        where = _where(text, VOICES, language)
        if not valid(language):
            raise UsageError(f"{where}: {language!r} is no language", 'write it as in de = "…" or en-GB = "…"')
        if not isinstance(voice, str) or not voice.strip():
            raise UsageError(f"{where}: the voice for {language} must be a text", f'as in {language} = "engine:voice"')
        try:
            registry.choose(None, voice, language)
        except UsageError as error:
            raise UsageError(f"{where}: {error.message}", error.hint) from error
        found[language] = voice
    return found


def keys() -> dict[str, str]:
    """Return the file's keys by the ids of what they do; "preset" names a preset. Raises UsageError."""
    text, config = _read()
    found: dict[str, str] = {}
    for name, given in _table(text, config.get(KEYS, {}), KEYS).items():
        if not isinstance(given, str):
            where = _where(text, KEYS, name)
            raise UsageError(f"{where}: {name} must be a text", f'as in "{name}" = "k ctrl+k"')
        found[name] = given
    return found


def place_of_key(name: str) -> str:
    """Return the place of an entry of the table [keys]: "/home/ann/.config/…/settings.toml, line 7"."""
    return _where(_read()[0], KEYS, name)


def pauses() -> Pauses:
    """Return the pauses of the file. Raises UsageError, naming file, line and pause."""
    text, config = _read()
    found = USUAL
    for name, seconds in _table(text, config.get(PAUSES, {}), PAUSES).items():
        try:
            found = found.changed({name: seconds})
        except UsageError as error:
            raise UsageError(f"{_where(text, PAUSES, name)}: {error.message}", error.hint) from error
    return found


def change(values: Mapping[tuple[str, ...], str | int | float]) -> None:
    """Set values in the file, each at its path, as in ("pauses", "paragraph"). Comments stay, and a link is followed.

    Raises UsageError when the file is not to be read, and OSError.
    """
    import tomlkit  # 0.05 s

    document = tomlkit.parse(_read()[0])
    for (*tables, name), value in values.items():
        table: Any = document
        for each in tables:
            table = table.setdefault(each, tomlkit.table())
        table[next((key for key in table if key.replace("_", "-") == name), name)] = value
    target = SETTINGS_FILE.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    atomic.write(target, tomlkit.dumps(document).encode())


def _options(text: str, engine: str, table: object) -> Options:
    if engine not in registry.names():
        error = registry.unknown(engine)
        raise UsageError(f"{_where(text, ENGINES, engine)}: {error.message}", error.hint)
    given = _table(text, table, ENGINES, engine)
    found: dict[str, Any] = {}
    for name, value in given.items():
        try:
            found |= checked(registry.profile(engine).options, {name: value})
        except UsageError as error:
            where = _where(text, ENGINES, engine, name)
            raise UsageError(f"{where}: {ENGINES}.{engine}.{error.message}", error.hint) from error
    return found


def _table(text: str, value: object, *names: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise UsageError(f"{_where(text, *names)}: {'.'.join(names)} must be a table", f"write [{'.'.join(names)}]")
    return value


def _where(text: str, *names: str) -> str:
    """Return the place of a key, or of the nearest table: "/home/ann/.config/…/settings.toml, line 7"."""
    best, found = 0, 1
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            path = table = _parts(header[1])
        elif key := re.match(r"\s*([\w.\s\"'-]+?)\s*=", line):
            path = table + _parts(key[1])
        else:
            continue
        if best < len(path) <= len(names) and path == names[: len(path)]:
            best, found = len(path), number
    return f"{SETTINGS_FILE}, line {found}"


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in key.split("."))


def _read() -> tuple[str, dict[str, Any]]:
    """Return the file's text, and its content; empty without a file. Raises UsageError."""
    try:
        text = SETTINGS_FILE.read_text("utf-8")
        return text, tomllib.loads(text)
    except FileNotFoundError:
        return "", {}
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"{SETTINGS_FILE} cannot be read ({reason})", "mend it, or delete it") from error


def _names(options: ArgumentCollection) -> set[str]:
    return {name for option in options for name in option.names}


def _with_commands(app: App) -> Iterator[App]:
    yield app
    for name in app:
        if not name.startswith("-"):
            yield from _with_commands(app[name])
