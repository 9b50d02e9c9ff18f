"""The neural voices of nine languages: words in time, in every language, whatever a story holds."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from player.errors import EngineError, Unspeakable
from player.speech.choosing.registry import choose, profile
from player.speech.engine import Speech
from player.speech.engines.kokoro_engine import catalogue, graph
from player.speech.engines.kokoro_engine.said import Said
from player.speech.engines.kokoro_engine.speaking import _batches, _cut
from player.speech.process.host import Worker
from player.speech.words import words
from player.utterance.manner import PHONEMES
from tests.speech.checks import PATIENCE, kept_files, marked_words, seconds_of_near_silence, shared_cache

Speaking = Callable[[str], Worker]

SENTENCES = {
    "af_heart": "It cost $3.2 billion on Feb. 13, 2025.",
    "bf_emma": "Zoë’s “aunt” took a bath—twice.",
    "ef_dora": "El 25 % de los fondos, ¿quién lo pagará?",
    "ff_siwis": "C’est-à-dire qu’il n’y en a pas.",
    "hf_alpha": "गुरुवार को धन बढ़ाया गया।",
    "if_sara": "Il governo l’ha annunciato giovedì.",
    "zf_xiaoxiao": "在2025年，GDP增加3.5%。",
    "pf_dora": "O governo anunciou um aumento de 3,5 %.",
}
if not profile("kokoro").missing_for("ja"):  # 330 MB that nobody need install for the tests
    SENTENCES["jf_alpha"] = "政府は2025年に「GDP」を発表した。"
QUICK = ("ff_siwis", "zf_xiaoxiao")


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Speaking]:
    """Gives the worker of a voice, started when it is first wanted."""
    if profile("kokoro").missing:
        pytest.skip("the extra `kokoro` is not installed")
    started: dict[str, Worker] = {}

    def worker(voice: str) -> Worker:
        if voice not in started:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("XDG_CACHE_HOME", str(shared_cache(tmp_path_factory)))
                started[voice] = Worker.start("kokoro", voice, "")
        return started[voice]

    yield worker
    for one in started.values():
        one.kill()


def onset(speech: Speech) -> float:
    """When the first sound begins, in seconds: as loud as a thirtieth of the loudest."""
    samples = array("h", speech.pcm)
    loud = max(map(abs, samples)) / 30
    return next(i for i, sample in enumerate(samples) if abs(sample) > loud) / speech.sample_rate


@pytest.mark.parametrize(
    ("voice", "text"),
    [pytest.param(*pair, marks=[pytest.mark.quick] * (pair[0] in QUICK)) for pair in SENTENCES.items()],
)
def test_every_written_word_has_its_time_in_order(speaking: Speaking, voice: str, text: str) -> None:
    speech = speaking(voice).render(text, PATIENCE)
    marked = marked_words(text, speech)
    if voice == "jf_alpha":  # a mark has the characters of a word
        assert "".join(marked) == "".join(text[start:end] for start, end in words(text))
    else:
        assert marked == [text[start:end] for start, end in words(text)]
    assert all(mark.first < mark.last for mark in speech.marks)
    assert not speech.estimated
    assert abs(speech.marks[0].first / speech.sample_rate - onset(speech)) <= 0.05
    assert speech.marks[-1].last > 0.85 * speech.samples


@pytest.mark.parametrize(
    ("voice", "text", "heard"),
    [
        ("af_heart", "We met {}.", "ˈnjuːtən"),
        ("zf_xiaoxiao", "在{}见面。", "kˈiːjɪv"),
    ],
)
def test_a_word_is_said_as_the_listener_wrote_in_ipa(speaking: Speaking, voice: str, text: str, heard: str) -> None:
    written = text.format(heard.join(PHONEMES))
    speech = speaking(voice).render(written, PATIENCE)
    assert marked_words(written, speech) == [written[start:end] for start, end in words(written)]
    longer = speaking(voice).render(text.format((4 * heard).join(PHONEMES)), PATIENCE)
    assert longer.samples > 1.3 * speech.samples


def test_pauses_are_left_to_the_timeline(speaking: Speaking) -> None:
    before, after = seconds_of_near_silence(speaking("af_heart").render("A sentence ends.", PATIENCE))
    assert before <= 0.04
    assert after <= 0.04


def test_a_sentence_has_the_same_bytes_in_every_worker_and_from_what_the_first_kept(
    speaking: Speaking, own_home: Path
) -> None:
    with Worker.start("kokoro", "ff_siwis", "") as first:
        said = first.render("Bonjour.", PATIENCE)
        kept = kept_files(own_home, "kokoro", {"model.data", "model.onnx"})
    before = {file.name: file.stat().st_mtime_ns for file in kept.iterdir()}
    with Worker.start("kokoro", "ff_siwis", "") as second:
        assert second.render("Bonjour.", PATIENCE) == said == speaking("ff_siwis").render("Bonjour.", PATIENCE)
        used = Path(f"/proc/{second.pid}/maps")
        assert not used.exists() or str(kept / "model.data") in used.read_text(), "it is shared, not copied"
    assert {file.name: file.stat().st_mtime_ns for file in kept.iterdir()} == before


def test_letters_that_it_cannot_say_are_an_error_and_it_goes_on(speaking: Speaking) -> None:
    worker = speaking("af_heart")
    with pytest.raises(Unspeakable, match="no sound for these letters"):
        worker.render("你好", PATIENCE)
    assert worker.render("😀").samples == 0
    assert worker.render("Hello.").samples > 0


def test_a_text_of_more_than_one_pass_is_said_to_its_end(speaking: Speaking) -> None:
    text = "It was said that " + "the representatives of several organisations met again, " * 9 + "twice."
    speech = speaking("af_heart").render(text, PATIENCE)
    assert marked_words(text, speech) == [text[start:end] for start, end in words(text)]
    assert speech.samples / speech.sample_rate > 25
    assert speech.marks[-1].last > 0.95 * speech.samples
    longest = max(b.first - a.last for a, b in zip(speech.marks, speech.marks[1:], strict=False))
    assert longest < 1.0 * speech.sample_rate


@pytest.mark.quick
@pytest.mark.parametrize("length", [1, 40, 2000])
def test_no_pass_is_longer_than_the_network_allows(length: int) -> None:
    said = [Said(i, i + 1, "a" * length, " ") if i % 7 else Said(0, 0, ",", " ") for i in range(200)]
    passes = list(_batches([*_cut(said)]))
    assert "".join(s.phonemes + s.blank for batch in passes for s in batch).count("a") == 171 * length
    assert all(0 < sum(len(s.phonemes) + len(s.blank) for s in batch) <= 509 for batch in passes)


@pytest.mark.quick
def test_hibari_speaks_english_and_kokoro_the_languages_that_hibari_lacks() -> None:
    if profile("kokoro").missing or profile("hibari").missing:
        pytest.skip("the extras `neural` and `kokoro` are not installed")
    assert choose(None, None, "en-GB")[0] == "hibari"
    assert {choose(None, None, tag)[0] for tag in ("es", "fr-CA", "hi", "it", "pt", "pt-BR", "zh-CN")} == {"kokoro"}
    assert choose(None, None, "ja")[0] == ("pyttsx3" if profile("kokoro").missing_for("ja") else "kokoro")
    assert {choose(None, None, tag)[0] for tag in ("de", "pl", "pt-PT")} == {"pyttsx3"}


@pytest.mark.quick
def test_poor_voices_are_hidden() -> None:
    shown = {entry.name for entry in catalogue.shown()}
    assert {"af_heart", "bm_george", "em_alex", "zf_xiaoxiao"} <= shown
    assert not shown & {"am_adam", "am_santa", "bm_lewis", "bf_alice"}
    assert len(catalogue.entries()) == 54


@pytest.mark.quick
def test_the_best_understood_chinese_voice_comes_first_and_that_of_a_dialect_last() -> None:
    chinese = [entry.name for entry in catalogue.shown() if entry.language == "cmn"]
    assert (chinese[0], chinese[-1]) == ("zf_xiaoyi", "zf_xiaoni")


def test_a_damaged_network_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in graph.PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
        (tmp_path / package / "part.bin").write_bytes(b"a network by somebody else")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(EngineError, match="not the one expected"):
        graph.read()
