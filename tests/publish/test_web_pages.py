"""Stories on the web: corrected ones are made again, others are not asked for; site maps of any size."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from player.publish.lists import Lists
from player.story.opening.confined.host import Readers
from player.story.reading.options import Options
from tests.publish.test_publish import TONE, made_at, publish
from tests.support.web import Web, serving

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
STORY = "<html><body><article><h1>{0}</h1><p>{0} begins with a sentence of many words, as stories do.</p></article>"


@pytest.fixture(autouse=True)
def directly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no proxy stand between."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def story(web: Web, name: str, title: str) -> str:
    """Serve a story, with a validator; return its URL."""
    return web.page(f"/{name}", STORY.format(title).encode(), ETag=f'"{title}"')


def map_of(web: Web, **changed: str) -> str:
    """Serve a site map of {page: last change}; return its URL."""
    places = "".join(
        f"<url><loc>{web.address}/{name}</loc><lastmod>{day}</lastmod></url>" for name, day in changed.items()
    )
    return web.page("/sitemap.xml", f"<urlset {SPACE}>{places}</urlset>".encode(), "application/xml")


def title(site: Path, folder: str) -> str:
    return str(json.loads((site / folder / "story.json").read_bytes())["title"])


def test_a_page_that_its_site_map_calls_changed_is_made_again(tmp_path: Path, tone_engine: str) -> None:
    site, settings = tmp_path / "site", replace(TONE, cache_dir=str(tmp_path / "cache"))
    with serving() as web:
        story(web, "a", "Alpha")
        story(web, "b", "Beta")
        where = map_of(web, a="2026-01-01", b="2026-01-01T10:00:00Z")
        assert publish(where, to=site, settings=settings) == 0
        for _ in range(2):
            web.asked.clear()
            assert publish(where, to=site, settings=settings) == 0
            assert web.asked == ["/sitemap.xml"], "what is not called changed is not asked for"
        story(web, "a", "Alpha, corrected")
        first = made_at(site)
        map_of(web, a="2026-01-02", b="2026-01-02")
        web.asked.clear()
        assert publish(where, to=site, settings=settings) == 0
        assert sorted(web.asked) == ["/a", "/b", "/sitemap.xml"]
        assert {Path(name).parent.name for name, at in made_at(site).items() if at != first[name]} == {"a"}
        assert title(site, "a") == "Alpha, corrected"
        web.asked.clear()
        assert publish(where, to=site, settings=settings) == 0
        assert web.asked == ["/sitemap.xml"]
        del web.pages["/b"]
        map_of(web, a="2026-01-02", b="2026-01-03")
        assert publish(where, to=site, settings=settings) == 0, "what does not answer is read as it was kept"
        story(web, "b", "Beta, corrected")
        assert publish(where, to=site, settings=settings) == 0
        assert title(site, "b") == "Beta, corrected", "it is asked for again"


def test_a_page_is_asked_for_when_its_record_or_its_entry_changed(tmp_path: Path, tone_engine: str) -> None:
    site, settings = tmp_path / "site", replace(TONE, cache_dir=str(tmp_path / "cache"))
    with serving() as web:
        record, entry = {"id": "rec", "url": story(web, "a", "Alpha")}, story(web, "b", "Beta")
        lines = tmp_path / "records.jsonl"
        feed = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>B</title><link href='{}'/><updated>{}</updated>"

        def publish_them(day: str) -> None:
            lines.write_text(json.dumps({**record, "date": day}))
            data = feed.format(entry, f"{day}T10:00:00Z") + "</entry></feed>"
            where = web.page("/feed", data.encode(), "application/atom+xml")
            web.asked.clear()
            assert publish(lines, where, to=site, settings=settings) == 0

        publish_them("2026-01-01")
        story(web, "a", "Alpha, corrected")
        story(web, "b", "Beta, corrected")
        publish_them("2026-01-01")
        assert web.asked == ["/feed"]
        publish_them("2026-01-02")
        assert sorted(web.asked) == ["/a", "/b", "/feed"]
        assert (title(site, "rec"), title(site, "b")) == ("Alpha, corrected", "Beta, corrected")


def test_a_page_that_is_named_itself_is_asked_for(tmp_path: Path, tone_engine: str) -> None:
    site, settings = tmp_path / "site", replace(TONE, cache_dir=str(tmp_path / "cache"))
    with serving() as web:
        page = story(web, "a", "Alpha")
        publish(page, to=site, settings=settings)
        story(web, "a", "Alpha, corrected")
        publish(page, to=site, settings=settings)
        assert title(site, "a") == "Alpha, corrected"
        web.pages.clear()
        first = made_at(site)
        assert publish(page, to=site, settings=settings) == 0 and made_at(site) == first


def test_a_large_site_map_is_read(tmp_path: Path) -> None:
    chance = random.Random(1)
    places = [f"https://example.org/{chance.getrandbits(128):x}" for _ in range(2_000)]
    body = "".join(f"<url><loc>{place}</loc></url>" for place in places)
    packed = gzip.compress(f"<urlset {SPACE}>{body}</urlset>".encode())
    assert len(packed) > 20_000
    (tmp_path / "sitemap.xml.gz").write_bytes(packed)
    with Readers() as readers, serving() as web:
        lists = Lists(Options(), readers, tmp_path / "site")
        assert [one.key for one in lists.sources([str(tmp_path / "sitemap.xml.gz")])] == places
        long = f"<urlset {SPACE}><!--{'x' * 11_000_000}-->{body}</urlset>".encode()
        inner = web.page("/inner.xml", long, "application/xml")
        outer = f"<sitemapindex {SPACE}><sitemap><loc>{inner}</loc></sitemap></sitemapindex>".encode()
        for where in (inner, web.page("/outer.xml", outer, "application/xml")):
            assert [one.key for one in lists.sources([where])] == places
        page = web.page("/page", b"<p>" + b"x" * 11_000_000)
        assert [one.name for one in lists.sources([page])] == [page]
        (tmp_path / "sitemap.xml.gz").write_bytes(packed[:9_000])
        (broken,) = lists.sources([str(tmp_path / "sitemap.xml.gz")])
        assert broken.key == str(tmp_path / "sitemap.xml.gz")
