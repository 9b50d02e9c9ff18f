"""Books with a recording: played and exported in their own narrator's voice."""

from __future__ import annotations

import json
import subprocess
from array import array
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from player.errors import EngineError
from player.export import Options
from player.session import Session
from player.settings import Settings
from player.speech.choosing.chosen import chosen_voice
from player.speech.engines.book_engine.sounds import Sounds
from player.story.formats.epub.narration import microseconds
from player.story.model import Story
from player.story.opening import load
from tests.support.programs import require
from tests.support.waiting import wait_until

STORY = """# The lamp by the river

The river rose slowly in the night. Nobody saw it, because the lamp was out. "Come here," said Anna; "it is late."

## The second day

In 1999 the price was $3.5bn. It fell. They walked for a long time along the old road, past the mill and the church,
until the rain began again and they had to stop under a tree.

- One thing.
- Another thing, quite different.

> A quotation stands here.
"""
CONTAINER = '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>'
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata>
<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">Two Paragraphs</dc:title>
<dc:language xmlns:dc="http://purl.org/dc/elements/1.1/">en</dc:language>
<meta property="media:narrator">Ada Reader</meta></metadata><manifest>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml" media-overlay="s"/>
<item id="s" href="a.smil" media-type="application/smil+xml"/></manifest>
<spine><itemref idref="a"/></spine></package>"""
PAGE = """<html xmlns="http://www.w3.org/1999/xhtml"><body><section id="all">
<p id="p1">The river rose slowly. Nobody saw it
in the night.</p><p>This was never recorded.</p>
<div id="p2"><p>The lamp was out again.</p></div></section></body></html>"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a cache of their own."""
    return Settings(cache_dir=str(tmp_path / "cache"), silent=True, engines={})


def exported(story: Story, settings: Settings, *paths: Path, options: Options | None = None) -> Session:
    """Export a story as the command does; return its closed session."""
    session = Session.open(story, settings)
    try:
        list(session.export(paths, lambda _: None, Event(), options=options or Options()))
    finally:
        session.close()
    return session


def opened(path: Path) -> Story:
    """Return the story of a file."""
    story = load(str(path))
    assert isinstance(story, Story)
    return story


def told(path: Path) -> list[tuple[Any, ...]]:
    """Return every block of a JSON export: kind, level, text, and its sentences in time."""
    blocks = json.loads(path.read_text())["blocks"]
    return [
        (
            block["kind"],
            block["level"],
            block["text"],
            [(s["start"], s["end"], s["first"], s["last"]) for s in block["sentences"]],
        )
        for block in blocks
    ]


def words(path: Path) -> Iterator[tuple[int, int, float]]:
    """Yield the words of a JSON export: span and first second."""
    for block in json.loads(path.read_text())["blocks"]:
        for sentence in block["sentences"]:
            yield from ((word["start"], word["end"], word["first"]) for word in sentence["words"])


@pytest.mark.parametrize("by_word", [False, True], ids=["sentences", "words"])
def test_an_own_export_comes_back_with_the_same_sentences_and_times(
    tmp_path: Path, settings: Settings, by_word: bool
) -> None:
    (tmp_path / "story.md").write_text(STORY)
    spoken = Settings(cache_dir=settings.cache_dir, engine="pyttsx3", silent=True)
    first = opened(tmp_path / "story.md")
    options = Options(words=by_word)
    exported(first, spoken, tmp_path / "a.epub", tmp_path / "a.json", options=options)
    book = opened(tmp_path / "a.epub")
    again = exported(book, settings, *(tmp_path / name for name in ("b.json", "b.mp3", "b.vtt")))
    assert [(one.kind, one.text, one.level) for one in book.blocks] == [
        (one.kind, one.text, one.level) for one in first.blocks
    ]
    assert again.narrator.engine == "smilclips"
    assert not again.notices
    for (*one, before), (*other, after) in zip(told(tmp_path / "a.json"), told(tmp_path / "b.json"), strict=True):
        assert one == other
        for sentence, same in zip(before, after, strict=True):
            assert same == pytest.approx(sentence, abs=0.02)
    if by_word:
        pairs = zip(words(tmp_path / "a.json"), words(tmp_path / "b.json"), strict=True)
        assert all(other == pytest.approx(one, abs=0.02) for one, other in pairs)


