"""Words between signs that only say how they are printed: _so_, *so* and =so=."""

from __future__ import annotations

import re

from player.story.reading.languages.passages import emphasised

_EMPHASIS = re.compile(r"([_=*])(?<![\w_=*][_=*])(?=[^\s_=*])((?:[^_=*\n]|\n(?![^\S\n]*\n))*)(?<=\S)\1(?![\w_=*])")
"""Signs that hug words of one paragraph, and are no part of a name ("a_b_c") or a sum ("2*3*4")."""


def unmarked(text: str) -> str:
    """Return a text without them.

    >>> unmarked("It was _very_ *much* =so=, said my_own_name.")
    'It was very much so, said my_own_name.'
    """
    return _EMPHASIS.sub(lambda found: emphasised(found[2]), text)
