"""The key that says a word in another way: which word is meant, its dialog, and what follows from the answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from player.playback.player import Player
from player.playback.position import Position, State
from player.speech.words import words
from player.story.model import Span
from player.story.text import printable
from player.tui.screens.pronunciation import Pronunciation, PronunciationScreen, Spot

if TYPE_CHECKING:
    from player.tui.playing_app import PlayingApp

_POSSESSIVE = re.compile(r"['’]s?$")


def pronounce(app: PlayingApp) -> None:
    """Ask how the word that sounds, or that was clicked in the same sentence, is said. Playing waits meanwhile."""
    transport = app.player.transport
    position = transport.position()
    spot = meant(app.player, position, app.clicked)
    if spot is None:
        app.answer("There is no word to say in another way.")
        return
    played = position.state in (State.PLAYING, State.WAITING)
    transport.pause()

    def answered(answer: Pronunciation | None) -> None:
        if answer is not None:
            app.listening.pronounce(
                answer.entry, only_here=answer.only_here, language=spot.language, manner=spot.manner
            )
            app.answer(_told(answer))
        if played:
            transport.play()

    app.push_screen(PronunciationScreen(app.listening, spot), answered)


def _told(answer: Pronunciation) -> str:
    """Return what was decided, in a sentence."""
    entry = answer.entry
    said = entry.ipa or entry.say
    where = "in this story" if answer.only_here else "in all stories"
    return printable(
        f"{where.capitalize()} “{entry.written}” is said {f'as “{said}”' if said else 'as it is written'}."
    )


def meant(player: Player, position: Position, clicked: tuple[int, int] | None) -> Spot | None:
    """Return the word that was clicked if its sentence still sounds, else the one that sounds; None where there is
    none."""
    found = player.sentence(position)
    if found is None:
        return None
    block, index = found
    text, sentence = player.story.blocks[block].text, player.script.sentences(block)[index].span
    sounding = player.word(position) or sentence
    at = sounding.start
    if clicked is not None and clicked[0] == block and sentence.start <= clicked[1] < sentence.end:
        at = clicked[1]
    spans = [Span(start + sentence.start, end + sentence.start) for start, end in words(text[slice(*sentence)])]
    if not spans:
        return None
    start, end = next((span for span in spans if span.end > at), spans[-1])
    if text[end : end + 1] == "." and any(map(str.isalnum, text[end + 1 : sentence.end])):
        end += 1  # of an abbreviation
    word = _POSSESSIVE.sub("", text[start:end]) or text[start:end]
    timeline, roles = position.timeline, position.timeline.script.roles
    said = timeline.utterances(block)[timeline.utterance_of(block, start)]
    voice = roles.voice(said.role) or player.voice.id
    heard = sentence if said.role == 0 and not roles.others else said.span
    shown = text[slice(*heard)].strip()
    # "engine:" is that engine's best voice.
    return Spot(
        word,
        shown,
        start - text.index(shown, heard.start),
        said.language,
        voice if ":" in voice else f"{voice}:",
        roles.manner(said.role),
    )
