"""What a speaker is told beside the value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from player.utterance.manner import Manner
from player.utterance.spoken.values import Value
from player.utterance.spoken.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Saying:
    """In which language, and for which engine."""

    vocabulary: Vocabulary
    manner: Manner


Say = Callable[[Any, Saying], str | None]
"""Puts one kind of value into words; None leaves it as it is written."""

Says = Mapping[type[Value], Say]
"""Who says what."""
