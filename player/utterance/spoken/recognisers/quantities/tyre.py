"""Sizes of tyres: "205/55R16 91V", "P215/65R15", "225/45 ZR17"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Tokens
from player.utterance.spoken.values import Words

_SIZE = re.compile(r"(\d{3})/(\d\d) ?(Z?R) ?(\d\d)(?:[ /](\d{2,3})([A-Z]))?(?![\w/])")


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At its width."""
    size = _SIZE.match(tokens.text, tokens[index].start)
    if size:
        yield Reading(size.start(), size.end(), "tyre", Words(" ".join(filter(None, size.groups()))), 0.95)


TYRE = Recogniser("tyre", _propose, (("on 205/55R16 91V", "on 205 55 R 16 91 V"),), numerals=Beside.SLASH)
