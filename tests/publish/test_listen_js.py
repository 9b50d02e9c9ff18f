"""The player above articles of other people's pages, in a real browser: it plays, and lights their own words."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socket import SHUT_RDWR
from threading import Event

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect

from player.story.opening import load
from tests.publish import site_pages
from tests.publish.listening import (
    Listened,
    Told,
    answering,
    check_lit,
    listened,
    plain,
    publish,
    publish_page,
    publish_saved,
)
from tests.publish.site_pages import shell
from tests.support.browser import browser
from tests.support.plugins.listen_tone import RATE, frequency
from tests.support.smaller_script import SERVED, SOURCE, first_line
from tests.support.stories import ARTICLE, DATA, story_of
from tests.support.web import Web, serving

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serving() as web:
        yield web


@pytest.fixture(scope="module")
def article(web: Web, tmp_path_factory: pytest.TempPathFactory) -> Told:
    return publish(web, "article", load(str(ARTICLE)), tmp_path_factory.mktemp("article"))


def address(web: Web, told: Told, name: str, style: str = "", **more: str) -> str:
    """Serve the article in the manner of a site."""
    texts = [text for text in told.texts if "Listen To Story" not in text]
    body = getattr(site_pages, name)(texts)
    return publish_page(web, name + style, shell(body, src="/article/story.json", style=style, **more))


@pytest.fixture
def shown(chromium: Browser, web: Web, article: Told) -> Iterator[Listened]:
    """The article, with the player above it."""
    with listened(chromium, address(web, article, "announced")) as page:
        yield page


# -- the page's own words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", site_pages.PAGES)
def test_the_word_that_sounds_is_lit_where_it_stands(chromium: Browser, web: Web, article: Told, name: str) -> None:
    moments = article.moments(40)
    with listened(chromium, address(web, article, name)) as shown:
        before = shown.do("document.querySelector('main').innerHTML")
        shown.listen(1)
        lit = shown.lit_at(moments)
        assert shown.do("document.querySelector('main').innerHTML") == before
    check_lit(name, article, moments, lit)


@pytest.mark.parametrize("name", ["encyclopedia", "live-posts", "shinbun", "zeitung"])
def test_saved_pages_of_sites_have_their_stories_words(chromium: Browser, web: Web, name: str) -> None:
    """What they lack of it is said in other words than they show: the cells of tables, "Code example."."""
    where = publish_saved(web, DATA / "pages" / f"{name}.html")
    with listened(chromium, where) as shown:
        shown.do("customElements.whenDefined('listen-to-story')")
        shown.do("el.seek(1)")
        shown.until("events.some(([name]) => name === 'ready')")
        assert shown.do("events.find(([name]) => name === 'ready')[1].found") > 0.98
        shown.complaints.clear()  # of the page's own scripts


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("ar", ["كان يا ما كان في قديم الزمان.", "ذهب الولد إلى السوق مع أبيه."]),
        ("zh", ["今天天气很好，我们去公园。", "孩子们在湖边唱歌，老人在树下下棋。"]),
    ],
    ids=["right to left", "without spaces"],
)
def test_other_scripts(chromium: Browser, web: Web, tmp_path: Path, language: str, sentences: list[str]) -> None:
    direction = "rtl" if language == "ar" else "ltr"
    story = story_of(*sentences, language=language)
    told = publish(web, language, story, tmp_path, language=language)
    page = shell(
        site_pages.plain(["", *sentences]), src=f"/{language}/story.json", language=language, direction=direction
    )
    with listened(chromium, publish_page(web, language, page)) as shown:
        shown.listen(1)
        moments = told.moments(8)
        assert [plain(text) for text, _ in shown.lit_at(moments)] == [plain(told.word(m)[2]) for m in moments]
        paragraph = shown.page.locator("article p").last
        paragraph.hover()
        button, text = (
            where.bounding_box() for where in (shown.page.get_by_role("button", name="Play from here"), paragraph)
        )
        assert button and text
        assert (button["x"] > text["x"] + text["width"]) == (direction == "rtl")


def test_it_lights_what_sounds_while_it_plays(shown: Listened, article: Told) -> None:
    shown.listen()
    shown.until("events.filter(([name]) => name === 'word').length > 3")
    heard = [detail for name, detail in shown.do("events") if name == "word"]
    for word in heard:
        assert article.word(word["first"] + 0.001) == (word["block"], word["start"], word["text"])
    seconds, (_, said), lit = shown.do(
        "[el.currentTime, events.findLast((one) => one[0] === 'word'), [...CSS.highlights.get('listen-word')].join('')]"
    )
    assert plain(lit) == plain(said["text"]) and said["first"] <= seconds


DECODED = """(async () => {
  const answer = await fetch(argument);
  const sound = await new OfflineAudioContext(1, 1, 16000).decodeAudioData(await answer.arrayBuffer());
  return [...sound.getChannelData(0)];
})()"""
"""A sound as the browser decodes it: what comes before the first sample is cut off."""


@pytest.mark.parametrize("sound", ["mp3", "opus"])
def test_the_times_are_those_of_the_sound(
    chromium: Browser, web: Web, tmp_path: Path, tone_engine: str, sound: str
) -> None:
    """Each word is a tone of its own, and stands in the browser's sound where story.json says."""
    words = ["alabaster", "bricklayers", "cartography", "dandelions", "elephants", "fortnightly"]
    texts = [" ".join(words[n:] + words[:n]) + "." for n in range(4)]
    told = publish(web, sound, story_of(*texts), tmp_path, engine=tone_engine, sound=sound)
    page = shell(site_pages.plain(["", *texts]), src=f"/{sound}/story.json")
    with listened(chromium, publish_page(web, sound, page)) as shown:
        samples = np.array(shown.do(DECODED, f"/{sound}/story.{sound}"))
    loud = np.convolve(np.abs(samples), np.ones(32) / 32, "same") > 0.05
    for block, text in zip(told.json["blocks"], texts, strict=True):
        for word in block["sentences"][0]["words"]:
            first = round(word["first"] * RATE)
            tone = samples[first : round(word["last"] * RATE)]
            said = text[word["start"] : word["end"]]
            spectrum = np.abs(np.fft.rfft(tone * np.hanning(len(tone)), 1 << 16))
            hertz = np.argmax(spectrum) * RATE / (1 << 16)
            assert (said, round(hertz / 50)) == (said, round(frequency(said) / 50))
            assert not loud[first - RATE // 100 : first - RATE // 200].any()  # the pause before it
            assert loud[first + RATE // 200 : first + RATE // 100].all()


def test_a_page_that_is_rebuilt_is_read_again(chromium: Browser, web: Web, article: Told) -> None:
    """Frameworks put new elements in the place of the old ones."""
    with listened(chromium, address(web, article, "application")) as shown:
        shown.listen(100)
        word = shown.lit()
        shown.do("(root => root.replaceChildren(...root.cloneNode(true).childNodes))(document.querySelector('.root'))")
        assert shown.lit() != word
        shown.until(f"[...CSS.highlights.get('listen-word')].join('') === '{word}'")
        shown.do("(globalThis.kept = el).remove()")
        assert shown.lit() == "", "taken from the page, as by client-side navigation"
        shown.do("(document.body.prepend(kept), kept.play())")
        shown.until("!el.paused && el.currentTime >= 100")
        shown.do("(el.pause(), el.seek(100))")
        assert shown.lit() == word


def test_without_highlights_it_lays_boxes_over_the_words(chromium: Browser, web: Web, article: Told) -> None:
    with listened(chromium, address(web, article, "plain"), before="delete globalThis.Highlight;") as shown:
        shown.listen(article.moments(40)[5])
        box = shown.page.locator("listen-to-story .mark.word").bounding_box()
        assert box
        under = shown.do(
            "((place) => place.startContainer.data.slice(place.startOffset).match(/\\S+/)[0])"
            f"(document.caretRangeFromPoint({box['x'] + 1}, {box['y'] + box['height'] / 2}))"
        )
        assert plain(under) == plain(article.word(article.moments(40)[5])[2])


# -- hands ---------------------------------------------------------------------------------------------------------


def test_nothing_is_fetched_before_it_is_used(chromium: Browser, web: Web, article: Told) -> None:
    player = '<listen-to-story src="{src}" duration="157"></listen-to-story>'
    with listened(chromium, address(web, article, "news", player=player)) as shown:
        expect(shown.page.get_by_role("button", name="Listen to story · 3 min")).to_be_visible()
        assert [path for path in shown.requests if path.startswith("/article/")] == []
        here = shown.page.get_by_role("button", name="Play from here")
        for place, offered in (("article > p >> nth=2", True), ("aside li", False), (".ad p >> nth=0", False)):
            shown.page.hover(place)
            expect(here).to_be_visible(visible=offered)
        shown.listen()
        assert shown.requests == ["/news.html", "/page.css", "/listen.js", "/article/story.json", "/article/story.mp3"]


def test_keys(shown: Listened, article: Told) -> None:
    sentences = [s["first"] for block in article.json["blocks"] for s in block["sentences"]]
    paragraphs = [block["sentences"][0]["first"] for block in article.json["blocks"] if block["sentences"]]
    shown.page.keyboard.press("Tab")
    expect(shown.page.get_by_role("button", name="Listen to story")).to_be_focused()
    shown.page.keyboard.press("Enter")
    shown.until("el.currentTime > 0 && !el.paused && events.some(([name]) => name === 'ready')")
    shown.page.keyboard.press("Space")
    expect(shown.page.get_by_role("button", name="Play", exact=True)).to_be_focused()
    assert shown.do("el.paused")
    for key, there in (
        ("ArrowRight", sentences[1]),
        ("ArrowDown", paragraphs[2]),
        ("ArrowRight", sentences[3]),
        ("ArrowLeft", sentences[2]),
        ("ArrowUp", paragraphs[1]),
        (".", paragraphs[1] + 15),
        (",", paragraphs[1]),
    ):
        shown.page.keyboard.press(key)
        assert (key, shown.do("el.currentTime")) == (key, pytest.approx(there, abs=0.01))
    shown.page.keyboard.press("Tab")
    expect(shown.page.get_by_role("slider", name="Place in the story")).to_be_focused()
    shown.page.keyboard.press("End")
    assert shown.do("el.currentTime") == pytest.approx(article.json["duration"], abs=1)
    shown.page.get_by_role("combobox", name="Speed").select_option("1.5")
    assert shown.do("el.playbackRate") == 1.5


def test_the_keyboard_plays_from_a_paragraph(shown: Listened, article: Told) -> None:
    """Chosen in a list among the controls, which is seen while it has the focus."""
    told = [block for block in article.json["blocks"] if block["sentences"]]
    beginnings = [" ".join(block["text"].split(" ")[:12]) for block in told]
    firsts = [block["sentences"][0]["first"] for block in told]
    shown.page.keyboard.press("Tab")
    shown.page.keyboard.press("Enter")
    shown.until("el.currentTime > 0 && !el.paused && events.some(([name]) => name === 'ready')")
    shown.do("el.pause()")
    chosen = shown.page.get_by_role("combobox", name="Play from here")
    assert chosen.locator("option").all_text_contents() == beginnings
    assert seen(shown, chosen) is False
    for _ in range(3):
        shown.page.keyboard.press("Tab")
    expect(chosen).to_be_focused()
    assert seen(shown, chosen) is True
    place = f"argument.find((first, n) => el.currentTime < (argument[n + 1] ?? {article.json['duration']}))"
    for key, there in (("ArrowDown", 1), ("ArrowDown", 2), ("End", len(told) - 1), ("ArrowUp", len(told) - 2)):
        shown.page.keyboard.press(key)
        shown.until("!el.paused")
        shown.do("el.pause()")
        assert (key, shown.do(place, firsts)) == (key, firsts[there])
    shown.do("el.seek(argument)", firsts[4] + 1)
    shown.page.keyboard.press("ArrowDown")
    assert shown.do(place, firsts) == firsts[5], "the next after what sounds, not after what was chosen"
    shown.do("el.pause()")
    shown.page.keyboard.press("Tab")
    assert seen(shown, chosen) is False
    shown.do("el.seek(argument)", firsts[7] + 0.1)
    expect(chosen).to_have_js_property("selectedIndex", 7)


def seen(shown: Listened, part: Locator) -> bool:
    """Whether a part of the player is what a pointer meets in its place."""
    box = part.bounding_box()
    assert box
    where = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    return bool(part.evaluate("(part, [x, y]) => part.getRootNode().elementFromPoint(x, y) === part", where))


def test_a_paragraph_is_played_from_its_beginning(shown: Listened, article: Told) -> None:
    """Also before anything else was clicked."""
    paragraph = shown.page.locator("article p").nth(4)
    paragraph.hover()
    shown.page.get_by_role("button", name="Play from here").click()
    told = "events.slice(events.findLastIndex(([name]) => name === 'seek') - 1).filter(([name]) => name === 'word')"
    shown.until(f"!el.paused && events.some(([name]) => name === 'seek') && {told}.length > 3")
    said = [detail for _, detail in shown.do(told)]
    block = article.texts.index(paragraph.inner_text())
    assert {word["block"] for word in said} == {block}
    assert said[0]["first"] == article.json["blocks"][block]["sentences"][0]["first"]


def test_it_follows_until_one_looks_elsewhere(shown: Listened, article: Told) -> None:
    back = shown.page.get_by_role("button", name="Back to what is read")
    shown.listen(article.json["duration"] - 20)
    expect(shown.page.locator("article p").last).to_be_in_viewport()
    expect(shown.page.get_by_role("button", name="Play", exact=True).last).to_be_in_viewport()
    expect(back).to_be_hidden()
    shown.page.mouse.move(300, 300)
    shown.page.mouse.wheel(0, -20_000)
    expect(back).to_be_visible()
    shown.do("el.play()")
    shown.until("!el.paused")
    shown.until("events.at(-1)[0] === 'word'")
    assert shown.do("scrollY") == 0
    back.click()
    expect(shown.page.locator("article p").last).to_be_in_viewport()
    expect(back).to_be_hidden()


def test_the_place_is_kept_as_block_and_character(shown: Listened, article: Told) -> None:
    moment = article.moments(40)[20]
    block, start, _ = article.word(moment)
    shown.listen(moment)
    shown.page.reload()
    shown.page.get_by_role("button", name="Continue listening · 1 min").wait_for()
    name, kept = shown.do("Object.entries(localStorage)[0]")
    assert (json.loads(kept)["block"], json.loads(kept)["character"]) == (block, start)
    another_voice = {**json.loads(kept), "seconds": 0.0, "duration": 60.0}
    shown.do("localStorage.setItem(...argument)", [name, json.dumps(another_voice)])
    shown.page.reload()
    shown.listen()
    shown.do("el.pause()")
    assert moment - 1 <= shown.do("el.currentTime") < moment + 5


def test_one_plays_at_a_time(chromium: Browser, web: Web, article: Told, tmp_path: Path) -> None:
    lamp = story_of("It was dark in the lamp room.", "At six the lamp was lit.", title="")
    publish(web, "lamp", lamp, tmp_path)
    with listened(chromium, address(web, article, "two")) as shown:
        shown.listen()
        shown.page.locator("#two listen-to-story button").first.click()
        shown.until("el.paused && !document.querySelector('#two listen-to-story').paused")
        shown.until("[...CSS.highlights.get('listen-sentence')].join('') === 'It was dark in the lamp room.'")
        shown.do("document.querySelector('#two listen-to-story').seek(4)")
        shown.until("events.some(([name]) => name === 'ended')")
        assert shown.lit() == shown.lit("sentence") == ""
        expect(shown.page.locator("#two").get_by_role("button", name="Listen to story")).to_be_visible()


@pytest.mark.parametrize("kind", ["missing", "shortened", "silent"])
def test_what_cannot_be_played_is_said(chromium: Browser, web: Web, article: Told, kind: str) -> None:
    whole = json.dumps(article.json)
    if kind == "shortened":
        web.pages[f"/{kind}/story.json"] = answering(whole[: len(whole) // 2].encode(), "application/json")
    if kind == "silent":  # as `listen export story.html -o story.json` writes it alone
        told = {name: value for name, value in article.json.items() if name != "sound"}
        web.pages[f"/{kind}/story.json"] = answering(json.dumps(told).encode(), "application/json")
    page = shell(site_pages.plain(article.texts), src=f"/{kind}/story.json")
    with listened(chromium, publish_page(web, kind, page)) as shown:
        shown.page.get_by_role("button", name="Listen to story").click()
        expect(shown.page.get_by_role("status")).to_have_text("The sound cannot be played.")
        assert shown.do("events.some(([name]) => name === 'error')")
        shown.complaints[:] = [said for said in shown.complaints if "404" not in said]


def test_after_a_lost_network_it_plays_on_when_asked_again(chromium: Browser, web: Web, article: Told) -> None:
    """As on a train in a tunnel: the beginning is there, what follows is not to be had for a while."""
    where = address(web, article, "announced")
    whole = web.pages["/article/story.mp3"]
    with listened(chromium, where) as shown:
        web.pages["/article/story.mp3"] = interrupted
        try:
            shown.page.get_by_role("button", name="Listen to story").click()
            expect(shown.page.get_by_role("status")).to_have_text("The sound cannot be played.")
            shown.page.get_by_role("button", name="Play", exact=True).first.click()
            shown.until("events.filter(([name]) => name === 'error').length > 1")
            shown.do("el.seek(100)")
        finally:
            web.pages["/article/story.mp3"] = whole
        shown.until("el.paused")
        shown.page.get_by_role("button", name="Play", exact=True).first.click()
        shown.until("!el.paused && el.currentTime > 100.2")
        assert shown.do("el.currentTime") < 110
        expect(shown.page.get_by_role("status")).to_have_text("")
        shown.complaints.clear()  # of the browser, about the network


def interrupted(request: BaseHTTPRequestHandler) -> None:
    """Hang up without an answer."""
    request.close_connection = True
    request.connection.shutdown(SHUT_RDWR)


def test_the_next_sound_is_played_where_one_is_of_no_use(chromium: Browser, web: Web, article: Told) -> None:
    """Without a word about it; and a player that gets another story then is one that was not begun."""
    sounds = [{"src": src, "type": "audio/mpeg"} for src in ("broken.mp3", "/article/story.mp3")]
    told = json.dumps({**article.json, "sound": sounds})
    web.pages["/second/story.json"] = answering(told.encode(), "application/json")
    web.pages["/second/broken.mp3"] = answering(b"no sound" * 1000, "audio/mpeg")
    page = shell(site_pages.plain(article.texts), src="/second/story.json")
    with listened(chromium, publish_page(web, "second", page)) as shown:
        shown.listen()
        assert not shown.do("events.some(([name]) => name === 'error')")
        expect(shown.page.get_by_role("status")).to_have_text("")
        shown.do("el.setAttribute('src', '/article/story.json')")
        expect(shown.page.get_by_role("button", name="Listen to story")).to_be_visible()
        expect(shown.page.get_by_role("slider", name="Place in the story")).to_be_hidden()


def test_a_story_that_comes_late_is_not_taken_for_the_next(
    chromium: Browser, web: Web, article: Told, tmp_path: Path
) -> None:
    publish(web, "next", story_of("It was dark in the lamp room.", "At six the lamp was lit."), tmp_path)
    begun, released = Event(), Event()

    def late(request: BaseHTTPRequestHandler) -> None:
        begun.set()
        released.wait(60)
        with suppress(OSError):  # the browser wants it no more
            web.pages["/article/story.json"](request)

    web.pages["/late/story.json"] = late
    page = shell(site_pages.plain(article.texts), src="/late/story.json")
    with listened(chromium, publish_page(web, "late", page)) as shown:
        shown.page.locator("listen-to-story button").first.hover()
        assert begun.wait(60)
        shown.do("void el.play()")
        shown.do("el.setAttribute('src', '/next/story.json')")
        shown.do("el.seek(0)")
        released.set()
        shown.do("fetch('/late/story.json').then((answer) => answer.text())")
        shown.do("new Promise((done) => setTimeout(() => requestIdleCallback(done)))")
        assert shown.do("el.duration") < 30 < article.json["duration"]
        shown.do("el.seek({ block: 2 })")
        assert 0 < shown.do("el.currentTime") < shown.do("el.duration")
        assert not shown.do("events.some(([name]) => name === 'error')")
        expect(shown.page.get_by_role("status")).to_have_text("")


def test_a_speed_that_a_script_sets_is_that_of_the_first_play(shown: Listened) -> None:
    shown.do("localStorage.setItem('listen-to-story:speed', '1.5')")
    shown.do("el.playbackRate = 1.25")
    shown.listen()
    assert shown.do("el.playbackRate") == 1.25
    assert shown.page.get_by_role("combobox", name="Speed").input_value() == "1.25"


# -- for everybody -------------------------------------------------------------------------------------------------


def test_it_has_the_pages_colour_whatever_that_is_called(shown: Listened) -> None:
    style = ":root { --accent: rgb(11, 87, 164) } listen-to-story { --listen-accent: var(--accent) }"
    shown.do("document.adoptedStyleSheets.push(new CSSStyleSheet())")
    shown.do("document.adoptedStyleSheets.at(-1).replaceSync(argument)", style)
    shown.listen(1)
    assert shown.do("getComputedStyle(el.shadowRoot.querySelector('.play svg')).color") == "rgb(11, 87, 164)"


def test_labels_are_in_the_pages_language(chromium: Browser, web: Web, article: Told) -> None:
    player = '<listen-to-story src="{src}">\n </listen-to-story><listen-to-story src="{src}">Hear it</listen-to-story>'
    with listened(chromium, address(web, article, "plain", player=player)) as shown:
        for language, label in (("de", "Artikel anhören"), ("fr-CA", "Écouter l’article"), ("da", "Listen to story")):
            shown.do("el.lang = argument", language)
            expect(shown.page.get_by_role("button", name=label).first).to_be_visible()
        expect(shown.page.get_by_role("button", name="Hear it")).to_be_visible()


def test_on_a_narrow_page_all_stays_within_it(chromium: Browser, web: Web, article: Told) -> None:
    player = '<listen-to-story src="{src}" lang="de"><a slot="end" href="/podcast">Podcast</a></listen-to-story>'
    where = address(web, article, "plain", player=player)
    with listened(chromium, where, viewport={"width": 280, "height": 600}) as shown:
        expect(shown.page.get_by_role("button", name="Artikel anhören")).to_be_visible()
        link, whole = (
            shown.do(f"{found}.getBoundingClientRect().right")
            for found in ("el.firstChild", "el.shadowRoot.querySelector('.player')")
        )
        assert link + 8 < whole <= 280
        shown.listen(100)
        shown.page.mouse.wheel(0, -9000)
        shown.page.set_viewport_size({"width": 320, "height": 600})
        shown.do("el.lang = 'en'")  # its label has the most words
        expect(shown.page.get_by_role("button", name="Back to what is read")).to_be_visible()
        assert shown.do("el.shadowRoot.querySelector('.dock').offsetHeight") <= 72


@pytest.mark.parametrize(
    ("style", "size"), [("dark", PHONE), ("", {"width": 1280, "height": 800})], ids=["dark phone", "desktop"]
)
def test_axe_finds_nothing(chromium: Browser, web: Web, article: Told, style: str, size: dict[str, int]) -> None:
    where = address(web, article, "announced", style)
    with listened(chromium, where, viewport=size, bypass_csp=True) as shown:
        for seconds in (None, 5, 100):
            if seconds:
                shown.listen(seconds)
            found = Axe().run(shown.page)
            assert found.violations_count == 0, found.generate_report()
        assert shown.do("document.documentElement.scrollWidth") <= size["width"]


def test_the_script_is_small_and_made_from_its_source() -> None:
    """Otherwise: `python -m tests.support.smaller_script`."""
    script = SERVED.read_text()
    assert script.startswith(first_line(SOURCE.read_text()))
    assert len(gzip.compress(script.encode(), 9)) <= 12 * 1024
