"""Stories from the clipboard of a real (invisible) display."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.errors import SourceError
from player.story.opening.clipboard import is_address
from player.story.opening.locate import CLIPBOARD
from tests.story.reading import PAGES, load
from tests.support.display import Display, display
from tests.support.web import serving

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the clipboard of other systems is the tester's own")


@pytest.fixture
def clipboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Display]:
    with display() as shown:
        for name, value in shown.environment.items():
            monkeypatch.setenv(name, value)
        yield shown


def test_text_is_read_as_from_standard_input(clipboard: Display) -> None:
    clipboard.copy("Über den Hafen\n\nEs regnete. Es regnete “lange”.\n".encode())
    story = load(CLIPBOARD)
    assert [block.text for block in story.blocks] == ["Über den Hafen", "Es regnete. Es regnete “lange”."]
    assert (story.title, story.source) == ("Über den Hafen", CLIPBOARD)
    clipboard.copy("Über den Hafen\n\nEs regnete. Es regnete “lange”.\n".encode())
    assert load(CLIPBOARD).identity == story.identity
    clipboard.copy(b"Something else.")
    assert load(CLIPBOARD).identity != story.identity


def test_markdown_and_html_are_known(clipboard: Display) -> None:
    clipboard.copy(b"<p>One <b>word</b>.</p><p>And more.</p>" * 5)
    assert "<" not in load(CLIPBOARD).blocks[0].text
    clipboard.copy(b"# A title\n\nSome **words** and [more](https://h.invalid/).\n")
    assert [block.text for block in load(CLIPBOARD).blocks] == ["A title", "Some words and more."]


def test_an_address_is_the_page(clipboard: Display, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving() as web:
        url = web.page("/ferry", (PAGES / "wire.html").read_bytes())
        clipboard.copy(f" {url}\n".encode())
        story = load(CLIPBOARD, pages=tmp_path)
    assert story == load(url, pages=tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://h.invalid/a?b=c#d", True),
        ("\nHTTP://h.invalid\n", True),
        ("https://h.invalid/a https://h.invalid/b", False),
        ("See https://h.invalid/a", False),
        ("file:///etc/hostname", False),
        ("", False),
    ],
)
def test_what_is_an_address(text: str, expected: bool) -> None:
    assert is_address(text) is expected


@pytest.mark.parametrize("data", [b"", b" \n\t\n"])
def test_nothing_in_the_clipboard(clipboard: Display, data: bytes) -> None:
    with pytest.raises(SourceError, match="there is no text in the clipboard") as caught:
        load(CLIPBOARD)
    assert "copy" in caught.value.hint
    clipboard.copy(data)
    with pytest.raises(SourceError, match="there is no text in the clipboard"):
        load(CLIPBOARD)


def test_a_picture_in_the_clipboard_is_no_text(clipboard: Display) -> None:
    clipboard.copy(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "image/png")
    with pytest.raises(SourceError, match=r"no (?:readable )?text in the clipboard"):
        load(CLIPBOARD)


@pytest.mark.quick
def test_without_a_way_to_the_clipboard_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(SourceError, match="the clipboard cannot be read") as caught:
        load(CLIPBOARD)
    assert "install xclip" in caught.value.hint
