"""How a site looks: as an exported page does, by day and by night, and so that everybody can use it."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from player.publish.serving.sites import Site
from tests.publish.test_publish import publish
from tests.publish.test_serving import serving
from tests.support.browser import browser, window
from tests.support.stories import story_of
from tests.support.studio import export

LOOK = """(places) => places.map((place) => {
  const { color, backgroundColor, fontFamily } = getComputedStyle(document.querySelector(place));
  return [place, color, backgroundColor, fontFamily];
})"""
PLACES = ["body", "h1", "main p"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_site_looks_like_an_exported_page(tmp_path: Path, tone_engine: str, scheme: str) -> None:
    text = tmp_path / "rain.md"
    text.write_text("# Rain\n\nIt rains on the [harbour](https://example.org/).\n\n    a line of code\n")
    assert publish(text, to=tmp_path / "site") == 0
    export(story_of("It rains.", title="Rain"), tmp_path / "page.html", tmp_path / "cache", tone_engine)
    with (
        browser() as chromium,
        serving(Site(tmp_path / "site").find) as url,
        window(chromium, color_scheme=scheme) as page,
    ):
        page.goto((tmp_path / "page.html").as_uri())
        look = page.evaluate(LOOK, PLACES)
        page.goto(url + "rain/")
        assert page.evaluate(LOOK, PLACES) == look
        assert Axe().run(page).violations_count == 0
        page.goto(url)
        assert page.evaluate(LOOK, PLACES[:2]) == look[:2]
        assert Axe().run(page).violations_count == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browsers_that_know_no_colours_in_pairs_have_their_own(tmp_path: Path, tone_engine: str, scheme: str) -> None:
    """Those of before 2024, in whose place a function stands that none knows."""
    site, text = tmp_path / "site", tmp_path / "rain.md"
    text.write_text("# Rain\n\nIt rains on the [harbour](https://example.org/).\n")
    assert publish(text, to=site) == 0
    style = (site / "listen.css").read_text()
    (site / "listen.css").write_text(style.replace("light-dark(", "night-and-day("))
    with browser() as chromium, serving(Site(site).find) as url, window(chromium, color_scheme=scheme) as page:
        page.goto(url + "rain/")
        colours = [colour for _, colour, _, _ in page.evaluate(LOOK, ["body", "p a", "listen-to-story"])]
        assert colours[0] != colours[1]
        assert Axe().run(page).violations_count == 0
