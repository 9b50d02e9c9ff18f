"""Subtitles: what other people's readers find in them, and cues that can be read, whatever the text and the voice."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, zip_longest
from pathlib import Path
from threading import Event
from typing import NamedTuple

import av
import lemony_lrc_parser
import pysubs2
import pytest
import srt
import wcwidth
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from player.audio.store.cache import DiskCache
from player.audio.timeline import Timeline
from player.export import DEFAULTS, LEAD_SECONDS, Cancelled, Options, Progress, export_story
from player.export.text.cues import CLOSE, FRAMES, LINE, LONGEST, SHORTEST, Cue, cues
from player.export.text.cues import shown as as_shown
from player.export.text.timing import TimedWord, rounded, timed_sentences
from player.speech.choosing.registry import profile
from player.speech.engine import WordMark
from player.story.model import Story
from player.story.opening import load
from player.story.text import clean
from player.utterance.script import Script
from tests.support.stories import ARTICLE, story_of
from tests.support.studio import export, studio

HOSTILE = (
    "First --> second, 00:00:01.000 --> 00:00:02.000 and on --> it goes.",
    "<c>Red</c> &amp; <b>bold</b> &lt; <v Roger>said</v> {\\an8}up {\\b1}fat <00:00:05.000>soon.",
    "[00:00.00] starts a line, [ti:Another title] and <00:00.00> too. [offset:5000] Last [12] words.",
    "NOTE this. STYLE that. REGION those. WEBVTT 1 2 3.",
    "1",
    "-->",
)
JOINER = "\N{WORD JOINER}"
BRACES = str.maketrans("｛｝", "{}")
"""What SRT has for braces."""


class Shown(NamedTuple):
    """A cue as a reader found it."""

    first: int
    last: int
    """Milliseconds."""
    text: str


def in_vtt(file: Path) -> list[Shown]:
    return [Shown(time_of(c.start), time_of(c.end), html.unescape(c.text)) for c in webvtt.read(str(file))]


def time_of(clock: str) -> int:
    """Milliseconds of "00:01:02.003"."""
    hours, minutes, seconds = clock.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)


def in_srt(file: Path) -> list[Shown]:
    text = file.read_bytes().decode().replace("\r\n", "\n")
    found = list(srt.parse(text, ignore_errors=False))
    assert [cue.index for cue in found] == list(range(1, len(found) + 1))
    return [
        Shown(round(cue.start.total_seconds() * 1000), round(cue.end.total_seconds() * 1000), cue.content)
        for cue in found
    ]


def in_lrc(file: Path) -> list[lemony_lrc_parser.LyricLine]:
    lyrics = lemony_lrc_parser.Lyrics.loads(file.read_text())
    assert lemony_lrc_parser.validate_lyrics(lyrics) == []
    return list(lyrics)


def by_ffmpeg(file: Path) -> list[Shown]:
    """As ffmpeg decodes it, and with it most players."""
    with av.open(str(file)) as container:
        (stream,) = container.streams
        packets = [packet for packet in container.demux(stream) if packet.size]
        return [
            Shown(
                round(packet.pts * packet.time_base * 1000),
                round((packet.pts + packet.duration) * packet.time_base * 1000),
                "".join(without_escapes(rect.ass.decode()) for rect in packet.decode()),
            )
            for packet in packets
        ]


def without_escapes(event: str) -> str:
    """The text of an ASS event: no commands, each brace and line break escaped as ffmpeg does."""
    text = event.split(",", 8)[8].replace("\\{{}", "\0").replace("\\N", "\n")
    assert "{" not in text
    return text.replace("\0", "{")


def letters(text: str) -> str:
    """Text without what breaking may change."""
    return "".join(text.replace(JOINER, "").translate(BRACES).split())


def written(story: Story) -> str:
    """All that subtitles show of a story: the blocks in which something is said."""
    return letters("".join(block.text for block in story.blocks if any(map(str.isalnum, block.text))))


@pytest.fixture(scope="module", params=["pyttsx3", "hibari"])
def article(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Timeline, Path]:
    """The user's article: (timeline, folder with a.vtt, a.srt, a.lrc)."""
    folder = tmp_path_factory.mktemp("article")
    with studio(load(str(ARTICLE)), folder / "cache", request.param) as (timeline, renderer):
        for suffix in ("vtt", "srt", "lrc"):
            summary = export_story(timeline, renderer, folder / f"a.{suffix}")
            assert summary.seconds == pytest.approx(timeline.duration / timeline.rate)
        return timeline, folder


