"""What is said alike in every language, or with a few words of data."""

from __future__ import annotations

from player.utterance.spoken.speakers.english.number_words import year
from player.utterance.spoken.speakers.saying import Saying, Says
from player.utterance.spoken.values import Electronic, Hashtag, Pause

_COUNTRY = 2
"""Letters in the last part of an address that is spelled: "bbc.co.uk"."""
_FIGURES_OF_A_YEAR = 4


def say_pause(pause: Pause, saying: Saying) -> str:
    """ ", "."""
    return "..." if pause.dots else " " if pause.blank else ", "


def say_electronic(address: Electronic, saying: Saying) -> str:
    """ "jane dot doe at a dash b dot com"; in English the letters of a country are spelled: "bbc dot co dot U K"."""
    known = saying.vocabulary
    table = known.table("electronic")
    dot = f" {table['dot']} "
    *parts, end = address.host.split(".")
    spelled = len(end) == _COUNTRY and parts and end.lower() not in known.words("electronic", "words")
    if known.code == "en" and spelled:
        end = " ".join(end.upper())
    said = dot.join([*parts, end])
    if address.file:
        return said.replace("_", " ")
    blank = " " if address.blank else ""
    user = dot.join(filter(None, address.user.split(".")))
    said = f"{blank}{user} {table['at']} {said}" if user else said
    for sign, name in known.table("electronic", "signs").items():
        said = said.replace(sign, f" {name} ")
    return said


def say_hashtag(tag: Hashtag, saying: Saying) -> str:
    """ "hashtag Black Lives Matter"."""
    english = saying.vocabulary.code == "en"
    words = [_in_words(word) if english and len(word) == _FIGURES_OF_A_YEAR else word for word in tag.words]
    return "hashtag " + " ".join(words)


def _in_words(word: str) -> str:
    return year(int(word)) if word.isdecimal() and "1100" <= word < "2100" else word


SAYS: Says = {Electronic: say_electronic, Hashtag: say_hashtag, Pause: say_pause}
