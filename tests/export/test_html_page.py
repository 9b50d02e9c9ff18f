"""The "Listen to Story" page, in a real browser: it plays, shows what sounds, obeys, and a story's text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, FloatRect

from player.audio.timeline import Timeline
from player.errors import UsageError
from player.export import Cancelled, Options, Progress, export_story
from player.export.planning import with_sounds
from player.sources import SAMPLE
from player.story.model import Block, BlockKind, Picture, Section
from player.story.opening import load
from player.tui.keys.table import KEYS
from tests.support.browser import Opened, browser, opened
from tests.support.plugins.listen_tone import LETTER, RATE, frequency
from tests.support.stories import story_of
from tests.support.studio import export, studio

PHONE = {"width": 360, "height": 640}
ZOOMED = ({"width": 640, "height": 400}, {"width": 320, "height": 200})
"""A desktop's window at 200 and 400 per cent."""

FRAME = 576
"""Samples of an MP3 frame at the rates that voices have."""

HOSTILE = "</title></script><script>alert(1)</script><img src=x onerror=alert(2)> {{sound}} &lt;b&gt; \u202e ]]> -->"

NO_OPUS = "HTMLMediaElement.prototype.canPlayType = (type) => (type.includes('opus') ? '' : 'maybe');"
LISTEN = """() => {
  const context = new AudioContext({ sampleRate: 16000 });
  const ear = context.createScriptProcessor(4096, 1, 1);
  globalThis.heard = [];
  ear.onaudioprocess = ({ inputBuffer }) => heard.push(...inputBuffer.getChannelData(0));
  context.createMediaElementSource(document.getElementById("sound")).connect(ear).connect(context.destination);
}"""
"""Keeps what the page's sound is, as it goes to the loudspeaker."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def lamp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Timeline]]:
    """The sample story as a page, with espeak-ng's voice, and its timeline."""
    folder = tmp_path_factory.mktemp("lamp")
    with studio(load(str(SAMPLE)), folder / "cache") as (timeline, renderer):
        export_story(timeline, renderer, folder / "lamp.html")
        yield folder / "lamp.html", timeline


@pytest.fixture
def shown(chromium: Browser, lamp: tuple[Path, Timeline]) -> Iterator[Opened]:
    with opened(chromium, lamp[0]) as page:
        yield page


def sentence_starts(timeline: Timeline) -> list[int]:
    """The first samples of all sentences."""
    starts = {}
    for block in range(len(timeline.script.story.blocks)):
        for number, utterance in enumerate(timeline.utterances(block)):
            starts.setdefault((block, utterance.sentence), timeline.start(block, number))
    return list(starts.values())


def paragraph_starts(timeline: Timeline) -> list[int]:
    blocks = range(len(timeline.script.story.blocks))
    return [timeline.start(block) for block in blocks if timeline.utterances(block)]


def sentence_at(timeline: Timeline, sample: int) -> tuple[int, int, int]:
    """(block, start, end) of the sentence at a sample."""
    place = timeline.at(sample)
    utterance = timeline.utterances(place.block)[place.utterance]
    return (place.block, *timeline.script.sentences(place.block)[utterance.sentence].span)


# -- what sounds, and what is shown of it --------------------------------------------------------------------------


def test_it_plays_the_story_aloud(shown: Opened, lamp: tuple[Path, Timeline]) -> None:
    shown.do(LISTEN)
    assert not shown.page.locator("#player").is_visible()
    shown.page.get_by_role("button", name="Listen · ").click()
    shown.page.get_by_role("button", name="Listen · ").wait_for(state="hidden")
    shown.until("document.getElementById('sound').currentTime > 0.5 && Math.max(...heard.slice(-16384)) > 0.05")
    assert not shown.do("document.getElementById('sound').muted")
    shown.page.get_by_role("button", name="Pause", exact=True).click()
    assert not shown.playing
    shown.settle()
    timeline = lamp[1]
    assert shown.painted("sentence") == sentence_at(timeline, shown.sample)
    assert shown.do("document.getElementById('sound').duration") == pytest.approx(
        timeline.duration / timeline.rate, abs=4 * FRAME / timeline.rate
    )


