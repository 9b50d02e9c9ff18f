"""`listen lexicon`: how words are pronounced, listed, changed, tried and exchanged."""

from __future__ import annotations

import time
from collections import Counter, deque
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from player.cli.app import DEFAULTS, THE_SAMPLE, named, typed
from player.cli.output.printing import complain, print_json, print_notices
from player.settings import Settings
from player.story.text import printable

if TYPE_CHECKING:
    from player.story.model import Story
    from player.utterance.lexicon.entry import Entry

lexicon = App(name="lexicon", help="List, change and try how words are pronounced.")
_No = Parameter(negative="")
_ForStory = Annotated[str, Parameter(name="--story", help="The story that it is for; without it, all stories.")]


@lexicon.default
def show(*, story: _ForStory = "", json: Annotated[bool, _No] = False, settings: Settings = DEFAULTS) -> int:
    """List the pronunciations for all stories; with --story, also those of that story.

    Parameters
    ----------
    json
        As JSON: a list of {written, say, ipa, match_case, language, engine, file}.
    """
    from player.utterance.lexicon import toml_file

    files = [settings.lexicons.file(_opened(story, settings))] if story else []
    files.append(settings.lexicons.file())
    found = [(file, entry) for file in files for entry in toml_file.read(file)]
    if json:
        print_json([{**asdict(entry), "file": str(file)} for file, entry in found])
        return 0
    width = max((len(entry.written) for _, entry in found), default=0)
    for file in files:
        entries = [entry for other, entry in found if other == file]
        print(f"{printable(str(file))}: {len(entries)} {'entry' if len(entries) == 1 else 'entries'}")
        for entry in entries:
            print(f"  {printable(entry.written):{width}}  {_told(entry)}")
    return 0


@lexicon.command
def add(
    word: str,
    say: str | None = None,
    /,
    *,
    ipa: str = "",
    match_case: Annotated[bool, _No] = False,
    for_language: str = "",
    for_engine: str = "",
    story: _ForStory = "",
    settings: Settings = DEFAULTS,
) -> int:
    """Keep a pronunciation, as in `listen lexicon add Nguyen Win`; it replaces an earlier one of the same word.

    Parameters
    ----------
    word
        The word or phrase as it is written.
    say
        What is said in its place, spelled as it sounds; "" for nothing.
    ipa
        Its phonemes, for engines that take them; others say the respelling.
    match_case
        Only if its capitals are as given.
    for_language
        Only in this language, as in en or de-AT.
    for_engine
        Only for this speech engine.
    """
    from player.utterance.lexicon.entry import Entry, entered

    entry = entered(Entry(typed(word), None if say is None else typed(say), ipa, match_case, for_language, for_engine))
    opened = _opened(story, settings) if story else None
    file = settings.lexicons.keep(entry, opened)
    print(f"{printable(entry.written)}  {_told(entry)}: {_whose(opened)}, in {printable(str(file))}")
    return 0


@lexicon.command
def remove(word: str, /, *, story: _ForStory = "", settings: Settings = DEFAULTS) -> int:
    """Remove all pronunciations of a word.

    Parameters
    ----------
    word
        The word or phrase as it is written; capitals do not count.
    """
    from player.errors import UsageError
    from player.utterance.lexicon import toml_file

    file = settings.lexicons.file(_opened(story, settings) if story else None)
    wanted = typed(word).casefold().strip()
    removed = toml_file.remove(file, lambda entry: entry.written.casefold() == wanted)
    if not removed:
        raise UsageError(f"there is no {word!r} in {file}", "see listen lexicon")
    for entry in removed:
        print(f"removed: {printable(entry.written)}  {_told(entry)}")
    return 0


