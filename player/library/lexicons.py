"""The listener's lexicons: one for all stories, and one for each story that has pronunciations of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from player.story.model import Story
from player.story.text import clean
from player.utterance.lexicon import toml_file
from player.utterance.lexicon.entry import Entry, checked
from player.utterance.lexicon.matching import Lexicon

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
        """Return what holds for a story, or for several that are spoken as one: its own entries count first.

        Raises UsageError, naming file and line, for a file that is wrong.
        """
        own = [(THIS_STORY, toml_file.read(self.file(story))) for story in stories]
        return Lexicon(*own, ("", toml_file.read(self.user)))

    def keep(self, entry: Entry, story: Story | None = None) -> Path:
        """Keep an entry, for one story or for all; return its file. It replaces one of the same word, language and
        engine.

        Raises UsageError.
        """
        path = self.file(story)
        toml_file.add(path, [checked(entry)], heading=_heading(story))
        return path

    def settle(self, entry: Entry, story: Story, *, only_here: bool, language: str, engine: str) -> None:
        """Keep an entry so that it is heard in a story's texts in `language` that `engine` speaks: entries for the same
        word that would count before it are removed. One that says nothing removes them all.

        Raises UsageError.
        """

        def is_same_word(other: Entry) -> bool:
            same = other.written.casefold() == entry.written.casefold()
            return same and other.is_for(language, engine)

        is_empty = entry.say is None and not entry.ipa
        if is_empty or not only_here:
            toml_file.remove(self.file(story), is_same_word)
        if is_empty:
            toml_file.remove(self.user, is_same_word)
            return
        file = story if only_here else None
        toml_file.remove(
            self.file(file), lambda other: is_same_word(other) and other.rank > entry.rank and not other.match_case
        )
        self.keep(entry, file)


def with_entry(lexicon: Lexicon, entry: Entry) -> Lexicon:
    """Return a lexicon with one more entry, which counts before all others. Raises UsageError when it is none."""
    return Lexicon(("", [checked(entry)]), *lexicon.sources)


def _heading(story: Story | None) -> str:
    if story is None:
        return "Pronunciations for all stories. Entries have written, say, ipa, match-case, language and engine."
    return clean(f"Pronunciations for {story.title} ({story.source})")
