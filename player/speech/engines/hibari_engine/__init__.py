"""The neural engine hibari-tts: one English voice inside a wheel, with word times from the model's own durations."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec, module_from_spec
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from player.speech.engines.hibari_engine import dictionaries
from player.speech.engines.hibari_engine.model import Model
from player.speech.kit import (
    Engine,
    EngineError,
    Manner,
    Misreads,
    Profile,
    Reads,
    Span,
    Speech,
    Voice,
    WordMark,
    finish,
    words,
)
from player.versions import version

_REVISION = 2
"""Raise it when a change here changes the sound or its marks."""
_RATE = 24_000
_FRAME = 600
"""Samples per unit of the model's durations."""
_LATE = 1_200
"""Samples (50 ms) by which the durations lag behind the sound: measured against forced alignment."""
_LONGEST = 400
"""Phonemes the model takes in one pass: the package's own limit."""
_NO_OVERRIDES = str.maketrans("[]", "()")
"""The package reads [text](/phonemes/) as phonemes; round brackets sound the same."""
_LONG_NUMBER = re.compile(r"\d(?:,?\d){36,}")
"""Numbers above decillions, for which the package has no words and fails."""
_DIGIT_SIGN = re.compile(r"[①-⒛⓪⓵-⓿❶-➓]")
"""Circled and bracketed numbers, which the package takes for digits, and fails."""
_LONG_CHAIN = re.compile(r"\S{48,}")
_LINK = re.compile(r"[A-ZÀ-ÖØ-Þ]+(?![a-z])|[A-ZÀ-ÖØ-Þ]?[^\W\d_A-ZÀ-ÖØ-Þ]+|[\d.,]*\d|.")
"""The pieces of a word as the package's dictionary splits it: at symbols, between letters and digits, at inner
capitals."""
_MOST_LINKS = 24
"""Pieces of a chain such as "a-b-c" that the package looks up as one word, in cubic time: 10 ms for this many."""
_VOICE = Voice("hibari", "heart", "en-US", _RATE, "female", "Apache-2.0", "neural, American English")


class _Token(NamedTuple):
    """A piece of normalised text with its phoneme ids, and its samples once rendered."""

    text: str
    ids: tuple[int, ...]
    blanks: tuple[int, ...]
    """Ids of the white space after it."""
    first: int = 0
    last: int = 0


