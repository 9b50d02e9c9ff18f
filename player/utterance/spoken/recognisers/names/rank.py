"""Ranks before a title: "Assoc. Prof. Lee", "the Dep. Dir. said", "Asst. Dist. Atty."."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_MOST_TITLES = 3


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "Assoc.": the rank, and titles behind it that are written short too."""
    token = tokens[index]
    if tokens[index + 2].kind is not Kind.SPACE or not token.text[0].isupper():
        return
    short = tokens.vocabulary.table("ranks", "short")
    said, at, end = [tokens.vocabulary.table("ranks", "ranks")[token.text.lower()]], index + 3, tokens[index + 1].end
    for _ in range(_MOST_TITLES):
        title = short.get(tokens.word(at))
        if not title or not tokens[at].text[0].isupper() or tokens[at + 1].text != ".":
            break
        said.append(title)
        end = tokens[at].end if _is_last(tokens, at + 2) else tokens[at + 1].end
        at = tokens.past_blank(at + 2)
    if len(said) > 1 or tokens.word(index + 3) in tokens.vocabulary.words("ranks", "ranked"):
        yield Reading(token.start, end, "rank", Words(" ".join(said)), 0.95)


def _is_last(tokens: Tokens, index: int) -> bool:
    """Return True if the full stop before this token ends the sentence as well."""
    return tokens[index].kind is Kind.EDGE or tokens.is_sign(index, '"”’)')


RANK = Recogniser(
    "rank",
    _propose,
    (("Assoc. Prof. Lee", "Associate Professor Lee"), ("the Dep. Dir. said", "the Deputy Director said")),
    stopped=lambda known: known.table("ranks", "ranks"),
)
