"""English: what says which value, one module a family of values, each with a table."""

from __future__ import annotations

from collections.abc import Mapping

from player.utterance.spoken.speakers.english import (
    calendar,
    figures,
    joints,
    letters,
    measures,
    money,
    numbers,
    romans,
    signs,
)
from player.utterance.spoken.speakers.saying import Say
from player.utterance.spoken.values import Value

SAYS: Mapping[type[Value], Say] = {
    **calendar.SAYS,
    **romans.SAYS,
    **numbers.SAYS,
    **money.SAYS,
    **measures.SAYS,
    **figures.SAYS,
    **joints.SAYS,
    **letters.SAYS,
    **signs.SAYS,
}
