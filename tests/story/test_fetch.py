"""Pages from a real server: redirects, refusals, limits, and the kept page that opens without the network."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from player.errors import SourceError
from player.story.opening.fetch import fetch
from tests.story.reading import PAGES, load
from tests.support.web import Web, serving

pytestmark = pytest.mark.quick

WIRE = (PAGES / "wire.html").read_bytes()
TITLE = "Ferry workers reach deal after 11-day strike"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving() as web:
        yield web


def redirect(web: Web, path: str, target: str) -> str:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", target)
        request.send_header("Content-Length", "0")
        request.end_headers()

    web.pages[path] = answer
    return web.address + path


def test_a_page(web: Web) -> None:
    url = web.page("/ferry", WIRE)
    story = load(url)
    assert (story.title, story.source, len(story.identity)) == (TITLE, url, 16)


def test_redirects_are_followed(web: Web) -> None:
    web.page("/ferry", WIRE)
    redirect(web, "/two", "/ferry")
    assert load(redirect(web, "/one", f"{web.address}/two")).title == TITLE


def test_a_circle_of_redirects_ends(web: Web) -> None:
    with pytest.raises(SourceError, match="too many redirects"):
        load(redirect(web, "/round", "/round"))


def test_redirects_stay_on_the_web(web: Web) -> None:
    with pytest.raises(SourceError, match="cannot be reached"):
        load(redirect(web, "/file", "file:///etc/hostname"))


def test_markdown_and_text_by_media_type(web: Web) -> None:
    markdown = load(web.page("/notes", b"# A title\n\nSome *words* here.\n", "text/markdown; charset=utf-8"))
    assert [block.text for block in markdown.blocks] == ["A title", "Some words here."]
    text = load(web.page("/notes/rain-song", b"It rained. [It](/x) rained.\n", "text/plain"))
    assert (text.title, text.blocks[0].text) == ("rain song", "It rained. [It](/x) rained.")


def test_the_servers_charset(web: Web) -> None:
    url = web.page("/salut", "Un été à la plage. C’était long.".encode("cp1252"), "text/plain; charset=ISO-8859-1")
    assert load(url).blocks[0].text == "Un été à la plage. C’était long."


def test_a_server_that_gives_the_wrong_charset(web: Web) -> None:
    url = web.page("/salut", "Un été à la plage. C’était long.".encode(), "text/plain; charset=ISO-8859-1")
    assert load(url).blocks[0].text == "Un été à la plage. C’était long."


def test_a_page_that_breaks_off(web: Web) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "100000")
        request.end_headers()
        request.wfile.write(WIRE[:500])
        request.close_connection = True

    web.pages["/short"] = answer
    with pytest.raises(SourceError, match=r"cannot be reached \(the connection broke off\)"):
        load(f"{web.address}/short")


def test_a_packed_page(web: Web) -> None:
    assert load(web.page("/packed", gzip.compress(WIRE), Content_Encoding="gzip")).title == TITLE


def test_a_packed_page_is_measured_unpacked(web: Web) -> None:
    url = web.page("/bomb", gzip.compress(b" " * 3_000_000), Content_Encoding="gzip")
    with pytest.raises(SourceError, match="larger than 1 MB"):
        fetch(url, largest=1_000_000)


def test_a_page_that_is_too_large(web: Web) -> None:
    with pytest.raises(SourceError, match=r"larger than 0\.1 MB"):
        fetch(web.page("/large", b"x" * 200_000), largest=100_000)


@pytest.mark.parametrize(("status", "hint"), [(404, "check the address"), (403, "in a browser"), (500, "later")])
def test_refusals(web: Web, status: int, hint: str) -> None:
    web.pages["/no"] = lambda request: request.send_error(status)
    with pytest.raises(SourceError, match=f"127.0.0.1 answers {status}") as caught:
        load(f"{web.address}/no")
    assert hint in caught.value.hint


def test_a_server_that_says_nothing(web: Web) -> None:
    web.pages["/silent"] = lambda request: web.released.wait() and None
    with pytest.raises(SourceError, match=r"took (too long|longer than 0.3 s)"):
        fetch(f"{web.address}/silent", timeout=0.3)


def test_a_server_that_sends_a_byte_now_and_then(web: Web) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not web.released.wait(0.05):
            request.wfile.write(b"x")

    web.pages["/drip"] = drip
    with pytest.raises(SourceError, match=r"took longer than 0\.3 s"):
        fetch(f"{web.address}/drip", timeout=0.3)


def test_nobody_there() -> None:
    with pytest.raises(SourceError, match=r"127.0.0.1 cannot be reached \(.*refused"):
        load("http://127.0.0.1:9/")


@pytest.mark.parametrize("url", ["http://", "http://[", "http://a b/", "https://exa mple", "http://:80/"])
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(SourceError, match="cannot be reached"):
        load(url)


def test_a_kept_page_opens_without_the_network(tmp_path: Path) -> None:
    with serving() as web:
        url = web.page("/ferry", WIRE)
        first = load(url, pages=tmp_path / "pages")
    assert load(url, pages=tmp_path / "pages") == first
    assert web.asked == ["/ferry"]
    with pytest.raises(SourceError, match="cannot be reached") as caught:
        load(url, pages=tmp_path / "pages", refresh=True)
    assert "--refresh" in caught.value.hint


def test_refresh_fetches_what_has_changed(web: Web, tmp_path: Path) -> None:
    url = web.page("/ferry", WIRE, ETag='"1"')
    load(url, pages=tmp_path)
    assert load(url, pages=tmp_path, refresh=True).title == TITLE
    web.page("/ferry", WIRE.replace(b"11-day", b"12-day"), ETag='"2"')
    assert load(url, pages=tmp_path).title == TITLE
    assert "12-day" in load(url, pages=tmp_path, refresh=True).title
    assert "12-day" in load(url, pages=tmp_path).title
    assert len(web.asked) == 3


def test_a_page_without_a_story_is_not_kept(web: Web, tmp_path: Path) -> None:
    url = web.page("/ferry", (PAGES / "consent.html").read_bytes())
    with pytest.raises(SourceError, match="consent"):
        load(url, pages=tmp_path)
    web.page("/ferry", WIRE)
    assert load(url, pages=tmp_path).title == TITLE


def test_a_damaged_kept_page_is_fetched_again(web: Web, tmp_path: Path) -> None:
    url = web.page("/ferry", WIRE)
    load(url, pages=tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-100])
    assert load(url, pages=tmp_path).title == TITLE
    assert len(web.asked) == 2


def test_a_folder_that_cannot_be_written_is_no_error(web: Web, tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("in the way")
    assert load(web.page("/ferry", WIRE), pages=blocked / "pages").title == TITLE


def test_a_page_that_cannot_be_unpacked(web: Web) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Encoding", "gzip")
        request.send_header("Content-Length", str(len(WIRE)))
        request.end_headers()
        request.wfile.write(WIRE)

    web.pages["/torn"] = answer
    with pytest.raises(SourceError, match=r"what 127\.0\.0\.1 sent cannot be unpacked: it is damaged"):
        load(f"{web.address}/torn")