def words_of(timeline: Timeline) -> Iterator[tuple[str, TimedWord]]:
    for sentence in timed_sentences(timeline):
        text = timeline.script.story.blocks[sentence.block].text
        yield from ((text[slice(*word.span)], word) for word in sentence.words)


def milliseconds(timeline: Timeline, samples: int) -> float:
    return samples * 1000 / timeline.rate


# -- the article ---------------------------------------------------------------------------------------------


def test_all_readers_find_the_same_cues_with_the_whole_text(article: tuple[Timeline, Path]) -> None:
    timeline, folder = article
    shown = in_vtt(folder / "a.vtt")
    assert shown == in_srt(folder / "a.srt")
    assert shown == by_ffmpeg(folder / "a.vtt") == by_ffmpeg(folder / "a.srt")
    for file in (folder / "a.vtt", folder / "a.srt"):
        events = pysubs2.load(str(file)).events
        assert [Shown(e.start, e.end, e.plaintext) for e in events] == shown
    assert letters("".join(cue.text for cue in shown)) == written(timeline.script.story)


def test_a_word_is_shown_while_it_sounds(article: tuple[Timeline, Path]) -> None:
    timeline, folder = article
    shown = iter(in_vtt(folder / "a.vtt"))
    cue = next(shown)
    left = letters(cue.text)
    for text, word in words_of(timeline):
        while letters(text) not in left:
            cue = next(shown)
            left = letters(cue.text)
        left = left[left.index(letters(text)) + len(letters(text)) :]
        assert cue.first - 0.5 <= milliseconds(timeline, word.first)
        assert milliseconds(timeline, word.last) <= cue.last + 0.5


def test_a_cue_begins_with_its_first_word(article: tuple[Timeline, Path]) -> None:
    timeline, folder = article
    starts = {round(milliseconds(timeline, word.first)) for _, word in words_of(timeline)}
    assert {cue.first for cue in in_vtt(folder / "a.vtt")} <= starts


def test_every_word_has_its_time_in_lrc(article: tuple[Timeline, Path]) -> None:
    timeline, folder = article
    tokens = [token for line in in_lrc(folder / "a.lrc") for token in line]
    words = list(words_of(timeline))
    assert len(tokens) == len(words)
    for token, (text, word) in zip(tokens, words, strict=True):
        assert letters(text) in letters(token.content)
        assert token.start == pytest.approx(milliseconds(timeline, word.first), abs=5.01)
    assert len(by_ffmpeg_lrc(folder / "a.lrc")) == len(in_vtt(folder / "a.vtt"))


def by_ffmpeg_lrc(file: Path) -> list[float]:
    """When ffmpeg shows each line."""
    with av.open(str(file)) as container:
        assert container.metadata["title"]
        return [float(packet.pts * packet.time_base) for packet in container.demux() if packet.size]


def test_the_article_reads_well(article: tuple[Timeline, Path]) -> None:
    shown = in_vtt(article[1] / "a.vtt")
    texts = [cue.text for cue in shown]
    assert texts[0] == "US-Russia Peace Talks\nNot Betraying Ukraine, Says Hegseth"
    assert "Key European powers, including Germany,\nFrance, Poland, and Britain," in texts
    for text in texts:
        for line in text.split("\n"):
            last = line.split()[-1].lower()
            assert last not in ("the", "a", "of", "to", "in", "and", "that", "president", "vladimir")
    for cue in shown:
        assert 1000 <= cue.last - cue.first <= 7000
        assert len(cue.text) / (cue.last - cue.first) * 1000 <= 20.5


# -- any text, any voice -------------------------------------------------------------------------------------

