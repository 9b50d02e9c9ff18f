"""The listener's lexicons: one for all stories, and one for each story that has pronunciations of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from player.story.model import Story
from player.story.text import clean
from player.utterance.lexicon import toml_file
from player.utterance.lexicon.entry import Entry, checked
from player.utterance.lexicon.matching import Lexicon
from player.utterance.manner import Manner, Reads

THIS_STORY = "this story"
"""Label of a story's own entries."""
_NO_NAME = re.compile(r"[^0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Lexicons:
    """Where the lexicons are. Nothing is read before it is asked for."""

    user: Path
    """File of pronunciations for all stories."""
    stories: Path
    """Folder of the files for single stories."""

    def file(self, story: Story | None = None) -> Path:
        """Return the file of a story's own entries; without a story, that of all stories."""
        if story is None:
            return self.user
        whole = story.identity.partition("#")[0]  # a chapter has those of its book
        return self.stories / f"{_NO_NAME.sub('', whole) or 'story'}.toml"

    def of(self, *stories: Story) -> Lexicon:
        """Return the lexicon of a story, or of several that are spoken as one: its own entries count first.

        Raises UsageError, naming file and line, for a file that is wrong, and PlayerError for one that cannot be read.
        """
        own = [(THIS_STORY, toml_file.read(self.file(story))) for story in stories]
        return Lexicon(*own, ("", toml_file.read(self.user)))

    def keep(self, entry: Entry, story: Story | None = None) -> Path:
        """Keep an entry, for one story or for all; return its file. It replaces one of the same word, language and
        engine.

        Raises UsageError for a wrong entry or file, PlayerError when the file cannot be written.
        """
        path = self.file(story)
        toml_file.add(path, [checked(entry)], heading=_heading(story))
        return path

    def settle(self, entry: Entry, story: Story, *, only_here: bool, language: str, manner: Manner) -> None:
        """Keep an entry for a story or for all, and remove entries for the same word that would count before it in
        the story's texts in `language`, spoken by an engine of this manner. An entry that says nothing lets the word
        be said as written. Phonemes stay, for the engines that take them, if this one does not.

        Raises as `keep`.
        """
        files = (self.file(story),) if only_here else (self.file(story), self.user)

        def is_same(other: Entry) -> bool:
            return other.is_of(entry.written) and other.is_for(language, manner.engine)

        if entry.say is None and not entry.ipa:
            for file in files:
                _unsay(file, is_same, manner)
            if only_here:
                words = _as_written(filter(is_same, toml_file.read(self.user)), manner)
                toml_file.add(files[0], words, heading=_heading(story))
            return
        if not entry.ipa and Reads.IPA not in manner.reads:
            known = filter(is_same, (*toml_file.read(files[0]), *toml_file.read(self.user)))
            entry = replace(entry, ipa=next((other.ipa for other in known if other.ipa), ""))
        if not only_here:
            _unsay(files[0], is_same, manner)
        _unsay(files[-1], lambda other: is_same(other) and other.rank >= entry.rank and other.key != entry.key, manner)
        self.keep(entry, story if only_here else None)


def with_entry(lexicon: Lexicon, entry: Entry) -> Lexicon:
    """Return a lexicon with one more entry, which counts before all others. Raises UsageError when it is none."""
    return Lexicon(("", [checked(entry)]), *lexicon.sources)


def _unsay(file: Path, is_meant: Callable[[Entry], bool], manner: Manner) -> None:
    """Remove what entries give to an engine of this manner: phonemes stay if it takes none. Raises as `keep`."""
    takes_phonemes = Reads.IPA in manner.reads
    toml_file.remove(file, lambda entry: is_meant(entry) and (takes_phonemes or not entry.ipa))
    toml_file.add(file, [replace(entry, say=None) for entry in toml_file.read(file) if is_meant(entry)])


def _as_written(entries: Iterable[Entry], manner: Manner) -> list[Entry]:
    """Return entries for the same words that say them as they are written, in place of what an engine of this manner
    is given. Phonemes stay if it takes none."""
    if Reads.IPA in manner.reads:
        return [replace(entry, say=entry.written, ipa="") for entry in entries]
    return [replace(entry, say=entry.written) for entry in entries if entry.say is not None]


def _heading(story: Story | None) -> str:
    if story is None:
        return "Pronunciations for all stories. Entries have written, say, ipa, match-case, language and engine."
    return clean(f"Pronunciations for {story.title} ({story.source})")
