"""The settings: shown, explained, changed, and tried at once where that can be."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from player.errors import PlayerError
from player.playback.output.devices import sound_devices
from player.playback.player import Player
from player.settings import Settings
from player.story.text import printable
from player.tui.dialog import Dialog
from player.tui.keys.hints import KeyHints
from player.tui.keys.table import changed as key_table
from player.tui.screens.setting_fields import (
    DEVICE,
    KEYS,
    MOTION,
    SPEED,
    THEME,
    TYPED_OR_CHOSEN,
    VOICE,
    Setting,
    explained,
    shown,
    value_of,
    variables,
)
from player.tui.terminal.app import TerminalApp
from player.tui.widgets import OneOf

_logger = logging.getLogger(__name__)


class _Pick(OneOf, inherit_bindings=False):
    """One of several texts; the keys up and down are the dialog's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "go(1)", "Next"),
        Binding("left", "go(-1)", "Previous"),
    ]


class _Voice(Static, can_focus=True):
    """The voice's name, which opens the list of voices."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space,v,right", "app.voices", "Voices")]

    async def on_click(self) -> None:
        """Open the list."""
        await self.app.run_action("app.voices")


class SettingsScreen(Dialog[Mapping[str, object] | None]):
    """Returns the changed values by the names of their fields in Settings; None to change nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Keep"),
        Binding("up", "app.focus_previous", "Previous"),
        Binding("down", "app.focus_next", "Next"),
        Binding("escape", "leave", "Close"),
    ]

    def __init__(self, player: Player, settings: Settings, app: TerminalApp[None]) -> None:
        """`settings` as they are now, except for what can be changed while listening: voice, speed and theme."""
        super().__init__()
        self._player = player
        self._voice = player.voice.id
        self._keys = settings.keys
        self._named_voice = settings.voice is not None
        self._explained = explained()
        now = {**vars(settings), "speed": round(player.transport.speed, 2), "theme": app.theme}
        kept = {name: value for name, value in now.items() if name in Settings.__dataclass_fields__}
        self._before = {setting: shown(setting, Settings(**kept)) for setting in TYPED_OR_CHOSEN}
        self._motion = app.animation_level

    def compose(self) -> ComposeResult:
        """Yield a line for each setting, the explanation of one, and the keys."""
        with Vertical(classes="dialog", id="settings") as dialog:
            dialog.border_title = "Settings"
            with Vertical(id="fields"):
                yield Horizontal(Label(VOICE.label), _Voice(id=VOICE.name), classes="line")
                for setting, text in self._before.items():
                    problem = Static(id=f"{setting.name}-problem", classes="problem", markup=False)
                    yield Horizontal(Label(setting.label), _control(setting, text), problem, classes="line")
            yield Static(id="about", markup=False)
            yield KeyHints(
                ("Enter", "keep", "screen.accept"),
                ("↑↓", "setting", "app.focus_next"),
                ("←→", "value", "app.focus_next"),
                ("Esc", "close", "screen.leave"),
            )

    def on_mount(self) -> None:
        """Try themes and motion while they are walked through."""
        for setting in (THEME, MOTION):
            self.watch(self.query_one(f"#{setting.name}", OneOf), "chosen", self._try_looks, init=False)
        self.watch(self.query_one(f"#{KEYS.name}", OneOf), "chosen", self._look_at_keys, init=False)
        self._list_devices()

    @work(thread=True)
    def _list_devices(self) -> None:
        try:
            names = [device.name for device in sound_devices()]
        except PlayerError:
            _logger.warning("sound devices are not listed", exc_info=True)
        else:
            self.app.call_from_thread(self._offer_devices, names)

    def _offer_devices(self, names: list[str]) -> None:
        """Offer the devices that are there, and the one in the settings as it is named there."""
        if self.is_attached:
            chosen = self._before[DEVICE]
            self.query_one(f"#{DEVICE.name}", OneOf).offer(tuple(dict.fromkeys((*DEVICE.texts, chosen, *names))))

    def on_screen_resume(self) -> None:
        """Show the voice, which may have been changed in the list."""
        self.query_one(_Voice).update(Content(f"{printable(self._player.voice.id)} …"))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Explain a setting, or tell what is wrong with its value."""
        setting = next((one for one in (VOICE, *TYPED_OR_CHOSEN) if one.name == event.widget.id), None)
        if setting is not None:
            self._tell_about(setting, "" if setting is VOICE else self._problem(setting))

    def _tell_about(self, setting: Setting, problem: str) -> None:
        about = self.query_one("#about", Static)
        about.set_class(bool(problem), "problem")
        about.update(Content(problem or self._explanation(setting)))

    def _explanation(self, setting: Setting) -> str:
        when = f"Takes effect {'at once' if setting.acts_at_once else 'at the next start'}."
        given = next(filter(os.environ.get, variables(setting)), "")
        wins = f" {given} in the environment wins." if given else ""
        return f"{self._explained[setting.name]} {when}{wins}"

    @on(Input.Changed)
    def look_at_what_is_typed(self, message: Input.Changed) -> None:
        """Tell what is wrong; try a speed."""
        setting = next(one for one in TYPED_OR_CHOSEN if one.name == message.input.id)
        if not self._complain(setting) and setting is SPEED:
            self._try_speed(message.value)

    def _look_at_keys(self) -> None:
        self._complain(KEYS)

    def _complain(self, setting: Setting) -> str:
        """Mark a wrong value, and return what is wrong; say so below if its line has the keyboard."""
        problem = self._problem(setting)
        self.query_one(f"#{setting.name}-problem", Static).update(Content("✗" if problem else ""))
        if self.focused is not None and self.focused.id == setting.name:
            self._tell_about(setting, problem)
        return problem

    def action_accept(self) -> None:
        """Return what was changed, unless something is wrong: then go there."""
        for setting in TYPED_OR_CHOSEN:
            if self._complain(setting):
                self.query_one(f"#{setting.name}").focus()
                return
        changed = {s.name: value_of(s, self._text(s)) for s, text in self._before.items() if self._text(s) != text}
        if self._named_voice and self._player.voice.id != self._voice:
            changed["voice"] = self._player.voice.id
        self.dismiss(changed)

    @on(Input.Submitted)
    def accept(self) -> None:
        """Return what was changed, like Enter elsewhere."""
        self.action_accept()

    def action_leave(self) -> None:
        """Return to what was before."""
        self.app.theme = self._before[THEME]
        self.app.animation_level = self._motion
        self._try_speed(self._before[SPEED])
        self.dismiss(None)

    def _try_looks(self) -> None:
        self.app.theme = self._text(THEME)
        self.app.animation_level = "none" if self._text(MOTION) == "reduced" else "full"

    def _try_speed(self, text: str) -> None:
        speed = value_of(SPEED, text)
        if isinstance(speed, float) and speed != self._player.transport.speed:
            self._player.transport.speed = speed

    def _text(self, setting: Setting) -> str:
        control: Widget = self.query_one(f"#{setting.name}")
        return control.text if isinstance(control, OneOf) else getattr(control, "value", "").strip()

    def _problem(self, setting: Setting) -> str:
        """Return what is wrong with a value, in a sentence; empty when nothing is."""
        try:
            value = value_of(setting, self._text(setting))
            if setting is KEYS and isinstance(value, Mapping):
                key_table({**self._keys, **value})
        except PlayerError as error:
            return printable(str(error))
        return ""


def _control(setting: Setting, text: str) -> Widget:
    if setting.texts:
        texts = tuple(dict.fromkeys((*setting.texts, text)))
        return _Pick(texts, texts.index(text), id=setting.name)
    field = Input(text, id=setting.name, compact=True)
    field.cursor_blink = False
    return field
