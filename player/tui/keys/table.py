# ruff: noqa: E501 (a table reads better with a row to a line)
"""The table of all keys, from which bindings, key line, help and command palette are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from player.errors import UsageError

if TYPE_CHECKING:
    from textual.binding import BindingType


@dataclass(frozen=True, slots=True)
class Key:
    """A key and its action. Keymaps refer to it by its id."""

    id: str
    keys: str
    """Textual's names, separated by commas."""
    shown: str
    """The keys as shown to people, separated by blanks."""
    action: str
    """A method `action_…` of the app, with its arguments."""
    title: str
    """Title in the command palette."""
    help: str
    word: str = ""
    """Label on the key line; neighbours with the same label share it. Empty: not on the line."""
    rank: int = 0
    """Importance on a narrow key line; 1 stays longest."""
    everywhere: str = ""
    """Those of the keys that work in dialogs, too; all others belong to the dialog or do nothing."""


KEYS = (
    Key("play", "space", "space", "toggle_play", "Play or pause", "Play, or pause", "play", 1),
    Key("sentence.back", "left", "←", "sentence(-1)", "Previous sentence", "Sentence again, or the one before", "sentence", 4),
    Key("sentence.next", "right", "→", "sentence(1)", "Next sentence", "Next sentence", "sentence", 4),
    Key("paragraph.back", "up", "↑", "paragraph(-1)", "Previous paragraph", "Paragraph again, or the one before", "paragraph", 6),
    Key("paragraph.next", "down", "↓", "paragraph(1)", "Next paragraph", "Next paragraph", "paragraph", 6),
    Key("chapter.back", "p", "p", "chapter(-1)", "Previous chapter", "Chapter again, or the one before"),
    Key("chapter.next", "n", "n", "chapter(1)", "Next chapter", "Next chapter"),
    Key("chapters", "c", "c", "chapters", "Chapters", "All chapters, to choose from", "chapters", 10),
    Key("seconds.back", "comma", ",", "seconds(-10)", "Back 10 seconds", "10 seconds back", "10 s", 9),
    Key("seconds.next", "full_stop", ".", "seconds(10)", "Forward 10 seconds", "10 seconds forward", "10 s", 9),
    Key("find", "slash", "/", "find", "Find", "Find in the story; n and N: next, previous", "find", 8),
    Key("go.to", "colon", ":", "go_to", "Go to …", "Go to a time, a per cent, a chapter"),
    Key("note", "b", "b", "note", "Note", "Keep this sentence as a note, or remove it", "note", 9),
    Key("notes", "B", "B", "notes", "Notes", "All notes: go there, comment, remove"),
    Key("copy", "y", "y", "copy", "Copy", "Copy the selected text, or this sentence"),
    Key("story.start", "home", "Home", "to_start", "To the start", "To the story's beginning"),
    Key("story.end", "end", "End", "to_end", "To the end", "To the story's last sentence"),
    Key("jump.undo", "u", "u", "undo_jump", "Undo the jump", "Back to where the last jump was made"),
    Key("jump.redo", "U", "U", "redo_jump", "Redo the jump", "Undo u: forth again"),
    Key("speed.down", "left_square_bracket", "[", "speed(-0.1)", "Slower", "Slower by 0.1", "speed", 5),
    Key("speed.up", "right_square_bracket", "]", "speed(0.1)", "Faster", "Faster by 0.1", "speed", 5),
    Key("speed.normal", "equals_sign,backspace", "= ⌫", "normal_speed", "Normal speed", "Normal speed"),
    Key("voices", "v", "v", "voices", "Voices", "Voices for this language, to hear and choose from", "voice", 7),
    Key("pronounce", "l", "l", "pronounce", "Say it as …", "Say the current word in another way"),
    Key("volume.down", "minus", "-", "volume(-0.05)", "Quieter", "Quieter by 5 %", "volume", 8),
    Key("volume.up", "plus", "+", "volume(0.05)", "Louder", "Louder by 5 %", "volume", 8),
    Key("mute", "m", "m", "mute", "Mute", "Sound off, or on again"),
    Key("sentence.again", "r", "r", "again", "Sentence again", "This sentence again"),
    Key("sentence.slowly", "R", "R", "slowly", "Slowly", "This sentence again, slowly"),
    Key("repeat", "x", "x", "repeat", "Repeat", "Loop a sentence, a paragraph; pause after each; off"),
    Key("sleep", "z", "z", "sleep", "Sleep timer", "Stop after a time, or at the end of a chapter"),
    Key("page.up", "pageup", "PgUp", "look_page(-1)", "Page up", "Scroll a page up, and stop following"),
    Key("page.down", "pagedown", "PgDn", "look_page(1)", "Page down", "Scroll a page down, and stop following"),
    Key("look.up", "ctrl+up,shift+up", "^↑ ⇧↑", "look(-3)", "Scroll up", "Scroll the text up, and stop following"),
    Key("look.down", "ctrl+down,shift+down", "^↓ ⇧↓", "look(3)", "Scroll down", "Scroll the text down, and stop following"),
    Key("follow", "f", "f", "follow", "Follow", "Back to what sounds, and follow it", "follow", 7),
    Key("export", "e", "e", "export", "Export", "Write the story, or a chapter, as a file", "export", 3),
    Key("footnote", "i", "i", "footnote", "Footnote", "The note of this sentence, shown and said"),
    Key("library", "o", "o", "library", "Library", "The library: other stories, the queue", "library", 4),
    Key("story.next", "N", "N", "next_story", "Next story", "Next story of the queue"),
    Key("story.back", "P", "P", "previous_story", "Previous story", "The story before this one"),
    Key("read", "w", "w", "reading_mode", "Reading mode", "Mark word, sentence, nothing; focus; one word"),
    Key("theme", "t", "t", "switch_theme", "Light or dark", "Light or dark colours"),
    Key("settings", "s", "s", "settings", "Settings", "Settings, to try, change and keep", "settings", 11),
    Key("help", "question_mark,f1", "?", "help", "Keys", "All keys", "keys", 1),
    Key("suspend", "ctrl+z", "^z", "suspend", "To the shell", "Pause, and go to the shell; fg comes back", everywhere="ctrl+z"),
    Key("quit", "q,ctrl+c", "q", "quit", "Quit", "Keep the place, and quit", "quit", 2, everywhere="ctrl+c"),
)  # fmt: skip


