"""The shelf: what is queued and in which order, what was heard, and what feeds bring."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from player.library import Addition, Library, Shelf
from tests.support.stories import story_of

STORY = replace(story_of("The first.", "The second one."), identity="a", source="/a.txt", title="A")


def added(*names: str) -> list[Addition]:
    return [Addition(name.lower(), name, f"/{name.lower()}.txt", 900) for name in names]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with closing(Shelf(tmp_path / "l")) as shelf:
        yield shelf


def queue(shelf: Shelf) -> str:
    return "".join(story.title for story in shelf.stories() if story.queued is not None)


def test_what_is_added_waits_at_the_end_and_once(shelf: Shelf) -> None:
    shelf.add(added("A", "B"))
    shelf.add(added("A", "C"))
    assert queue(shelf) == "ABC"
    shelf.add(added("D", "B"), first=True)
    assert queue(shelf) == "DBAC", "what is to be heard now comes first"


def test_the_queue_is_walked_and_put_in_order(shelf: Shelf) -> None:
    shelf.add(added("A", "B", "C"))
    after, before = shelf.after("a"), shelf.before("b")
    assert after is not None and after.title == "B" and before is not None and before.title == "A"
    first = shelf.after("elsewhere")
    assert first is not None and first.title == "A", "what is not queued is followed by the queue"
    assert shelf.after("c") is None and shelf.before("elsewhere") is None
    assert [one and one.title for one in (shelf.next("c"), shelf.next("c", {"a"}), shelf.next("b", {"c"}))] == [*"ABC"]
    assert shelf.next("c", {"a", "b"}) is None, "each follows once"
    shelf.move("c", -1)
    shelf.move("a", 1)
    assert queue(shelf) == "CAB"
    shelf.move("c", -1)
    shelf.take_out("a")
    assert queue(shelf) == "CB"


def test_what_cannot_be_opened_leaves_the_queue_with_the_reason_until_it_can(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(added("A", "B", "C"))
    shelf.fail("b", "there is no\nfile b")
    assert queue(shelf) == "AC"
    assert [(one.title, one.problem) for one in shelf.stories()][2] == ("B", "there is no file b")
    shelf.add(added("B"))
    assert queue(shelf) == "ACB" and not any(one.problem for one in shelf.stories())
    shelf.fail("b", "gone")
    shelf.open_again("b")
    assert queue(shelf) == "AC" and not any(one.problem for one in shelf.stories())
    shelf.fail("harbour", "gone")
    with closing(Library(tmp_path / "l")) as library:
        library.describe(replace(STORY, identity="b"), "v", 1.0)
    assert not any(one.problem for one in shelf.stories())


def test_the_unfinished_come_first_and_what_was_heard_leaves_the_queue(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(added("B", "A", "C"))
    with closing(Library(tmp_path / "l")) as library:
        library.remember(STORY, 1, 0)
        library.describe(STORY, "espeak:en", 4.0)
        shelf.take_out("a")
        a = next(story for story in shelf.stories() if story.title == "A")
        assert (a.share, a.seconds, a.voice, a.finished) == (10 / 25, 4.0, "espeak:en", False)
        assert a.seconds_left == pytest.approx(2.4) and a.heard > 0
        library.describe(STORY, "espeak:en", 4.0, finished=True)
        assert [story.title for story in shelf.stories()] == ["B", "C", "A"]
        library.remember(STORY, 1, 0)
        assert not shelf.stories()[2].finished, "heard again, it is unfinished"
    shelf.mark("b", finished=True)
    assert queue(shelf) == "C"
    shelf.add(added("B"))
    assert queue(shelf) == "CB", "heard again, it waits at the end"
    shelf.mark("b", finished=True)
    assert shelf.after("b") is None, "what was skipped before it does not come back by itself"


def test_what_was_removed_can_be_put_back(shelf: Shelf) -> None:
    shelf.add(added("A", "B"))
    shelf.remove("a")
    assert queue(shelf) == "B"
    shelf.forget_removed()
    shelf.put_back("a")
    assert queue(shelf) == "AB"


def test_a_story_recognised_in_another_file_takes_its_place_in_the_queue_along(shelf: Shelf, tmp_path: Path) -> None:
    moved = replace(STORY, identity="m", source="/moved.txt")
    with closing(Library(tmp_path / "l")) as library:
        library.remember(STORY, 1, 0)
        shelf.add(added("B", "A"))
        library.remember(moved, 1, 0, instead_of="a")
        library.describe(moved, "", 1.0)
    assert [(story.title, story.source) for story in shelf.stories()] == [("B", "/b.txt"), ("A", "/moved.txt")]


def test_new_entries_of_a_feed_join_the_queue_once(shelf: Shelf, tmp_path: Path) -> None:
    shelf.follow("http://feed", "The feed", ["old"])
    assert shelf.unseen("http://feed", ["old", "b"]) == {"b"}
    with closing(Shelf(tmp_path / "l")) as other:
        for both in (shelf, other):
            both.take_in("http://feed", [("b", added("B")[0])])
    assert queue(shelf) == "B"
    shelf.mark("b", finished=True)
    shelf.take_in("http://feed", [("b", added("B")[0])])
    assert queue(shelf) == "", "what was heard does not come back"
    assert shelf.unfollow("http://feed") and not shelf.unfollow("http://feed") and not shelf.feeds()


_ADDS = """
import sys
from pathlib import Path
from player.library.shelf import Addition, Shelf
shelf = Shelf(Path(sys.argv[1]))
for n in range(25):
    name = f"{sys.argv[2]} {n}"
    shelf.add([Addition(name, name, "/" + name)])
"""


def test_several_processes_add_at_once_and_none_is_lost(tmp_path: Path) -> None:
    running = [subprocess.Popen([sys.executable, "-c", _ADDS, str(tmp_path / "l"), who]) for who in "abcd"]
    assert [process.wait(60) for process in running] == [0] * 4
    with closing(Shelf(tmp_path / "l")) as shelf:
        found = shelf.stories()
    assert len(found) == 100
    assert len({story.queued for story in found}) == 100, "each has a place of its own"
    for who in "abcd":
        own = [story.title for story in found if story.title.startswith(who)]
        assert own == [f"{who} {n}" for n in range(25)], "in the order in which they were added"
