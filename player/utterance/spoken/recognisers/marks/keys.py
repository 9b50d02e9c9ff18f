"""Keys pressed together: "Ctrl+C", "Cmd-Shift-P", "Ctrl-Alt-Del"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_MOST_KEYS = 5


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first key."""
    names = tokens.vocabulary.table("keys", "keys")
    if tokens.is_sign(index - 1, "+-") or not tokens[index].text[0].isupper():
        return
    said, at = [names[tokens.word(index)]], index
    while len(said) < _MOST_KEYS and tokens.is_sign(at + 1, "+-") and tokens[at + 2].kind in (Kind.WORD, Kind.NUMERAL):
        key = tokens[at + 2].text
        known = key.lower() in names or len(key) == 1 or (key[0] in "Ff" and key[1:].isdecimal()) or key[0].isupper()
        if not known:
            break
        said.append(names.get(key.lower(), key))
        at += 2
    while len(said) < _MOST_KEYS and tokens.is_sign(at + 2, "+") and tokens[at + 1].text == tokens[at + 3].text == " ":
        key = tokens[at + 4].text  # "Alt + F4"
        if not (key.lower() in names or len(key) == 1 or (key[:1] in ("F", "f") and key[1:].isdecimal())):
            break
        said.append(names.get(key.lower(), key))
        at += 4
    held = tokens.word(index) in tokens.vocabulary.words("keys", "held")
    if len(said) > 1 and held:
        yield Reading(tokens[index].start, tokens[at].end, "keys", Words(" ".join(said)), 0.9)


def _signs(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first sign of "⌘C", "⇧⌘4"."""
    names = tokens.vocabulary.table("keys", "signs")
    if tokens.is_sign(index - 1, "".join(names)) or tokens.is_sign(index - 1, "+"):
        return
    said: list[str] = []
    at = index
    while tokens[at].text in names and len(said) < _MOST_KEYS:
        said.append(names[tokens[at].text])
        at += 2 if tokens.is_sign(at + 1, "+-") else 1
    if tokens[at].kind in (Kind.WORD, Kind.NUMERAL):
        said.append(tokens[at].text)
        at += 1
    yield Reading(tokens[index].start, tokens[at - 1].end, "keys: signs", Words(" ".join(said)), 0.9)


KEY_SIGNS = Recogniser("keys", _signs, (("press ⌘C", "press Command C"),), signs="⌘⌥⇧⌃")
KEYS = Recogniser(
    "keys",
    _propose,
    (("press Ctrl+C", "press Control C"), ("Ctrl-Alt-Del", "Control Alt Delete")),
    words=lambda known: known.table("keys", "keys"),
    needs=lambda known: known.words("keys", "needs"),
)