def test_the_highlighted_word_is_the_timelines(shown: Opened, lamp: tuple[Path, Timeline]) -> None:
    timeline = lamp[1]
    seen = []
    for n in range(20):
        sample = (timeline.duration * (2 * n + 1)) // 40
        place = timeline.at(sample)
        begun = [word.span for word in timeline.words(place.block, place.utterance) if word.first <= place.sample]
        shown.seek(sample)
        assert shown.painted("word") == ((place.block, *begun[-1]) if begun else None)
        assert shown.painted("sentence") == sentence_at(timeline, sample)
        seen.append(shown.word())
    assert len(set(seen)) > 12


@pytest.mark.parametrize("before", ["", NO_OPUS], ids=["Opus", "MP3"])
def test_what_sounds_is_what_is_highlighted(chromium: Browser, tmp_path: Path, tone_engine: str, before: str) -> None:
    """Each word is a tone of its own: after a jump into the silence before a word, that word comes out.

    Chromium leaves out what lies in the frame into which it jumps, but nothing may sound of the word before.
    """
    words = ["alabaster", "bricklayers", "cartography", "dandelions", "elephants", "fortnightly"]
    story = story_of(*(" ".join(words[n:] + words[:n]) + "." for n in range(6)))
    with studio(story, tmp_path / "cache", tone_engine) as (timeline, renderer):
        export_story(timeline, renderer, tmp_path / "a.html")
    with opened(chromium, tmp_path / "a.html", before=before) as shown:
        shown.do(LISTEN)
        shown.begin()
        for block, number in ((0, 0), (4, 2), (2, 3)):
            word = timeline.words(block, 0)[number]
            said = story.blocks[block].text[slice(*word.span)].rstrip(".")
            silence = RATE // 100 if number else 0
            shown.until("heard.length >= 8192 && heard.slice(-8192).every((s) => s === 0)")  # what was on its way
            shown.do("heard.length = 0")
            shown.seek(timeline.start(block) + word.first - silence)
            shown.press("Space")
            shown.until("heard.findIndex((s) => Math.abs(s) > 0.1) in heard.slice(0, -2 * 16000)")
            shown.press("Space")
            begin, end, hertz = first_tone(np.array(shown.do("heard")))
            assert (said, round(hertz / 50)) == (said, round(frequency(said) / 50))
            whole = LETTER * len(said)
            assert whole - FRAME - RATE // 500 <= end - begin <= whole + RATE // 100


def first_tone(sound: np.ndarray) -> tuple[int, int, float]:
    """(first sample, the one behind the last, Hz) of the first word of the tone engine in a recording."""
    loud = np.convolve(np.abs(sound), np.ones(64) / 64, "same") > 0.05
    begin = int(np.argmax(loud))
    end = begin + int(np.argmin(loud[begin:]))
    tone = sound[begin:end]
    spectrum = np.abs(np.fft.rfft(tone * np.hanning(len(tone)), 1 << 16))
    return begin, end, float(np.argmax(spectrum)) * RATE / (1 << 16)


