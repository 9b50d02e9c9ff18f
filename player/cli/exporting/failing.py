"""Failures of an export of many stories: what they are called, and which of them the other stories would share."""

from __future__ import annotations

from player.errors import EngineError, PlayerError, UsageError
from player.export.planning import Task
from player.settings import Settings
from player.who_speaks import is_voice_set, voice_set


def title_of(task: Task | None) -> str:
    """Return what a task is called: the chapter, or the story; empty for a story that was not opened."""
    if task is None:
        return ""
    return task.story.title if task.chapter is None else task.part.title


def concerns_all(error: PlayerError, task: Task, settings: Settings) -> bool:
    """Return True for a task's error that every other task would end with, in whatever language its story is: the voice
    that is set for all of them is wrong, or an option is."""
    if type(error) is EngineError:
        return is_voice_set(settings)
    language = settings.language or task.part.language
    of_its_language = voice_set(settings, language) is not None and not is_voice_set(settings)
    return isinstance(error, UsageError) and not of_its_language
