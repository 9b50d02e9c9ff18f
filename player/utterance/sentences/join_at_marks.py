"""Rules for boundaries at quotation marks, brackets, dashes, ellipses and list marks. See `join_rules.py`."""

from __future__ import annotations

import re

from player.utterance.sentences.boundary import CLOSING, ENDING, OPENING, Boundary
from player.utterance.sentences.language import Language

_ENUMERATION = re.compile(
    r"\s*(?:[•●▪◦‣⁃*–-]\s*)?\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}(?P<ending>[a-z]{1,3})?|[A-Za-z]|[ivxIVX]{1,5})(?:\.\)|[.)])$"
)
_SPACED_DOTS = re.compile(r"(?:^|\s)\. \.(?: \.)?$")
_PER = re.compile(r"/ ?[^\W\d_A-Z]")
_DOTS_LENGTH = 9
_LONGEST_SAYING = 40
"""Characters of "I shouted enthusiastically,"."""
_PAUSES = tuple(".,;")


def closing_mark(boundary: Boundary) -> bool | None:
    """Return what closes or goes on belongs to the sentence: "(You can come, right?|), he said." """
    follows = boundary.text[boundary.next_start + 1 : boundary.next_start + 2]
    if boundary.right in ":=" and follows == " ":  # "Tél.| : 01 23", "n!| = 120"
        return True
    if boundary.right == "&" and follows == " ":  # "Amer. J. Obst.| & Gyn."
        return True
    if boundary.right == "/" and _PER.match(boundary.text, boundary.next_start):  # "13 hab.| / km²"
        return True
    if boundary.right == "," == follows:  # opens a quotation in Dutch: "Hij knikte.| ,,Kom."
        return None
    return True if boundary.right in ")]},;" or (boundary.right == "." and follows in "\"'”’.") else None


def spaced_closing_quote(boundary: Boundary) -> bool | None:
    """French sets its quotation marks off: "« Bonjour. |» Il sortit." """
    closes = boundary.right in "»”" and boundary.text[boundary.next_start + 1 : boundary.next_start + 2] in (
        " ",
        "",
        ",",
        ".",
    )
    return True if closes and boundary.language.code != "de" else None


def list_mark(boundary: Boundary) -> bool | None:
    """Return a number or letter that opens a list item or a section: "1.| Wash the rice.", "2.1.| Terms"."""
    short = boundary.end - boundary.start <= 12
    match = _ENUMERATION.match(boundary.text[boundary.start : boundary.end]) if short else None
    return True if match and (not match["ending"] or match["ending"] in boundary.language.item_endings) else None


def nothing_yet(boundary: Boundary) -> bool | None:
    """Dots that only open a sentence: "“…| But I digress”"."""
    opening = boundary.text[boundary.start : boundary.end] if boundary.end - boundary.start < _DOTS_LENGTH else "w"
    return True if not any(map(str.isalnum, opening)) and opening[-1] in ".…" else None


def unmarked(boundary: Boundary) -> bool | None:
    """No full stop: a new sentence where one clearly begins: "Thanks :-)| I'll call", "“I—”| “Quiet!”"."""
    if boundary.last or boundary.left.rstrip(CLOSING)[-1:] in ENDING:
        return None
    if boundary.quoted and boundary.right in OPENING:
        return False
    if boundary.quoted and _someone_said(boundary.following(), boundary.language):
        return True
    return not boundary.begins_anew


def spaced_ellipsis(boundary: Boundary) -> bool | None:
    """Dots with blanks between them: "Well . . .| perhaps", "I never meant that . . .| I left"."""
    if boundary.last or boundary.left[-1] not in ".…":
        return None if boundary.last else False
    before = boundary.left.rstrip(" .…").rsplit(None, 1)[-1:]
    if (
        before and before[0].lower() == boundary.after and boundary.left.endswith(("…", "..", ". ."))
    ):  # "I …| I don't know": stammering
        return True
    if _SPACED_DOTS.search(boundary.left[-6:]):
        return boundary.goes_on_lower or boundary.first.lower().replace("’", "'") in boundary.language.mine
    return boundary.goes_on_lower


