"""Recognisers of words that are written short: abbreviations, titles, streets, initials, acronyms."""

from __future__ import annotations

from player.utterance.spoken.readings import Recogniser
from player.utterance.spoken.recognisers.names.abbreviation import ABBREVIATION, DEGREE
from player.utterance.spoken.recognisers.names.acronym import ACRONYM, ERA, SERVICE
from player.utterance.spoken.recognisers.names.capitals import CAPITALS
from player.utterance.spoken.recognisers.names.compass import COMPASS
from player.utterance.spoken.recognisers.names.episode import EPISODE
from player.utterance.spoken.recognisers.names.house import HOUSE
from player.utterance.spoken.recognisers.names.initial import INITIAL, LETTER
from player.utterance.spoken.recognisers.names.life import LIFE
from player.utterance.spoken.recognisers.names.numbered import FOLLOWING, NUMBERED_NAME
from player.utterance.spoken.recognisers.names.phrase import AND_SO_ON, CENTURY, PHRASE
from player.utterance.spoken.recognisers.names.rank import RANK
from player.utterance.spoken.recognisers.names.rating import RATING
from player.utterance.spoken.recognisers.names.short_word import AND, SHORT_STROKED, SHORT_WORD, VERSUS
from player.utterance.spoken.recognisers.names.state import STATE, STATE_CODE, STATE_INITIALS
from player.utterance.spoken.recognisers.names.street import DIRECTION, STREET
from player.utterance.spoken.recognisers.names.title import JUNIOR, TITLE

NAMES: tuple[Recogniser, ...] = (
    AND_SO_ON, CENTURY, COMPASS, DIRECTION, EPISODE, HOUSE, PHRASE,
    ABBREVIATION, DEGREE, ACRONYM, ERA, SERVICE, CAPITALS, INITIAL, LETTER, LIFE, NUMBERED_NAME, RANK, RATING, AND,
    SHORT_WORD, FOLLOWING, SHORT_STROKED, VERSUS, STATE, STATE_CODE, STATE_INITIALS, STREET, JUNIOR, TITLE,
)  # fmt: skip
"""All recognisers of this folder."""
