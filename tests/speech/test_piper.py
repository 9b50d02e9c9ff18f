"""Piper's voices: a real one from its wheel, and files that a listener may put into the folder of voices."""

from __future__ import annotations

import json
import shutil
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.errors import EngineError, Unspeakable
from player.settings import Settings
from player.speech.choosing import registry
from player.speech.engine import Speech
from player.speech.engines.piper_engine.voice_files import folder_of_voices, installed
from player.speech.process.host import Worker
from player.speech.sound.trimming import peaks
from player.speech.survey import voices as voices_of
from player.story.model import Block, BlockKind, Story
from player.utterance.manner import PHONEMES
from player.utterance.script import Script
from player.who_speaks import casting_of, choose_voice
from tests.speech.checks import marked_words, seconds_of_near_silence

JOE = "en_US-joe-medium"

CASES = {
    "The Kremlin said nothing.": ["The", "Kremlin", "said", "nothing"],
    "“Don’t go,” Zoë said—twice.": ["Don’t", "go", "Zoë", "said", "twice"],
    "One of the men sat on it. It was his.": ["One", "of", "the", "men", "sat", "on", "it", "It", "was", "his"],
    "About 3/4 of U.S. voters met at 10:30 in the F-16.": [
        *["About", "3/4", "of", "U.S.", "voters", "met", "at", "10:30", "in", "the", "F-16"],
    ],
    "In 1990, 25 °C (77 °F): see [this] & that.": ["In", "1990", "25", "°C", "77", "°F", "see", "this", "&", "that"],
    "Peace 😀 at last": ["Peace", "😀", "at", "last"],
}


@pytest.fixture(scope="session")
def joe() -> Iterator[Worker]:
    if registry.profile("piper").missing or not installed(Path("nowhere")):
        pytest.skip("the extras `piper` and `joe` are not installed")
    with Worker.start("piper", JOE, "en") as worker:
        yield worker


@pytest.fixture
def folder(joe: Worker, tmp_path: Path) -> Path:
    """A folder with the wheel's voice under another name, as another language's."""
    return voice_in(tmp_path / "voices", "de_DE-other-high", language={"code": "de_DE"})


def voice_in(folder: Path, name: str, **changes: object) -> Path:
    """Put the wheel's voice into a folder, with a changed description."""
    [wheel] = [voice for voice in installed(Path("nowhere")) if voice.name == JOE]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.onnx").symlink_to(wheel.path)
    told = json.loads(wheel.path.with_name(f"{JOE}.onnx.json").read_text("utf-8"))
    (folder / f"{name}.onnx.json").write_text(json.dumps({**told, **changes}), "utf-8")
    return folder


@pytest.mark.quick
@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_every_written_word_is_marked_in_order(joe: Worker, text: str, expected: list[str]) -> None:
    speech = joe.render(text)
    assert marked_words(text, speech) == expected
    assert not speech.estimated
    assert all(mark.first < mark.last for mark in speech.marks)