def said_after_quote(boundary: Boundary) -> bool | None:
    """Return a quotation and who said it: "“No!”| he said", "“Why now?”| Scholz said in Berlin." """
    if not boundary.quoted:
        return None
    if boundary.goes_on_lower and boundary.right not in OPENING:
        return True
    if boundary.marks[-1] not in "?!" or not boundary.goes_on_upper:
        return None
    if boundary.first == "I":
        return _i_said(boundary)
    said = not boundary.begins_anew and _someone_said(boundary.following(), boundary.language)
    return True if said else None  # "“Why?”| He said nothing."


def _someone_said(words: list[str], language: Language) -> bool:
    """Up to four words with capitals and then a verb of saying, or a pronoun or noun and then one."""
    for i, word in enumerate(words[1:5], start=1):
        if word.strip(".;") in language.said:
            named = all(w[:1].isupper() for w in words[:i]) and words[0].lower() not in language.linking
            article = words[0].lower() in language.before_speakers or words[0].endswith(("'s", "’s"))
            return named or i == 1 or (i == 2 and article)
    return False


def _i_said(boundary: Boundary) -> bool | None:
    """ "“Why?”| I asked quietly." """
    _, verb, adverb, *_ = (
        *boundary.text[boundary.next_start : boundary.next_start + _LONGEST_SAYING].split(),
        "",
        "",
        "",
    )
    said = boundary.language.said_by_me
    if verb in said:
        ended = adverb[-1:] in _PAUSES and adverb[:-1].endswith(tuple(boundary.language.adverbs))
    else:
        ended = verb[-1:] in _PAUSES and verb[:-1] in said
    return True if ended else None


def dialogue(boundary: Boundary) -> bool | None:
    """Speech that opens with a dash: "– Qui est là ?| demanda-t-il." """
    opens = boundary.text[boundary.start] in "—–-"
    return True if opens and boundary.marks[-1:] in ("?", "!", "…") and boundary.goes_on_lower else None


def goes_on_after_bracket(boundary: Boundary) -> bool | None:
    """Return a whole sentence in brackets inside another: "He taught (he had worked there.)| at a university." """
    return True if boundary.left[-1] in ")]" and boundary.goes_on_lower else None


def goes_on_after_dash(boundary: Boundary) -> bool | None:
    """ "What!| – and he fell silent." """
    return True if boundary.goes_on_lower and boundary.right in "—–-" else None


def question_or_exclamation(boundary: Boundary) -> bool | None:
    """They end a sentence, but for names that hold one: "He likes Yahoo!| in spite of it." """
    if boundary.marks[-1] not in "?!":
        return None
    if (
        boundary.goes_on_lower
        and boundary.right not in OPENING
        and _someone_said(boundary.following(), boundary.language)
    ):
        return True
    if boundary.after in boundary.language.tables["company"]:
        return True
    if boundary.goes_on_with_number and boundary.left.rfind("[") > boundary.left.rfind("]"):  # "[16: firma?| 13:28]"
        return True
    return boundary.marks == "!" and boundary.goes_on_lower and boundary.capital and boundary.right not in OPENING


def ellipsis(boundary: Boundary) -> bool | None:
    """It ends a sentence where a capital follows: "I wonder…| Perhaps", but "“Well…| I suppose so”"."""
    if len(boundary.marks) == 1 and boundary.marks != "…":
        return None
    if boundary.goes_on_lower:
        return True
    if boundary.after.replace("’", "'") not in boundary.language.mine or len(boundary.marks) not in (1, 3):
        return False
    return boundary.left.endswith(" " + boundary.marks) or boundary.sentence_is_short(2)