class HibariEngine(Engine):
    """The engine: about a hundred times as fast as speech on one core; 130 MB."""

    name = "hibari"
    profile = Profile(
        languages={"en": 80},
        voices=("heart",),
        needs=("hibari", "onnxruntime", "numpy"),
        install="pip install 'listen-to-story[neural]'",
        speed=50,
        loudness=-25.5,
        manner=Manner(
            reads=frozenset({Reads.ACRONYMS, Reads.INITIALS, Reads.YEARS}),
            misreads=frozenset(
                (
                    Misreads.ACRONYMS_THAT_ARE_WORDS,
                    Misreads.NAMES_BEFORE_CAPITALS,  # its `roman_ordinal` and `roman_cardinal`, in version 0.2.1
                    Misreads.WORDS_BEFORE_STOPS,
                )
            ),
        ),
    )

    def __init__(self) -> None:
        self._package = version("hibari-tts")
        self.version = f"hibari-tts {self._package} r{_REVISION}"
        self._model: Any = None
        self._g2p: Any = None
        self._vocabulary: dict[str, int] = {}

    def voices(self) -> Sequence[Voice]:
        """Return the voice inside the package. Its other voices would be downloads."""
        return (_VOICE,)

    def load(self, voice: Voice) -> None:
        """Load the model and, beside it, the dictionaries: 0.25 s, the first time 0.6 s. Raises EngineError."""
        from concurrent.futures import ThreadPoolExecutor

        # Set before numpy is imported, whose threads would keep other cores busy for 0.1 s, unused.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        assets = _bare_package() / "assets"
        with ThreadPoolExecutor(1) as pool:
            loading = pool.submit(dictionaries.load, assets, self._package)
            try:
                self._model = Model(assets / "hibari.onnx", self._package)
                self._vocabulary = json.loads((assets / "vocab.json").read_text("utf-8"))
            except OSError as e:
                raise EngineError(f"the model of the voice {voice.name} cannot be read ({e})") from e
            self._g2p = loading.result()

    def render(self, text: str, voice: Voice) -> Speech:
        """Return the speech of one utterance at speed 1, with the same noise each time. Raises EngineError."""
        import numpy as np

        normalized, tokens = self._tokens(text)
        parts, said = [], list[_Token]()
        samples = 0
        for batch in _batches(tokens):
            wave, timed = self._say(batch)
            said += (t._replace(first=t.first + samples, last=t.last + samples) for t in timed)
            parts.append(wave)
            samples += len(wave)
        if not parts:
            return Speech(b"", _RATE, ())
        pcm = (np.clip(np.concatenate(parts), -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
        return finish(pcm, _RATE, text, _marks(text, normalized, said, samples) if self._model.is_timed else None)

    def _tokens(self, text: str) -> tuple[str, list[_Token]]:
        """Return the text as the package normalises it, and its tokens with phonemes."""
        from hibari.g2p import normalize

        vocabulary = self._vocabulary
        plain = _DIGIT_SIGN.sub(lambda sign: f" {unicodedata.numeric(sign[0]):.0f} ", text.translate(_NO_OVERRIDES))
        spelled = _LONG_NUMBER.sub(lambda number: " ".join(number[0].replace(",", "")), plain)
        normalized: str = _LONG_CHAIN.sub(_in_parts, normalize(spelled))
        pieces = self._g2p.phonemize_tokens(self._g2p.tokenize(normalized))
        return normalized, [
            _Token(
                p.text,
                tuple(vocabulary[c] for c in p.phonemes or "" if c in vocabulary),
                tuple(vocabulary[c] for c in p.whitespace if c in vocabulary),
            )
            for p in pieces
        ]

    def _say(self, tokens: Sequence[_Token]) -> tuple[Any, list[_Token]]:
        """Return the sound as float32, and the tokens with their samples."""
        import numpy as np
        from hibari import dsp

        ids = [0, *(i for t in tokens for i in (*t.ids, *t.blanks)), 0]
        feed = {"ids": np.asarray([ids], np.int64), "speed": np.asarray([1.0], np.float32)}
        outputs = self._model.run(feed)
        durations = outputs.pop().ravel().tolist() if self._model.is_timed else [0] * len(ids)
        wave = dsp.synth(*(output[0] for output in outputs), np.random.default_rng(0))
        edges = [max(round(e * _FRAME) - _LATE, 0) for e in accumulate(durations, initial=0)]
        timed, at = [], 1
        for token in tokens:
            end = at + len(token.ids)
            timed.append(token._replace(first=edges[at], last=edges[end]))
            at = end + len(token.blanks)
        return wave, timed


def _bare_package() -> Path:
    """Return the package's folder without running its `__init__`, which imports the downloader of voices (0.04 s).

    Raises EngineError when the package is missing.
    """
    spec = find_spec("hibari")
    if spec is None or spec.origin is None:
        raise EngineError("the package hibari-tts is damaged", "reinstall it")
    sys.modules.setdefault("hibari", module_from_spec(spec))
    return Path(spec.origin).parent


def _in_parts(chain: re.Match[str]) -> str:
    """Return a chain with blanks after every `_MOST_LINKS` pieces, so that it is looked up as several words."""
    links = _LINK.findall(chain[0])
    return " ".join("".join(links[i : i + _MOST_LINKS]) for i in range(0, len(links), _MOST_LINKS))


def _batches(tokens: Iterable[_Token]) -> Iterator[list[_Token]]:
    """Yield runs of tokens within the model's limit; only those with something to say."""
    batch: list[_Token] = []
    size = 0
    for token in tokens:
        size += len(token.ids) + len(token.blanks)
        if size > _LONGEST and batch:
            yield batch
            batch, size = [], len(token.ids) + len(token.blanks)
        batch.append(token)
    if any(t.ids and any(c.isalnum() for c in t.text) for t in batch):
        yield batch


def _marks(text: str, normalized: str, tokens: Sequence[_Token], samples: int) -> Iterator[WordMark]:
    """Yield marks for the words of `text`, from the tokens of its normalised form: in order, not overlapping."""
    spans = words(text)
    ours = [text[s.start : s.end].casefold().replace("’", "'") for s in spans]
    end = 0
    for start, stop, first, last in _paired(spans, ours, _said_words(normalized, tokens)):
        begin = max(first, end)
        end = max(min(last, samples), begin)
        yield WordMark(start, stop, begin, end)


def _paired(spans: Sequence[Span], ours: Sequence[str], said: Sequence[_Token]) -> Iterator[WordMark]:
    """Yield written words with the times of the spoken words for them.

    Equal words are matched. Rewritten words ("Feb. 13" -> "February thirteenth", "3/4" -> "three quarters") are matched
    one by one when their numbers are equal, else as a group. Added words belong to the word before ("$5 million" -> "5
    million dollars"); dropped words have no mark.
    """
    from difflib import SequenceMatcher  # 5 ms

    matcher = SequenceMatcher(None, ours, [t.text.casefold() for t in said], autojunk=False)
    mark: WordMark | None = None
    for _, i, i_end, j, j_end in matcher.get_opcodes():
        if i == i_end:  # added
            mark = mark and mark._replace(last=said[j_end - 1].last)
            continue
        if j == j_end:  # dropped
            continue
        count = i_end - i if i_end - i == j_end - j else 1
        for k in range(count):
            if mark is not None:
                yield mark
            a, b = (i + k, i + k + 1) if count > 1 else (i, i_end)
            c, d = (j + k, j + k + 1) if count > 1 else (j, j_end)
            mark = WordMark(spans[a].start, spans[b - 1].end, said[c].first, said[d - 1].last)
    if mark is not None:
        yield mark


def _said_words(normalized: str, tokens: Sequence[_Token]) -> list[_Token]:
    """Return the normalised words that have a sound, each joined from its tokens."""
    spans = words(normalized)
    found: dict[int, _Token] = {}
    at = 0
    for token in tokens:
        at = max(normalized.find(token.text, at), at)
        end = at + len(token.text)
        i = bisect_right(spans, end - 1, key=lambda s: s.start) - 1
        if token.ids and i >= 0 and at < spans[i].end:
            before = found.get(i)
            word = normalized[spans[i].start : spans[i].end]
            found[i] = token._replace(text=word, first=before.first if before else token.first)
        at = end
    return list(found.values())
