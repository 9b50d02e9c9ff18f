"""Files and standard input: what opens, what does not, and what is said then."""

from __future__ import annotations

import io
import subprocess
import sys
import unicodedata
from pathlib import Path
from zipfile import ZipFile

import pytest

from player.errors import SourceError, UsageError
from player.story.opening.locate import LARGEST
from tests.story.reading import load, read
from tests.support.epub import Book

HEAVY = ("trafilatura", "lxml", "markdown_it", "urllib3", "charset_normalizer", "certifi")


def test_plain_text_loads_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("A title\n\nSome words — and “more”.\n", encoding="utf-8")
    code = (
        "import sys\nfrom player.story.opening import load\nload(sys.argv[1])\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def story_of(data: bytes) -> tuple[str, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        story = load("-")
        return story.title, story.source, story.identity

    title, source, identity = story_of(b"A title\n\nSome words.\n")
    assert (title, source) == ("A title", "-")
    assert story_of(b"A title\n\nSome words.\n")[2] == identity
    assert story_of(b"A title\n\nOther words.\n")[2] != identity


def test_a_story_without_any_name_is_called_by_its_first_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO(b"It rained for nine days, and on the tenth it snowed."))
    )
    story = load("-")
    assert story.title == "It rained for nine days, and on the"
    assert len(story.blocks) == 1


def test_identity_goes_with_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(tmp_path, "One.\n")
    assert len(first.identity) == 16
    assert read(tmp_path, "Two.\n").identity == first.identity
    assert read(tmp_path, "One.\n", "other.txt").identity != first.identity
    monkeypatch.chdir(tmp_path)
    assert load("story.txt").identity == first.identity
    assert load("story.txt").source == str(tmp_path / "story.txt")


def test_file_addresses(tmp_path: Path) -> None:
    read(tmp_path, "It rained.\n", "a b.txt")
    assert load(f"file://{tmp_path}/a%20b.txt").blocks[0].text == "It rained."


def test_text_is_nfc(tmp_path: Path) -> None:
    text = read(tmp_path, "E\u0301te\u0301 a\u0300 la plage.").blocks[0].text
    assert unicodedata.is_normalized("NFC", text) and text.startswith("Été")


@pytest.mark.parametrize(
    ("source", "says", "hint"),
    [
        ("nowhere.txt", "there is no file nowhere.txt", "a URL"),
        (".", "is a folder", "one of the files"),
        ("ftp://example.com/a", "ftp", "http or https"),
        ("~no-such-person/a.txt", "there is no file ~no-such-person", "a URL"),
        ("www.example.com/story", "there is no file", "https://www.example.com/story"),
        ("news.example.co.uk/a", "there is no file", "https://news.example.co.uk/a"),
        ("127.0.0.1:8000/a.html", "there is no file", "https://127.0.0.1:8000/a.html"),
        ("folder/story.txt", "there is no file", "a URL"),
        ("bad\0name", "cannot be read", ""),
    ],
)
def test_wrong_use(source: str, says: str, hint: str) -> None:
    with pytest.raises((UsageError, SourceError), match=says) as caught:
        load(source)
    assert hint in caught.value.hint
    assert isinstance(caught.value, UsageError) or "\0" in source


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "there is no story"),
        (b" \n\n\t\n", "there is no story"),
        (b"* * *\n\n---\n", "there is no story"),
        (b"%PDF-1.7\n%\xe2\xe3", "is damaged, or no PDF"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/epub+zip", "is damaged"),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml" + b"\0" * 50 + b"word/document.xml", "is damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 9000 + "WordDocument".encode("utf-16-le"), "is an old Word document"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "other than a text"),
        (b"PK\x03\x04" + b"\0" * 40, "is a zip archive"),
        (b"%!PS-Adobe-3.0\n%%Pages: 1\nshowpage\n", "is a PostScript"),
        (b"PK\x03\x04" + b"\0" * 26 + b"Index/Document.iwa" + b"\0" * 50, "Pages document"),
        (b"{\\rtf1\\ansi", "there is no story"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"ID3\x04\0\0", "is an audio file"),
        (b"\x7fELF\x02\x01", "is a program"),
        (b'<?xml version="1.0"?><!-- mine --><opml version="2.0"><head/></opml>', "is a list of feeds"),
        (b'<?xml version="1.0"?><urlset><url><loc>http://x/</loc></url></urlset>', "is a site map"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "there are no stories in the feed"),
        (b'[{"title": "A list", "pages": 3}]', "is data"),
        (b"\0\1\2\3" * 300, "is a binary file"),
    ],
)
def test_what_holds_no_story_says_so(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        read(tmp_path, data, "a.bin")
    assert caught.value.hint
    assert caught.value.exit_code == 1


@pytest.mark.parametrize(
    "text",
    [
        "ID3 tags are old. So is RIFF.",
        '{"Quoted," he said, in braces.}',
        "The ftyp box came first.",
        "Rar! said the lion.",
    ],
)
def test_a_word_like_a_magic_number_is_text(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).blocks[0].text == text


def test_a_file_has_one_identity_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = read(tmp_path, "It rained.\n")
    (tmp_path / "deeper").mkdir()
    monkeypatch.chdir(tmp_path / "deeper")
    assert load("../story.txt") == load("./../deeper/../story.txt") == story


def test_a_very_large_file(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(SourceError, match="larger than 50 MB"):
        load(str(path))


def test_a_book_may_be_as_large_as_its_recording(tmp_path: Path) -> None:
    path = Book({"a.xhtml": "<p>It rained.</p>"}).write(tmp_path / "book.epub")
    with ZipFile(path, "a") as file:
        file.writestr("sound.mp3", bytes(LARGEST))  # not compressed
    assert [block.text for block in load(str(path)).blocks][-1] == "It rained."