PRESETS: Mapping[str, Mapping[str, str]] = {
    "default": {},
    "vim": {
        "sentence.back": "h left",
        "sentence.next": "l right",
        "paragraph.back": "k up",
        "paragraph.next": "j down",
        "story.start": "g home",
        "story.end": "G end",
        "page.up": "ctrl+b pageup",
        "page.down": "ctrl+f pagedown",
        "look.up": "ctrl+y ctrl+up",
        "look.down": "ctrl+e ctrl+down",
        "pronounce": "L",
        "jump.redo": "ctrl+r U",
    },
}
"""Changes of keys by their ids, under a name."""

_HELD = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})
"""Keys that are held while another is pressed."""

_NAMED = {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "backspace", "tab",
          "enter", "escape", "space", *(f"f{number}" for number in range(1, 25))}  # fmt: skip
"""Keys without a character."""

_OTHER_NAMES = {"solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
                "plus_sign": "plus", "low_line": "underscore"}  # fmt: skip
"""Textual's names of characters that have another name in Unicode."""

_SIGNS = {"left": "←", "right": "→", "up": "↑", "down": "↓", "pageup": "PgUp", "pagedown": "PgDn", "backspace": "⌫",
          "home": "Home", "end": "End", "escape": "Esc", "enter": "Enter", "delete": "Del", "full_stop": ".", "comma": ","}  # fmt: skip


class KeyProblem(UsageError):
    """Keys that cannot be given as they are in the table [keys]."""

    def __init__(self, entry: str, message: str, hint: str) -> None:
        """`entry` is the name of the entry that is wrong: an id, or "preset"."""
        super().__init__(message, hint)
        self.entry = entry


