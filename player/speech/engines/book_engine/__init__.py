"""The narrator of a recorded book: its speech is cut from the sound files inside the EPUB."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from player.speech.aligner import estimate
from player.speech.engine import ANY_LANGUAGE
from player.speech.kit import Engine, Manner, Option, Profile, Speech, Unspeakable, Voice, WordMark, finish, words
from player.speech.scripts import every_script
from player.utterance.recorded import Recording, recording, said

_REVISION = 1
"""Raise it when a change here changes the sound or its marks."""
_FEW = 3
"""Words of a clip that count as one, as voices say "the end"."""


class BookEngine(Engine):
    """The engine. The player sets its options when it opens a book with media overlays."""

    name = "smilclips"
    profile = Profile(
        speed=100,
        most_workers=1,
        manner=Manner(recorded=True),
        install="open an EPUB with media overlays",
        set_up_by=("books",),
        options=(
            Option("books", "", "Paths of the books, one a line.", changes_sound=False),
            Option("narrator", "", "Name of who speaks.", changes_sound=False),
        ),
    )

    def __init__(self, *, books: str = "", narrator: str = "") -> None:
        from player.speech.engines.book_engine.sounds import Sounds

        self._sounds = Sounds(books.splitlines())
        self._narrator = narrator
        self.version = f"book r{_REVISION}"

    def voices(self) -> Sequence[Voice]:
        """Return the narrator. Its rate is that of the book's first sound file."""
        name = self._narrator or "narrator"
        scripts = tuple(sorted(every_script()))
        about = "the book's own recording"
        return [Voice(self.name, name, ANY_LANGUAGE, self._sounds.rate, description=about, scripts=scripts)]

    def render(self, text: str, voice: Voice) -> Speech:
        """Return a clip. Raises Unspeakable for a text without one, EngineError when its sound cannot be decoded."""
        found, spoken = recording(text), said(text)
        if found is None:
            raise Unspeakable("this is not part of the book's recording")
        pcm, rate, before = self._sounds.cut(found.sound, found.first, found.last, exact=found.exact)
        marks = _marks(found, spoken, rate, before)
        if not found.exact:
            return finish(pcm, rate, spoken, marks)
        samples = len(pcm) // 2
        if marks is None:
            return Speech(pcm, rate, estimate(spoken, pcm, rate), estimated=True)
        ends = [*(mark.first for mark in marks[1:]), samples]
        return Speech(pcm, rate, tuple(mark._replace(last=end) for mark, end in zip(marks, ends, strict=True)))


def _marks(found: Recording, text: str, rate: int, before: int) -> list[WordMark] | None:
    """Return the exact times of words, if the clips are of words; else None. `before`: samples before the first."""
    spans = [list(_within(text, part.start, part.end)) for part in found.parts]
    most = _FEW if len(spans) > 1 else 1
    if not any(spans) or any(len(span) > most for span in spans):
        return None
    return [
        WordMark(span[0].start, span[-1].end, before + max(round((part.first - found.first) * rate / 1_000_000), 0))
        for span, part in zip(spans, found.parts, strict=True)
        if span
    ]


def _within(text: str, start: int, end: int) -> Iterator[WordMark]:
    """Yield the words of a part of a text."""
    for span in words(text[start:end]):
        yield WordMark(start + span.start, start + span.end, 0)