def onsets(speech: Speech, quiet_for: float = 0.0) -> list[float]:
    """Where sound begins behind a silence, in seconds."""
    levels = list(peaks(array("h", speech.pcm), speech.sample_rate // 200))
    quiet = [level <= 0.03 * max(levels) for level in levels]
    blocks = round(quiet_for * 200)
    return [i / 200 for i in range(blocks, len(quiet)) if all(quiet[i - blocks : i]) and not quiet[i]]


@pytest.mark.parametrize("text", ["Putin said nothing.", "He left.", "Talks ended on Thursday, the Kremlin said."])
def test_the_first_word_begins_where_the_sound_does(joe: Worker, text: str) -> None:
    speech = joe.render(text)
    assert speech.marks[0].first / speech.sample_rate == pytest.approx(onsets(speech)[0], abs=0.05)


def test_a_word_after_a_pause_begins_where_the_sound_does(joe: Worker) -> None:
    text = "However, the President, tired of waiting, left the room. Talks went on."
    speech = joe.render(text)
    words = marked_words(text, speech)
    for word in ("tired", "left", "Talks"):
        start = speech.marks[words.index(word)].first / speech.sample_rate
        assert min(abs(start - onset) for onset in onsets(speech, 0.06)) <= 0.05


def test_there_is_a_pause_between_sentences(joe: Worker) -> None:
    text = "He left. Talks went on."
    speech = joe.render(text)
    left, talks = speech.marks[1], speech.marks[2]
    assert talks.first - left.last > 0.2 * speech.sample_rate


def test_a_sentence_has_the_same_bytes_in_every_worker(joe: Worker) -> None:
    text = "The conversation reportedly lasted almost 90 minutes."
    joe.render("Something else comes first.")
    with Worker.start("piper", JOE, "en") as another:
        assert another.render(text) == joe.render(text)


def test_pauses_are_left_to_the_timeline(joe: Worker) -> None:
    assert max(seconds_of_near_silence(joe.render("A sentence ends with a pause."))) <= 0.04


def test_a_long_utterance_is_said_to_its_end(joe: Worker) -> None:
    text = "It was said that " + "the representatives of several organisations met again and again, " * 9 + "twice."
    speech = joe.render(text)
    assert len(marked_words(text, speech)) == len(text.split())
    assert speech.marks[-1].last > 0.97 * speech.samples


def test_phonemes_in_the_text_are_said_as_they_are(joe: Worker) -> None:
    given = joe.render("Say həlˈoʊ, Ann.".replace("həlˈoʊ", "həlˈoʊ".join(PHONEMES)))
    assert given.pcm == joe.render("Say hello, Ann.").pcm
    assert len(given.marks) == 3


def test_a_text_without_a_known_phoneme_is_an_error_and_it_goes_on(joe: Worker, tmp_path: Path) -> None:
    folder = voice_in(tmp_path, "few-x-low", phoneme_id_map={"_": [0], "^": [1], "$": [2], " ": [3], "m": [25]})
    with Worker.start("piper", "few-x-low", "en", {"folder": str(folder)}) as worker:
        with pytest.raises(Unspeakable):
            worker.render("Oh?")
        assert worker.render("Mum.").samples > 0


def test_a_part_of_its_name_is_enough(joe: Worker) -> None:
    with Worker.start(*registry.choose(None, "piper:joe", "de"), "de") as worker:
        assert worker.hello().voice.name == JOE


def test_a_voice_in_the_folder_speaks_its_language_by_default(joe: Worker) -> None:
    assert registry.best("de") != "piper"
    voice_in(folder_of_voices(), "de_DE-other-high", language={"code": "de_DE"})
    assert registry.best("de") == registry.best("de-DE") == "piper"
    with Worker.start("piper", "", "de") as worker:
        assert worker.hello().voice.id == "piper:de_DE-other-high"


def test_the_folder_can_be_set_and_a_new_file_changes_the_version(folder: Path) -> None:
    options = {"folder": str(folder)}
    voices = {voice.name: voice for voice in voices_of("piper", {"piper": options})}
    assert voices.keys() == {"de_DE-other-high", JOE}
    assert voices["de_DE-other-high"].language == "de-DE"
    with Worker.start("piper", "de_DE-other-high", "", options) as worker:
        before = worker.hello().version
    network = folder / "de_DE-other-high.onnx"
    with network.readlink().open("rb") as wheel:
        network.unlink()
        network.write_bytes(wheel.read()[:-1])
    with Worker.start("piper", "de_DE-other-high", "", options) as worker:
        assert worker.hello().version != before
        with pytest.raises(EngineError, match="damaged, or not a voice"):
            worker.render("Hello.")


def test_each_speaker_of_a_voice_is_a_voice(joe: Worker, tmp_path: Path) -> None:
    named = voice_in(tmp_path, "en_GB-two-low", num_speakers=2, speaker_id_map={"anna": 0, "ben": 1})
    voice_in(tmp_path, "en_GB-ten-low", num_speakers=3)
    voices = [voice.name for voice in voices_of("piper", {"piper": {"folder": str(named)}})]
    assert {"en_GB-two-low#anna", "en_GB-two-low#ben", "en_GB-ten-low#0", "en_GB-ten-low#2"} <= set(voices)


@pytest.mark.parametrize(
    "described",
    ["", "{", "[]", "{}", "null", '{"audio": {"sample_rate": 0}, "phoneme_id_map": {}}', '{"phoneme_id_map": 5}'],
)
def test_a_damaged_description_is_no_voice(joe: Worker, folder: Path, described: str) -> None:
    (folder / "de_DE-other-high.onnx.json").write_text(described)
    assert [voice.name for voice in installed(folder)] == [JOE]


def test_a_network_alone_is_no_voice(joe: Worker, tmp_path: Path) -> None:
    shutil.copy(__file__, tmp_path / "lonely.onnx")
    assert [voice.name for voice in installed(tmp_path)] == [JOE]


def test_phonemes_that_the_voice_lacks_are_skipped(joe: Worker, tmp_path: Path) -> None:
    few = {sign: [number] for number, sign in enumerate("_^$ .aeiouˈəbdfhklmnpstvz")}
    folder = voice_in(tmp_path, "few-x-low", phoneme_id_map=few)
    with Worker.start("piper", "few-x-low", "en", {"folder": str(folder)}) as worker:
        text = "She thinks of it."
        assert marked_words(text, worker.render(text)) == ["She", "thinks", "of", "it"]


def test_letters_may_be_the_phonemes(joe: Worker, tmp_path: Path) -> None:
    folder = voice_in(tmp_path, "uk_UA-x-low", phoneme_type="text", phoneme_map={"y": ["i", "ː"]})
    with Worker.start("piper", "uk_UA-x-low", "en", {"folder": str(folder)}) as worker:
        text = "My banana, Ann?"
        assert marked_words(text, worker.render(text)) == ["My", "banana", "Ann"]


def test_the_voices_of_a_folder_in_the_settings_speak_their_language_by_themselves(folder: Path) -> None:
    options = {"piper": {"folder": str(folder)}}
    assert registry.choose(None, None, "de-AT", options) == ("piper", "")
    assert registry.choose(None, None, "de-AT") != ("piper", "")
    settings = Settings(engines=options)
    assert choose_voice(settings, "de") == ("piper", "")
    story = Story("", (Block(BlockKind.PARAGRAPH, "Es regnete die ganze Nacht.", language="de"),), language="fi")
    casting, _ = casting_of(Script(story), settings, "pyttsx3")
    assert [other.name for other in casting.others] == ["piper"]


def test_a_voice_from_brazil_leaves_stories_from_portugal_to_others(joe: Worker, tmp_path: Path) -> None:
    voice_in(tmp_path, "pt_BR-other-high", language={"code": "pt_BR"})
    options = {"piper": {"folder": str(tmp_path)}}
    rank = {tag: registry.profile("piper").rank(tag, options["piper"]) for tag in ("pt", "pt-BR", "pt-PT", "pt-AO")}
    assert rank["pt"] == rank["pt-BR"] == rank["pt-AO"] > registry.profile("pyttsx3").rank("pt-PT") > rank["pt-PT"]
    voice_in(tmp_path, "pt_PT-other-high", language={"code": "pt_PT"})
    assert registry.profile("piper").rank("pt-PT", options["piper"]) == rank["pt"]
