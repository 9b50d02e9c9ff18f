"""The recognisers, one file a class, each registered by one line in `RECOGNISERS`."""

from __future__ import annotations

from player.utterance.spoken.readings import Recogniser
from player.utterance.spoken.recognisers.cardinal import CARDINAL
from player.utterance.spoken.recognisers.decimal import DECIMAL
from player.utterance.spoken.recognisers.money import CENTS, MONEY

RECOGNISERS: tuple[Recogniser, ...] = (
    CARDINAL,
    DECIMAL,
    MONEY,
    CENTS,
)
"""All of them. Their order means nothing: what is meant is chosen by how sure they are."""