WORDS = """
    the of in and that President Putin U.S. $3.5bn 90 minutes, “There ended.” e.g. Dr. I Oh! a — really? (so) Feb. 13,
    2025 peace-talks is—was https://example.org/a/very/long/path?with=many&parts=of-it#and-an-end-that-is-far
    Donaudampfschifffahrtsgesellschaftskapitänswitwenrente 东京 中国政府，星期四表示。 「はい。」と言った 서울에서
    שלום مرحبا ภาษาไทยไม่มีช่องว่างระหว่างคำเลยและยาวกว่าหนึ่งบรรทัดเสมอ 👩‍👩‍👧🏳️‍🌈 <c> &amp; *** --> . « ! »
""".split()  # noqa: SIM905
PARAGRAPHS = st.lists(st.sampled_from(WORDS) | st.text(max_size=9), min_size=1, max_size=60).map(" ".join).map(clean)


@st.composite
def timelines(draw: st.DrawFn, *, steady: bool) -> Timeline:
    """A story as said by a voice: a steady one says 15 characters a second and marks every word, a wild one anything
    that the contract of engines allows, and may fail to say a sentence."""
    paragraphs = draw(st.lists(PARAGRAPHS.filter(bool), min_size=1, max_size=4))
    language = draw(st.sampled_from(["en", "de", "fr", "ja", "zh", "th"]))
    rate = draw(st.sampled_from([8000, 22050]))
    chance = draw(st.randoms(use_true_random=False))
    timeline = Timeline(Script(story_of(*paragraphs, language=language)).spoken_by(profile("pyttsx3").manner), rate)
    for block in range(len(timeline.script)):
        for n, utterance in enumerate(timeline.utterances(block)):
            marks, at = [], 0
            for match in re.finditer(r"\S+", utterance.spoken):
                begin = at + (0 if steady else chance.choice((0, 0, rate // 3)))
                length = len(match.group()) * rate // 15 if steady else chance.choice((0, 1, rate // 9, rate * 9))
                at = begin + length
                if steady or chance.random() < 0.8:
                    marks.append(WordMark(match.start(), match.end(), begin, at))
            if not steady and chance.random() < 0.3:
                marks, at = [], chance.choice((0, at))
            timeline.put(block, n, at, marks, estimated=not steady)
    return timeline


def width(line: str) -> int:
    """Cells, for text without what is drawn together."""
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line if unicodedata.category(c)[0] != "M")


def check(timeline: Timeline, found: list[Cue]) -> None:
    """What holds for every text and voice."""
    blocks = timeline.script.story.blocks
    lines = [(cue.block, blocks[cue.block].text[slice(*line)]) for cue in found for line in cue.lines]
    for number, block in enumerate(blocks):
        shown = "".join(line for where, line in lines if where == number)
        assert letters(shown) == (letters(block.text) if timeline.utterances(number) else "")
    for _, line in lines:
        assert line and line == line.strip()
        assert wcwidth.width(line) <= LINE
        assert not line.isalpha() or width(line) <= LINE
    for cue in found:
        for line in cue.lines:
            assert wcwidth.width(as_shown(blocks[cue.block].text, line)) <= LINE
    assert [word for cue in found for word in cue.words] == [word for _, word in words_of(timeline)]
    assert all(1 <= len(cue.lines) <= 2 for cue in found)
    assert [cue.block for cue in found] == sorted(cue.block for cue in found)
    for one, other in pairwise(found):
        gap = other.first - one.last
        assert gap == 0 or gap >= FRAMES * timeline.rate - 1
    for per_second in (100, 1000):
        times = [rounded(at, timeline.rate, per_second) for cue in found for at in (cue.first, cue.last)]
        assert times == sorted(times)
        assert all(first < last for first, last in zip(times[::2], times[1::2], strict=True))


@given(timelines(steady=False))
def test_cues_of_any_voice_show_all_once_and_never_overlap(timeline: Timeline) -> None:
    check(timeline, list(cues(timeline)))


@given(timelines(steady=True))
def test_cues_of_a_steady_voice_can_be_read(timeline: Timeline) -> None:
    found = list(cues(timeline))
    check(timeline, found)
    for cue, following in zip_longest(found, found[1:]):
        for word in cue.words:
            assert cue.first <= word.first < cue.last
        seconds = (cue.last - cue.first) / timeline.rate
        assert seconds <= LONGEST + FRAMES
        assert seconds >= SHORTEST - 0.001 or (following or cue).first == cue.last or following is None
        if following is not None:
            gap = (following.first - cue.last) / timeline.rate
            assert gap == 0 or gap >= CLOSE - 0.001 or seconds > LONGEST - CLOSE


@given(st.integers(0, 2**40), st.integers(0, 9), st.sampled_from([8000, 22050, 24000, 48000]))
def test_rounding_keeps_the_order_and_is_to_the_nearest(samples: int, more: int, rate: int) -> None:
    assert rounded(samples, rate, 1000) <= rounded(samples + more, rate, 1000)
    assert abs(rounded(samples, rate, 1000) * rate - samples * 1000) * 2 <= rate


# -- particular stories --------------------------------------------------------------------------------------


def exported(story: Story, folder: Path, engine: str, *suffixes: str, options: Options = DEFAULTS) -> None:
    with studio(story, folder / "cache", engine) as (timeline, renderer):
        for suffix in suffixes:
            export_story(timeline, renderer, folder / f"a.{suffix}", options)


@pytest.mark.quick
@pytest.mark.parametrize("engine", ["tone", "pyttsx3"])
def test_hostile_text_stays_text(engine: str, tmp_path: Path, tone_engine: str) -> None:
    story = replace(story_of(*HOSTILE, title="A\n\n--> [re:x]\r\n00:00.000 --> <b>"), byline="[ti:Mine]", language="en")
    exported(story, tmp_path, engine, "vtt", "srt", "lrc")
    whole = written(story)
    shown = in_vtt(tmp_path / "a.vtt")
    assert letters("".join(cue.text for cue in shown)) == whole
    assert letters("".join(cue.text for cue in in_srt(tmp_path / "a.srt"))) == whole
    for suffix in ("vtt", "srt"):
        heard = by_ffmpeg(tmp_path / f"a.{suffix}")
        assert letters("".join(cue.text for cue in heard)) == whole
        assert [cue[:2] for cue in heard] == [cue[:2] for cue in shown]
    assert letters("".join(line.text for line in in_lrc(tmp_path / "a.lrc"))) == whole
    tags = lemony_lrc_parser.Lyrics.loads((tmp_path / "a.lrc").read_text()).metadata
    assert tags["ti"] == "A --> (re:x) 00:00.000 --> <b>"
    assert tags["ar"] == "(ti:Mine)"


@pytest.mark.quick
def test_srt_players_find_nothing_to_obey_in_the_text(tmp_path: Path, tone_engine: str) -> None:
    exported(story_of("The sign said {\\an8} and <b>bold</b>, 3 < 4."), tmp_path, tone_engine, "srt")
    (event,) = pysubs2.load(str(tmp_path / "a.srt"), keep_html_tags=False).events
    assert event.text == f"The sign said ｛\\an8｝\\Nand <{JOINER}b>bold<{JOINER}/b>, 3 < 4."


def test_chinese_and_japanese_are_broken_without_blanks(tmp_path: Path, tone_engine: str) -> None:
    text = (
        "首相は木曜日、東京で記者会見を開き、厳しい財政状況にもかかわらず、"
        "鉄道網の拡充計画を維持すると述べた。「これは良い知らせだ」と関係者は話している。"
    )
    story = replace(story_of(text), language="ja")
    exported(story, tmp_path, tone_engine, "vtt")
    lines = [line for cue in in_vtt(tmp_path / "a.vtt") for line in cue.text.split("\n")]
    assert "".join(lines) == text
    assert all(len(line) <= 21 for line in lines)
    assert not any(line[0] in "、。」" or line[-1] == "「" for line in lines)
    assert "維持すると述べた。" in " ".join(lines)


def test_chinese_is_not_broken_before_the_last_character_of_a_clause(tmp_path: Path, tone_engine: str) -> None:
    text = "".join(f"{'东西南北' * n}风，" for n in range(3, 9)) + "大家都在城市里面看着大风吹过来了。"
    exported(replace(story_of(text), language="zh"), tmp_path, tone_engine, "vtt")
    lines = [line for cue in in_vtt(tmp_path / "a.vtt") for line in cue.text.split("\n")]
    assert "".join(lines) == text and len(lines) > 6
    assert not any(len(line) > 1 and line[1] in "，。" for line in lines)


def test_a_word_that_is_broken_has_a_hyphen(tmp_path: Path, tone_engine: str) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente"
    exported(replace(story_of(f"Die {word} steigt, auch in 서울."), language="de"), tmp_path, tone_engine, "vtt", "srt")
    for found in (in_vtt(tmp_path / "a.vtt"), in_srt(tmp_path / "a.srt")):
        lines = [line for cue in found for line in cue.text.split("\n")]
        (broken,) = [n for n, line in enumerate(lines) if line.endswith("-")]
        assert word in lines[broken][:-1] + lines[broken + 1]
        assert max(map(len, lines)) <= LINE


def test_words_have_times_in_vtt_if_asked_for(tmp_path: Path, tone_engine: str) -> None:
    story = story_of("One <b>two</b> & three. Four five six.")
    exported(story, tmp_path, tone_engine, "vtt")
    plain = in_vtt(tmp_path / "a.vtt")
    exported(story, tmp_path, tone_engine, "vtt", options=Options(words=True))
    text = (tmp_path / "a.vtt").read_text()
    assert in_vtt(tmp_path / "a.vtt") == plain, "webvtt-py shows none of the times"
    assert [cue.text for cue in by_ffmpeg(tmp_path / "a.vtt")] == [cue.text for cue in plain]
    assert pysubs2.load(str(tmp_path / "a.vtt"))[0].start == plain[0].first
    with studio(story, tmp_path / "cache", tone_engine) as (timeline, renderer):
        export_story(timeline, renderer, tmp_path / "b.json")
        starts = [round(milliseconds(timeline.with_lead(LEAD_SECONDS), word.first)) for _, word in words_of(timeline)]
    found = [time_of(time) for time in re.findall(r"<([\d:.]+)>", text)]
    assert found == sorted(set(starts) - {cue.first for cue in plain})


@pytest.mark.parametrize("engine", ["tone", "pyttsx3"])
def test_words_light_up_in_ass_when_they_sound(engine: str, tmp_path: Path, tone_engine: str) -> None:
    story = replace(story_of(*HOSTILE, "And an honest sentence of several words, at the end."), language="en")
    exported(story, tmp_path, engine, "ass", "srt")
    found, plain = pysubs2.load(str(tmp_path / "a.ass")), in_srt(tmp_path / "a.srt")
    assert [event.plaintext.translate(BRACES).replace(JOINER, "") for event in found] == [
        cue.text.translate(BRACES).replace(JOINER, "") for cue in plain
    ]
    for event, cue in zip(found, plain, strict=True):
        assert (event.start, event.end) == (pytest.approx(cue.first, abs=5), pytest.approx(cue.last, abs=5))
        lengths = [int(length) for length in re.findall(r"{\\k(\d+)}", event.text)]
        assert sum(lengths) * 10 == event.end - event.start
    assert letters("".join(cue.text for cue in by_ffmpeg_ass(tmp_path / "a.ass"))) == written(story)


def by_ffmpeg_ass(file: Path) -> list[Shown]:
    with av.open(str(file)) as container:
        events = [(p, r.ass.decode()) for p in container.demux() if p.size for r in p.decode()]
    texts = [re.sub(r"{\\k\d+}", "", text.split(",", 8)[8]).replace("\\N", "\n") for _, text in events]
    return [Shown(p.pts, p.pts, text) for (p, _), text in zip(events, texts, strict=True)]


def test_an_address_is_split_rather_than_too_long(tmp_path: Path, tone_engine: str) -> None:
    address = "https://example.org/reports/2025/february/the-whole-report-with-all-its-tables.pdf?download=true&page=12"
    exported(story_of(f"It is at {address} today."), tmp_path, tone_engine, "vtt")
    lines = [line for cue in in_vtt(tmp_path / "a.vtt") for line in cue.text.split("\n")]
    assert max(map(len, lines)) <= LINE
    assert address in "".join(lines)
    assert all(line[-1] in "/?&=.,-_ " for line in lines if line in address and not address.endswith(line))


def test_what_says_nothing_is_not_shown_and_paragraphs_stay_apart(tmp_path: Path) -> None:
    exported(story_of("One.", "* * *", "Two.", "# And a heading"), tmp_path, "pyttsx3", "vtt", "lrc")
    assert [cue.text for cue in in_vtt(tmp_path / "a.vtt")] == ["One.", "Two.", "And a heading"]
    assert [line.text for line in in_lrc(tmp_path / "a.lrc")] == ["One.", "Two.", "And a heading"]


def test_a_story_that_says_nothing_has_no_cues(tmp_path: Path, tone_engine: str) -> None:
    exported(story_of("* * *"), tmp_path, tone_engine, "vtt", "srt", "lrc")
    assert in_vtt(tmp_path / "a.vtt") == [] == in_srt(tmp_path / "a.srt")


def test_at_another_speed_the_times_are_those_of_the_sound(tmp_path: Path) -> None:
    story = load(str(ARTICLE))
    with studio(story, tmp_path / "cache", speed=1.5) as (timeline, renderer):
        export_story(timeline, renderer, tmp_path / "a.vtt")
        last = in_vtt(tmp_path / "a.vtt")[-1].last
        whole = milliseconds(timeline, timeline.with_lead(LEAD_SECONDS).duration)
        assert 0.98 * whole < last < whole + 1  # in whole milliseconds


def test_what_the_voice_could_not_say_is_still_shown(tmp_path: Path, tone_engine: str) -> None:
    story = story_of("All is well. Here it will REFUSE to speak. All is well again.")
    exported(story, tmp_path, tone_engine, "vtt", options=Options(skip_unspeakable=True))
    assert "REFUSE" in " ".join(cue.text for cue in in_vtt(tmp_path / "a.vtt"))


def test_a_file_says_what_it_is_but_not_where_it_was(tmp_path: Path, tone_engine: str) -> None:
    story = replace(story_of("Hello."), title="Tea & <biscuits>", byline="A. Writer", source="/home/me/secret/tea.txt")
    exported(story, tmp_path, tone_engine, "vtt", "lrc")
    (comment,) = webvtt.read(str(tmp_path / "a.vtt")).header_comments
    assert comment.split("\n") == [
        "title: Tea &amp; &lt;biscuits&gt;",
        "byline: A. Writer",
        "language: en",
        "source: tea.txt",
    ]
    tags = lemony_lrc_parser.Lyrics.loads((tmp_path / "a.lrc").read_text()).metadata
    assert (tags["ti"], tags["ar"], tags["la"]) == ("Tea & <biscuits>", "A. Writer", "en")


@pytest.mark.parametrize("suffix", ["vtt", "lrc", "json"])
def test_cancelling_leaves_nothing(suffix: str, tmp_path: Path, tone_engine: str) -> None:
    cancelled = Event()

    def progress(progress: Progress) -> None:
        if progress.done * 2 > progress.total:
            cancelled.set()

    with studio(load(str(ARTICLE)), tmp_path / "cache", tone_engine) as (timeline, renderer):
        target = tmp_path / "out" / f"a.{suffix}"
        target.parent.mkdir()
        with pytest.raises(Cancelled):
            export_story(timeline, renderer, target, progress=progress, cancelled=cancelled)
        assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("suffix", ["vtt", "srt", "lrc", "ass"])
def test_the_same_story_gives_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    story = story_of("One sentence is here. Another one follows it!", "And a last paragraph.")
    export(story, tmp_path / f"a.{suffix}", tmp_path / "one")
    export(story, tmp_path / f"b.{suffix}", tmp_path / "two")
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


@pytest.mark.parametrize("speed", [1.0, 1.7])
def test_what_was_said_before_need_not_be_heard_again(speed: float, tmp_path: Path, tone_engine: str) -> None:
    story = story_of("One sentence is here. Another one follows it!", "And a last paragraph.")
    first = export(story, tmp_path / "a.json", tmp_path / "cache", tone_engine, speed=speed)
    kept = list((tmp_path / "cache").rglob("*.flac"))
    whole = [file.read_bytes() for file in kept]
    store = DiskCache(tmp_path / "cache")
    for file in kept:  # the end of the sound is gone, and sealed so: only who decodes it would notice
        store.put(file.stem, ".flac", (store.get(file.stem, ".flac") or b"")[:-200])
    said = [file.stat().st_size for file in kept]
    assert export(story, tmp_path / "b.json", tmp_path / "cache", tone_engine, speed=speed)[1:] == first[1:]
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert [file.stat().st_size for file in kept] == said
    for file, data in zip(kept, whole, strict=True):
        file.write_bytes(data)
    kept[0].write_bytes(b"not a segment")
    export(story, tmp_path / "c.json", tmp_path / "cache", tone_engine, speed=speed)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "c.json").read_bytes()
