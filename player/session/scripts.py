"""Scripts of stories, for who wants to see them."""

from __future__ import annotations

from dataclasses import replace

from player.settings import Settings, Source
from player.sources import load_story
from player.speech.choosing.registry import manner
from player.story.opening.confined.host import Readers
from player.story.opening.waiting import Watch, unwatched
from player.utterance.script import Script, SpokenScript
from player.who_speaks import casting_of, choose_voice


def load_script(
    source: Source, settings: Settings, readers: Readers | None = None, watch: Watch = unwatched
) -> SpokenScript:
    """Return the script of a source, without starting a voice. Raises as `load_story`."""
    story = load_story(source, settings, readers, watch)
    language = settings.language or story.language
    engine, _ = choose_voice(settings, language)
    script = Script(story, language=language, lexicon=settings.lexicons.of(story))
    casting, notices = casting_of(script, settings, engine)
    script.story = replace(story, notices=(*story.notices, *notices))
    return script.spoken_by(manner(engine), casting.roles)