def test_where_highlights_are_not_known_words_are_marked_all_the_same(
    chromium: Browser, lamp: tuple[Path, Timeline]
) -> None:
    with opened(chromium, lamp[0], before="delete globalThis.Highlight") as shown:
        for sample in sentence_starts(lamp[1])[3:9]:
            shown.seek(sample + lamp[1].rate // 2)
            assert shown.page.locator("span.sentence span.word").count() == 1
        assert shown.do("document.querySelectorAll('span.sentence').length") == 1


# -- hands ---------------------------------------------------------------------------------------------------------


def test_keys_go_where_they_say(shown: Opened, lamp: tuple[Path, Timeline]) -> None:
    timeline = lamp[1]
    sentences, paragraphs, second = sentence_starts(timeline), paragraph_starts(timeline), timeline.rate
    inside = sentences[8] + second // 2  # less than RESTART into a sentence
    late = sentences[8] + 2 * second
    paragraph = max(n for n, start in enumerate(paragraphs) if start <= inside)
    shown.begin()
    for start, key, there in (
        (inside, "ArrowRight", sentences[9]),
        (inside, "ArrowLeft", sentences[7]),
        (late, "ArrowLeft", sentences[8]),
        (late, "ArrowDown", paragraphs[paragraph + 1]),
        (paragraphs[3] + second // 2, "ArrowUp", paragraphs[2]),
        (paragraphs[3] + 2 * second, "ArrowUp", paragraphs[3]),
        (late, ".", late + 15 * second),
        (late, ",", late - 15 * second),
        (second, ",", 0),
    ):
        shown.seek(start)
        shown.press(key)
        shown.settle()
        assert (key, shown.sample) == (key, there)
    shown.seek(sentences[-1])
    shown.press("ArrowRight")
    assert shown.sample == sentences[-1]  # the last one plays on


def test_keys_that_scroll_are_the_browsers_until_the_first_play(shown: Opened) -> None:
    shown.page.set_viewport_size({"width": 800, "height": 200})
    for begun, keys in (
        (False, ("Space", "ArrowDown", "PageDown", "End", "ArrowUp", "Home")),
        (True, ("PageDown", "End", "Home")),
    ):
        if begun:
            shown.begin()
            shown.seek(0)
        for key in keys:
            before, sample = shown.do("scrollY"), shown.sample
            for _ in range(5):  # a browser that is starved drops a key now and then
                shown.press(key)
                if shown.comes_true(f"scrollY !== {before}", 10_000):
                    break
            assert shown.do("scrollY") != before, key
            assert (key, shown.sample, shown.playing) == (key, sample, False)
        shown.until("scrollY === 0")


def test_keys_for_speed_volume_and_colours(shown: Opened) -> None:
    shown.press("]", "]", "]", "[", "Alt+]", "Alt+t")  # brackets are typed with Alt on a German Mac
    assert shown.do("document.getElementById('sound').playbackRate") == 1.3
    assert shown.do("document.documentElement.dataset.theme") is None
    shown.press("Alt+[")
    assert shown.do("document.getElementById('sound').playbackRate") == 1.2
    assert shown.page.get_by_role("status").inner_text() == "Speed 1.2"
    shown.begin()
    menu = shown.page.get_by_label("Speed")
    assert menu.input_value() == "1.2"
    menu.select_option("1.5×")
    assert shown.do("document.getElementById('sound').playbackRate") == 1.5
    shown.press("=")
    assert shown.do("document.getElementById('sound').playbackRate") == 1
    shown.press(*["-"] * 10)
    assert shown.do("document.getElementById('sound').volume") == pytest.approx(0.25)
    shown.until("document.getElementById('volume').value === '50'")
    shown.press(*["+"] * 20)
    assert shown.do("document.getElementById('sound').volume") == 1
    before = shown.do("getComputedStyle(document.body).backgroundColor")
    shown.press("t")
    assert shown.do("getComputedStyle(document.body).backgroundColor") != before


def test_it_follows_what_sounds_until_one_looks_elsewhere(shown: Opened, lamp: tuple[Path, Timeline]) -> None:
    follow, back = shown.page.locator("#follow"), shown.page.get_by_role("button", name="Back to what is read")
    shown.begin()
    shown.seek(lamp[1].duration // 2)
    assert in_sight(shown)
    shown.page.mouse.move(300, 500)
    shown.page.mouse.wheel(0, -20_000)
    shown.until("scrollY === 0")
    assert follow.get_attribute("aria-pressed") == "false"
    shown.seek(lamp[1].duration // 2 + lamp[1].rate)
    assert not in_sight(shown)
    back.click()
    assert not back.is_visible()
    assert follow.get_attribute("aria-pressed") == "true"
    shown.settle()
    assert in_sight(shown)


def in_sight(shown: Opened) -> bool:
    """Whether the highlighted word can be seen above the player."""
    top, bottom = shown.do(
        """() => {
          const box = [...CSS.highlights.get("word")][0].getBoundingClientRect();
          return [box.top, box.bottom];
        }"""
    )
    return bool(0 <= top < bottom < shown.do("document.getElementById('player').getBoundingClientRect().top"))


def test_the_keys_are_the_terminals(shown: Opened) -> None:
    """Each key that a page has is one of the terminal's, and shown as there. (It has no use for all of them.)"""
    shown.press("?")
    rows = shown.page.locator("#help tr").all()
    page = {row.locator("td").inner_text(): row.locator("th").inner_text().replace("\n", " ") for row in rows}
    terminal = {key.help.replace("10 seconds", "15 seconds"): key for key in KEYS}
    terminal = {said: key for said, key in terminal.items() if said in page}
    assert list(page) == list(terminal)
    assert list(page.values()) == [key.shown for key in terminal.values()]
    names = {
        "space": "Space", "left": "ArrowLeft", "right": "ArrowRight", "up": "ArrowUp", "down": "ArrowDown",
        "backspace": "Backspace",
        "comma": ",", "full_stop": ".", "left_square_bracket": "[", "right_square_bracket": "]", "equals_sign": "=",
        "minus": "-", "plus": "+", "ctrl": "Control", "shift": "Shift", "question_mark": "?", "f1": "F1",
    }  # fmt: skip
    for row, key in zip(rows, terminal.values(), strict=True):
        wanted = ["+".join(names.get(part, part) for part in one.split("+")) for one in key.keys.split(",")]
        assert row.get_attribute("data-keys") == " ".join(wanted)


def test_a_click_on_a_word_plays_from_there(shown: Opened, lamp: tuple[Path, Timeline]) -> None:
    timeline = lamp[1]
    block = next(n for n, b in enumerate(timeline.script.story.blocks) if b.kind is BlockKind.PARAGRAPH)
    word = timeline.words(block, 0)[5]
    x, y = shown.do(
        """([block, start, end]) => {
          const range = document.createRange();
          const text = document.getElementById(`b${block}`).firstChild;
          range.setStart(text, start);
          range.setEnd(text, end);
          const box = range.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        [block, *word.span],
    )
    shown.page.mouse.click(x, y)
    shown.until("!document.getElementById('sound').paused")
    shown.press("Space")
    assert timeline.start(block) + word.first <= shown.sample < timeline.start(block) + timeline.duration
    assert (block, *word.span)[0] == (shown.painted("word") or (None,))[0]


def test_the_bar_and_the_buttons(shown: Opened, lamp: tuple[Path, Timeline]) -> None:
    timeline = lamp[1]
    sentences = sentence_starts(timeline)
    shown.begin()
    for name, start, there in (
        ("Next sentence", sentences[4], sentences[5]),
        ("Previous sentence", sentences[4], sentences[3]),
        ("Next paragraph", 0, paragraph_starts(timeline)[1]),
        ("Previous paragraph", paragraph_starts(timeline)[3], paragraph_starts(timeline)[2]),
        ("Forward 15 seconds", 0, 15 * timeline.rate),
        ("Back 15 seconds", 20 * timeline.rate, 5 * timeline.rate),
    ):
        shown.seek(start)
        in_sheet = name != "Back 15 seconds"
        if in_sheet:
            shown.page.get_by_role("button", name="More").click()
        shown.page.get_by_role("button", name=name).click()
        shown.settle()
        assert (name, shown.sample) == (name, there)
        if in_sheet:
            shown.press("Escape")
    bar = shown.page.get_by_role("slider", name="Place in the story")
    bar.focus()
    shown.press("ArrowRight")
    shown.settle()
    assert shown.sample == 6 * timeline.rate
    assert str(bar.get_attribute("aria-valuetext")).startswith("0 minutes 6 seconds of ")


def test_chapters_are_chosen_from_a_list(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# Lamps\n\nBefore all.\n\n## One\n\nIt was dark.\n\n## Two\n\nIt was light.\n\n## Three\n\nIt was late."
    )
    with studio(load(str(tmp_path / "a.md")), tmp_path / "cache") as (timeline, renderer):
        export_story(timeline, renderer, tmp_path / "a.html")
        starts = [timeline.start(section.block) for section in timeline.script.story.sections]
        whole = timeline.duration
    titles = [section.title for section in timeline.script.story.sections]
    with opened(chromium, tmp_path / "a.html") as shown:
        ticks = str(shown.page.locator(".ticks path").get_attribute("d"))
        places = [float(x) for x in re.findall(r"M([\d.]+) ", ticks)]
        assert places == pytest.approx([start * 1000 / whole for start in starts if start], abs=0.1)
        shown.press("c")
        links = shown.page.get_by_role("dialog", name="Chapters").get_by_role("link")
        assert links.all_inner_texts() == titles
        links.nth(2).click()
        shown.settle()
        assert shown.sample == starts[2]
        for key, chapter in (("p", 1), ("p", 0), ("n", 1), ("n", 2)):
            shown.press(key)
            shown.settle()
            assert (key, shown.sample) == (key, starts[chapter])


def test_of_very_many_chapters_the_bar_marks_the_higher_ones(tmp_path: Path, tone_engine: str) -> None:
    """Chapters of a book may begin with any block: a page of a contents list need not lead to a heading."""
    story = story_of(*(f"Part {n}." for n in range(180)))
    sections = tuple(Section(n, f"Part {n}", 2 if n % 20 else 1) for n in range(len(story.blocks)))
    export(replace(story, sections=sections), tmp_path / "a.html", tmp_path / "cache", tone_engine)
    ticks = re.findall(r'class="ticks".*?<path d="([^"]*)"', (tmp_path / "a.html").read_text(), re.DOTALL)
    assert [path.count("M") for path in ticks] == [8]


def test_lock_screens_know_the_story_and_skip_in_it(chromium: Browser, lamp: tuple[Path, Timeline]) -> None:
    watch = """
      globalThis.handlers = {};
      MediaSession.prototype.setActionHandler = (name, handler) => { handlers[name] = handler };
    """
    with opened(chromium, lamp[0], before=watch) as shown:
        assert shown.do("navigator.mediaSession.metadata.title") == "The Keeper of the Lamp Room"
        assert shown.do("navigator.mediaSession.metadata.artist") == "Marta Lindqvist"
        assert shown.do("navigator.mediaSession.metadata.artwork[0].src").startswith("data:image/jpeg;base64,/9j/")
        for action, details, there in (
            ("nexttrack", {}, paragraph_starts(lamp[1])[1]),
            ("seekforward", {"seekOffset": 10}, paragraph_starts(lamp[1])[1] + 10 * lamp[1].rate),
            ("seekto", {"seekTime": 30}, 30 * lamp[1].rate),
            ("seekbackward", {}, 15 * lamp[1].rate),
        ):
            shown.do(f"(details) => handlers.{action}(details)", details)
            shown.settle()
            assert (action, shown.sample) == (action, there)
        shown.do("handlers.play()")
        shown.until("!document.getElementById('sound').paused")
        shown.do("handlers.pause()")
        assert not shown.playing


def test_it_opens_again_where_it_was_left(shown: Opened, lamp: tuple[Path, Timeline]) -> None:
    shown.seek(lamp[1].duration // 3)
    shown.press("]", "]", "t")
    theme = shown.do("document.documentElement.dataset.theme")
    sentence, place = shown.sentence(), shown.painted("word")
    assert place is not None
    shown.page.reload()
    shown.settle()
    assert shown.painted("word") == place
    assert 0 <= lamp[1].duration // 3 - shown.sample < lamp[1].rate
    assert shown.page.get_by_role("button", name=re.compile(r"Go on from \d:\d\d\?")).is_visible()
    assert shown.do("document.getElementById('sound').playbackRate") == 1.2
    assert shown.do("document.documentElement.dataset.theme") == theme
    assert shown.sentence() == sentence
    shown.page.get_by_role("button", name="From the beginning").click()
    shown.until("!document.getElementById('sound').paused")
    assert shown.sample < lamp[1].duration // 4


def test_the_place_is_the_word_in_another_speed_too(chromium: Browser, tmp_path: Path, tone_engine: str) -> None:
    story = story_of("One two three four. Five six seven.", "Eight nine ten.")
    for name, speed in (("quick.html", 1.5), ("usual.html", 1.0)):
        with studio(story, tmp_path / name.removesuffix(".html"), tone_engine, speed=speed) as (timeline, renderer):
            export_story(timeline, renderer, tmp_path / name)
    with opened(chromium, tmp_path / "usual.html") as shown:
        shown.begin()
        shown.seek(timeline.start(1) + timeline.words(1, 0)[1].first)
        assert shown.word() == "nine"
        shown.page.goto((tmp_path / "quick.html").as_uri())
        shown.settle()
        assert shown.word() == "nine"
        assert shown.sample < timeline.start(1)
        shown.requests.clear()


def test_the_sheet_has_text_size_sleep_timer_and_the_sound(shown: Opened) -> None:
    shown.page.clock.install()
    shown.begin()
    before = shown.do("parseFloat(getComputedStyle(document.querySelector('#story p')).fontSize)")
    shown.page.get_by_role("button", name="More").click()
    shown.page.get_by_role("button", name="Larger text").click()
    assert shown.do("parseFloat(getComputedStyle(document.querySelector('#story p')).fontSize)") > before
    with shown.page.expect_download() as found:
        shown.page.get_by_role("link", name="Download the sound").click()
    assert found.value.suggested_filename == "The Keeper of the Lamp Room.mp3"
    shown.press("Escape")
    shown.page.get_by_role("button", name="Play", exact=True).click()
    shown.page.get_by_role("button", name="More").click()
    shown.page.get_by_label("Sleep timer").select_option("5 min")
    shown.page.clock.fast_forward(5 * 60_000)
    shown.until("document.getElementById('sound').paused")
    assert shown.page.get_by_role("status").inner_text() == "Paused by the sleep timer"


def test_on_a_phone_the_player_is_slim_and_has_no_volume(chromium: Browser, lamp: tuple[Path, Timeline]) -> None:
    with opened(chromium, lamp[0], viewport=PHONE, has_touch=True, is_mobile=True) as shown:
        shown.begin()
        assert shown.do("document.getElementById('player').offsetHeight") <= PHONE["height"] / 10
        shown.page.get_by_role("button", name="More").click()
        assert shown.page.get_by_label("Sleep timer").is_visible()
        assert not shown.page.get_by_role("slider", name="Volume in per cent").is_visible()


# -- for everybody -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize(
    "size", [PHONE, {"width": 1280, "height": 800}, *ZOOMED], ids=["phone", "desktop", "200 %", "400 %"]
)
def test_axe_finds_nothing(chromium: Browser, lamp: tuple[Path, Timeline], colours: str, size: dict[str, int]) -> None:
    with opened(chromium, lamp[0], color_scheme=colours, viewport=size, bypass_csp=True) as shown:
        shown.seek(lamp[1].duration // 4)
        for at in ("listen", "player", "sheet", "keys"):
            if at == "player":
                shown.begin()
            if at == "sheet":
                shown.page.get_by_role("button", name="More").click()
            if at == "keys":
                shown.press("?")
            found = Axe().run(shown.page)
            assert found.violations_count == 0, found.generate_report()
        assert shown.do("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize("size", [PHONE, *ZOOMED], ids=["phone", "200 %", "400 %"])
def test_zoomed_in_nothing_is_missing_and_the_text_has_room(
    chromium: Browser, lamp: tuple[Path, Timeline], size: dict[str, int]
) -> None:
    with opened(chromium, lamp[0], viewport=size) as shown:
        shown.begin()
        shown.seek(lamp[1].duration // 2)
        assert shown.do("document.getElementById('player').offsetHeight") <= 64
        for button in shown.page.locator("#player").get_by_role("button").all():
            assert within(button.bounding_box(), size), button
        shown.page.get_by_role("button", name="More").click()
        for part in shown.page.locator("#sheet :is(button, select, input, a):not([hidden])").all():
            part.focus()
            part.scroll_into_view_if_needed()
            assert within(part.bounding_box(), size), part
        slider = shown.page.get_by_role("slider", name="Volume in per cent")
        slider.focus()
        shown.press("ArrowLeft")
        assert slider.input_value() == "95"


def within(box: FloatRect | None, size: dict[str, int]) -> bool:
    """Whether something is in the window."""
    return (
        box is not None
        and min(box["x"], box["y"]) >= 0
        and box["x"] + box["width"] <= size["width"]
        and box["y"] + box["height"] <= size["height"]
    )


def test_every_button_is_reached_by_the_keyboard(shown: Opened) -> None:
    shown.press("Tab")
    assert "Listen" in shown.do("document.activeElement.innerText")
    shown.press("Enter")
    shown.until("document.activeElement.id === 'play'")
    shown.page.get_by_role("button", name="Pause", exact=True).press("Enter")
    assert not shown.playing
    names = []
    while "More" not in names:
        shown.press("Tab")
        names.append(shown.do("document.activeElement.ariaLabel"))
    assert names == ["Back 15 seconds", "Speed", "More"]
    shown.press("Enter")
    while shown.do("document.activeElement.ariaLabel") != "Next paragraph":
        shown.press("Tab")
    before = shown.sample
    shown.press("Enter")
    shown.settle()
    assert shown.sample > before


def test_without_a_script_the_browsers_own_player_plays(chromium: Browser, lamp: tuple[Path, Timeline]) -> None:
    with opened(chromium, lamp[0], java_script_enabled=False) as shown:
        assert not shown.page.locator("#player").is_visible()
        assert shown.page.locator("audio").is_visible()
        assert "Lamp Room" in shown.page.locator("h1").inner_text()


def test_it_prints_as_a_plain_article(shown: Opened) -> None:
    shown.page.emulate_media(media="print")
    assert not shown.page.locator("#player").is_visible()
    assert not shown.page.locator("audio").is_visible()
    assert shown.page.locator("h1").is_visible()
    assert shown.do("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


# -- a story is data -----------------------------------------------------------------------------------------------


def test_a_story_full_of_markup_stays_text(chromium: Browser, tmp_path: Path) -> None:
    blocks = (
        Block(BlockKind.HEADING, HOSTILE, 1),
        Block(BlockKind.PARAGRAPH, "An honest word. " + HOSTILE),
        Block(BlockKind.QUOTATION, "\U0001f600 One \U0001f600 two three."),
        Block(BlockKind.LIST_ITEM, HOSTILE, 1),
    )
    story = replace(
        story_of(), title=HOSTILE, blocks=blocks, byline=HOSTILE, source="javascript:alert(3)", published=f"'>{HOSTILE}"
    )
    with studio(story, tmp_path / "cache") as (timeline, renderer):
        export_story(timeline, renderer, tmp_path / "a.html")
    with opened(chromium, tmp_path / "a.html", before="globalThis.alert = () => console.error('it ran')") as shown:
        assert shown.page.locator("script").count() == 2  # the page's own, and the times
        assert shown.page.locator("#story img, #story script, #story b").count() == 0
        for number, block in enumerate(blocks):
            text = shown.page.locator(f"#b{number}").evaluate("(element) => element.textContent")
            assert text == block.text.replace("\u202e", "\ufffd")
        emoji = timeline.words(2, 0)
        word = next(word for word in emoji if blocks[2].text[slice(*word.span)] == "two")
        shown.seek(timeline.start(2) + word.first)
        assert shown.word() == "two"  # places count as the browser counts


def test_only_its_own_parts_may_run(chromium: Browser, lamp: tuple[Path, Timeline]) -> None:
    """Should markup ever get in: the policy refuses a foreign script, a picture from elsewhere, and any request."""
    intruder = """() => {
      const picture = "<img src='https://example.org/i.png' onerror='globalThis.ran = 1'>";
      document.body.insertAdjacentHTML("beforeend", picture);
      const script = document.createElement("script");
      script.textContent = "globalThis.ran = 1";
      document.body.append(script);
      return fetch("https://example.org/").then(() => "answered", () => "refused");
    }"""
    with opened(chromium, lamp[0]) as shown:
        assert shown.do(intruder) == "refused"
        assert shown.do("globalThis.ran") is None
        blocked = {line.split()[1] for line in shown.complaints if line.startswith("blocked:")}
        assert {"img-src", "script-src-elem", "connect-src"} <= blocked
        shown.complaints.clear()
        shown.requests.clear()


def test_it_holds_no_address_but_its_own(lamp: tuple[Path, Timeline]) -> None:
    found: list[str] = []

    class Addresses(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(str(v)[:5] for k, v in attrs if k in ("src", "href", "srcset", "action", "data", "poster"))

    Addresses().feed(lamp[0].read_text())
    assert found
    assert all(address.startswith(("data:", "#")) for address in found)


def test_it_shows_the_storys_own_picture_and_where_it_is_from(chromium: Browser, tmp_path: Path) -> None:
    picture = BytesIO()
    Image.new("RGB", (600, 400), "teal").save(picture, "PNG")
    address = "https://ann:secret@www.example.org/news/7?a=<b>"
    story = replace(
        story_of("It was dark."), picture=Picture(data=picture.getvalue()), byline="Ann", source=address, published=""
    )
    export(story, tmp_path / "a.html", tmp_path / "cache")
    with opened(chromium, tmp_path / "a.html") as shown:
        shown.until("document.querySelector('#story img').naturalWidth === 600")
        assert shown.page.locator(".front p").inner_text() == "Ann\N{NO-BREAK SPACE}· example.org"
        assert "https://www.example.org/news/7?a=<b>" in shown.page.locator("footer").inner_text()
        picture_shown = shown.page.locator("#story img").get_attribute("src")
        assert shown.do("navigator.mediaSession.metadata.artwork[0].src") == picture_shown
    assert "secret" not in (tmp_path / "a.html").read_text()


def test_languages_from_right_to_left(chromium: Browser, tmp_path: Path) -> None:
    story = story_of("كان يا ما كان.", language="ar")
    export(story, tmp_path / "a.html", tmp_path / "cache", language="ar")
    with opened(chromium, tmp_path / "a.html") as shown:
        assert shown.do("[document.documentElement.dir, document.documentElement.lang].join()") == "rtl,ar"
        assert shown.do("document.getElementById('player').dir") == "ltr"


def test_the_sound_can_be_beside_the_page(chromium: Browser, tmp_path: Path, tone_engine: str) -> None:
    story = story_of("One two three four. Five six seven.", "Eight nine ten.")
    files = with_sounds([tmp_path / "a: 1.html"])
    assert [file.name for file in files] == ["a: 1.html", "a: 1.opus", "a: 1.mp3"]
    with studio(story, tmp_path / "cache", tone_engine) as (timeline, renderer):
        for file in files:
            export_story(timeline, renderer, file, Options(split=True), beside=files)
    with opened(chromium, files[0]) as shown:
        shown.page.get_by_role("button", name="Listen · ").click()
        shown.until("document.getElementById('sound').currentTime > 0.1")
        shown.do("document.getElementById('sound').pause()")
        assert shown.do("document.getElementById('sound').currentSrc").endswith("/a%3A%201.opus")
        shown.seek(timeline.start(1) + timeline.words(1, 0)[1].first)
        assert shown.word() == "nine"
        assert shown.do("document.getElementById('sound').duration") == pytest.approx(
            timeline.duration / timeline.rate, abs=0.1
        )
        shown.requests.clear()
    with studio(story, tmp_path / "cache", tone_engine) as (timeline, renderer), pytest.raises(UsageError):
        export_story(timeline, renderer, tmp_path / "alone.html", Options(split=True))


def test_the_same_story_is_the_same_page_and_cancelling_leaves_none(tmp_path: Path) -> None:
    with studio(story_of("# A heading", "It is told. And told again."), tmp_path / "cache") as (timeline, renderer):
        for name in ("a.html", "b.html"):
            export_story(timeline, renderer, tmp_path / name)
        assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()

        cancelled = Event()

        def stop(progress: Progress) -> None:
            cancelled.set()

        with pytest.raises(Cancelled):
            export_story(timeline, renderer, tmp_path / "c.html", progress=stop, cancelled=cancelled)
    assert sorted(path.name for path in tmp_path.glob("*.html")) == ["a.html", "b.html"]
