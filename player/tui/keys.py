"""Every key, once: the bindings, the footer, the help and the command palette are made from this table."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Key:
    """What a key does. A keymap names it by its id."""

    id: str
    keys: str
    """Textual's names, the first being the one shown; separated by commas."""
    shown: str
    """The keys as people read them."""
    action: str
    """A method `action_…` of the app, with its arguments."""
    title: str
    """In the palette."""
    help: str
    footer: str = ""
    """A word for the footer; empty: not shown there."""


KEYS = (
    Key("play", "space", "space", "toggle_play", "Play or pause", "Play, or pause", "Play"),
    Key("sentence.back", "left", "←", "sentence(-1)", "Previous sentence", "This sentence again, or the one before"),
    Key("sentence.next", "right", "→", "sentence(1)", "Next sentence", "Next sentence"),
    Key("paragraph.back", "up,pageup", "↑ PgUp", "paragraph(-1)", "Previous paragraph", "This paragraph again, or the one before"),
    Key("paragraph.next", "down,pagedown", "↓ PgDn", "paragraph(1)", "Next paragraph", "Next paragraph"),
    Key("seconds.back", "comma", ",", "seconds(-10)", "Back 10 seconds", "10 seconds back"),
    Key("seconds.next", "full_stop", ".", "seconds(10)", "Forward 10 seconds", "10 seconds forward"),
    Key("story.start", "home", "Home", "to_start", "To the beginning", "To the story's beginning"),
    Key("story.end", "end", "End", "to_end", "To the end", "To the story's last sentence"),
    Key("speed.down", "left_square_bracket", "[", "speed(-0.1)", "Slower", "Slower by 0.1"),
    Key("speed.up", "right_square_bracket", "]", "speed(0.1)", "Faster", "Faster by 0.1"),
    Key("speed.normal", "equals_sign,backspace", "= ⌫", "normal_speed", "Normal speed", "Normal speed"),
    Key("volume.down", "minus", "-", "volume(-0.05)", "Quieter", "Quieter by 5 %"),
    Key("volume.up", "plus", "+", "volume(0.05)", "Louder", "Louder by 5 %"),
    Key("look.up", "ctrl+up,shift+up", "^↑ ⇧↑", "look(-3)", "Scroll up", "Scroll the text up; the view stays there"),
    Key("look.down", "ctrl+down,shift+down", "^↓ ⇧↓", "look(3)", "Scroll down", "Scroll the text down; the view stays there"),
    Key("follow", "f", "f", "follow", "Follow", "Go where the sound is, and follow it", "Follow"),
    Key("export", "e", "e", "export", "Export", "Write the story as an audio file", "Export"),
    Key("theme", "t", "t", "switch_theme", "Light or dark", "Light or dark colours"),
    Key("help", "question_mark,f1", "?", "help", "Keys", "All keys", "Keys"),
    Key("quit", "q,ctrl+c", "q", "quit", "Quit", "Stop, and keep the place", "Quit"),
)  # fmt: skip


def bindings() -> list[BindingType]:
    """The table as Textual wants it."""
    return [
        Binding(
            key.keys, key.action, key.footer or key.title, show=bool(key.footer), key_display=key.shown, id=key.id
        )
        for key in KEYS
    ]
