"""Words come back from their packed form as they were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from player.audio.timeline.packed_words import pack, unpack

_NUMBER = st.integers(-1000, 2**20)


@given(st.lists(st.tuples(_NUMBER, _NUMBER, _NUMBER, _NUMBER)))
def test_words_come_back_as_they_were(words: list[tuple[int, int, int, int]]) -> None:
    assert list(unpack(pack(words))) == words


def test_the_words_of_a_sentence_take_six_bytes_each() -> None:
    words = [(6 * n, 6 * n + 5, 9000 * n, 9000 * n + 8000) for n in range(20)]
    assert len(pack(words)) <= 6 * 20
