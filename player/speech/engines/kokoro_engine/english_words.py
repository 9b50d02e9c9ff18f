"""English, by the phonemes of the package hibari-tts, whose alphabet is the network's."""

from __future__ import annotations

from player.speech.engines.kokoro_engine.said import Said
from player.speech.english import EnglishPhonemes
from player.speech.english.marks import Timed, marks


class EnglishWords:
    """American or British English. A Phonemes."""

    def __init__(self, *, is_british: bool) -> None:
        """Load the dictionaries: 0.03 s, the first time 0.2 s."""
        self._phonemes = EnglishPhonemes(is_british=is_british)

    def said(self, text: str) -> list[Said]:
        """Return what is said, in order."""
        normalized, pieces = self._phonemes.pieces(text)
        # Which words belong to a piece is told by the marks, with pieces counted in place of samples.
        counted = [Timed(piece.text, bool(piece.phonemes), i, i + 1) for i, piece in enumerate(pieces)]
        found = [Said(0, 0, piece.phonemes, piece.blanks) for piece in pieces]
        for start, end, first, last in marks(text, normalized, counted, len(pieces)):
            for i in range(first, last):
                if pieces[i].phonemes and any(c.isalnum() for c in pieces[i].text):
                    found[i] = found[i]._replace(start=start, end=end)
        return found
