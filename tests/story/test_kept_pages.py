"""Pages that were fetched are kept, but not for ever."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from player.story.sources.pages import About, Page, find, keep


def page(name: str, size: int = 1000) -> Page:
    data = name[-1:].encode() * size
    return Page(
        About(f"http://e.example/{name}", "text/plain", "utf-8", "", "", hashlib.sha256(data).hexdigest()), data
    )


def age(folder: Path, seconds: int) -> None:
    """Make all that is kept look as if it had been used so long ago."""
    for file in folder.iterdir():
        status = file.stat()
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns - seconds * 10**9))


def test_what_was_not_used_for_the_longest_time_goes_first(tmp_path: Path) -> None:
    for name in "abc":
        keep(tmp_path, page(name))
        age(tmp_path, 60)
    assert find(tmp_path, page("a").about.url) == page("a")
    keep(tmp_path, page("d"), most=3 * 1500)
    kept = [name for name in "abcd" if find(tmp_path, page(name).about.url)]
    assert kept == ["a", "c", "d"], "a was used again after b"


def test_nothing_else_in_the_folder_is_touched(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine " * 1000)
    keep(tmp_path, page("a"), most=2000)
    assert (tmp_path / "letter.txt").exists()
    assert find(tmp_path, page("a").about.url) is not None
