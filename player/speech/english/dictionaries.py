"""Words to phonemes, by the package's own rules, with its dictionaries searched in their JSON text.

As Python dictionaries, their 280,000 entries take 0.4 s and 80 MB before the first sound. Here they stay 10 MB of JSON,
of which a sentence needs some hundred entries; unpacked and sorted once (0.2 s), then kept.
"""

from __future__ import annotations

import json
import logging
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from player.importing import importing
from player.speech import derived
from player.speech.english.sorted_text import Part, SortedText

_logger = logging.getLogger(__name__)

_KNOWN = "0.2.1"
"""The version of the package whose files and classes this module knows."""
_ENGINE = "hibari"


class Texts(NamedTuple):
    """The dictionaries as kept."""

    gold: Part
    """`word":"phonemes","word":"phonemes`, sorted."""
    silver: Part
    weights: Part
    """`feature":{"NN":1.5,"VB":-2},"feature":{"NN":3`, sorted: weights for and against each part of speech."""
    small: dict[str, Any]
    """The rest of the tagger, and "several": words with different phonemes for different parts of speech."""


class _Kept(NamedTuple):
    """How the dictionaries of one English are kept."""

    name: str
    key: str


def load(assets: Path, package: str, *, is_british: bool = False) -> Any:
    """Return the package's G2P: 0.03 s and 15 MB for the known version (0.2 s the first time); others built as
    usual."""
    kind = "dictionaries_gb" if is_british else "dictionaries"
    where = _Kept(kind, f"{kind} 1 of {_KNOWN}")
    if package == _KNOWN:
        try:
            return _g2p(_kept(where) or _unpacked(assets, where, is_british=is_british), assets, is_british=is_british)
        except (OSError, ValueError, KeyError, zlib.error):
            _logger.warning("the dictionaries are not as they were", exc_info=True)
    return as_it_comes(is_british=is_british)


def as_it_comes(*, is_british: bool = False) -> Any:
    """Return the package's G2P with dictionaries built by itself."""
    from hibari.g2p import G2P

    with importing():  # collecting garbage among 300,000 live strings takes 0.1 s
        return G2P(british=is_british)


def _g2p(texts: Texts, assets: Path, *, is_british: bool) -> Any:
    """Return a G2P assembled from the package's own parts."""
    from hibari import g2p as package

    gold, silver = (SortedText(text, b'","', b'":"', _encoded, bytes.decode) for text in (texts.gold, texts.silver))
    weights = SortedText(texts.weights, b'},"', b'":{', _escaped, _object)
    several = texts.small.pop("several")
    g2p = object.__new__(package.G2P)
    g2p.lexicon = package.Lexicon(_Either(several, gold), silver, british=is_british)
    g2p.tokenizer = package.Tokenizer(json.loads((assets / "tokenizer_exceptions.json").read_bytes()))
    g2p.tagger = package.Tagger({**texts.small, "weights": weights})
    g2p._oov, g2p.unk, g2p.british = None, "", is_british
    return g2p


class _Either(NamedTuple):
    """Two dictionaries without a common word, searched as one."""

    few: dict[str, Any]
    many: SortedText

    def get(self, word: str) -> Any:
        return self.few.get(word) or self.many.get(word)


def _encoded(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def _escaped(feature: str) -> bytes:
    return json.dumps(feature, ensure_ascii=False)[1:-1].encode("utf-8", "surrogatepass")


def _object(entries: bytes) -> Any:
    return json.loads(b"{" + entries + b"}")


# -- on the first start --------------------------------------------------------------------------------------


def _kept(where: _Kept) -> Texts | None:
    data = derived.load(_ENGINE, *where)
    if data is None:
        return None
    start = data.index(b"\n") + 1
    (gold, silver, _), small = json.loads(data[:start])
    first, second = start + gold, start + gold + silver
    return Texts(Part(data, start, first), Part(data, first, second), Part(data, second, len(data)), small)


def _unpacked(assets: Path, where: _Kept, *, is_british: bool) -> Texts:
    """Return the dictionaries from the package's files, and keep them if possible. Raises OSError or ValueError."""
    accent = "gb" if is_british else "us"
    gold, several = _lexicon(_read(assets / f"lexicon_{accent}_gold.json.gz"))
    silver, none = _lexicon(_read(assets / f"lexicon_{accent}_silver.json.gz"))
    tagger, _, weights = _read(assets / "tagger.json.gz").partition(b',"weights":{"')
    small = {**json.loads(tagger + b"}"), "several": several}
    if none:
        raise ValueError("phonemes for parts of speech where there were none")
    entries = sorted(weights.rstrip(b"}").split(b'},"'), key=lambda entry: entry.partition(b'":{')[0])
    texts = (gold, silver, b'},"'.join(entries))
    header = json.dumps([[len(text) for text in texts], small]).encode()
    derived.keep(_ENGINE, *where, b"".join((header, b"\n", *texts)))
    first, second, third = (Part(text, 0, len(text)) for text in texts)
    return Texts(first, second, third, small)


def _lexicon(text: bytes) -> tuple[bytes, dict[str, Any]]:
    """Return a lexicon's words with one value, as text (sorted), and those with several.

    Raises ValueError when its layout does not allow searching.
    """
    if not text.startswith(b'{"') or not text.endswith(b'"}') or b"\\" in text:
        raise ValueError("not written as the package's lexicons are")
    several, plain = {}, []
    for part in text[1:-1].split(b"},"):
        before, brace, entries = part.partition(b"{")
        if brace:
            before, _, word = before[:-2].rpartition(b'"')
            several[word.decode()] = _object(entries.rstrip(b"}"))
        plain.append(before.strip(b","))
    return b",".join(filter(None, plain))[1:-1], several


def _read(file: Path) -> bytes:
    return zlib.decompress(file.read_bytes(), 31)  # instead of gzip, which is slower: written in Python
