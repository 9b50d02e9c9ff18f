"""Broken lexicons, TOML and PLS: read, added to and removed from, or refused in one line; never half written."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from player.errors import UsageError
from player.utterance.lexicon import pls, toml_file
from player.utterance.lexicon.entry import Entry, checked
from tests.reliability.mutating import mutant
from tests.reliability.tally import Tally

_LONG, _QUICK = 4_000, 60
_ENTRIES = (
    Entry("Nguyen", "win"),
    Entry("Rostóv", ipa="rɐˈstof", language="en-GB"),
    Entry("SQL", "sequel", match_case=True, engine="pyttsx3"),
)
_ADDED = Entry("quay", "key")
_TOML = """\
# My words
[[entry]]
written = "Nguyen"
say = "win"  # the family

[[entry]]
written = "Rostóv"
ipa = "rɐˈstof"
language = "en-GB"
match-case = true
"""


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """See `tally.Trial`."""
    count = _LONG if long else _QUICK
    yield _tried("lexicon", [_TOML.encode()], _toml(folder / "lexicon.toml"), count)
    yield _tried("pls", [pls.write(_ENTRIES)], lambda data: _all_checked(pls.read(data, "a.pls")[0]), count)


def _tried(kind: str, sound: list[bytes], use: Callable[[bytes], None], count: int) -> Tally:
    tally = Tally(f"broken lexicons: {kind}")
    outcomes: Counter[str] = Counter()
    for seed in range(count):
        tally.trials += 1
        try:
            use(mutant(kind, seed, sound))
            outcomes["read"] += 1
        except UsageError as error:
            outcomes["refused"] += 1
            if "\n" in error.message:
                tally.faults.append(f"{kind} {seed}: more than one line: {error.message!r}")
        except Exception:  # noqa: BLE001  a fault is what the trial looks for
            tally.faults.append(f"{kind} {seed}: {traceback.format_exc().splitlines()[-1]}")
    tally.note = str(dict(outcomes))
    return tally


def _all_checked(entries: list[Entry]) -> None:
    assert all(checked(entry) == entry for entry in entries)


def _toml(path: Path) -> Callable[[bytes], None]:
    """Return what reads a file, adds a word, and removes it again; what was there stays."""

    def use(data: bytes) -> None:
        path.write_bytes(data)
        before = toml_file.read(path)
        _all_checked(before)
        toml_file.add(path, [_ADDED])
        kept = {entry.key: entry for entry in before if entry.key != _ADDED.key}
        after = {entry.key: entry for entry in toml_file.read(path)}
        assert after.pop(_ADDED.key) == _ADDED
        assert after.keys() == kept.keys()
        toml_file.remove(path, lambda entry: entry.key == _ADDED.key)
        assert {entry.key for entry in toml_file.read(path)} == kept.keys()

    return use
