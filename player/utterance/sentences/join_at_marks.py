"""Rules for seams at quotation marks, brackets, dashes, ellipses and list marks. See `refine.py`."""

from __future__ import annotations

import re

from player.utterance.sentences.boundary import CLOSING, ENDING, OPENING, Seam

_ENUMERATION = re.compile(r"\s*(?:[•●▪◦‣⁃*–-]\s*)?\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})(?:\.\)|[.)])$")
_SPACED_DOTS = re.compile(r"(?:^|\s)\. \.(?: \.)?$")
_LINKING = frozenset(["But", "And", "Then", "So", "Or", "Yet", "When", "While", "As", "After", "Before", "If"])
_DOTS_LENGTH = 9
_I_SAID = re.compile(r"I (?:said|asked|cried|shouted|replied|repeated|called|whispered|yelled)(?: \w+ly)?[.,;]")
_I_GO_ON = frozenset(["i", "i'm", "i’m", "i'd", "i’d", "i've", "i’ve", "i'll", "i’ll"])


def closing_mark(seam: Seam) -> bool | None:
    """What closes or goes on belongs to the sentence: "(You can come, right?|), he said." """
    follows = seam.text[seam.next_start + 1 : seam.next_start + 2]
    if seam.right in ":=" and follows == " ":  # "Tél.| : 01 23", "n!| = 120"
        return True
    if seam.right == "," == follows:  # opens a quotation in Dutch: "Hij knikte.| ,,Kom."
        return None
    return True if seam.right in ")]},;" or (seam.right == "." and follows in "\"'”’.") else None


def spaced_closing_quote(seam: Seam) -> bool | None:
    """French sets its quotation marks off: "« Bonjour. |» Il sortit." """
    closes = seam.right in "»”" and seam.text[seam.next_start + 1 : seam.next_start + 2] in (" ", "", ",", ".")
    return True if closes and seam.language.code != "de" else None


def list_mark(seam: Seam) -> bool | None:
    """A number or letter that opens a list item: "1.| Wash the rice." """
    short = seam.end - seam.start <= 12
    return True if short and _ENUMERATION.match(seam.text[seam.start : seam.end]) else None


def nothing_yet(seam: Seam) -> bool | None:
    """Dots that only open a sentence: "“…| But I digress”"."""
    opening = seam.text[seam.start : seam.end] if seam.end - seam.start < _DOTS_LENGTH else "w"
    return True if not any(map(str.isalnum, opening)) and opening[-1] in ".…" else None


def unmarked(seam: Seam) -> bool | None:
    """No full stop: a new sentence where one clearly begins: "Thanks :-)| I'll call", "“I—”| “Quiet!”"."""
    if seam.last or seam.left.rstrip(CLOSING)[-1:] in ENDING:
        return None
    if seam.quoted and _someone_said(seam.following(), seam.language.said):
        return True
    return not seam.begins_anew and not (seam.quoted and seam.right in OPENING)


def spaced_ellipsis(seam: Seam) -> bool | None:
    """Dots with blanks between them: "Well . . .| perhaps", "I never meant that . . .| I left"."""
    if seam.last or seam.left[-1] not in ".…":
        return None if seam.last else False
    before = seam.left.rstrip(" .…").rsplit(None, 1)[-1:]
    if (
        before and before[0].lower() == seam.after and seam.left.endswith(("…", "..", ". ."))
    ):  # "I …| I don't know": stammering
        return True
    if _SPACED_DOTS.search(seam.left[-6:]):
        return seam.goes_on_lower or seam.first.lower() in _I_GO_ON
    return seam.goes_on_lower


def said_after_quote(seam: Seam) -> bool | None:
    """A quotation and who said it: "“No!”| he said", "“Why now?”| Scholz said in Berlin." """
    if not seam.quoted:
        return None
    if seam.goes_on_lower and seam.right not in OPENING:
        return True
    if seam.marks[-1] not in "?!" or not seam.goes_on_upper:
        return None
    if seam.first == "I":
        return True if _I_SAID.match(seam.text, seam.next_start) else None
    said = not seam.begins_anew and _someone_said(seam.following(), seam.language.said)  # "“Why?”| He said nothing."
    return True if said else None


def _someone_said(words: list[str], said: frozenset[str]) -> bool:
    """Up to four words with capitals and then a verb of saying, or a pronoun or noun and then one."""
    for i, word in enumerate(words[1:5], start=1):
        if word.strip(".;") in said:
            named = all(w[:1].isupper() for w in words[:i]) and words[0] not in _LINKING
            article = words[0].lower() in ("the", "a", "an", "his", "her", "my") or words[0].endswith(("'s", "’s"))
            return named or i == 1 or (i == 2 and article)
    return False


def dialogue(seam: Seam) -> bool | None:
    """Speech that opens with a dash: "– Qui est là ?| demanda-t-il." """
    opens = seam.text[seam.start] in "—–-"
    return True if opens and seam.marks[-1:] in ("?", "!", "…") and seam.goes_on_lower else None


def goes_on_after_bracket(seam: Seam) -> bool | None:
    """A whole sentence in brackets inside another: "He taught (he had worked there.)| at a university." """
    return True if seam.left[-1] in ")]" and seam.goes_on_lower else None


def goes_on_after_dash(seam: Seam) -> bool | None:
    """ "What!| – and he fell silent." """
    return True if seam.goes_on_lower and seam.right in "—–-" else None


def question_or_exclamation(seam: Seam) -> bool | None:
    """They end a sentence, but for names that hold one: "He likes Yahoo!| in spite of it." """
    if seam.marks[-1] not in "?!":
        return None
    if seam.goes_on_lower and seam.right not in OPENING and _someone_said(seam.following(), seam.language.said):
        return True
    if seam.after in seam.language.tables["company"]:
        return True
    if seam.goes_on_with_number and seam.left.rfind("[") > seam.left.rfind("]"):  # "[16: firma?| 13:28]"
        return True
    return seam.marks == "!" and seam.goes_on_lower and seam.capital and seam.right not in OPENING


def ellipsis(seam: Seam) -> bool | None:
    """It ends a sentence where a capital follows: "I wonder…| Perhaps", but "“Well…| I suppose so”"."""
    if len(seam.marks) == 1 and seam.marks != "…":
        return None
    if seam.goes_on_lower:
        return True
    if seam.after not in _I_GO_ON or len(seam.marks) not in (1, 3):
        return False
    return seam.left.endswith(" " + seam.marks) or seam.sentence_is_short(2)
