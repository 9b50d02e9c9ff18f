"""Detection of an undeclared encoding: the decoding that reads most like a language.

charset-normalizer distinguishes scripts; among the Latin code pages, which differ in a few letters only, it often takes
the wrong one. Here each is judged by the alphabets of languages.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from player.story.language import detect

_LATIN = ("cp1252", "cp1250", "iso-8859-2", "cp1254", "cp1257", "iso-8859-13", "iso-8859-15", "iso-8859-16",
          "mac_roman", "cp850", "cp852", "mac_latin2")  # fmt: skip
"""Code pages to try, the most common first."""
_ALPHABETS = {
    "en": "éèêëàâáäçñöóôüïîíåøæœ", "de": "äöüß", "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíñóúü", "it": "àèéìíîòóùú",
    "pt": "àáâãçéêíóôõúü", "nl": "áéëèïíóöüĳ", "pl": "ąćęłńóśźż", "tr": "âçğıîöşüûİ", "ro": "ăâîșțşţ",
    "cs": "áčďéěíňóřšťúůýž", "sv": "åäöé", "da": "æøåé", "hu": "áéíóöőúüű", "fi": "äöåšž", "sk": "áäčďéíĺľňóôŕšťúýž",
    "hr": "čćđšž", "sl": "čšž", "ca": "àçèéíïòóúü·", "sq": "çë", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž",
    "et": "äõöüšž", "eo": "ĉĝĥĵŝŭ", "is": "áðéíóúýþæö",
}  # fmt: skip
"""{language: letters beyond a to z}, in the order of how many people write them."""
_INNER = frozenset("’'·-\u00ad\u2010\u2011")
"""Signs within words."""
_SIGNS = frozenset("“”‘’„‚–—…«»‹›€£§°©®½¡¿•")
"""Signs used in texts of all languages."""
_WORDS = frozenset("àâáåäæèéêëíìîóòôöøúùûüýÀÁÈÉÓ")
"""Letters that are words by themselves; any other one alone is a stray byte."""
_SURE = 0.3
"""Score added for a language whose common words are in the text."""
_SHORT = 2
"""Longest run of letters of another script that is no word."""
_OTHERS = ("cp932", "euc-jp", "euc-kr", "cp1251", "cp1253", "iso-8859-7", "koi8-r", "cp866", "iso-8859-5")
"""Encodings of Japanese, Korean, Cyrillic and Greek, of which charset-normalizer takes one for another."""
_RARE = re.compile("[\uff61-\uff9f\u3131-\u318e]")
"""Katakana of half width and single letters of Korean, of which no text is made."""
_CLEARLY_FEWER = 3
_SAMPLE = 4096
_BREAKS = "\n \u3000\u3001\u3002\uff0c\uff0e"
"""Blanks and stops, which every text has; a wrong byte order turns them into other characters."""
_CONTROLS = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f]")
_ORDINARY = 0.97
"""Share of characters that are letters, digits, blanks or punctuation."""


def wide(data: bytes) -> str:
    """Return UTF-16 or UTF-32 with its byte order, for text without a byte order mark; empty when it is neither."""
    head = data[:_SAMPLE]
    found = [(_breaks(head, encoding), encoding) for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")]
    share, encoding = max(found, key=lambda one: one[0])
    return encoding if share else ""


def _breaks(head: bytes, encoding: str) -> float:
    """Return the share of blanks and stops in a decoding; 0 when it is no text."""
    step = 4 if "32" in encoding else 2
    try:
        text = head[: len(head) // step * step].decode(encoding, errors="ignore" if len(head) == _SAMPLE else "strict")
    except UnicodeError:
        return 0.0
    if len(text) < len(head) // step * _ORDINARY or _CONTROLS.search(text) or not text:
        return 0.0
    ordinary = sum(c.isalnum() or c.isspace() or unicodedata.category(c)[0] in "PSM" for c in text)
    return sum(map(text.count, _BREAKS)) / len(text) if ordinary >= len(text) * _ORDINARY else 0.0


def is_latin(text: str) -> bool:
    """Return True if a decoding has only Latin letters, or others only singly, as a wrong code page produces them."""
    pure = mixed = 0
    for run in re.findall(r"[^\W\d_]+", text):
        if run.isascii():
            continue
        others = sum(c >= "\u0370" and not "\u1e00" <= c < "\u1f00" for c in run)
        if others == len(run) > _SHORT:
            pure += others
        else:
            mixed += others
    return pure <= mixed


def latin_encoding(sample: bytes) -> str:
    """Return the Latin code page whose decoding is most like one of the languages."""
    best, found = float("-inf"), _LATIN[0]
    for encoding in _LATIN:
        text = sample.decode(encoding, errors="replace")
        if (score := _score(text)) > best:
            best, found = score, encoding
    return found


def other_encoding(sample: bytes, encoding: str) -> str:
    """Return the encoding of another script, if text in the detected one has what nobody writes; else that one."""
    least = _oddities(sample.decode(encoding, errors="replace"))
    if not least:
        return encoding
    for other in _OTHERS:
        text = sample.decode(other, errors="replace")
        if (odd := _oddities(text) + text.count("\ufffd")) < least / _CLEARLY_FEWER and detect(text):
            least, encoding = odd, other
    return encoding


def _oddities(text: str) -> int:
    """Return how many signs stand where they hardly ever do: capitals within words, letters of half width, syllables
    that are not among the usual ones of Korean."""
    capitals = sum(a.islower() and b.isupper() for a, b in pairwise(text))
    syllables = "".join(c for c in text if "\uac00" <= c <= "\ud7a3")
    usual = 2 * len(syllables)  # bytes; others are put together from letters, in eight
    unusual = max(len(syllables.encode("euc-kr", errors="ignore")) - usual, 0) // 6
    return capitals + len(_RARE.findall(text)) + unusual


def _score(text: str) -> float:
    """Return how much of the text beyond ASCII fits the best language; in a tie, the larger language counts."""
    odd, signs, letters = 0.0, 0, dict.fromkeys(map(str.lower, "".join(_ALPHABETS.values())), 0)
    counted = total = 0
    for before, c, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        if c.isascii():
            odd += c.isupper() and not before.isascii() and before.islower()
            continue
        total += 1
        small = c.lower() if c != "İ" else "i"
        if c.isalpha() and not before.isalnum() and not after.isalnum():
            odd += 0.0 if c in _WORDS else 0.5
        elif c.isalpha() and c not in "ªº":
            odd += (c.isupper() and before.islower()) or small not in letters
            letters[small] = letters.get(small, 0) + 1
            counted += 1
        elif c in "\ufffd¨¸¯´ˇ˛˝˙˘":  # marks of accents without a letter
            odd += 0.25
        elif c == "’" and before.isalpha() and after.isalpha():
            signs += 2
        elif c in _SIGNS and not (c in "„‚¿¡§©" and before.isalpha()):
            signs += 1
        else:
            odd += before.isalpha() and c not in _INNER and (c in _SIGNS or unicodedata.category(c) in _WORDLESS)
    if not total:
        return 0.0
    likely = detect(text)
    ranked = []
    for rank, (language, alphabet) in enumerate(_ALPHABETS.items()):
        own = sum(letters[c] for c in set(alphabet.lower()) if c in letters)
        sure = _SURE * total if language == likely else 0.0
        ranked.append(own - (counted - own) + sure - rank * 0.001)
    return max(ranked) + signs - 2 * odd


_WORDLESS = frozenset(("So", "Sm", "No", "Sk", "Lo", "Sc", "Cc", "Cn", "Co"))
"""Unicode categories of signs that never follow a letter directly."""
