"""What the settings screen offers, and how what is typed there becomes a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, get_args, get_origin, get_type_hints

from cyclopts import Parameter

from player.errors import UsageError
from player.library.habits import THEMES
from player.settings import Settings
from player.tui.keys.table import PRESETS
from player.utterance.pauses import Pauses


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting, named as in Settings."""

    name: str
    label: str
    texts: tuple[str, ...] = ()
    """What there is to choose from; empty when a value is typed."""
    acts_at_once: bool = False


VOICE = Setting("voice", "Voice", acts_at_once=True)
SPEED = Setting("speed", "Speed", acts_at_once=True)
THEME = Setting("theme", "Theme", THEMES, acts_at_once=True)
MOTION = Setting("motion", "Motion", ("full", "reduced"), acts_at_once=True)
PAUSES = Setting("pauses", "Pauses")
USUAL_DEVICE = "the system's default"
DEVICE = Setting("device", "Sound device", (USUAL_DEVICE,), acts_at_once=True)
"""Its texts are completed by the devices that are there."""
KEYS = Setting("keys", "Keys", tuple(PRESETS))
TYPED_OR_CHOSEN = (
    SPEED,
    PAUSES,
    THEME,
    MOTION,
    KEYS,
    DEVICE,
    Setting("when_sound_is_lost", "Sound lost", ("silent", "pause")),
    Setting("code", "Code", ("announce", "skip")),
    Setting("announce", "Announce", ("on", "off")),
    Setting("next_story", "Next story", ("say", "show")),
    Setting("refresh_feeds", "Refresh feeds"),
    Setting("at_end", "At the end", ("off", "bell", "notification")),
    Setting("captions", "Captions", ("read", "skip")),
    Setting("loudness", "Loudness"),
    Setting("remote", "Remote", ("on", "off")),
)
"""All but the voice."""


def explained() -> dict[str, str]:
    """Return the docstring of each field of Settings, without marks of code, by the field's name."""
    from docstring_parser import parse_from_object

    found = {
        each.arg_name: " ".join((each.description or "").replace("`", "").split())
        for each in parse_from_object(Settings).params
    }
    pause = found["pause"].split(";")[0].removesuffix(".")
    return {
        **found,
        "voice": f"{found['voice']} Enter lists them.",
        "pauses": f"{pause.replace('A pause', 'Pauses', 1)}; empty: as usual.",
        "keys": "Preset of keys: default, or vim (h l sentence, k j paragraph); the table [keys] of the settings file "
        "changes single ones.",
    }


def variables(setting: Setting) -> tuple[str, ...]:
    """Return the names of the environment variables that give a setting, the strongest first; none for keys."""
    field = "pause" if setting is PAUSES else setting.name
    hint = get_type_hints(Settings, include_extras=True)[field]
    marks = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    found = next((mark.env_var for mark in marks if isinstance(mark, Parameter)), None) or ()
    return (found,) if isinstance(found, str) else tuple(map(str, found))


def shown(setting: Setting, settings: Settings) -> str:
    """Return a value as it is typed or chosen."""
    if setting is PAUSES:
        return _listed(settings.pause_lengths)
    if setting is KEYS:
        return settings.keys.get("preset", KEYS.texts[0])
    if setting is DEVICE:
        return settings.device or USUAL_DEVICE
    value = getattr(settings, setting.name)
    return f"{value:g}" if isinstance(value, float) else str(value)


def value_of(setting: Setting, text: str) -> object:
    """Return the value of a text; the usual one when it is empty. Raises UsageError when it is none."""
    if not text.strip() or text == USUAL_DEVICE:
        return getattr(Settings(), setting.name)
    if setting is PAUSES:
        return Settings(pause=tuple(text.replace(",", " ").split())).pause_lengths
    value: object = {"preset": text} if setting is KEYS else text
    if not setting.texts:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            raise UsageError(f"{text!r} is no number") from None
    Settings(**{setting.name: value})  # type: ignore[arg-type]
    return value


def entries(name: str, value: object) -> dict[tuple[str, ...], str | int | float]:
    """Return what stands in the settings file for a value, by its path there."""
    if isinstance(value, Pauses):
        return {("pauses", pause.replace("_", "-")): seconds for pause, seconds in asdict(value).items()}
    if isinstance(value, Mapping):
        return {(name, key): given for key, given in value.items()}
    if not isinstance(value, str | int | float):
        raise TypeError(f"{name} is not kept in the settings file")
    return {(name.replace("_", "-"),): value}


def _listed(pauses: Pauses) -> str:
    return " ".join(f"{name.replace('_', '-')}={seconds:g}" for name, seconds in asdict(pauses).items())
