"""The place in a story is found again, also when the story has changed, and never in the wrong text."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Timer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.errors import PlayerError
from player.library import Heard, Library, LibraryError, PlaceKeeper, Remembered
from player.library.network_mounts import is_on_network
from player.story.model import Block, BlockKind, Story
from player.story.opening import load
from tests.support.stories import story_of
from tests.support.waiting import wait_until

ROOT = Path(__file__).parent.parent
STORY = story_of("The first.", "The second one.", "The third.")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "data" / "library.sqlite")) as library:
        yield library


def test_a_place_is_found_again_by_another_process(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "l")) as library:
        library.remember(STORY, 1, 4)
    with closing(Library(tmp_path / "l")) as library:
        assert library.place(STORY) == Remembered(1, 4)


def test_the_last_place_counts(library: Library) -> None:
    library.remember(STORY, 1, 4)
    library.remember(STORY, 2, 0)
    assert library.place(STORY) == Remembered(2, 0)


def test_at_the_beginning_there_is_nothing_to_go_on_from(library: Library) -> None:
    assert library.place(STORY) is None
    library.remember(STORY, 0, 0)
    assert library.place(STORY) is None


def test_the_text_is_followed_when_paragraphs_were_added_before_it(library: Library) -> None:
    library.remember(STORY, 1, 4)
    assert library.place(story_of("New.", "Newer.", "The first.", "The second one.")) == Remembered(3, 4)


def test_of_equal_paragraphs_the_nearest_is_meant(library: Library) -> None:
    library.remember(story_of("A.", "Same.", "B.", "Same."), 3, 0)
    assert library.place(story_of("Same.", "A.", "B.", "Same.", "C.")) == Remembered(3, 0)


def test_text_that_is_gone_is_not_guessed(library: Library) -> None:
    library.remember(STORY, 1, 4)
    assert library.place(story_of("Other.", "Words.")) is None


def test_two_libraries_share_a_file(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "l")) as one, closing(Library(tmp_path / "l")) as other:
        one.remember(STORY, 1, 4)
        other.remember(STORY, 2, 1)
        assert one.place(STORY) == Remembered(2, 1)


@pytest.mark.parametrize("content", [b"not a database at all, but longer than its header" * 40])
def test_a_damaged_file_is_an_error_with_a_way_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "l").write_bytes(content)
    with pytest.raises(PlayerError, match="delete it"):
        Library(tmp_path / "l")


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "l")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(PlayerError, match="newer"):
        Library(tmp_path / "l")


def test_stories_do_not_share_a_place(library: Library) -> None:
    library.remember(STORY, 1, 4)
    assert library.place(replace(story_of("The first.", "Then something else.", "At last."), identity="b")) is None


blocks = st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=5), min_size=1, max_size=8)


@given(before=blocks, after=blocks, data=st.data())
def test_a_place_is_always_one_of_the_story_where_the_same_is_said(
    before: list[str], after: list[str], data: st.DataObject
) -> None:
    block = data.draw(st.integers(0, len(before) - 1))
    character = data.draw(st.integers(0, len(before[block]) - 1))
    with closing(Library(Path(":memory:"))) as library:
        library.remember(story_of(*before), block, character)
        place = library.place(story_of(*after))
    if place is None:
        assert before[block] not in after or (before[block] == after[0] and character == 0)
    elif after[place.block] == before[block]:
        assert place.character == character
    else:
        assert before[block] not in after and after[place.block] in before and place.character == 0


def test_stories_heard_are_listed_the_last_one_first(library: Library) -> None:
    for name in "abc":
        library.remember(replace(STORY, identity=name, title=f"Story {name}", source=f"/{name}.txt"), 1, 0)
    library.remember(replace(STORY, identity="a", title="Story a", source="/a.txt"), 2, 5)
    assert [heard.source for heard in library.recent(10)] == ["/a.txt", "/c.txt", "/b.txt"]
    assert library.recent(1) == [Heard("Story a", "/a.txt", pytest.approx(30 / 35))]


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="file names are Unicode there")
def test_a_story_with_a_name_that_is_not_unicode(library: Library, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text("A first sentence. A second one.")
    story = load(str(path))
    library.remember(story, 0, 18)
    assert library.place(story) == Remembered(0, 18)
    (heard,) = library.recent(1)
    assert load(heard.source) == story


def test_a_title_with_terminal_sequences_is_kept_without_them(library: Library) -> None:
    library.remember(Story("A\x1b[31m\ntitle", (Block(BlockKind.PARAGRAPH, "x"),), identity="i"), 0, 0)
    assert library.recent(1)[0].title == "A title"


def test_a_file_of_the_first_version_keeps_its_places(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "l")) as library:
        library.remember(STORY, 1, 4)
    with closing(sqlite3.connect(tmp_path / "l")) as raw:
        raw.executescript("".join(f"ALTER TABLE places DROP {name};" for name in ("share", "heard", "around")))
        later = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'places'").fetchall()
        raw.executescript("".join(f"DROP TABLE {name};" for (name,) in later))
        raw.execute("PRAGMA user_version = 1")
    with closing(Library(tmp_path / "l")) as library:
        assert library.place(STORY) == Remembered(1, 4)
        assert library.recent(1) == [Heard("A test", "test", 0.0)]


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "l")) as library:
        for n in range(200):
            library.remember(replace(STORY, identity=str(n)), 1, 4)
    data = bytearray((tmp_path / "l").read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    (tmp_path / "l").write_bytes(data)
    with pytest.raises(LibraryError), closing(Library(tmp_path / "l")) as library:
        library.place(STORY)


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        Library(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError):
        Library(tmp_path / "file" / "library.sqlite")


def test_a_library_in_use_elsewhere_is_told(tmp_path: Path) -> None:
    path = tmp_path / "l"
    other_player = sqlite3.connect(path, isolation_level=None)
    with closing(Library(path, patience=0.1)) as library, closing(other_player) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryError, match="another program is using it"):
            library.remember(STORY, 1, 4)
        other.execute("ROLLBACK")
        library.remember(STORY, 1, 4)
        assert library.place(STORY) == Remembered(1, 4)


def test_what_is_read_waits_for_no_writer(tmp_path: Path) -> None:
    path = tmp_path / "l"
    with closing(Library(path, patience=0)) as library:
        library.remember(STORY, 1, 4)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE places SET block = 2")
            assert library.place(STORY) == Remembered(1, 4)


def test_a_place_is_kept_also_when_another_program_holds_the_file_for_a_while(tmp_path: Path) -> None:
    path, told = tmp_path / "l", list[str]()
    with closing(PlaceKeeper(path, STORY, told.append)) as keeper:
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN EXCLUSIVE")
        keeper.keep(1, 3)
        keeper.keep(1, 4)
        Timer(0.7, other.close).start()
    assert told == []
    with closing(PlaceKeeper(path, STORY, told.append)) as keeper:
        assert keeper.remembered == Remembered(1, 4)


def test_a_library_that_cannot_be_used_is_told_once_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    told = list[str]()
    with closing(PlaceKeeper(tmp_path, STORY, told.append)) as keeper:
        assert keeper.remembered is None
        for character in range(5):
            keeper.keep(1, character)
    assert len(told) == 1 and "not kept" in told[0]


def test_a_library_that_gets_lost_while_it_is_used_is_told(tmp_path: Path) -> None:
    path, told = tmp_path / "l", list[str]()
    with closing(PlaceKeeper(path, STORY, told.append)) as keeper:
        path.write_bytes(b"not a database at all, but longer than its header" * 40)
        keeper.keep(1, 4)
        wait_until(lambda: told, "the notice")
    assert "delete it" not in told[0] and str(path) in told[0]


@pytest.fixture
def read_only_home() -> Iterator[Path]:
    """A folder with a library, which the processes of `as_nobody` can read and not write."""
    folder = Path(tempfile.mkdtemp(prefix="home-"))
    try:
        with closing(Library(folder / "data" / "listen-to-story" / "library.sqlite")) as library:
            library.remember(replace(STORY, title="A story", source="/a.txt"), 1, 4)
        for path in (*folder.rglob("*"), folder):
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield folder
    finally:
        folder.chmod(0o755)
        for path in folder.rglob("*/"):
            path.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of Unix")
@pytest.mark.parametrize("killed", [False, True], ids=["closed", "killed while it was written"])
def test_what_cannot_be_written_can_be_read(read_only_home: Path, killed: bool) -> None:
    path = read_only_home / "data" / "listen-to-story" / "library.sqlite"
    script = (
        "import os, sys; from pathlib import Path; from player.library import Library, LibraryError;"
        "from tests.test_library import STORY;"
        "os.geteuid() or os.setuid(65534);"
        "library = Library(Path(sys.argv[1])); print(library.recent(1)[0].title, library.read_only);"
        "\ntry: library.remember(STORY, 0, 1)\nexcept LibraryError as error: print(error)"
    )
    if killed:
        path.parent.chmod(0o755)
        path.chmod(0o644)
        renames = "from dataclasses import replace; import os, sys; from pathlib import Path;"
        renames += "from player.library import Library; from tests.test_library import STORY;"
        renames += "Library(Path(sys.argv[1])).remember(replace(STORY, title='Another story'), 1, 4); os._exit(0)"
        subprocess.run([sys.executable, "-c", renames, str(path)], cwd=ROOT, check=True)
        assert path.with_name("library.sqlite-wal").exists()
        path.with_name("library.sqlite-shm").unlink()
        path.parent.chmod(0o555)
    ran = subprocess.run([sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, text=True)
    title = "Another story" if killed else "A story"
    assert ran.stdout.splitlines()[0] == f"{title} True", ran.stderr
    assert "cannot be written" in ran.stdout


MOUNTS = """\
22 1 253:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:35 / /home/ada rw,relatime shared:2 - nfs4 server:/home rw,vers=4.2
41 40 0:36 / /home/ada/local\\040disk rw,relatime - ext4 /dev/vdb rw
"""


@pytest.mark.parametrize(
    ("path", "network"),
    [("/var/l", False), ("/home/ada/l", True), ("/home/adam/l", False), ("/home/ada/local disk/l", False)],
)
def test_a_file_on_another_machine_is_known(tmp_path: Path, path: str, network: bool) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert is_on_network(Path(path), tmp_path / "mounts") is network


def test_two_players_make_and_use_it_at_once(tmp_path: Path) -> None:
    script = (
        "import sys; from dataclasses import replace; from pathlib import Path;"
        "from player.library import Library; from tests.test_library import STORY;"
        "sys.stdin.readline();"
        "[Library(Path(sys.argv[1])).remember(replace(STORY, identity=sys.argv[2] + str(n)), 1, n) for n in range(20)]"
    )
    command = [sys.executable, "-W", "ignore", "-c", script, str(tmp_path / "l")]
    players = [subprocess.Popen([*command, name], stdin=subprocess.PIPE, cwd=ROOT) for name in "ab"]
    for player in players:
        assert player.stdin is not None
        player.stdin.close()  # both go
    assert [player.wait() for player in players] == [0, 0]
    with closing(Library(tmp_path / "l")) as library:
        places = [library.place(replace(STORY, identity=f"{name}{n}")) for name in "ab" for n in range(20)]
        assert places == [Remembered(1, n) for _ in "ab" for n in range(20)]
        assert len(library.recent(100)) == 40


def test_a_moved_story_is_known_by_its_text_and_listed_once(tmp_path: Path) -> None:
    moved = replace(STORY, identity="moved", source="/elsewhere.txt")
    told = list[str]()
    for story, character in ((STORY, 4), (moved, 5)):
        with closing(PlaceKeeper(tmp_path / "l", story, told.append)) as keeper:
            assert keeper.remembered == (None if story is STORY else Remembered(1, 4))
            keeper.keep(1, character)
    with closing(Library(tmp_path / "l")) as library:
        assert library.place(STORY) == Remembered(1, 5)
        assert [heard.source for heard in library.recent(9)] == ["/elsewhere.txt"]
    assert told == []


def test_in_an_edited_copy_the_place_is_at_the_nearest_paragraph_unchanged(library: Library) -> None:
    library.remember(story_of("One.", "Two.", "Three.", "Four.", "Five."), 2, 3)
    edited = replace(story_of("New.", "One.", "Two.", "Three, mended.", "Four.", "Five."), identity="copy")
    assert library.place(edited) == Remembered(2, 0)


def test_a_second_player_of_a_story_leaves_the_place_to_the_first(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from player.library import PlaceKeeper;"
        "from tests.test_library import STORY;"
        "keeper = PlaceKeeper(Path(sys.argv[1]), STORY, print); keeper.keep(2, 0); keeper.close()"
    )
    command = [sys.executable, "-W", "ignore", "-c", script, str(tmp_path / "l")]
    before = PlaceKeeper(tmp_path / "l", story_of("The story", "before it."), print)
    with closing(PlaceKeeper(tmp_path / "l", STORY, print)) as first:
        before.close()  # leaving one story gives away no other
        first.keep(1, 4)
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "open in another player" in told
    with closing(Library(tmp_path / "l")) as library:
        assert library.place(STORY) == Remembered(1, 4)
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told == ""
    with closing(Library(tmp_path / "l")) as library:
        assert library.place(STORY) == Remembered(2, 0)


def test_the_newest_place_of_several_machines_counts(tmp_path: Path) -> None:
    shared, told = tmp_path / "shared", list[str]()

    def listen(machine: str, *place: int) -> Remembered | None:
        with closing(PlaceKeeper(tmp_path / machine / "l", STORY, told.append, synced=shared)) as keeper:
            if place:
                keeper.keep(*place)
            return keeper.remembered

    assert listen("one", 1, 4) is None
    assert listen("two", 2, 1) == Remembered(1, 4)
    assert listen("one") == Remembered(2, 1)
    (file,) = shared.iterdir()
    file.with_name(f"{file.stem} (conflict).json").write_text(file.read_text())
    file.write_text("[damaged")
    assert listen("one", 0, 0) == Remembered(2, 1)
    assert listen("two") is None
    assert told == []


def test_machines_with_other_editions_of_a_text_share_its_place(tmp_path: Path) -> None:
    shared, paragraphs = tmp_path / "shared", [f"Paragraph {n} of a short article." for n in range(16)]
    edited = [*paragraphs[:9], "Somebody wrote this one anew.", *paragraphs[10:]]

    def listen(machine: str, texts: list[str], *place: int) -> Remembered | None:
        with closing(PlaceKeeper(tmp_path / machine / "l", story_of(*texts), print, synced=shared)) as keeper:
            if place:
                keeper.keep(*place)
            return keeper.remembered

    listen("one", paragraphs, 12, 5)
    assert listen("two", edited, 9, 3) == Remembered(12, 5)
    assert listen("one", paragraphs) == Remembered(8, 0), "the nearest paragraph that both have"
    assert listen("three", ["New.", *edited], 0, 0) == Remembered(10, 3)
    assert listen("one", paragraphs) is None, "the beginning was heard last"
    assert listen("four", ["Another article.", *paragraphs[:7]], 3, 1) is None
    assert listen("five", paragraphs) is None, "less than half of it is the same"


def test_a_place_is_as_old_as_the_listening_however_late_the_player_is_left(tmp_path: Path) -> None:
    shared = tmp_path / "shared"

    def player(machine: str) -> PlaceKeeper:
        return PlaceKeeper(tmp_path / machine / "l", STORY, print, synced=shared)

    desktop = player("desktop")
    desktop.keep(1, 4)
    with closing(player("laptop")) as laptop:
        laptop.keep(2, 1)
    desktop.close()  # paused since before the laptop was listened to
    for machine in ("desktop", "laptop", "another"):
        with closing(player(machine)) as later:
            assert later.remembered == Remembered(2, 1)


def test_a_player_that_was_not_heard_changes_no_place_of_another_machine(tmp_path: Path) -> None:
    shared = tmp_path / "shared"

    def player(machine: str) -> PlaceKeeper:
        return PlaceKeeper(tmp_path / machine / "l", STORY, print, synced=shared)

    with closing(player("laptop")) as laptop:
        laptop.keep(2, 1)
    (shared / "elsewhere").mkdir()
    (place,) = shared.glob("*.json")
    on_its_way = place.rename(shared / "elsewhere" / place.name)
    with closing(player("desktop")) as desktop:
        desktop.keep(0, 0, 0.0)
        on_its_way.rename(place)
    for machine in ("desktop", "laptop"):
        with closing(player(machine)) as later:
            assert later.remembered == Remembered(2, 1)


class _Other:
    """A player of STORY in another process, which has it until it is closed."""

    def __init__(self, path: Path, *place: int) -> None:
        script = (
            "import sys; from pathlib import Path; from player.library import PlaceKeeper;"
            "from tests.test_library import STORY;"
            "keeper = PlaceKeeper(Path(sys.argv[1]), STORY, print); print('open', flush=True);"
            "sys.stdin.readline(); [keeper.keep(*map(int, sys.argv[2:])) for _ in sys.argv[2:3]]; keeper.close()"
        )
        command = [sys.executable, "-W", "ignore", "-c", script, str(path), *map(str, place)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "open\n"

    def close(self) -> None:
        if self._process.returncode is None:
            self._process.communicate("\n")


def test_the_player_that_is_left_of_two_keeps_the_place(tmp_path: Path) -> None:
    path, told = tmp_path / "l", list[str]()
    with closing(_Other(path)) as first:
        second = PlaceKeeper(path, STORY, told.append)
        second.keep(1, 4)
        first.close()
        second.keep(2, 1)
        wait_until(lambda: len(told) == 2, "word of it")
        second.close()
    assert "open in another player" in told[0] and "keeps the place" in told[1]
    with closing(Library(path)) as library:
        assert library.place(STORY) == Remembered(2, 1)


@pytest.mark.parametrize(("first_place", "expected"), [((), (1, 4)), ((2, 1), (2, 1))], ids=["before", "after it"])
def test_of_two_players_the_place_heard_last_counts(
    tmp_path: Path, first_place: tuple[int, ...], expected: tuple[int, int]
) -> None:
    path = tmp_path / "l"
    with closing(_Other(path, *first_place)) as first, closing(PlaceKeeper(path, STORY, lambda _: None)) as second:
        second.keep(1, 4)  # and paused
        first.close()
    with closing(Library(path)) as library:
        assert library.place(STORY) == Remembered(*expected)
