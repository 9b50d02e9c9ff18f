"""Scripts: those of a text, and those that a voice can read.

A voice is silent on another script, or spells it out ("Chinese letter, Chinese letter"): neither counts as reading.
Characters of no script in the table (digits, symbols, emoji, runes) are left to the engine.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from player.errors import Unspeakable
from player.speech.choosing import registry
from player.speech.engine import Voice
from player.story.language_tag import language_of, script_of

_LETTERS = {
    "Latin": "A-Za-zªºÀ-ÖØ-öø-\u02af\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff\uab30-\uab6f\ufb00-\ufb06Ａ-Ｚａ-ｚ",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrillic": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Armenian": "\u0530-\u058f\ufb13-\ufb17",
    "Hebrew": "\u0590-\u05ff\ufb1d-\ufb4f",
    "Arabic": "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Syriac": "\u0700-\u074f",
    "Thaana": "\u0780-\u07bf",
    "Devanagari": "\u0900-\u097f\ua8e0-\ua8ff",
    "Bengali": "\u0980-\u09ff",
    "Gurmukhi": "\u0a00-\u0a7f",
    "Gujarati": "\u0a80-\u0aff",
    "Odia": "\u0b00-\u0b7f",
    "Tamil": "\u0b80-\u0bff",
    "Telugu": "\u0c00-\u0c7f",
    "Kannada": "\u0c80-\u0cff",
    "Malayalam": "\u0d00-\u0d7f",
    "Sinhala": "\u0d80-\u0dff",
    "Thai": "\u0e00-\u0e7f",
    "Lao": "\u0e80-\u0eff",
    "Tibetan": "\u0f00-\u0fff",
    "Burmese": "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f",
    "Georgian": "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f",
    "Hangul": "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff",
    "Ethiopic": "\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f",
    "Cherokee": "\u13a0-\u13ff\uab70-\uabbf",
    "Khmer": "\u1780-\u17ff",
    "Mongolian": "\u1800-\u18af",
    "Kana": "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f",
    "Han": "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af",
}
"""{script: ranges of Unicode, as inside the brackets of a regular expression}."""

_LANGUAGES = {
    "Greek": "el grc",
    "Cyrillic": "ab av ba be bg bs ce cv hr kaa kk ky mk mn nog ru rue sah sr tg tt uk uz",
    "Armenian": "hy hyw",
    "Hebrew": "he iw yi",
    "Arabic": "apc ar ary arz ckb fa ks ps sd ug ur",
    "Syriac": "syr",
    "Thaana": "dv",
    "Devanagari": "bho hi kok mai mr ne sa",
    "Bengali": "as bn bpy",
    "Gurmukhi": "pa",
    "Gujarati": "gu",
    "Odia": "or",
    "Tamil": "ta",
    "Telugu": "te",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Sinhala": "si",
    "Thai": "th",
    "Lao": "lo",
    "Tibetan": "bo dz",
    "Burmese": "mnw my shn",
    "Georgian": "ka",
    "Hangul": "ko",
    "Ethiopic": "am gez ti",
    "Cherokee": "chr",
    "Khmer": "km",
    "Kana": "ja",
    "Han": "cmn hak ja lzh nan wuu yue zh",
}
"""{script: languages written in it}. Voices of every language read Latin letters, too."""

_NAMES = {"Han": "Chinese characters", "Kana": "Japanese kana", "Hangul": "Korean", "Latin": "Latin letters"}
"""Names for people, where they differ from the script's."""

_SIGNS = frozenset({"Greek"})
"""Scripts whose single letters are symbols that every voice can name: the angle α."""

_FIRST_OTHER = "\u0370"
"""First letter of the table that is not Latin."""
_SIGNS_OF_PRINT = frozenset("‘’“”„‹›–—…•")
"""Beyond it, but of no script. A text with nothing else needs no pattern, which takes 0.01 s to compile."""


def name_of(script: str) -> str:
    """Return a script's name for people."""
    return _NAMES.get(script, script)


def scripts_of(language: str) -> frozenset[str]:
    """Return the scripts of a language (BCP 47), and Latin."""
    if script_of(language) == "latn":
        return frozenset({"Latin"})
    code = language_of(language)
    return frozenset({"Latin", *(script for script, codes in _LANGUAGES.items() if code in codes.split())})


def every_script() -> frozenset[str]:
    """Return all known scripts: those of a voice that speaks many languages."""
    return frozenset(_LETTERS) | {"Latin"}


def unread(text: str, voice: Voice) -> Counter[str]:
    """Return the number of letters that a voice cannot read, by script; empty for nearly all texts."""
    readable = frozenset(voice.scripts) or scripts_of(voice.language)
    found: Counter[str] = Counter()
    if "Latin" in readable and max(set(text) - _SIGNS_OF_PRINT, default="") < _FIRST_OTHER:
        return found
    any_other, others = _others(readable)
    if not any_other.search(text):
        return found
    for run in others.finditer(text):
        script = run.lastgroup or ""
        letters = sum(map(str.isalpha, run[0]))
        if letters and not (letters == 1 and script in _SIGNS):
            found[script] += letters
    return found


def cannot_read(text: str, voice: Voice) -> Unspeakable | None:
    """Return an error when a voice reads less than half of a text's letters, else None.

    Such a text is not spoken at all: a Chinese sentence of which only "GDP" sounds is no sentence.
    """
    found = unread(text, voice)
    if 2 * found.total() <= sum(map(str.isalpha, text)):
        return None
    script = "Kana" if "Kana" in found else found.most_common(1)[0][0]  # Japanese uses Chinese characters as well
    return Unspeakable(f"the voice {voice.id} does not read {name_of(script)}", reader(script, voice))


def reader(script: str, voice: Voice) -> str:
    """Return one line of advice about a script that a voice does not read."""
    if script == "Han" and language_of(voice.language) == "ja":  # a Chinese voice would read them as Chinese
        return "only a Japanese voice that knows kanji does, and none is installed with this program"
    recommended = registry.recommended(script)
    if recommended in ("", voice.id):
        return "see listen voices for one that does"
    return f"choose one that does, such as --voice {recommended} (see listen voices)"


@cache
def _others(readable: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns for one character of any other script (fast), and for runs of each such script."""
    others = {script: ranges for script, ranges in _LETTERS.items() if script not in readable}
    if not others:
        nothing = re.compile(r"(?!)")
        return nothing, nothing
    runs = (f"(?P<{script}>[{ranges}]+)" for script, ranges in others.items())
    return re.compile(f"[{''.join(others.values())}]"), re.compile("|".join(runs))
