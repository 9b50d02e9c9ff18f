"""Whether a listener understands what is said: a hundred pairs of the table, exported, and heard by Whisper.

    python -m tests.benchmarks.hearing MODEL [ENGINE ...] [--count N]

MODEL is a folder with a Whisper model as CTranslate2 reads it ("whisper-base" is what the figures are of). Needs
faster-whisper beside the project, and takes about four minutes for each engine.

Each pair is set into a sentence that a story might hold, the story is exported as MP3, and the timeline tells
which samples of it are which sentence. What was heard and what was to be said are compared as sounds: Whisper
writes "$5" for "five dollars", so both go through the rules for an engine that reads nothing right by itself (and
count as equal as well when they are without them), numbers become digits, words become phonemes ("bee" and "B",
"Jensler" and "Gensler"), and blanks and marks do not count.
"""

from __future__ import annotations

import re
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np
from numpy.typing import NDArray

from player.audio.rendering.renderer import Renderer
from player.audio.store.cache import DiskCache
from player.audio.timeline import Timeline
from player.audio.voicing.process import VoiceProcess
from player.export import export_story
from player.speech.choosing.registry import profile
from player.speech.english import EnglishPhonemes
from player.utterance.script import Script
from player.utterance.spoken.speakable import speakable
from player.utterance.spoken.speakers.english.number_words import ordinal, two_digits
from tests.benchmarks.measuring import ENGINES
from tests.support.stories import story_of

TABLE = Path(__file__).parents[1] / "utterance" / "spoken" / "spoken.tsv"
HEARING_RATE = 16_000
"""Samples per second that Whisper listens to."""

_CARRIERS = (
    (r"[^a-z\d(±].*[.!?”]\S{0,3}$", "Here is what we know today. {}"),
    (r"see\b", "If you want to know more, {}, and tell me what you think."),
    (r"and/or", "You may bring your children {} your parents."),
    (r"call\b", "If you need any help, please {}."),
    (r"(?:at|on|in|from|by|since|between|after)\b", "As far as I know, it happened {}."),
    (r"open\b", "In the summer the shop is {}."),
    (r"(?:aged|built|est|approx|cf)\b", "The people told us that it was {}."),
    (r"[-±~≈.]?[\d½¾]", "I think that it was {} in the end."),
    (r"", "She wanted to know more about {}."),
    (r"", "Everybody was talking about {} yesterday."),
    (r"", "{}"),
)
"""How a pair begins -> a sentence that may hold it."""
_NUMBERS = {two_digits(n): str(n) for n in range(100)} | {
    two_digits(n)[:-1] + "ies": f"{n}s" for n in range(20, 100, 10)
}
_ORDINALS = {ordinal(n) + end: str(n) + "th" + end for n in range(1, 100) for end in ("", "s")}
_SAID_AS = {
    "to": "2",
    "too": "2",
    "for": "4",
    "oh": "0",
    "o": "0",
    "won": "1",
    "vs": "versus",
    "dollars": "dollar",
    "eh": "a",
    "dr": "doctor",
    "mr": "mister",
    "mrs": "missus",
    "dot": "point",
    "reels": "reals",
    "sixpence": "6pence",
}
_SIGNS = {"§": " section ", "%": " percent ", "&": " and ", "+": " plus ", "@": " at ", "’": "", "'": ""}
_AS_WHISPER_WRITES = (
    (r"\b([a-z])\.(?=[a-z]\b)", r"\1 "),  # "u.s", "a.m"
    (r"(?<=\d),(?=\d{3})", ""),
    (r"(?<!\w)-(?=\d)", "minus "),
    (r"(?<=\d)000000\b", " million"),
    (r"(?<=\d) thousand\b", "000"),
    (r"(?<![\d.])0?\.(?=\d)", "point "),
    (r"(?<=\d)(?:st|nd|rd|th)(s?)\b", r"th\1"),
    (r"\$([\d,.]*\d)", r"\1 dollar"),
    ("¼", " quarter"),
    ("½", " half"),
    ("¾", " 3 quarters"),
    (r"(?<=\d):(?=\d\d)", " "),
    (r"(?<=\d)\.(?=\d\d\s?[ap]\.?m\b)", " "),  # "at 10.30 a.m."
    (r"(?<=\w)\.(?=\w)", " point "),
    (r"\bdollars? (?=(?:to \d|(?:us|canadian|australian|(?:new|hong) \w+) dollar|euro))", ""),  # "$5 to $10"
)
"""Said, and how it is written after a hearing: both become one."""
_LARGE = (
    (re.compile(r"\b(\d{1,2}) hundred(?: and)? (\d\d?)\b"), 2),
    (re.compile(r"\b(\d{1,3}) (?:thousand|000)(?: and)? (\d{1,3})\b"), 3),
)
"""Numbers written in words -> figures of their last part."""
_TIME = re.compile(r"\b(\d\d?):(\d\d)\b")
_WEAK = str.maketrans("ᵊᵻTɾɐ", "əɪttə", "ˈˌː")
"""Phonemes that depend on what is around."""
_WORD = re.compile(
    rf"\d*0s\b|\d+(?:ths?\b)?|(?:{'|'.join(sorted(_NUMBERS | _ORDINALS, key=len, reverse=True))})\b|[^\W\d_]+"
)


