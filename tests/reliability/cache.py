"""A cache that lies: bits that flip, files cut short, in each other's place, or something else there altogether."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from player.audio.store.cache import DiskCache
from player.story.opening.page_store import About, Page, find, keep
from tests.reliability.tally import Tally
from tests.support.stories import ARTICLE, story_of
from tests.support.studio import export

_STORY = story_of("# The lamp", "It was lit at six.", "Nobody came; the stairs were quiet.", "# The stairs", "“Who?”")
_URL = "http://a.example/lamp"
_OUTPUTS = ("a.mp3", "a.vtt", "a.m4b")
_SEED = 8


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """See Trial."""
    cache, pages = folder / "cache", folder / "pages"
    clean = _exports(folder / "clean", cache)
    keep(pages, Page(About(_URL, "text/html", "utf-8", "an etag", "today"), b"<p>The lamp was lit at six.</p>" * 20))
    yield _flipped(cache, pages, 20_000 if long else 400)
    yield _stirred(folder, cache, clean, 100 if long else 2)
    yield _shared(folder, 8 if long else 3)


def _exports(out: Path, cache: Path) -> dict[str, bytes]:
    """Every output's bytes, made with a cache."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    for name in _OUTPUTS:
        export(_STORY, out / name, cache)
    return {name: (out / name).read_bytes() for name in _OUTPUTS}


def _files(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file())


def _flipped(cache: Path, pages: Path, count: int) -> Tally:
    """One bit of one file, again and again: what is read is what was kept, or nothing."""
    tally = Tally("a bit flipped in a cached file or page")
    chance = random.Random(_SEED)
    store = DiskCache(cache)
    readers: dict[Path, Callable[[], object]] = {
        path: lambda path=path: store.get(path.stem, path.suffix)  # type: ignore[misc]
        for path in _files(cache)
    }
    readers |= {path: lambda: find(pages, _URL) for path in _files(pages)}
    paths = list(readers)
    kinds = [[path for path in paths if path.suffix == suffix] for suffix in sorted({path.suffix for path in paths})]
    tally.note = ", ".join(f"{len(kind)} {kind[0].suffix}" for kind in kinds)
    for n in range(count):
        path = chance.choice(kinds[n % len(kinds)])
        good, kept = path.read_bytes(), readers[path]()
        bit = chance.randrange(8 * len(good)) if n % 2 else chance.randrange(8 * min(len(good), 400))
        bad = bytearray(good)
        bad[bit // 8] ^= 1 << bit % 8
        path.write_bytes(bad)
        tally.trials += 1
        if kept is None:
            tally.faults.append(f"{path.name} cannot be read even whole")
        try:
            if readers[path]() not in (None, kept):
                tally.losses.append(f"{path.suffix}: bit {bit} of {len(good) * 8} went unnoticed")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
            tally.faults.append(f"{path.suffix}: bit {bit} of {len(good) * 8}: {type(error).__name__}: {error}")
        path.write_bytes(good)
    return tally


def _stirred(folder: Path, cache: Path, clean: dict[str, bytes], rounds: int) -> Tally:
    """Every file spoilt in one way or another, then exported: the same, and the cache whole again."""
    tally = Tally("exports from a cache in which every file is spoilt")
    whole = {path: path.read_bytes() for path in _files(cache)}
    for seed in range(rounds):
        chance = random.Random(seed)
        for path in whole:
            _spoil(path, chance, whole)
            tally.trials += 1
        try:
            made = _exports(folder / "stirred", cache)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
            tally.faults.append(f"seed {seed}: {type(error).__name__}: {error}")
            continue
        tally.losses += [f"seed {seed}: {name} differs" for name in clean if made[name] != clean[name]]
        tally.losses += [
            f"seed {seed}: {path.name} is not made anew"
            for path in whole
            if path.suffix != ".flac" and (path.is_symlink() or not path.is_file() or path.read_bytes() != whole[path])
        ]
        for path, data in whole.items():  # encoded chunks are found first: not all speech was needed again
            _remove(path)
            path.write_bytes(data)
    return tally


def _spoil(path: Path, chance: random.Random, whole: dict[Path, bytes]) -> None:
    good = whole[path]
    _remove(path)
    match chance.randrange(9):
        case 0:
            bad = bytearray(good)
            bad[chance.randrange(len(good))] ^= 1 << chance.randrange(8)
            path.write_bytes(bad)
        case 1:
            path.write_bytes(good[: chance.randrange(len(good))])
        case 2:
            path.write_bytes(whole[chance.choice([other for other in whole if other != path])])
        case 3:
            path.mkdir()
        case 4:
            path.mkdir()
            (path / "inside").write_text("x")
        case 5:
            path.touch()
        case 6:
            path.symlink_to(chance.choice(list(whole)))
        case 7:
            path.symlink_to("nowhere")
        case 8:
            os.mkfifo(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        with suppress(FileNotFoundError):
            path.unlink()


def _shared(folder: Path, count: int) -> Tally:
    """Several processes that export the same story at once, into a cache too small for it."""
    tally = Tally(f"{count} processes on one cache")
    cache, out = folder / "shared", folder / "out"
    out.mkdir()
    story = folder / "story.txt"
    story.write_text("\n\n".join(ARTICLE.read_text().split("\n\n")[: 12 if count > 3 else 3]))
    command = [sys.executable, "-m", "player", "export", str(story), "--engine", "pyttsx3", "--cache-dir", str(cache)]
    limit = ["--cache-limit", "0.0002" if count > 3 else "2"]
    running = [
        subprocess.Popen(
            [*command, *limit, "-o", str(out / f"{n}.mp3")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(count)
    ]
    for n, process in enumerate(running):
        errors = process.communicate()[1]
        tally.trials += 1
        if process.returncode or "Traceback" in errors or "not kept" in errors:
            tally.faults.append(f"process {n} ended with {process.returncode}: {errors.splitlines()[-1:]}")
    sounds = {path.name: path.read_bytes() for path in out.iterdir()}
    tally.losses += [f"{name} differs" for name, data in sounds.items() if data != sounds["0.mp3"]]
    tally.losses += [f"left: {path.name}" for path in cache.iterdir() if path.name.startswith(".")]
    return tally
