"""EPUB with media overlays: accepted by EPUBCheck, and played through as the specification says."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_STORED, ZipFile

import av
import pytest
from lxml import etree

from player.export import LEAD_SECONDS, Options
from player.export.formats.epub import _clips
from player.export.text.timing import TimedSentence, TimedWord, timed_sentences
from player.speech.engine import Samples
from player.story.model import Block, BlockKind, Section, Span, Story
from player.story.opening import load
from tests.support.programs import epubcheck
from tests.support.stories import ARTICLE, story_of
from tests.support.studio import export, studio

NAMES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "smil": "http://www.w3.org/ns/SMIL",
    "x": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
}

BOOK = Story(
    "A <b>Small</b> & ]]> Book",
    (
        Block(BlockKind.HEADING, "A <b>Small</b> & ]]> Book", 1),
        Block(BlockKind.PARAGRAPH, "For nobody in particular."),
        Block(BlockKind.HEADING, "Part <script>alert(1)</script>", 2),
        Block(BlockKind.HEADING, "One", 3),
        Block(BlockKind.PARAGRAPH, "It cost $3.5bn. Is 東京 far? &amp; an emoji 🎉 here."),
        Block(BlockKind.PARAGRAPH, "* * *"),
        Block(BlockKind.LIST_ITEM, "One thing", 1),
        Block(BlockKind.LIST_ITEM, "A thing in it", 2),
        Block(BlockKind.LIST_ITEM, "1. Another list", 1),
        Block(BlockKind.QUOTATION, "Said by “somebody”. Twice."),
        Block(BlockKind.HEADING, "Two", 2),
        Block(BlockKind.PARAGRAPH, "The end."),
        Block(BlockKind.HEADING, "***", 2),
    ),
    byline="Ann & Bob",
    published="2026-03-14",
    language="en-GB",
    source="https://ann:secret@example.org/book?a=1&b=2",
    identity="book",
    sections=(Section(2, "Part <script>"), Section(3, "One", 2), Section(10, "Two"), Section(12, "***")),
)


class Pair(NamedTuple):
    """What a reading system does at one step: it plays a clip, and highlights some text."""

    text: str
    audio: str
    begin: float
    end: float


def check(file: Path) -> None:
    """EPUBCheck says nothing."""
    result = epubcheck(file)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 errors / 0 warnings" in result.stdout


def parse(book: ZipFile, name: str) -> etree._Element:
    return etree.fromstring(book.read(name))


def played(file: Path) -> Iterator[Pair]:
    """Every step, in the order of the spine (EPUB Media Overlays 3.3, 3.3)."""
    with ZipFile(file) as book:
        package = parse(book, "EPUB/package.opf")
        items = {item.get("id"): item for item in package.iterfind(".//opf:item", NAMES)}
        for reference in package.iterfind(".//opf:itemref", NAMES):
            overlay = items[reference.get("idref")].get("media-overlay")
            if overlay is None:
                continue
            smil = parse(book, f"EPUB/{items[overlay].get('href')}")
            for pair in smil.iterfind(".//smil:par", NAMES):
                source, anchor = pair.find("smil:text", NAMES).get("src").split("#")
                assert source == items[reference.get("idref")].get("href")
                (element,) = parse(book, f"EPUB/{source}").xpath("//*[@id=$id]", id=anchor)
                audio = pair.find("smil:audio", NAMES)
                times = [float(audio.get(name).removesuffix("s")) for name in ("clipBegin", "clipEnd")]
                yield Pair("".join(element.itertext()), audio.get("src"), *times)


def sound_length(file: Path, name: str) -> float:
    """Seconds, as decoded."""
    with ZipFile(file) as book, av.open(BytesIO(book.read(f"EPUB/{name}"))) as container:
        return sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    export(BOOK, folder / "book.epub", folder / "cache")
    return folder / "book.epub"


def test_epubcheck_finds_nothing_wrong_with_a_hostile_book(book: Path) -> None:
    check(book)


def test_epubcheck_finds_nothing_wrong_with_words_that_light_up(tmp_path: Path) -> None:
    export(load(str(ARTICLE)), tmp_path / "a.epub", tmp_path / "cache", options=Options(words=True))
    check(tmp_path / "a.epub")


@pytest.mark.parametrize(
    "language, text", [("ar", "حارس يعيش وحده. «من هناك؟»"), ("ja", "海は静かだった。「誰も来ない」と彼は言った。")]
)
def test_epubcheck_finds_nothing_wrong_with_other_scripts(tmp_path: Path, language: str, text: str) -> None:
    story = story_of(text, f"> {text}", language=language)
    export(story, tmp_path / "a.epub", tmp_path / "cache", options=Options(words=True), language=language)
    check(tmp_path / "a.epub")


def test_played_through_it_says_the_whole_story_without_a_gap(book: Path) -> None:
    steps = list(played(book))
    said = [" ".join(step.text for step in steps)]
    written = [block.text for block in BOOK.blocks if any(map(str.isalnum, block.text))]
    assert " ".join(said).split() == " ".join(written).split()
    for before, after in itertools.pairwise(steps):
        if before.audio == after.audio:
            assert before.end == after.begin
        else:
            assert after.begin == 0
    assert all(step.begin < step.end for step in steps)
    for audio in dict.fromkeys(step.audio for step in steps):
        last = [step for step in steps if step.audio == audio][-1]
        assert last.end == pytest.approx(sound_length(book, audio), abs=0.05)


def test_each_sentence_sounds_when_the_timeline_says(book: Path, tmp_path: Path) -> None:
    steps = list(played(book))
    with studio(BOOK, tmp_path) as (timeline, renderer):
        for block in range(len(BOOK.blocks)):
            for n in range(len(timeline.utterances(block))):
                renderer.segment(block, n)
        sentences = list(timed_sentences(timeline))
        assert len(sentences) == len(steps)
        silence = timeline.with_lead(LEAD_SECONDS).start(0) / timeline.rate  # before the first word of all
        assert 0.3 <= silence < 0.35
        for n, (sentence, step) in enumerate(zip(sentences, steps, strict=True)):
            assert step.text == BOOK.blocks[sentence.block].text[slice(*sentence.span)]
            chapter = max(first for first in (0, 2, 10) if first <= sentence.block)
            begin = (sentence.first - timeline.start(chapter)) / timeline.rate
            late = silence if n and chapter == 0 else 0.0  # the silence belongs to the first sentence
            assert step.begin == pytest.approx(begin + late, abs=0.001)


def test_words_are_highlighted_one_by_one_if_wanted(tmp_path: Path) -> None:
    story = story_of("She paid $3.5bn for nothing at all.", "“Yes,” he said.")
    export(story, tmp_path / "a.epub", tmp_path / "cache", options=Options(words=True))
    assert "$3.5bn" in [step.text for step in played(tmp_path / "a.epub")]
    texts = [step.text for step in played(tmp_path / "a.epub")]
    assert len(texts) > 8 and all(" " not in text or text.count(" ") == 1 for text in texts)


def test_it_says_what_it_is(book: Path) -> None:
    with ZipFile(book) as opened:
        package = parse(opened, "EPUB/package.opf")
        first = opened.infolist()[0]
        navigation = parse(opened, "EPUB/nav.xhtml")
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)

    def said(path: str) -> list[str | None]:
        return [element.text for element in package.iterfind(f".//{path}", NAMES)]

    assert said("dc:title") == [BOOK.title]
    assert said("dc:creator") == ["Ann & Bob"]
    assert said("dc:language") == ["en"]
    assert said("dc:date") == ["2026-03-14"]
    assert said("dc:source") == ["https://example.org/book?a=1&b=2"]
    durations = [float((text or "").removesuffix("s")) for text in said("opf:meta[@property='media:duration']")]
    assert durations[0] == pytest.approx(sum(durations[1:]), abs=0.005)
    assert said("opf:meta[@property='media:narrator']") == ["pyttsx3:en-us"]
    titles = ["".join(a.itertext()) for a in navigation.iterfind(".//x:a", NAMES)]
    assert titles == [BOOK.title, "Part <script>", "One", "Two", "***"]
    inner = navigation.findall(".//x:li/x:ol/x:li/x:a", NAMES)
    assert ["".join(a.itertext()) for a in inner] == ["One"]


def test_the_same_story_is_the_same_file(book: Path, tmp_path: Path) -> None:
    export(BOOK, tmp_path / "again.epub", tmp_path / "cache")
    assert (tmp_path / "again.epub").read_bytes() == book.read_bytes()


def test_a_story_from_right_to_left_says_so(tmp_path: Path, tone_engine: str) -> None:
    story = Story("ספר", (Block(BlockKind.PARAGRAPH, "שלום עולם."),))
    export(story, tmp_path / "a.epub", tmp_path / "cache", tone_engine, language="he")
    with ZipFile(tmp_path / "a.epub") as opened:
        assert parse(opened, "EPUB/chapter-000.xhtml").get("dir") == "rtl"
        assert parse(opened, "EPUB/package.opf").find("opf:spine", NAMES).get("page-progression-direction") == "rtl"


def test_no_clip_is_without_length_when_its_times_are_rounded() -> None:
    rate = 22_050
    for first in range(100):
        begins = [Samples(first + 15 * n) for n in range(9)]
        words = tuple(TimedWord(Span(2 * n, 2 * n + 1), begin, begin) for n, begin in enumerate(begins))
        sentence = TimedSentence(0, 0, Span(0, 18), words[0].first, Samples(900), words, False)
        for clip in _clips([sentence], 0, 900, rate, words=True):
            assert f"{clip.first / rate:.3f}" != f"{clip.last / rate:.3f}"
