"""Recognisers of what is no text: addresses, notes, emoji, and the leavings of markup."""

from __future__ import annotations

from player.utterance.spoken.readings import Recogniser
from player.utterance.spoken.recognisers.marks.clutter import ABSOLUTE, CLUTTER, EMPHASIS, SUBSCRIPT
from player.utterance.spoken.recognisers.marks.dash import DASH, DOTS
from player.utterance.spoken.recognisers.marks.electronic import AT, ENDING, HOST, MAIL, WEB
from player.utterance.spoken.recognisers.marks.emoji import EMOJI, EMOTICON, FACE, HEART, LOVE
from player.utterance.spoken.recognisers.marks.file_name import FILE_NAME
from player.utterance.spoken.recognisers.marks.hashtag import HASHTAG
from player.utterance.spoken.recognisers.marks.keys import KEY_SIGNS, KEYS
from player.utterance.spoken.recognisers.marks.link import LINK, TAG
from player.utterance.spoken.recognisers.marks.note import NOTE, NOTE_PAGES, NOTE_SIGN
from player.utterance.spoken.recognisers.marks.path import DRIVE, PATH
from player.utterance.spoken.recognisers.marks.raised import RAISED
from player.utterance.spoken.recognisers.marks.slash import SLASH

MARKS: tuple[Recogniser, ...] = (
    AT, ENDING,
    FILE_NAME, KEYS, KEY_SIGNS, SUBSCRIPT, ABSOLUTE,
    CLUTTER, EMPHASIS, DASH, DOTS, HOST, MAIL, WEB, EMOJI, EMOTICON, FACE, HEART, LOVE, HASHTAG, LINK, TAG,
    NOTE, NOTE_PAGES, NOTE_SIGN, RAISED,
    DRIVE, PATH, SLASH,
)  # fmt: skip
"""All recognisers of this folder."""
