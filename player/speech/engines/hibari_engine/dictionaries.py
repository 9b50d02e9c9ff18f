"""From words to phonemes, by the package's own rules: with its dictionaries as they come, or as tables."""

from __future__ import annotations

import logging
from typing import Any

from player.speech import derived
from player.speech.engines.hibari_engine.tables import packed, unpacked

_logger = logging.getLogger(__name__)

_FORMAT = "tables 1"
_NAME = "dictionaries"
_SMALL = "tags"


def load(version: str) -> tuple[Any, bool]:
    """The package's G2P, and whether it is the quick one, out of tables. Both give the same phonemes.

    Takes 0.03 s and 15 MB with the tables, 0.4 s and 80 MB without.
    """
    key = _key(version)
    data = derived.load("hibari", _NAME, key)
    if data is not None:
        try:
            return _from_tables(data), True
        except (ValueError, KeyError, TypeError, AttributeError, ImportError):
            _logger.warning("the tables of the dictionaries cannot be used", exc_info=True)
    return _as_it_comes(), False


def keep(g2p: Any, version: str) -> None:
    """Keep the dictionaries of a whole G2P as tables: 1 s."""
    tagger = g2p.tagger
    tables = {
        "gold": g2p.lexicon.golds.d,
        "silver": g2p.lexicon.silvers.d,
        "tagdict": tagger.tagdict,
        "weights": tagger.weights,
        "vocab": dict.fromkeys(sorted(tagger.vocab), 1),
    }
    derived.keep("hibari", _NAME, _key(version), packed(tables, tags=tagger.tags))


def _as_it_comes() -> Any:
    import gc

    from hibari.g2p import G2P

    gc.disable()  # collecting among 300,000 new strings, none of them garbage, would take 0.1 s
    try:
        return G2P()
    finally:
        gc.freeze()
        gc.enable()


def _from_tables(data: bytes) -> Any:
    """The package's own parts, put together as its G2P does it in version 0.2.1."""
    from hibari.g2p import G2P, Lexicon, Tagger, Tokenizer, _load_json

    tables, small = unpacked(data)
    g2p = object.__new__(G2P)
    g2p.lexicon = Lexicon(tables["gold"], tables["silver"], british=False)
    g2p.tokenizer = Tokenizer(_load_json("tokenizer_exceptions.json"))
    g2p.tagger = Tagger({"tagdict": tables["tagdict"], "tags": small["tags"], "weights": tables["weights"]})
    g2p.tagger.vocab = tables["vocab"]
    g2p._oov, g2p.unk, g2p.british = None, "", False
    return g2p


def _key(version: str) -> str:
    return f"{_FORMAT} {version}"
