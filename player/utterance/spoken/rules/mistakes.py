"""Plain words that some engines take for something else: "George Lucas" for a numeral, "He said no." for a number."""

from __future__ import annotations

import re

from player.utterance.manner import Misreads
from player.utterance.spoken.rules.model import BLANKS, Rule, pairs

_WORD_JOINER = "\u2060"
"""Makes no sound, and keeps the engine's patterns from matching."""
_NUMBERED = (
    "Pope|King|Queen|Henry|Louis|Edward|George|William|Charles|James|Richard|Elizabeth|Napoleon|Pius|Benedict|Leo"
    "|Paul|Ramses|Frederick|Philip|Alexander|Nicholas|Peter|Catherine|Ivan|Umberto|Emmanuel|Gustav|Christian"
    "|Ferdinand|[Cc]hapter|[Pp]art|Act|Scene|[Ss]ection|[Vv]olume|[Bb]ook|[Pp]hase|Article|War|Mark|[Tt]ype|[Ll]evel"
    "|[Ss]tage|[Cc]lass|[Gg]rade|Bowl|Apollo|Gemini|Fantasy|Episode|[Rr]ound|Rocky"
)
"""After these, such an engine expects a Roman numeral. It finds an empty one before any capital I, V, X, L or C, and
says "George the zeroth Lucas", "Mark 0 Carney", "Mark 100. Smith" for "Mark C. Smith"."""
_BEFORE_NUMERAL = re.compile(rf"\b(?:{_NUMBERED})(?P<it>\s)(?=[IVXLC])")
_WORD_AND_STOP = re.compile(r"(?<![\w.])(?:no|nos|fig|ed|eds|Sun|Mar)(?P<it>\.)")

RULES = (
    Rule("no numeral", ("George Lucas", f"George {_WORD_JOINER}Lucas"), _BEFORE_NUMERAL,
         lambda m: f" {_WORD_JOINER}", pairs(BLANKS, "IVXLC"), mends=Misreads.NAMES_BEFORE_CAPITALS),
    Rule("full stop", ("He said no.", "He said no ."), _WORD_AND_STOP, lambda m: " .",
         frozenset(["o.", "s.", "g.", "d.", "n.", "r."]), mends=Misreads.WORDS_BEFORE_STOPS),
)  # fmt: skip
"""After all others: what they have rewritten is no trap any more."""