def test_a_voice_named_by_the_listener_reads_the_book(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "story.md").write_text("# A lamp\n\nIt was out.\n")
    spoken = Settings(cache_dir=settings.cache_dir, engine="pyttsx3", silent=True)
    exported(opened(tmp_path / "story.md"), spoken, tmp_path / "a.epub")
    book = opened(tmp_path / "a.epub")
    for other in (spoken, Settings(cache_dir=settings.cache_dir, narrator="off", silent=True)):
        session = Session.open(book, other)
        session.close()
        assert session.narrator.engine != "smilclips"


def test_one_goes_back_to_the_recording_from_another_voice(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "story.md").write_text("# A lamp\n\nIt was out. Nobody lit it.\n")
    spoken = Settings(cache_dir=settings.cache_dir, engine="pyttsx3", silent=True)
    exported(opened(tmp_path / "story.md"), spoken, tmp_path / "a.epub")
    session = Session.open(opened(tmp_path / "a.epub"), settings)
    try:
        own = session.voices()[0]
        assert (own.engine, own.description) == ("smilclips", "the book's own recording")
        with session.listen() as playing:
            player = playing.player
            for voice in ("pyttsx3:en-us", own.id):
                player.recast(voice)
                wait_until(lambda: player.wanted_voice is None, "the other voice")
                assert player.voice.id == voice
                playing.keep_voice(voice)
            with closing(playing.preview(own.id, "Nobody lit it.")) as preview:
                assert preview.voice.engine == "smilclips"
                heard = preview.renderer.segment(0, 0)
            assert heard is not None
            assert heard.pcm
            with pytest.raises(EngineError, match="not in the book's recording"):
                playing.preview(own.id, "Nobody ever said this.")
            assert not session.notices
    finally:
        session.close()
    wait_until(lambda: chosen_voice(settings.chosen_voices, "en") == "pyttsx3:en-us", "the voice for other stories")


def bound(path: Path, sound: bytes, overlay: str, *, method: int = ZIP_STORED) -> Path:
    """Write a small book with a sound file "s.mp3" (none if empty) and one overlay; return its path."""
    with ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("book.opf", PACKAGE)
        book.writestr("a.xhtml", PAGE)
        book.writestr("a.smil", overlay)
        if sound:
            book.writestr("s.mp3", sound, method)
    return path


def overlay_of(*clips: tuple[str, str, str, str]) -> str:
    """Return SMIL with (element, sound file, begin, end) of clips."""
    pairs = (
        f'<par><text src="a.xhtml#{name}"/><audio src="{sound}" clipBegin="{begin}" clipEnd="{end}"/></par>'
        for name, sound, begin, end in clips
    )
    return f'<smil xmlns="http://www.w3.org/ns/SMIL" version="3.0"><body>{"".join(pairs)}</body></smil>'


@pytest.fixture
def sound(tmp_path: Path, settings: Settings) -> bytes:
    """An MP3 of some seconds of speech."""
    (tmp_path / "sound.md").write_text("The river rose slowly. Nobody saw it in the night. The lamp was out again.")
    spoken = Settings(cache_dir=settings.cache_dir, engine="pyttsx3", silent=True)
    exported(opened(tmp_path / "sound.md"), spoken, tmp_path / "sound.mp3")
    return (tmp_path / "sound.mp3").read_bytes()


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED], ids=["stored", "deflated"])
def test_a_clip_of_a_paragraph_sounds_as_a_whole_and_the_rest_in_the_usual_voice(
    tmp_path: Path, settings: Settings, sound: bytes, method: int
) -> None:
    overlay = overlay_of(("p1", "s.mp3", "0:00:00.200", "4s"), ("p2", "s.mp3", "npt=4.2s", "00:05.9"))
    book = opened(bound(tmp_path / "b.epub", sound, overlay, method=method))
    session = exported(book, settings, tmp_path / "b.json")
    assert book.narrator == "Ada Reader"
    assert [len(block.clips) for block in book.blocks] == [0, 1, 0, 1]
    assert [one.role for n in range(4) for one in session.spoken.utterances(n)] == [1, 0, 1, 0]
    assert not session.notices
    _, first, _, last = told(tmp_path / "b.json")
    assert [text[:2] for text in first[3]] == [(0, 22), (23, 50)]  # both sentences, each from its own first word
    assert first[3][0][3] <= first[3][1][2] < first[3][1][3]
    assert first[3][1][3] - first[3][0][2] == pytest.approx(3.7, abs=0.7)
    assert 0.2 < last[3][0][3] - last[3][0][2] < 1.75


