"""Where a slow voice can begin while another one speaks: at the next word from which on its speech is always ready.

The first words that it says are few, so that they are ready soon. While they sound, more is rendered, and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from heapq import heapreplace
from itertools import islice
from typing import NamedTuple

from player.audio.timeline import Timeline
from player.utterance.cutting import Cut, cuts
from player.utterance.model import Utterance

Where = tuple[int, int]
"""An utterance: (block, utterance)."""
Character = tuple[int, int]
"""A written character: (block, character)."""

_FARTHEST = 50
"""Utterances ahead among which the one to begin in is looked for."""
_WITHIN = 3
"""Utterances, of those, within which it may begin."""
_CHECKED = 5
"""Utterances from there on that must be ready in time."""
_PARTED = 3
"""Utterances, of those, that may be said in parts."""
_LEAST_SECONDS = 0.5
"""Least length of a part: shorter ones sound chopped."""
_AT_MARK, _AT_WORD = 0.1, 0.4
"""Seconds of waiting that are as bad as a cut: behind punctuation, and elsewhere."""
AROUND = 0.65
"""Seconds of speech that a voice renders in vain with each utterance: silence around it, which is trimmed. A
network of 82 million weights takes 0.42 s for an utterance and 0.645 s for each of its seconds, up to ten."""


class Following(NamedTuple):
    """How all that follows a place can be ready in time."""

    cuts: tuple[Character, ...]
    cost: float


class Meeting(NamedTuple):
    """Where a voice begins, and how its first utterances are cut."""

    where: Where
    """The utterance, before it is cut."""
    start: int
    """The first written character that it says."""
    cuts: tuple[Character, ...]
    """In order, with `start` if that is one."""
    cost: float
    """Seconds until it begins, and what the cuts cost."""


class Planner:
    """Looks for a meeting."""

    def __init__(
        self,
        timeline: Timeline,
        until: Callable[[Character], float],
        stored: Callable[[Where], bool],
        speed: float,
        *,
        workers: int = 1,
        free_in: float = 0.0,
        may_cut: bool = True,
    ) -> None:
        """`timeline` is the new voice's, not cut yet. `until` returns the seconds until the old voice says a character,
        `stored` whether an utterance is rendered already. `speed` is that of playing. The voice has
        `workers`, of which the first is free now, and the others in so many seconds; below zero, they have worked for
        so long on what comes next. Without `may_cut`, utterances are said whole."""
        self._timeline = timeline
        self.until = cache(until)
        """As given."""
        self._stored = stored
        self._speed = speed
        self._free = [0.0] + [free_in] * (workers - 1)
        self._may_cut = may_cut
        self._cuts: dict[Where, list[Cut]] = {}

    def find(self, first: Where, pace: float) -> Meeting | None:
        """Return the best meeting from utterance `first` on, which sounds now, for a voice that needs `pace` seconds
        for a second of speech; None when there is none."""
        best: Meeting | None = None
        for n, where in enumerate(islice(self._timeline.from_here(*first), _FARTHEST)):
            if best is not None and self.until(self._start(where)) > best.cost:
                break
            found = [best] if best is not None else []
            found += self._beginnings(where, pace, is_near=n < _WITHIN)
            best = min(found, key=lambda one: one.cost, default=None)
        return best

    def follow(self, character: Character | None, sounding: float, pace: float) -> Following | None:
        """Return the cuts with which all is ready in time from a character on; None when it is not.

        What comes before sounds for `sounding` seconds more, and is rendered. No character stands for the story's end.
        """
        free = sorted(self._free)  # when each worker is, as a heap
        found: list[Character] = []
        cost = 0.0
        for n, (where, start) in enumerate(self._from(character)):
            at = start
            while True:
                seconds = self._seconds(where, at, self._end(where))
                speech = seconds - self._timeline.pause(self._said(where))
                work = 0.0 if at == self._start(where)[1] and self._stored(where) else _work(speech, pace)
                if free[0] + work <= sounding:
                    break
                longest = min((sounding - free[0]) / pace - AROUND, speech - _LEAST_SECONDS)
                cut = self._cut(where, at, longest) if n < _PARTED else None
                if cut is None:
                    return None
                found.append((where[0], cut.character))
                cost += _cost(cut)
                part = self._seconds(where, at, cut.character)
                sounding += part / self._speed
                heapreplace(free, free[0] + _work(part, pace))
                at = cut.character
            sounding += seconds / self._speed
            heapreplace(free, free[0] + work)
        return Following(tuple(found), cost)

    def after(self, where: Where) -> Character | None:
        """Return the first character of the utterance that follows; None at the story's end."""
        following = self._timeline.following(*where)
        return None if following is None else self._start(following)

    def _beginnings(self, where: Where, pace: float, *, is_near: bool) -> Iterator[Meeting]:
        """Yield the meetings that an utterance has."""
        said = self._said(where)
        if said.role:  # another voice says it
            return
        start = Cut(said.span.start, 0, follows_mark=True)
        if self._stored(where):
            after = self.after(where)
            more = self.follow(after, 0.0 if after is None else self.until(after), pace)
            if more is not None:
                yield Meeting(where, start.character, more.cuts, max(self.until(self._start(where)), 0.0) + more.cost)
            return
        for cut in (start, *(self._cuts_of(where) if is_near else ())):
            character = (where[0], cut.character)
            until = self.until(character)
            more = self.follow(character, until, pace) if until > 0 else None
            if more is not None:
                own, cost = ((), 0.0) if cut is start else ((character,), _cost(cut))
                yield Meeting(where, cut.character, own + more.cuts, until + cost + more.cost)

    def _from(self, character: Character | None) -> Iterator[tuple[Where, int]]:
        """Yield the utterances to check from a character on, each with the character from which it is said."""
        if character is None:
            return
        block, at = character
        first = (block, self._timeline.utterance_of(block, at))
        for where in islice(self._timeline.from_here(*first), _CHECKED):
            yield where, at if where == first else self._said(where).span.start

    def _cut(self, where: Where, at: int, longest: float) -> Cut | None:
        """Return where to cut off a first part, said from a character on, of at most so many seconds."""
        found = [
            cut
            for cut in self._cuts_of(where)
            if cut.character > at and _LEAST_SECONDS <= self._seconds(where, at, cut.character) <= longest
        ]
        return max(found, key=lambda cut: (cut.follows_mark, cut.character), default=None)

    def _cuts_of(self, where: Where) -> list[Cut]:
        if where not in self._cuts:
            said = self._said(where)
            self._cuts[where] = [] if said.role or not self._may_cut else list(cuts(said))
        return self._cuts[where]

    def _seconds(self, where: Where, start: int, end: int) -> float:
        """Return how long a part of an utterance sounds at speed 1: as long as in the old voice, whose times are known,
        where the new one's pace in this language is not."""
        block, span = where[0], self._said(where).span
        after = (block, end) if end < span.end else self.after(where)
        if after is not None:
            return max(self.until(after) - self.until((block, start)), 0.0) * self._speed
        whole = self._timeline.slot(*where) / self._timeline.rate
        return whole * (end - start) / max(span.end - span.start, 1)

    def _said(self, where: Where) -> Utterance:
        return self._timeline.utterances(where[0])[where[1]]

    def _start(self, where: Where) -> Character:
        return where[0], self._said(where).span.start

    def _end(self, where: Where) -> int:
        return self._said(where).span.end


def _work(seconds: float, pace: float) -> float:
    """Return the seconds in which an utterance is rendered that sounds for so many."""
    return (AROUND + max(seconds, 0.0)) * pace


def _cost(cut: Cut) -> float:
    return _AT_MARK if cut.follows_mark else _AT_WORD
