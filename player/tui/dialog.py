"""Screens above the story that return an answer."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

_T = TypeVar("_T")


class Dialog(ModalScreen[_T]):
    """Answers once: a second Enter or click, on its way when the first was answered, would close another screen."""

    _has_answered = False

    def dismiss(self, result: _T | None = None) -> AwaitComplete:
        """Return the answer and close, unless that was done."""
        if self._has_answered:
            return AwaitComplete()
        self._has_answered = True
        return super().dismiss(result)