@pytest.mark.parametrize(
    ("overlay", "has_sound"),
    [
        (overlay_of(("p1", "s.mp3", "5s", "4s")), True),
        (overlay_of(("p1", "s.mp3", "soon", "4s")), True),
        (overlay_of(("p1", "https://example.org/s.mp3", "0s", "4s")), True),
        (overlay_of(("p1", "s.mp3", "0s", "4s")), False),
        (overlay_of(("p1", "s.mp3", "0s", "99h")), True),
        ("<smil", True),
    ],
    ids=["backwards", "no time", "remote", "missing", "absurd", "no XML"],
)
def test_damaged_recordings_leave_their_text_to_the_usual_voice_with_one_notice(
    tmp_path: Path, sound: bytes, overlay: str, has_sound: bool
) -> None:
    book = opened(bound(tmp_path / "b.epub", sound if has_sound else b"", overlay))
    assert not any(block.clips for block in book.blocks)
    assert not book.recorded_in
    assert len(book.notices) == 1
    assert "usual voice: parts of a.xhtml" in book.notices[0]


def test_sound_that_cannot_be_decoded_is_replaced_by_a_voice(tmp_path: Path, settings: Settings) -> None:
    overlay = overlay_of(("p1", "s.mp3", "0s", "4s"))
    book = opened(bound(tmp_path / "b.epub", bytes(range(256)) * 99, overlay))
    notices = exported(book, settings, tmp_path / "b.json").notices
    assert all(block[3] for block in told(tmp_path / "b.json"))
    assert [n for n in notices if n.startswith("Parts of “Two Paragraphs” are read by the usual voice: ")]


def test_a_clip_beyond_the_end_of_its_sound_is_read_by_the_usual_voice(
    tmp_path: Path, settings: Settings, sound: bytes
) -> None:
    overlay = overlay_of(("p1", "s.mp3", "0s", "4s"), ("p2", "s.mp3", "10:00", "10:04"))
    session = exported(opened(bound(tmp_path / "b.epub", sound, overlay)), settings, tmp_path / "b.json")
    assert all(block[3] for block in told(tmp_path / "b.json"))
    notice = next(iter(session.notices))
    assert (
        notice
        == "Parts of “Two Paragraphs” are read by the usual voice: the book's recording ends before this sentence"
    )


@pytest.mark.parametrize(("suffix", "codec"), [("m4a", "aac"), ("opus", "libopus")])
def test_other_kinds_of_sound_are_cut_at_the_same_places(
    tmp_path: Path, settings: Settings, sound: bytes, suffix: str, codec: str
) -> None:
    source, made = tmp_path / "in.mp3", tmp_path / f"out.{suffix}"
    source.write_bytes(sound)
    require("ffmpeg")
    command = ["ffmpeg", "-v", "error", "-i", source, "-vn", "-c:a", codec, "-b:a", "96k", made]
    subprocess.run(command, check=True)
    cuts = []
    for file in (source, made):
        with ZipFile(tmp_path / "x.zip", "w") as book:
            book.write(file, file.name)
            entry = book.getinfo(file.name)
            key = f"{entry.CRC:08x}-{entry.file_size}"
        sounds = Sounds([str(tmp_path / "x.zip")])
        later, rate, _ = sounds.cut(key, 3_000_000, 3_500_000, exact=True)
        sooner, _, _ = sounds.cut(key, 500_000, 1_000_000, exact=True)
        whole, _, _ = sounds.cut(key, 0, 5_000_000, exact=True)
        assert _unlike(later, whole[6 * rate : 7 * rate]) < 0.02
        assert _unlike(sooner, whole[rate : 2 * rate]) < 0.02
        cuts.append((len(later) / rate, len(sooner) / rate))
    assert cuts[0] == pytest.approx(cuts[1], abs=0.001)


def _unlike(one: bytes, other: bytes) -> float:
    """Return the share of energy in which two sounds differ."""
    pairs = list(zip(array("h", one), array("h", other), strict=True))
    return sum((a - b) ** 2 for a, b in pairs) / max(sum(b * b for _, b in pairs), 1)


def test_clock_values_of_smil() -> None:
    for clock, seconds in (("1:02:03.5", 3723.5), ("02:03.25", 123.25), ("300ms", 0.3), ("2min", 120), ("12.3", 12.3)):
        assert microseconds(clock) == round(seconds * 1_000_000)
    for clock in ("", "-1s", "soon", "1:2:3:4", "1:00s", "9" * 99):
        assert microseconds(clock) == -1
