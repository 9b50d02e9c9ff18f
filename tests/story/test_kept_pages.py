"""Pages that were fetched are kept, but not for ever."""

from __future__ import annotations

import os
from pathlib import Path

from player.story.opening.page_store import About, Page, find, keep


def page(name: str, size: int = 1000) -> Page:
    data = name[-1:].encode() * size
    return Page(About(f"http://e.example/{name}", "text/plain", "utf-8", "", ""), data)


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


def test_a_page_that_is_not_as_it_was_kept_is_as_good_as_not_there(tmp_path: Path) -> None:
    url = page("a", 50).about.url
    keep(tmp_path, page("a", 50))
    (file,) = tmp_path.iterdir()
    good = file.read_bytes()
    for bit in range(8 * len(good)):
        file.write_bytes((int.from_bytes(good, "big") ^ 1 << bit).to_bytes(len(good), "big"))
        assert find(tmp_path, url) is None
    for end in range(len(good)):
        file.write_bytes(good[:end])
        assert find(tmp_path, url) is None
    keep(tmp_path, page("b", 50))
    (other,) = (one for one in tmp_path.iterdir() if one != file)
    file.write_bytes(other.read_bytes())
    assert find(tmp_path, url) is None
    file.unlink()
    file.mkdir()
    assert find(tmp_path, url) is None
    keep(tmp_path, page("a", 50))
    assert find(tmp_path, url) == page("a", 50)


def test_a_folder_that_cannot_be_written_keeps_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "pages"):
        keep(folder, page("a"))
        assert find(folder, page("a").about.url) is None


def test_nothing_else_in_the_folder_is_touched(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine " * 1000)
    keep(tmp_path, page("a"), most=2000)
    assert (tmp_path / "letter.txt").exists()
    assert find(tmp_path, page("a").about.url) is not None
