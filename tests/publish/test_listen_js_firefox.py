"""The player above articles, in Firefox: the same words are lit on all of the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.story.opening import load
from tests.publish import site_pages
from tests.publish.listening import LIT_AT, check_lit, publish, publish_page
from tests.support.firefox import firefox
from tests.support.stories import ARTICLE
from tests.support.web import serving

OWN = {"/page.css", "/listen.js", "/article/story.json", "/article/story.mp3"}


@pytest.mark.apart
def test_firefox_plays_and_lights_the_words(tmp_path: Path) -> None:
    with serving() as web, firefox(tmp_path / "profile") as browser:
        told = publish(web, "article", load(str(ARTICLE)), tmp_path)
        texts = [text for text in told.texts if "Listen To Story" not in text]
        moments = told.moments(40)
        for name in site_pages.PAGES:
            body = getattr(site_pages, name)(texts)
            browser.go(publish_page(web, name, site_pages.shell(body, src="/article/story.json")))
            browser.click("listen-to-story", "button")
            browser.do(
                """const el = document.querySelector("listen-to-story");
                while (!el.currentTime || !CSS.highlights.get("listen-word")) await new Promise(requestAnimationFrame);
                el.pause();"""
            )
            status = (
                "return document.querySelector('listen-to-story').shadowRoot.querySelector('[role=status]').textContent"
            )
            assert browser.do(status) == ""
            asked = browser.do(
                "return performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)"
            )
            assert {"/listen.js", "/article/story.json"} <= set(asked) <= OWN
            check_lit(name, told, moments, browser.do(f"return ({LIT_AT})(arguments[0])", moments))
