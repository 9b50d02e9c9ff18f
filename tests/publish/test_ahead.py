"""Pages named one by one: fetched side by side, each asked for once, and not kept in memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from threading import Barrier, Lock

import pytest

from player.errors import SourceError
from player.publish.ahead import fetched_ahead
from player.publish.lists import Lists
from player.publish.sources import PageSource
from player.story.opening.confined.host import Readers
from player.story.opening.page_store import About, Page
from player.story.reading.options import Options
from tests.publish.test_web_pages import story
from tests.support.web import serving


def page_of(url: str) -> Page:
    return Page(About(url, "text/html", "", "", ""), url.encode())


def test_pages_of_several_hosts_are_fetched_side_by_side_and_come_in_order() -> None:
    together = Barrier(3)

    def fetch(url: str) -> Page:
        together.wait(timeout=60)
        return page_of(url)

    names = ["https://a.example/1", "story.txt", "https://b.example/1", "https://c.example/1"]
    found = [(name, page and page.result().data.decode()) for name, page in fetched_ahead(names, fetch)]
    assert found == [(name, name if "://" in name else None) for name in names]


def test_of_one_host_one_page_is_fetched_at_a_time_and_few_wait() -> None:
    alone, taken = Lock(), 0

    def fetch(url: str) -> Page:
        assert alone.acquire(blocking=False)
        try:
            if url.endswith("/3"):
                raise SourceError("gone")
            return page_of(url)
        finally:
            alone.release()

    def names() -> Iterator[str]:
        nonlocal taken
        for n in range(100):
            taken += 1
            yield f"https://a.example/{n}"

    for name, page in islice(fetched_ahead(names(), fetch), 50):
        assert page is not None
        if name.endswith("/3"):
            with pytest.raises(SourceError):
                page.result()
        else:
            assert page.result().about.url == name
    assert taken < 60


def test_a_page_that_waited_too_long_is_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    pages = tmp_path / "pages"
    with serving() as web, Readers() as readers:
        options = Options(pages=pages)
        lists = Lists(options, readers, tmp_path / "site")

        def opened(*, forgotten: bool = False) -> str:
            (source,) = lists.sources([web.address + "/a"])
            assert isinstance(source, PageSource) and len(repr(source)) < 300
            if forgotten:
                shutil.rmtree(pages / "ahead")
            return source.open(options, readers).title

        story(web, "a", "Alpha")
        assert opened() == "Alpha" and web.asked == ["/a"]
        story(web, "a", "Beta")
        assert opened() == "Beta" and web.asked == ["/a"] * 2
        assert not list((pages / "ahead").glob("*.page"))
        story(web, "a", "Gamma")
        assert opened(forgotten=True) == "Gamma" and web.asked == ["/a"] * 4
        assert opened() == "Gamma"
