"""Numbers that agree with what they count, in words as far as they do: "doscientas", "veintiún", "duas"."""

from __future__ import annotations

from player.utterance.spoken.vocabulary import Vocabulary

_FILE = "agreeing"
_LONGEST = 6
"""Figures of a number that is said in words."""


def in_words(figures: str, vocabulary: Vocabulary, *, feminine: bool) -> str:
    """Return a number below a million with the parts that agree in words and the others in figures; empty when none
    agrees, and for any other number.

    A language's file has the hundreds (the first to the ninth), the last figures that agree, whole ("21") and behind
    tens (" y una").
    """
    if not figures.isdecimal() or len(figures) > _LONGEST:
        return ""
    forms = vocabulary.table(_FILE, "feminine" if feminine else "other")
    thousands, rest = divmod(int(figures), 1000)
    hundreds, last = divmod(rest, 100)
    names = str(forms.get("hundreds", "")).split()
    end = str(forms.get("whole", {}).get(str(last), ""))
    behind = str(forms.get("behind_tens", {}).get(str(last % 10), "")) if last > 20 else ""
    end = end or (f"{last - last % 10}{behind}" if behind else "")
    if not end and not (feminine and hundreds > 1 and names):
        return ""
    parts = [str(thousands * 1000)] if thousands else []
    parts += [names[hundreds - 1] if names else str(hundreds * 100)] if hundreds else []
    parts += [end or str(last)] if last else []
    return str(forms.get("joint", " ")).join(parts)
