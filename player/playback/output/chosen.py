"""The sound device that was chosen, looked for while another one plays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from player.errors import OutputError
from player.playback.output.device_thread import PATIENCE, TRUSTED_AFTER, Device, DeviceThread

_SEARCH_AFTER = 50
"""Looks between searches for a device that is missed: 5 s. Each costs 5 ms of processor time."""


class ChosenDevice:
    """The device of a name, or the default one without a name. Used by the thread that watches a device."""

    def __init__(self, name: str, notify: Callable[[str], None], missed: str) -> None:
        """`notify` receives a sentence for the listener. `missed` is what it received, if the device was missed
        before."""
        self.name = name
        self.missed = missed
        """What the listener was told; empty while the device plays."""
        self._notify = notify
        self._looks = 0
        self._opening: DeviceThread | None = None

    def change(self, name: str) -> None:
        """Choose another device. From any thread."""
        self.missed = ""
        self.name = name

    def openers(self, open_device: Callable[..., Device], *, or_default: bool) -> Sequence[Callable[[int], Device]]:
        """Return what opens the device, and then what opens the default one in its place."""
        if not self.name:
            return [open_device]
        return [partial(open_device, wanted=self.name), *([open_device] if or_default else ())]

    def look(self, plays: DeviceThread, new_thread: Callable[..., DeviceThread]) -> DeviceThread | None:
        """Return the device to go on with in place of the one that plays, once it pulls; None to stay with that.

        A device that was just chosen is opened at once, one that is missed every few seconds. Tells the listener when
        it is missed, and when no more.
        """
        self._tell(plays)
        opening = self._opening
        if opening is None:
            self._looks += 1
            is_new = plays.wanted != self.name
            if is_new or (plays.missed is not None and self._looks >= _SEARCH_AFTER):
                self._looks = 0
                self._opening = new_thread(or_default=is_new)
                self._opening.begin()
                self._opening.start()
            return None
        opening.look()
        if opening.wanted != self.name:
            self.leave()
        elif opening.active_looks > TRUSTED_AFTER:
            self._opening = None
            return opening
        elif opening.ended or (opening.device is not None and opening.looks >= PATIENCE):
            plays.wanted = self.name
            plays.missed = plays.missed or OutputError("the chosen sound device does not play")
            self.leave()
        return None

    def leave(self) -> None:
        """Give up the device that is being opened."""
        opening, self._opening = self._opening, None
        if opening is not None:
            opening.let_go()

    def _tell(self, plays: DeviceThread) -> None:
        if plays.device is None or plays.wanted != self.name:
            return
        missed = "" if plays.missed is None else plays.missed.message
        if missed != self.missed:
            self.missed = missed
            there = f"{missed[:1].upper()}{missed[1:]}: another one plays."
            self._notify(there if missed else "The chosen sound device plays again.")