@lexicon.command
def test(text: str, /, *, story: _ForStory = "", settings: Settings = DEFAULTS) -> int:
    """Say a text, and print what is said for it and which entries that comes from.

    Parameters
    ----------
    text
        A sentence with the word.
    """
    from player.playback.spoken_sentences import SpokenSentences
    from player.session import Session
    from player.utterance.script_listing import sentence_listing

    session = Session.open(_story_of(text), settings, parts=(_opened(story, settings),) if story else ())
    try:
        for line in sentence_listing(session.spoken, 0):
            print(line, flush=True)
        with session.listen(from_start=True) as listening:
            player = listening.player
            player.transport.play()
            for _ in SpokenSentences(player).until_end(_tick):
                pass
            print_notices(player.notices)
    finally:
        session.close()
    return 0


@lexicon.command(name="import")
def import_(file: Path, /, *, story: _ForStory = "", settings: Settings = DEFAULTS) -> int:
    """Add the pronunciations of a file: PLS (the W3C's Pronunciation Lexicon Specification), or TOML of ours.

    Parameters
    ----------
    file
        A file that ends in .pls or .xml, or in .toml.
    """
    from player.errors import UsageError
    from player.utterance.lexicon import pls, toml_file

    opened = _opened(story, settings) if story else None
    left_out: list[str] = []
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror})", "is its name right?") from error
    if file.suffix.lower() == ".toml":
        entries = toml_file.read(file)
    else:
        entries, left_out = pls.read(data, str(file))
    for line in left_out:
        complain(f"left out, {line}")
    if entries:
        toml_file.add(settings.lexicons.file(opened), entries)
    for_one = Counter(entry.language for entry in entries if entry.language)
    told = ", ".join(f"{number} only in {language}" for language, number in for_one.items())
    print(f"{len(entries)} added for {_whose(opened)}{told and f' ({told})'}, {len(left_out)} left out")
    return 0


@lexicon.command
def export(file: Path, /, *, for_language: str = "en", story: _ForStory = "", settings: Settings = DEFAULTS) -> int:
    """Write the pronunciations to a PLS file.

    Parameters
    ----------
    file
        The file to write; it is replaced if it exists.
    for_language
        The file's language. All entries are written; those of another one have it in an attribute.
    """
    from player import atomic
    from player.errors import UsageError
    from player.utterance.lexicon import pls, toml_file
    from player.utterance.lexicon.entry import language_tag

    language = language_tag(for_language) or "en"
    entries = toml_file.read(settings.lexicons.file(_opened(story, settings) if story else None))
    try:
        atomic.write(file, pls.write(entries, language))
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror})", "choose another place") from error
    print(f"{printable(str(file))}: {len(entries)} {'entry' if len(entries) == 1 else 'entries'}")
    return 0


def _tick() -> bool:
    time.sleep(0.02)
    return True


def _told(entry: Entry) -> str:
    """Return what an entry says, and when: "Win  (en, capitals as written)"."""
    said = "(nothing)" if entry.say == "" else entry.say
    what = "  ".join(printable(part) for part in (said, entry.ipa and f"/{entry.ipa}/") if part)
    case = "capitals as written" if entry.match_case else ""
    when = ", ".join(printable(part) for part in (entry.language, entry.engine, case) if part)
    return f"{what}  ({when})" if when else what


def _whose(story: Story | None) -> str:
    return "all stories" if story is None else printable(story.title)


def _opened(name: str, settings: Settings) -> Story:
    """Return a story by its name. Raises SourceError or UsageError."""
    from player.sources import load_story

    story = load_story(named(THE_SAMPLE, name), settings)
    print_notices(deque(story.notices))
    return story


def _story_of(text: str) -> Story:
    """Return a story of one paragraph. Raises UsageError for a text without anything to say."""
    from player.errors import UsageError
    from player.story.language import detect
    from player.story.model import Block, BlockKind, Story
    from player.story.text import clean

    line = clean(text)
    if not any(map(str.isalnum, line)):
        raise UsageError("there is nothing to say", "give a sentence with the word")
    return Story(line, (Block(BlockKind.PARAGRAPH, line),), language=detect(line), source="-")
