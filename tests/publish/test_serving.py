"""What is served to the house: a site, or a folder of exports; to many at once, to slow ones, and nothing else."""

from __future__ import annotations

import io
import json
import shutil
import socket
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, redirect_stdout
from pathlib import Path
from threading import Thread

import feedparser
import pytest
import segno

from player.cli.commands.serve import serve
from player.cli.output.addresses import tell_address
from player.errors import SourceError
from player.publish.serving.answers import Find, application
from player.publish.serving.http import HouseServer
from player.publish.serving.shelf import Shelf
from player.publish.serving.sites import Site
from player.publish.state import NAME
from tests.support.permissions import nobody
from tests.support.stories import story_of
from tests.support.studio import export

FEED = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>S</title><link>{0}</link>
<atom:link rel="self" href="{0}feed.xml"/><item><title>A</title><link>{0}a/</link>
<enclosure url="{0}a/story.mp3" length="3" type="audio/mpeg"/></item></channel></rss>"""


@contextmanager
def serving(find: Find) -> Iterator[str]:
    with HouseServer("127.0.0.1", 0, application(find, lambda: server.url)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


def get(url: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=named), timeout=60) as answer:
            return answer.status, answer.read(), {**dict(answer.headers), "url": answer.url}
    except urllib.error.HTTPError as error:
        return error.code, error.read(), dict(error.headers)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder as `listen publish` leaves it, with what must not be reached beside and in it."""
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    (site / NAME).write_bytes(b"private")
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("private")
    (site / "index.html").write_text("<h1>All</h1>")
    (site / "a" / "index.html").write_text("<h1>A</h1>")
    (site / "a" / "story.mp3").write_bytes(b"abcdefghij")
    (site / "feed.xml").write_text(FEED.format(""))
    (tmp_path / "secret.txt").write_text("private")
    (site / "out.txt").symlink_to(tmp_path / "secret.txt")
    (site / "outside").symlink_to(tmp_path)
    (site / "hidden.txt").symlink_to(site / NAME)
    (site / "again.mp3").symlink_to(site / "a" / "story.mp3")
    return site


@pytest.mark.quick
def test_a_site_is_there_and_nothing_else_is(site: Path) -> None:
    with serving(Site(site).find) as url:
        assert get(url)[1] == b"<h1>All</h1>"
        status, data, headers = get(url + "a")
        assert (status, data, headers["url"]) == (200, b"<h1>A</h1>", url + "a/")
        assert get(url + "a/story.mp3", Range="bytes=2-4")[:2] == (206, b"cde")
        assert get(url + "again.mp3")[1] == b"abcdefghij", "a link within the site is no danger"
        for path in (
            *(NAME, ".git/config", "out.txt", "outside/secret.txt", "outside", "hidden.txt", "a/story.mp3/", "b/"),
            *(
                "../secret.txt",
                "%2e%2e/secret.txt",
                "a/..%2f..%2fsecret.txt",
                "..%5csecret.txt",
                "a%00",
                "//etc/passwd",
            ),
            *("C:/secret.txt", "a/.", "a/./story.mp3"),
        ):
            assert get(url + path)[0] == 404, path


@pytest.mark.parametrize("web", ["", "https://example.org/stories/"])
def test_its_feed_has_the_addresses_by_which_it_is_reached(site: Path, web: str) -> None:
    (site / "feed.xml").write_text(FEED.format(web))
    with serving(Site(site).find) as url:
        by_name = url.replace("127.0.0.1", "localhost")
        for base in (url, by_name):
            (entry,) = feedparser.parse(get(base + "feed.xml")[1]).entries
            assert (entry.link, entry.enclosures[0].href) == (f"{base}a/", f"{base}a/story.mp3")
        odd = get(url + "feed.xml", Host='x"><b>')
        assert odd[0] in (200, 400) and b"<b>" not in odd[1]