def changed(keys: Mapping[str, str]) -> tuple[Key, ...]:
    """Return the table with other keys: by id the keys, separated by blanks; "preset" names a preset to begin with. An
    empty text leaves an action without a key.

    Raises KeyProblem for an id, a preset or a key that does not exist, for a key given to two, and for a key that
    another action needs because it has no other.
    """
    wanted = dict(keys)
    preset = wanted.pop("preset", "default")
    if preset not in PRESETS:
        raise KeyProblem("preset", f"[keys] has no preset {preset!r}", f"there are {', '.join(PRESETS)}")
    if unknown := sorted(wanted.keys() - {key.id for key in KEYS}):
        ids = ", ".join(key.id for key in KEYS)
        raise KeyProblem(unknown[0], f"[keys] has no {unknown[0]!r}", f"there are {ids}")
    given = {**PRESETS[preset], **wanted}
    taken: dict[str, str] = {}
    for name, text in given.items():
        for one in text.split():
            if not _exists(textual_name(one)):
                hint = "write a character, or a name as in ctrl+n, f5, pagedown, space"
                raise KeyProblem(name, f"[keys] gives {name} a key {one!r}, which there is not", hint)
            if one in taken:
                hint = "choose another for one of them"
                raise KeyProblem(name, f"[keys] gives {one!r} to {taken[one]} and to {name}", hint)
            taken[one] = name
    found = tuple(_given(key, given[key.id]) if key.id in given else _without(key, taken) for key in KEYS)
    for key, usual in zip(found, KEYS, strict=True):
        if not key.keys and key.id not in given:
            one, name = next((one, name) for one, name in taken.items() if textual_name(one) in usual.keys.split(","))
            raise KeyProblem(
                name, f"[keys] gives {one!r} to {name}, which leaves {key.id} without a key", f"give {key.id} another"
            )
    return found


def _given(key: Key, text: str) -> Key:
    names = text.split()
    return replace(key, keys=",".join(map(textual_name, names)), shown=" ".join(map(_shown, names)), everywhere="")


def _exists(name: str) -> bool:
    """Return True if a terminal may send a key with this name of Textual's."""
    *held, last = name.split("+")
    if not set(held) <= _HELD:
        return False
    return len(last) == 1 or last in _NAMED or last in _OTHER_NAMES.values() or _is_character(last)


def _is_character(name: str) -> bool:
    """Return True if Unicode has a character of this name, written as Textual does: "full_stop"."""
    import unicodedata

    for spelled in (name.replace("_", " "), name.replace("_", "-")):
        with suppress(KeyError):
            return bool(unicodedata.lookup(spelled))
    return False


def _without(key: Key, taken: Iterable[str]) -> Key:
    """Return a key without those that others have got."""
    lost = set(map(textual_name, taken))
    pairs = list(zip(key.keys.split(","), (*key.shown.split(), *[""] * 9), strict=False))
    if not lost & {name for name, _ in pairs}:
        return key
    left = [(name, shown) for name, shown in pairs if name not in lost]
    return replace(key, keys=",".join(name for name, _ in left), shown=" ".join(shown for _, shown in left).strip())


def first_shown(keys: Iterable[Key], id: str) -> str:
    """Return how the first key of an action is shown to people; its title where it has none any more."""
    key = next(key for key in keys if key.id == id)
    return key.shown.split()[0] if key.shown else key.title


def textual_name(key: str) -> str:
    """Return the name of a key, which may be written as its character ("slash" for "/"), and names in any capitals
    ("f5" for "F5")."""
    if len(key) != 1:
        return key.lower()
    if key.isalnum():
        return key
    import unicodedata

    found = unicodedata.name(key, "").lower().replace("-", "_").replace(" ", "_")
    return _OTHER_NAMES.get(found, found)


def _shown(key: str) -> str:
    held, _, last = key.rpartition("+") if len(key) > 1 else ("", "", key)
    return held.replace("ctrl", "^").replace("shift", "⇧").replace("+", "") + _SIGNS.get(last, last)


def bindings(keys: Iterable[Key] = KEYS) -> list[BindingType]:
    """Return a table as Textual's bindings."""
    from textual.binding import Binding

    return [
        Binding(name, key.action, key.title, key_display=key.shown, id=key.id, priority=name == key.everywhere)
        for key in keys
        for name in key.keys.split(",")
        if name
    ]
