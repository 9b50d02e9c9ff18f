"""Books with a damaged recording: SMIL, clips and sound. Each clip sounds, or is refused in words.

A loss is a clip whose text nobody would read: of a story that opens, every recorded utterance is rendered.
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from player.errors import EngineError, PlayerError
from player.speech.engines.book_engine import BookEngine
from player.story.formats.epub import read
from player.story.reading.building import build
from player.story.reading.naming import Naming
from player.story.reading.raw_source import RawSource
from player.utterance.manner import Manner
from player.utterance.recorded import recording, said
from player.utterance.script import Script
from tests.reliability.corpus import files
from tests.reliability.mutating import mutant
from tests.reliability.tally import Tally

_LONG, _QUICK = 2_000, 40


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """See `tally.Trial`."""
    tally = Tally("damaged recordings: every clip")
    outcomes: Counter[str] = Counter()
    for seed in range(_LONG if long else _QUICK):
        path = folder / f"narrated {seed}.epub"
        path.write_bytes(mutant("narrated", seed, files("narrated")))
        tally.trials += 1
        try:
            outcomes.update(_rendered(path))
        except PlayerError:
            outcomes["refused as a book"] += 1
        except Exception:  # noqa: BLE001  a fault is what the trial looks for
            tally.faults.append(f"narrated {seed}: {traceback.format_exc().splitlines()[-1]}")
        path.unlink()
    tally.note = str(dict(outcomes))
    return iter([tally])


def _rendered(path: Path) -> Iterator[str]:
    """Yield what came of each recorded utterance. Raises PlayerError for a book that does not open."""
    story = build(read(RawSource(path.read_bytes(), path.name)), Naming(path.name, str(path), "id", path.stem))
    engine = BookEngine(books=str(path))
    voice = engine.voices()[0]
    for block in range(len(story.blocks)):
        for utterance in Script(story, language="en").spoken_by(Manner(recorded=True)).utterances(block):
            if recording(utterance.spoken) is None:
                continue
            try:
                speech = engine.render(utterance.spoken, voice)
            except EngineError:
                yield "left to a voice"
                continue
            words = said(utterance.spoken)
            assert all(0 <= mark.start < mark.end <= len(words) for mark in speech.marks)
            assert [mark.first for mark in speech.marks] == sorted(mark.first for mark in speech.marks)
            yield "sounds"
