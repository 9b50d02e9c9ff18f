# ruff: noqa: E501 (a table reads better with a row to a line)
"""The table of all keys, from which bindings, key line, help and command palette are made."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding, BindingType


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
    Key("paragraph.back", "up,pageup", "↑ PgUp", "paragraph(-1)", "Previous paragraph", "Paragraph again, or the one before", "paragraph", 6),
    Key("paragraph.next", "down,pagedown", "↓ PgDn", "paragraph(1)", "Next paragraph", "Next paragraph", "paragraph", 6),
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
    Key("story.start", "home", "Home", "to_start", "To the beginning", "To the story's beginning"),
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
    Key("sentence.again", "r", "r", "sentence(0)", "Say it again", "This sentence again"),
    Key("sentence.slowly", "R", "R", "slowly", "Say it slowly", "This sentence again, slowly"),
    Key("repeat", "x", "x", "repeat", "Repeat", "Loop a sentence, a paragraph; pause after each; off"),
    Key("sleep", "z", "z", "sleep", "Sleep timer", "Stop after a time, or at the end of a chapter"),
    Key("look.up", "ctrl+up,shift+up", "^↑ ⇧↑", "look(-3)", "Scroll up", "Scroll the text up, and stop following"),
    Key("look.down", "ctrl+down,shift+down", "^↓ ⇧↓", "look(3)", "Scroll down", "Scroll the text down, and stop following"),
    Key("follow", "f", "f", "follow", "Follow", "Back to what sounds, and follow it", "follow", 7),
    Key("export", "e", "e", "export", "Export", "Write the story, or a chapter, as a file", "export", 3),
    Key("footnote", "i", "i", "footnote", "Footnote", "The note of this sentence, shown and said"),
    Key("read", "w", "w", "reading_mode", "Reading mode", "Mark word, sentence, nothing; focus; one word"),
    Key("theme", "t", "t", "switch_theme", "Light or dark", "Light or dark colours"),
    Key("help", "question_mark,f1", "?", "help", "Keys", "All keys", "keys", 1),
    Key("suspend", "ctrl+z", "^z", "suspend", "To the shell", "Pause, and go to the shell; fg comes back", everywhere="ctrl+z"),
    Key("quit", "q,ctrl+c", "q", "quit", "Quit", "Keep the place, and quit", "quit", 2, everywhere="ctrl+c"),
)  # fmt: skip


def bindings() -> list[BindingType]:
    """Return the table as Textual's bindings."""
    return [
        Binding(name, key.action, key.title, key_display=key.shown, id=key.id, priority=name == key.everywhere)
        for key in KEYS
        for name in key.keys.split(",")
    ]
