"""Who speaks what: voices beside the narrator, for other languages and for quotations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from player.audio.voicing import Voicing
from player.audio.voicing.process import VoiceProcess
from player.errors import EngineError, UsageError
from player.speech.choosing.registry import manner
from player.speech.process.host import Worker
from player.speech.process.workers import StartWorker
from player.story.language_tag import comparable, includes, same_language
from player.story.model import Story
from player.utterance.manner import Manner
from player.utterance.roles import Roles, languages_in
from player.utterance.script import Script
from player.utterance.speakers import speeches

Names = tuple[str, str]
"""(engine, voice's name; "" for the engine's best)."""


@dataclass(frozen=True, slots=True)
class OtherVoice:
    """A voice beside the narrator, chosen but not started."""

    engine: str
    voice: str
    """Its name; empty for the engine's best for the language."""
    language: str
    start_worker: StartWorker = Worker.start
    ready: Voicing | None = None
    """The voice, if it was started already."""
    named_in: str = field(default="", compare=False)
    """Who names it, for errors, as in "cast.toml: Anna"."""
    is_chosen: bool = field(default=False, compare=False)
    """True if it was chosen while listening: it may be gone since. Any other must be there."""
    usual: Names | None = field(default=None, compare=False)
    """In place of a chosen voice that is gone; None: the narrator speaks."""

    @property
    def name(self) -> str:
        """Return what the listener calls it: "engine:voice", or "engine" for the engine's best."""
        return f"{self.engine}:{self.voice}" if self.voice else self.engine

    @property
    def manner(self) -> Manner:
        """Return how its engine reads text."""
        return manner(self.engine)

    def process(self) -> VoiceProcess:
        """Start its worker, and return at once."""
        return VoiceProcess.start(self.engine, self.voice, self.language, self.start_worker)


@dataclass(frozen=True, slots=True)
class Casting:
    """Who speaks what, apart from the narrator."""

    others: tuple[OtherVoice, ...] = ()
    """Of role 1, 2 …"""
    roles: Roles = field(default_factory=Roles)
    """What each role says."""

    @property
    def quotations(self) -> Voicing | None:
        """The voice of quotations; None unless it is another than the narrator's, and was started."""
        return self.others[self.roles.quotations - 1].ready if self.roles.quotations else None

    def started(self, processes: Sequence[VoiceProcess | None], notify: Callable[[str], None]) -> Casting:
        """Return a copy that knows the voices with a process, waiting for their answers.

        That of quotations goes on running; the others are ended until they are needed. The usual voice takes the part
        of one that was chosen while listening and is gone, with a notice. Raises EngineError or UsageError for another.
        """
        casting = self
        for role, process in enumerate(processes, 1):
            if process is not None:
                other = casting.others[role - 1]
                try:
                    ready = process.voicing()
                except (EngineError, UsageError) as error:
                    if not other.is_chosen:
                        raise error.said_of(other.named_in) from error
                    process.dismiss()
                    notify(f"{other.name} cannot speak {other.language}: {error.message}")
                    casting = casting._without(role)
                    continue
                if role != self.roles.quotations:
                    process.dismiss()
                    ready = ready.fresh()
                casting = casting._with(role, replace(other, ready=ready))
        return casting

    def _with(self, role: int, other: OtherVoice) -> Casting:
        """Return a copy with another voice in a role."""
        others = (*self.others[: role - 1], other, *self.others[role:])
        roles = replace(
            self.roles, others=tuple(one.manner for one in others), voices=tuple(one.name for one in others)
        )
        return Casting(others, roles)

    def _without(self, role: int) -> Casting:
        """Return a copy in which the usual voice, or the narrator, has a role's part."""
        other = self.others[role - 1]
        if other.usual is not None:
            return self._with(role, OtherVoice(*other.usual, other.language, other.start_worker))
        languages = tuple(one for one in self.roles.languages if one[1] != role)
        return replace(self, roles=replace(self.roles, languages=languages))

    def fresh(self) -> Casting:
        """Return a copy for another renderer, without running workers."""
        others = (replace(one, ready=one.ready and one.ready.fresh()) for one in self.others)
        return replace(self, others=tuple(others))


ALONE = Casting()
"""The narrator says everything."""


def foreign_voices(
    story: Story,
    language: str,
    voice_for: Callable[[str], tuple[Names | None, Names | None]],
    start_worker: StartWorker,
) -> dict[str, OtherVoice]:
    """Return the voice of each language in a story other than `language` (BCP 47), where `voice_for` has one.

    It returns the voice, None if the narrator speaks that language; and what it would be if the listener had chosen
    none while listening. Nothing is started.
    """
    found: dict[str, OtherVoice] = {}
    for tag in dict.fromkeys(tag for block in story.blocks for tag in languages_in(block, language)):
        names, instead = (None, None) if comparable(tag) == comparable(language) else voice_for(tag)
        if names is not None:
            voice = OtherVoice(*names, tag, start_worker, is_chosen=instead != names, usual=instead)
            found[tag] = next((known for known in found.values() if _serves(known, voice)), voice)
    return found


def _serves(known: OtherVoice, voice: OtherVoice) -> bool:
    """Return True if a voice that is needed anyway speaks another tag of its language as well: "fr" and "fr-FR"."""
    if (known.engine, known.voice) != (voice.engine, voice.voice):
        return False
    one, other = known.language, voice.language
    return same_language(one, other) if voice.voice else includes(one, other) or includes(other, one)


def cast(
    foreign: Mapping[str, OtherVoice],
    quotations: OtherVoice | None = None,
    speakers: Mapping[str, OtherVoice] | None = None,
) -> Casting:
    """Return a casting of voices by language, of one for quotations, and of voices by the name of who speaks."""
    speakers = speakers or {}
    others = list(dict.fromkeys((*foreign.values(), *speakers.values())))
    by_language = tuple((tag, 1 + others.index(voice)) for tag, voice in foreign.items())
    by_name = tuple((name, 1 + others.index(voice)) for name, voice in speakers.items())
    if quotations is not None:
        others.append(quotations)
    roles = Roles(
        others=tuple(one.manner for one in others),
        voices=tuple(one.name for one in others),
        languages=by_language,
        quotations=len(others) if quotations else 0,
        speakers=by_name,
    )
    return Casting(tuple(others), roles)


def who_speaks(script: Script, names: Collection[str]) -> set[str]:
    """Return those of the names whom the text names as speakers."""
    found: set[str] = set()
    wanted = tuple(names)
    for index, block in enumerate(script.story.blocks):
        if len(found) == len(wanted):
            break
        found |= {speech.speaker for speech in speeches(block.text, script.language_of(index), wanted)} - {""}
    return found
