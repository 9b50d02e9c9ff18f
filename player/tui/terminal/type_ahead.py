"""Keys that are typed before the dialog that they are meant for is there: by quick fingers, or on a busy machine."""

from __future__ import annotations

from collections import deque
from typing import TypeVar

from textual import events
from textual.app import App
from textual.screen import Screen

_T = TypeVar("_T")

_AT_ONCE = frozenset({"ctrl+c", "ctrl+z"})
"""Keys that leave, whatever is being opened."""

_ON_THEIR_WAY = 100
"""Keys that may be on their way through the widgets of a screen."""


class TypeAhead(App[_T]):
    """An app in which each key counts for the screen that the keys before it have led to.

    Textual sends a key to the screen of the moment, from where it comes back unless a widget takes it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._sent: deque[tuple[events.Key, Screen[object]]] = deque(maxlen=_ON_THEIR_WAY)
        """Keys, and the screens that they were sent to."""
        self._early: list[events.Key] = []
        """Keys for a dialog that is being made."""

    async def on_event(self, event: events.Event) -> None:
        """Handle an event; of keys, see above."""
        if not isinstance(event, events.Key) or event.key in _AT_ONCE or not self.screen_stack:
            await super().on_event(event)
        elif not event.is_forwarded:
            await self._send(event)
        elif any(one is event and screen is not self.screen for one, screen in self._sent):
            await self._send(events.Key(event.key, event.character))
        else:
            await super().on_event(event)

    async def _send(self, key: events.Key) -> None:
        if not self._early and self.screen.is_mounted:
            self._sent.append((key, self.screen))
            await super().on_event(key)
            return
        if not self._early:
            self._await_dialog()
        self._early.append(key)

    def _await_dialog(self) -> None:
        """Go on when the screen is there; at once if it is gone already."""
        if not self.screen.call_later(self.call_later, self._send_early):
            self.call_later(self._send_early)

    async def _send_early(self) -> None:
        early, self._early = self._early, []
        for key in early:
            await self._send(key)
