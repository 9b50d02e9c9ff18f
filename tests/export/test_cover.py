"""Covers: the story's own picture where it has one, else one that is drawn from its title."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from player.audio.store.cache import DiskCache, MemoryCache
from player.export.pictures.cover import cover, drawn
from player.story.model import Picture, Story
from player.story.opening import load
from tests.support.stories import story_of
from tests.support.web import serving


def opened(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data)) as picture:
        assert picture.format == "JPEG"
        return picture.convert("RGB")


def a_picture(width: int, height: int, form: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(file, form)
    return file.getvalue()


@pytest.mark.quick
def test_a_story_without_a_picture_gets_one_of_its_own(tmp_path: Path) -> None:
    store = DiskCache(tmp_path)
    story = replace(story_of("Words.", title="The Harbour at Night"), byline="Ada Lind", identity="x")
    first = cover(story, store)
    assert opened(first).size == (1400, 1400)
    assert cover(story, MemoryCache()) == first, "the same for the same story"
    assert cover(replace(story, title="Another"), store) != first
    assert cover(replace(story, byline=""), store) != first


@pytest.mark.parametrize(
    "title", ["夜の港", "قصة", "Война и мир", "Żółć à l’œuvre", "🎉", "x" * 400, "word " * 200, "…"]
)
def test_any_title_can_be_shown(title: str) -> None:
    assert opened(cover(story_of("Words.", title=title), MemoryCache())).size == (1400, 1400)


def white(made: bytes) -> int:
    """How many pixels a title fills."""
    return sum(opened(made).convert("L").histogram()[250:])


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=120), st.text(max_size=60))
def test_no_title_is_too_much_for_it(title: str, byline: str) -> None:
    made = cover(replace(story_of("Words.", title=title), byline=byline), MemoryCache())
    margin = opened(made).crop((1320, 0, 1400, 1400)).getcolors(2_000_000)
    assert margin is not None and len(margin) < 60, "nothing reaches into the margin"


def test_signs_that_the_font_lacks_are_left_out_and_a_long_word_stays_large() -> None:
    plain, long = drawn("Party time", "Ann", "x"), drawn("Donaudampfschifffahrtsgesellschaft" * 2, "", "x")
    heart = "\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}"
    adorned = drawn(f"\N{PARTY POPPER} Party {heart} time \N{FAMILY}", "Ann", "x")
    assert white(adorned) == pytest.approx(white(plain), rel=0.01) and white(plain) > 1000
    assert white(long) > 2 * white(plain)
    assert white(drawn("日本語", "Ann", "x")) == white(drawn("Tokyo 東京", "", "x")) == 0, "no half title"


@pytest.mark.quick
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_the_storys_own_picture_comes_first(form: str) -> None:
    story = replace(story_of("Words."), picture=Picture(data=a_picture(3000, 1500, form)))
    picture = opened(cover(story, MemoryCache()))
    assert picture.size == (1400, 700)
    red, green, blue = picture.getpixel((700, 350))  # type: ignore[misc]
    assert red > 150 and green < 90 and blue < 90


@pytest.mark.parametrize("data", [b"", b"nonsense", a_picture(60, 60), a_picture(400, 400)[:80]])
def test_what_is_no_picture_is_none(data: bytes) -> None:
    plain = cover(story_of("Words."), MemoryCache())
    assert cover(replace(story_of("Words."), picture=Picture(url="", data=data or b"x")), MemoryCache()) == plain


def test_a_page_says_where_its_picture_is_and_it_is_fetched_once(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Fire</title><meta property='og:image' content='/p.png'></head><body><article><h1>Fire</h1>"
        + "<p>The house on the hill burned down last night, and nobody was hurt.</p>" * 8
        + "</article></body></html>"
    )
    store = DiskCache(tmp_path)
    with serving() as web:
        web.page("/p.png", a_picture(800, 800), "image/png")
        story: Story = load(web.page("/story", page.encode()))
        assert story.picture == Picture(url=f"{web.address}/p.png", inside=True)
        first = cover(story, store)
        assert opened(first).size == (800, 800)
    assert cover(story, store) == first, "kept, the site is gone"
    drawn = opened(cover(story, MemoryCache()))
    assert drawn.size == (1400, 1400), "without a network a cover is drawn"


def as_data(picture: bytes) -> str:
    return f"data:image/png;base64,{b64encode(picture).decode()}"


OWN = {
    "declared.html": "<html><head><meta property='og:image' content='p/a%20b.png'></head><body><article>{}</article>",
    "saved.html": "<html><head><meta property='og:image' content='https://no.example/x.png'></head><body>"
    "<img src='p/logo.png'><article><header><img src='p/face.png' width=48><img src='./p/a b.png'></header>"
    "{}</article>",
    "inside.html": f"<html><body><article><img src='{as_data(b'tiny')}'>"
    f"<figure><img src='{as_data(a_picture(700, 500) + bytes(1000))}'></figure>{{}}</article>",
    "text.md": "# Fire\n\n![the house](<p/a b.png>)\n\n{}\n",
}


@pytest.mark.parametrize("name", OWN)
def test_a_file_has_its_picture_in_it_or_beside_it(name: str, tmp_path: Path) -> None:
    words = "<p>The house on the hill burned down last night, and nobody was hurt.</p>" * 8
    (tmp_path / name).write_text(OWN[name].format(words))
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "a b.png").write_bytes(a_picture(700, 500))
    (tmp_path / "p" / "face.png").write_bytes(a_picture(300, 300))
    story = load(str(tmp_path / name))
    assert opened(cover(story, MemoryCache())).size == (700, 500)
    (tmp_path / "p" / "a b.png").unlink()
    gone = (700, 500) if name == "inside.html" else (1400, 1400)
    assert opened(cover(story, MemoryCache())).size == gone


@pytest.mark.parametrize(
    "path", ["../secret.png", "link.png", "%2e%2e/secret.png", "{}", "file://{}", "..\\secret.png"]
)
def test_a_page_reaches_for_no_file_outside_its_folder(path: str, tmp_path: Path) -> None:
    secret, folder = tmp_path / "secret.png", tmp_path / "page"
    folder.mkdir()
    secret.write_bytes(a_picture(700, 500))
    (folder / "link.png").symlink_to(secret)
    text = "<p>The house on the hill burned down last night, and nobody was hurt.</p>" * 8
    page = folder / "a.html"
    page.write_text(f"<html><body><article><img src='{path.format(secret)}'>{text}</article></body></html>")
    assert opened(cover(load(str(page)), MemoryCache())).size == (1400, 1400)


def test_a_saved_page_asks_the_network_for_nothing(tmp_path: Path) -> None:
    text = "<html><head><meta property='og:image' content='http://127.0.0.1:9/x.png'></head><body><article>"
    text += "<p>The house on the hill burned down last night, and nobody was hurt.</p>" * 8 + "</article></body></html>"
    (tmp_path / "a.html").write_text(text)
    assert load(str(tmp_path / "a.html")).picture is None
