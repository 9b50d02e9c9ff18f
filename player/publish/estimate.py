"""What publishing would take: characters, hours of speech, time of computing, room, by voice, at the speeds of this
machine."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from player.errors import PlayerError
from player.publish.plan import Failed
from player.publish.sources import Source
from player.settings import Settings
from player.speech.choosing import registry
from player.speech.engine import Voice
from player.speech.measuring import measure_if_new
from player.speech.process.host import Worker
from player.story.opening.confined.host import Readers
from player.story.reading.options import Options
from player.who_speaks import choose_voice

_PACE = 16.0
"""Characters a second, pauses included; voices differ by a tenth."""
_BYTES_PER_SECOND = 14_000
"""MP3 at 64 kbit/s and Opus at 32, as measured on speech, with their words in time."""
_BYTES_PER_CHARACTER = 14
"""Times, captions and page."""
_BYTES_PER_STORY = 130_000
"""Covers in both sound files."""
_KEPT_BYTES_PER_SECOND = 36_000
"""What the audio cache keeps: speech as FLAC, and encoded chunks."""
_TRIED = 20
"""Seconds of sound encoded to measure the encoders."""
_RATE = 24_000


@dataclass(slots=True)
class Amount:
    """Stories in one language."""

    stories: int = 0
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a voice would take for all stories in its language."""

    voice: str
    """As `--voice` takes it."""
    chosen: bool
    """True for the voice that would speak."""
    language: str
    """BCP 47; empty when unknown."""
    stories: int
    characters: int
    speech: float
    """Seconds of sound."""
    compute: float
    """Seconds of one processor core: rendering and encoding."""
    disk: int
    """Bytes of the site."""
    kept: int
    """Bytes of speech for the audio cache, which keeps what was used last up to its limit."""


def amounts(
    sources: Iterable[Source], opening: Options, readers: Readers
) -> Iterator[tuple[dict[str, Amount], Failed | None]]:
    """Open one story after the other; yield what was counted so far, by language, and the failure if it is one."""
    found: dict[str, Amount] = {}
    for source in sources:
        try:
            story = source.open(opening, readers)
        except PlayerError as error:
            yield found, Failed(source, error)
            continue
        amount = found.setdefault(story.language, Amount())
        amount.stories += 1
        amount.characters += story.characters
        yield found, None


def estimates(found: dict[str, Amount], settings: Settings) -> Iterator[Estimate]:
    """Yield what each voice would take that speaks a language of the stories: first the one that would speak, then the
    best one of every other engine. Measures voices that never were, in a few seconds each."""
    coding = encoding_speed()
    for language, amount in sorted(found.items(), key=lambda item: -item[1].characters):
        spoken = settings.language or language
        chosen = choose_voice(settings, spoken)
        names = (name for name in registry.names() if name != chosen[0])
        others = Counter({one: registry.profile(one).rank(spoken, settings.engines.get(one, {})) for one in names})
        for named in (chosen, *((name, "") for name, rank in others.most_common() if rank)):
            voice = _voice(*named, spoken, settings)
            speed = measure_if_new(voice, settings.engines) if voice is not None else None
            if voice is None or not speed:
                continue
            speech = amount.characters / _PACE / settings.speed
            disk = int(speech * _BYTES_PER_SECOND) + amount.characters * _BYTES_PER_CHARACTER
            yield Estimate(
                voice=voice.id,
                chosen=named == chosen,
                language=language,
                stories=amount.stories,
                characters=amount.characters,
                speech=speech,
                compute=speech * settings.speed / speed + speech / coding,
                disk=disk + amount.stories * _BYTES_PER_STORY,
                kept=int(speech * _KEPT_BYTES_PER_SECOND),
            )


def cores(wanted: int | None) -> int:
    """Return the number of cores that work."""
    return wanted or os.cpu_count() or 1


def encoding_speed() -> float:
    """Return how many seconds of sound one core encodes in a second, as MP3 and Opus one after the other."""
    from lameenc import Encoder

    from player.export.sound import opus_sound

    sound = bytes(os.urandom(2 * _RATE)) * _TRIED
    began = time.thread_time()
    encoder = Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(_RATE)
    encoder.set_bit_rate(64)
    encoder.set_quality(7)
    encoder.silence()
    encoder.encode(sound)
    encoder.flush()
    opus_sound.codec(_RATE, opus_sound.BITRATE).encode(sound)
    return _TRIED / max(time.thread_time() - began, 1e-6)


def _voice(engine: str, name: str, language: str, settings: Settings) -> Voice | None:
    """Return the voice of these names; None when the engine does not work, or needs what is not installed."""
    profile = registry.profile(engine)
    if profile.missing or not profile.is_set_up(settings.engines.get(engine, {})):
        return None
    try:
        with Worker.start(engine, name, language, settings.engines.get(engine)) as worker:
            return worker.hello().voice
    except PlayerError:
        return None
