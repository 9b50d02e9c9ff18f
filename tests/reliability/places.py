"""The listener's place survives other players and every kill: at most a sentence is heard again."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from player.library import Library
from player.story.model import Story
from player.story.opening import load
from tests.reliability.tally import Tally
from tests.support.pty_terminal import PtyTerminal
from tests.support.stories import story_of

STORY = story_of("The first.", "The second one.", "The third.")
ROOT = Path(__file__).parents[2]
_PARAGRAPHS = 30
_PARAGRAPH_SECONDS = 1.5
"""A paragraph takes two seconds."""
_WRITER = """
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from player.library import Library
from tests.reliability.places import STORY
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sys.stdin.readline()
for n in range(count):
    with closing(Library(path)) as library:
        library.remember(replace(STORY, identity=f"{name}-{n}"), 1, n)
"""


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """Many players at once, and players that are killed."""
    yield _many_writers(folder / "library.sqlite", *((20, 60) if long else (6, 20)))
    shown, said = folder / "shown.txt", folder / "said.txt"
    for story, what in ((shown, "story"), (said, "tale")):  # one text would be one story
        story.write_text("\n\n".join(f"This is paragraph {n} of a {what}." for n in range(_PARAGRAPHS)))
    for variable in ("LISTEN_CACHE_DIR", "XDG_DATA_HOME"):
        os.environ[variable] = str(folder / variable.lower())
    library = folder / "xdg_data_home" / "listen-to-story" / "library.sqlite"
    yield _killed_on_screen(load(str(shown)), library, 30 if long else 2)
    yield _killed_plain(load(str(said)), library, 40 if long else 2)


def _many_writers(path: Path, players: int, writes: int) -> Tally:
    """All begin at the same moment, with a library that none of them has made yet."""
    tally = Tally(f"places written by {players} players at once", players * writes)
    began = time.monotonic()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(path), str(player), str(writes)],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for player in range(players)
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.close()
        writer.stdin = None
    for player, writer in enumerate(writers):
        _, said = writer.communicate()
        if writer.returncode:
            tally.faults.append(f"player {player}: {said.strip().splitlines()[-1:]}")
    with closing(Library(path)) as library:
        for player in range(players):
            for n in range(writes):
                place = library.place(replace(STORY, identity=f"{player}-{n}"))
                if place is None or place.character != n:
                    tally.losses.append(f"write {n} of player {player}: {place}")
    tally.note = f"{tally.trials / (time.monotonic() - began):.0f} a second"
    return tally


def _killed_on_screen(story: Story, library: Path, rounds: int) -> Tally:
    """kill -9 while it plays, and after skips while it is paused."""
    tally = Tally("players killed on the screen: the place is kept")
    chance = random.Random(8)
    kept = 0
    for n in range(rounds):
        tally.trials += 1
        command = [sys.executable, "-m", "player", story.source, "--engine", "pyttsx3"]
        began = time.monotonic()
        with PtyTerminal(command, {**os.environ, "LISTEN_SILENT": "1"}, ROOT) as terminal:
            if kept:
                terminal.wait_for("Home: beginning")
            terminal.wait_for("playing")
            if n % 2:
                time.sleep(chance.uniform(0.2, 3.0))
                block = kept
            else:
                block = _skip_while_paused(terminal, chance)  # a place just looked at is not kept yet
            terminal.process.kill()
            terminal.wait()
        played = kept + 1 + int((time.monotonic() - began) / _PARAGRAPH_SECONDS)  # at most, on a busy machine
        low, high = min(kept, block), max(played, block)
        block = _kept(library, story)
        if not low <= block <= high:
            tally.losses.append(f"seed 8, round {n}: paragraph {block}, not {low} to {high}")
        kept = block
    return tally


def _skip_while_paused(terminal: PtyTerminal, chance: random.Random) -> int:
    """The paragraph that it leads to."""
    terminal.type(" ")
    terminal.wait_for("paused")
    steps = chance.randrange(1, 8)
    if chance.random() < 0.5:
        terminal.type("\x1b[H" + "\x1b[B" * steps)
        block = steps
    else:
        terminal.type("\x1b[F" + "\x1b[A" * steps)
        block = _PARAGRAPHS - 1 - steps
    terminal.type("?")  # when its answer is there, all keys before have had theirs
    terminal.wait_for("Esc closes")
    time.sleep(0.3)  # the listener looks at the screen for a moment: a few frames
    return block


def _killed_plain(story: Story, library: Path, rounds: int) -> Tally:
    """kill -9 in the middle of a sentence; the next run goes on there."""
    tally = Tally("players killed without a screen: the place is kept")
    chance = random.Random(9)
    kept = 0
    for n in range(rounds):
        tally.trials += 1
        command = [sys.executable, "-m", "player", story.source, "--plain", "--engine", "pyttsx3", "--speed", "3"]
        if kept > _PARAGRAPHS - 8:
            command.append("--from-start")
            kept = 0
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "LISTEN_SILENT": "1"},
            cwd=ROOT,
        ) as player:
            assert player.stdout is not None
            said = [player.stdout.readline() for _ in range(chance.randrange(2, 5))]
            time.sleep(chance.uniform(0.05, 0.5))
            player.kill()
            said += player.stdout.readlines()
        first, last = (int(line.split()[3]) for line in (said[0], said[-1]))  # the number of the paragraph
        if first != kept:
            tally.losses.append(f"seed 9, round {n}: begins with paragraph {first}, not {kept}")
        kept = _kept(library, story)
        if not last - 1 <= kept <= last:
            tally.losses.append(f"seed 9, round {n}: paragraph {kept} is kept while {last} is said")
    return tally


def _kept(path: Path, story: Story) -> int:
    with closing(Library(path)) as library:
        place = library.place(story)
    return 0 if place is None else place.block