class Sentence(NamedTuple):
    """A pair in a sentence to be heard."""

    kind: str
    written: str
    """The pair's own written text."""
    said: str
    """What is said for it."""
    text: str
    """The sentence that holds it."""


def main() -> None:
    """Print the figures for each engine."""
    parser = ArgumentParser(description="How much of what is said is understood.")
    parser.add_argument("model", help="folder of a Whisper model")
    parser.add_argument("engines", nargs="*", default=ENGINES)
    parser.add_argument("--count", type=int, default=100, help="how many pairs of the table")
    asked = parser.parse_args()
    model = import_module("faster_whisper").WhisperModel(asked.model, device="cpu", compute_type="int8")
    for engine in asked.engines:
        with tempfile.TemporaryDirectory() as folder:
            report(engine, chosen(engine, asked.count), Path(folder), model)


def report(engine: str, sentences: Sequence[Sentence], folder: Path, model: Any) -> None:
    """Have the sentences exported and heard, and say where what is heard is not what was to be said."""
    agreed = in_part = 0
    for sentence, spoken, sound in spoken_aloud(sentences, engine, folder):
        heard = " ".join(part.text.strip() for part in transcribed(model, sound))
        in_part += any(said in one for said in sounds(sentence.said) for one in sounds(heard))
        if agree(spoken, heard):
            agreed += 1
        else:
            print(f"  {sentence.kind}: {sentence.written}\n    said:  {spoken}\n    heard: {heard}")
    print(f"{engine}: {agreed} of {len(sentences)} agree; {in_part} but for the words around the pair", flush=True)


