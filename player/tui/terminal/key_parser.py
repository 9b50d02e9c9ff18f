"""Terminal input as keys, including parts of the Kitty keyboard protocol that Textual lacks."""

from __future__ import annotations

import logging
import re

from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.keys import Keys

_EXTENDED = re.compile(r"\x1b\[([\d:]*)(?:;([\d:]*))?(?:;([\d:]*))?([u~ABCDEFHPQRS])")
"""CSI key : shifted : base-layout ; modifiers : event ; text u"""
_RELEASED = "3"
"""Event number of a released key; 1 is a press, 2 a repetition."""

_logger = logging.getLogger(__name__)


class KeyParser(XTermParser):
    """Textual's parser, hardened: it takes "1:3" for a number and fails. Releases and malformed codes are ignored.

    Terminals send both unasked when an earlier program left them in that mode.
    """

    def _parse_extended_key(self, sequence: str) -> list[Key] | None:  # type: ignore[override]
        match = _EXTENDED.fullmatch(sequence)
        if match is None or ":" not in sequence:
            return self._parsed(sequence)
        key, modifiers, text, end = match.groups("")
        modifiers, _, event = modifiers.partition(":")
        if event.startswith(_RELEASED):
            return [Key(Keys.Ignore, sequence)]
        fields = [key.partition(":")[0], modifiers, *([text] if text else [])]
        return self._parsed(f"\x1b[{';'.join(fields)}{end}")

    def _parsed(self, sequence: str) -> list[Key] | None:
        try:
            return super()._parse_extended_key(sequence)
        except (ValueError, OverflowError):  # not a character's code
            _logger.debug("no key: %r", sequence, exc_info=True)
            return [Key(Keys.Ignore, sequence)]
