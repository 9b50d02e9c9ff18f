"""Sound that goes away and comes back: a sound server killed, frozen, its sink unloaded, suspended, or another taken.

Each time the listener is to be told within a second, to hear the story again within three of the device's return, and
at the place that the player shows. Nothing of the devices that were lost may stay behind.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.reliability.tally import Tally
from tests.support.hearing import Hearing, hearing
from tests.support.pulse import Server, pulse_server

_SEED = 8
_TOLD_SECONDS = 1.0
_BACK_SECONDS = 3.0
_SAME_WORD_SECONDS = 0.15
_SLOW = 10.0
"""How many times longer a busy machine may take."""
_CYCLES = 25
"""Of each kind, in the long form."""


class _Kind(NamedTuple):
    name: str
    away: Callable[[Server], None]
    back: Callable[[Server], None]


_KINDS = (
    _Kind("the server killed and started again", Server.kill, Server.start),
    _Kind("the server frozen", Server.freeze, Server.thaw),
    _Kind("the sink unloaded and loaded", Server.remove_sink, Server.add_sink),
    _Kind("the sink suspended", lambda server: server.suspend_sink(True), lambda server: server.suspend_sink(False)),
)


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """See Trial. The quick form kills a server once, and gives it more time: it judges no machine."""
    for n, kind in enumerate(_KINDS if long else _KINDS[:1]):  # a short path: that of a socket has 107 characters
        yield _lost(folder / str(n), kind, *((_CYCLES, 1.0) if long else (1, _SLOW)))
    if long:
        yield _moved(folder / "moved", _CYCLES)


def _lost(folder: Path, kind: _Kind, cycles: int, slow: float) -> Tally:
    tally = Tally(f"sound: {kind.name}")
    chance = random.Random(_SEED)
    told, back, off = [], [], []
    folder.mkdir()
    with pulse_server(folder) as server:
        server.start()
        with hearing(server, folder / "cache") as heard:
            heard.player.transport.play()
            before = _left(server)
            for cycle in range(cycles):
                where = f"seed {_SEED}, cycle {cycle}"
                tally.trials += 1
                off.append(_off_by(heard, chance.uniform(0.2, 1.5)))
                kind.away(server)
                told.append(_takes(lambda: heard.said("The sound device is gone")))
                if told[-1] > _TOLD_SECONDS * slow:
                    tally.faults.append(f"{where}: told after {told[-1]:.2f} s")
                place = heard.elapsed
                time.sleep(chance.uniform(0.3, 3.0))
                if heard.elapsed <= place:
                    tally.faults.append(f"{where}: the story stood still")
                kind.back(server)
                back.append(_takes(lambda: heard.said("Sound is back")))
                if back[-1] > _BACK_SECONDS * slow:
                    tally.losses.append(f"{where}: sound was back after {back[-1]:.2f} s")
                off.append(_off_by(heard, 0.5))
                if off[-1] > _SAME_WORD_SECONDS:
                    tally.losses.append(f"{where}: {off[-1]:.2f} s beside its place")
                if heard.elapsed > 60:
                    heard.player.navigation.to_start()
            # Threads end a moment after they are told. A voice that rested meanwhile has taken some of its own along.
            if _takes(lambda: _is_no_more(_left(server), before)) == float("inf"):
                after = _left(server)
                tally.faults.append(f"threads, descriptors and connections: {before} before, {after} after")
    tally.note = f"told {_worst(told)}, back {_worst(back)}, place {_worst(off)}"
    return tally


def _takes(condition: Callable[[], object], at_most: float = 60.0) -> float:
    """Return the seconds until a condition holds; infinity if it does not."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > at_most:
            return float("inf")
        time.sleep(0.005)
    return time.monotonic() - began


def _moved(folder: Path, cycles: int) -> Tally:
    tally = Tally("sound: moved, another default, its sink unloaded")
    chance = random.Random(_SEED)
    off = []
    folder.mkdir()
    with pulse_server(folder) as server:
        server.start()
        with hearing(server, folder / "cache") as heard, server.recording("cap"):
            heard.player.transport.play()
            for cycle in range(cycles):
                for change in (Server.make_default, Server.move_sound):
                    server.add_sink("other")
                    with server.recording("other"):
                        for sink in ("other", "cap"):
                            tally.trials += 1
                            time.sleep(chance.uniform(0.2, 1.5))
                            if sink == "other":
                                change(server, sink)
                            else:
                                server.remove_sink("other")
                            off.append(_off_by(heard, 0.5, sink))
                            if off[-1] > _SAME_WORD_SECONDS:
                                how = f"{change.__name__}, to {sink}"
                                tally.losses.append(f"seed {_SEED}, cycle {cycle}, {how}: {off[-1]:.2f} s off")
                if heard.elapsed > 60:
                    heard.player.navigation.to_start()
    tally.note = f"place {_worst(off)}"
    return tally


def _off_by(heard: Hearing, seconds: float, sink: str = "cap") -> float:
    """How far what is heard is from where the player is, once the story has been heard for so long; infinite if it is
    not heard. Where the machine is taken from the server or its recorder, they drop sound: looked at more than once."""
    with heard.server.recording(sink) as recording:
        time.sleep(seconds)
        best = float("inf")
        for _ in range(150):
            off = heard.off_by(recording)
            best = min(best, float("inf") if off is None else off)
            if best <= _SAME_WORD_SECONDS:
                break
            time.sleep(0.1)
    return best


def _left(server: Server) -> tuple[int, int, int]:
    return threading.active_count(), sum(1 for _ in Path("/proc/self/fd").iterdir()), server.clients


def _is_no_more(after: tuple[int, ...], before: tuple[int, ...]) -> bool:
    return all(left <= had for left, had in zip(after, before, strict=True))


def _worst(seconds: list[float]) -> str:
    return f"≤ {max(seconds):.2f} s"