def chosen(engine: str, count: int) -> list[Sentence]:
    """So many pairs, evenly over all classes and over each class."""
    kinds: dict[str, list[Sentence]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, written, spoken, *hibari = line.split("\t")
            said = hibari[0] if hibari and engine == "hibari" else spoken
            carried = carry(written, said, engine)
            if carried:
                kinds.setdefault(kind, []).append(Sentence(kind, written, said, carried))
    turns = zip_longest(*(spread(pairs) for pairs in kinds.values()))
    return [pair for turn in turns for pair in turn if pair][:count]


def spread(pairs: Sequence[Sentence], steps: int = 4) -> Iterator[Sentence]:
    """All of them, every fourth first, then those after these."""
    for first in range(steps):
        yield from pairs[first::steps]


def carry(written: str, said: str, engine: str) -> str | None:
    """A text with the pair in it that is said as the pair alone is, or None."""
    for begins, whole_carrier in _CARRIERS:
        carrier = whole_carrier.removesuffix(".") if written.endswith(".") else whole_carrier
        text = carrier.format(written)
        wanted = (carrier.format(said), carrier.format(said.rstrip(".")))
        if re.match(begins, written) and _visible(speakable(text, "en", profile(engine).manner).text) in wanted:
            return text
    return None


def _visible(spoken: str) -> str:
    """Without what only keeps an engine from its mistakes."""
    return spoken.replace("\u2060", "").replace(" .", ".")


def spoken_aloud(
    sentences: Sequence[Sentence], engine: str, folder: Path
) -> Iterator[tuple[Sentence, str, NDArray[np.float32]]]:
    """Each sentence with what is said for it and how it sounds in the exported file."""
    script = Script(story_of(*(s.text for s in sentences)), language="en").spoken_by(profile(engine).manner)
    voicing = VoiceProcess.start(engine, "", "en").voicing()
    timeline = Timeline(script, voicing.rate)
    renderer = Renderer(timeline, voicing, DiskCache(folder / "cache"))
    try:
        export_story(timeline, renderer, folder / "heard.mp3")
    finally:
        renderer.close()
    sound = decoded(folder / "heard.mp3")
    seconds = [timeline.start(block) / timeline.rate for block in range(len(sentences) + 1)]
    for block, sentence in enumerate(sentences):
        spoken = _visible(" ".join(utterance.spoken for utterance in script.utterances(block)))
        first, last = (int(s * HEARING_RATE) for s in seconds[block : block + 2])
        yield sentence, spoken, sound[first:last]


def decoded(file: Path) -> NDArray[np.float32]:
    """The sound of a file as Whisper takes it."""
    resampler = av.AudioResampler("flt", "mono", HEARING_RATE)
    with av.open(str(file)) as container:
        frames = [f for frame in container.decode(audio=0) for f in resampler.resample(frame)]
    return np.concatenate([frame.to_ndarray()[0] for frame in [*frames, *resampler.resample(None)]])


def transcribed(model: Any, sound: NDArray[np.float32]) -> Iterator[Any]:
    """The pieces of text heard."""
    return model.transcribe(sound, language="en", beam_size=5, temperature=0.0, condition_on_previous_text=False)[0]  # type: ignore[no-any-return]


def agree(spoken: str, heard: str) -> bool:
    """Return True if both sound alike. For "ten thirty", Whisper writes "10:30" or "10.30"."""
    for hour, minute in _TIME.findall(spoken):
        heard = heard.replace(f"{hour}.{minute}", f"{hour}:{minute}")
    return not sounds(spoken).isdisjoint(sounds(heard))


def sounds(text: str) -> set[str]:
    """Return in the order in which they sound letters and phonemes, of what is written and of how it is read."""
    for sign, said in _SIGNS.items():
        text = text.replace(sign, said)
    return {*_sounds(text), *_sounds(speakable(text, "en").text)}


def _sounds(text: str) -> tuple[str, str]:
    """Return letters and digits, and phonemes and digits."""
    plain = text.lower()
    for written, said in _AS_WHISPER_WRITES:
        plain = re.sub(written, said, plain)
    found = [_NUMBERS.get(w) or _ORDINALS.get(w) or w for w in _WORD.findall(plain)]
    joined = re.sub(r"(?<=\d) to (?=\d)", " ", " ".join(found))  # it writes "24-7" for both
    for pattern, rest in _LARGE:
        joined = pattern.sub(lambda number, rest=rest: number[1] + number[2].zfill(rest), joined)
    words = [_SAID_AS.get(w, w) for w in joined.split()]
    return "".join(words), "".join(map(phonemes, words))


@cache
def phonemes(word: str) -> str:
    """Return how a word sounds by itself; figures as they are."""
    if word[0].isdigit():
        return word
    return "".join(piece.phonemes for piece in _english().pieces(word)[1]).translate(_WEAK) or word


@cache
def _english() -> EnglishPhonemes:
    return EnglishPhonemes()


if __name__ == "__main__":
    main()