def test_a_folder_of_exports_is_a_shelf(tmp_path: Path, tone_engine: str) -> None:
    folder = tmp_path / "My Exports"
    (folder / "books").mkdir(parents=True)
    export(story_of("It is told.", title="Tea & <toast>"), folder / "tea.mp3", tmp_path / "cache", tone_engine)
    shutil.copy(folder / "tea.mp3", folder / "books" / "a b.mp3")
    (folder / "tea.html").write_text("<p>page</p>")
    (folder / "private.html").write_text("private")
    (folder / "private.json").write_text(json.dumps("private"))
    with serving(Shelf(folder).find) as url:
        page = get(url)[1].decode()
        assert "Tea &amp; &lt;toast&gt;" in page and 'href="books/a%20b.mp3"' in page and 'href="tea.html"' in page
        assert get(url + "books/a%20b.mp3")[2]["Content-Type"] == "audio/mpeg"
        assert get(url + "tea.html")[0] == get(url + "listen.css")[0] == 200
        assert get(url + "private.html")[0] == get(url + "private.json")[0] == 404
        shutil.copy(folder / "tea.mp3", folder / "new.mp3")
        assert 'href="new.mp3"' in get(url)[1].decode()


def test_a_folder_that_may_not_be_read_is_left_out(tone_engine: str) -> None:
    """As lost+found at the top of a disk, and a folder that may be listed and not entered."""
    with tempfile.TemporaryDirectory() as name, serving(Shelf(Path(name)).find) as url:
        folder = Path(name)
        folder.chmod(0o755)
        export(story_of("It is told.", title="Tea"), folder / "tea.mp3", folder / ".cache", tone_engine)
        assert 'href="tea.mp3"' in get(url)[1].decode()  # everything is imported
        for closed, mode in (("lost+found", 0), ("listed", 0o444)):
            (folder / closed).mkdir()
            shutil.copy(folder / "tea.mp3", folder / closed / "closed.mp3")
            (folder / closed).chmod(mode)
        shutil.copy(folder / "tea.mp3", folder / "new.mp3")
        with nobody():
            status, page, _ = get(url)
        assert status == 200
        assert 'href="new.mp3"' in page.decode() and "closed" not in page.decode()
        with nobody(), pytest.raises(SourceError, match=r"lost\+found cannot be read"):
            serve(folder / "lost+found")


def test_slow_and_silent_clients_keep_nobody_waiting(site: Path) -> None:
    """A hundred read nothing of a large file, and fifty never finish their request."""
    sound = site / "a" / "large.mp3"
    with sound.open("wb") as file:
        file.truncate(50_000_000)
    with serving(Site(site).find) as url, ExitStack() as open_ones:
        host, _, port = url.removeprefix("http://").rstrip("/").partition(":")
        for n in range(150):
            slow = open_ones.enter_context(socket.create_connection((host, int(port)), timeout=60))
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            slow.sendall(b"GET /a/large.mp3 HTTP/1.1\r\nHost: x\r\n" + (b"\r\n" if n < 100 else b""))
        with ThreadPoolExecutor(10) as phones:
            answers = list(phones.map(lambda _: get(url + "a/story.mp3")[1], range(50)))
        assert answers == [b"abcdefghij"] * 50


@pytest.mark.parametrize(
    ("host", "reached"),
    [
        *(("192.168.7.5", True), ("[fd00::7]", True), ("house", True)),
        *((host, False) for host in ("localhost", "127.1.2.3", "0.0.0.0", "[::]", "[::1]", "[::ffff:127.0.0.1]")),
    ],
)
def test_phones_get_a_code_only_of_an_address_that_they_reach(host: str, reached: bool) -> None:
    url = f"http://{host}:8378/"
    with redirect_stdout(Terminal()) as screen:
        tell_address("The site", url)
    line, _, code = screen.getvalue().partition("\n")
    drawn = io.StringIO()
    segno.make(url, error="l", micro=False).terminal(drawn, compact=True)
    assert (line, code) == ("The site", drawn.getvalue() if reached else "")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True
