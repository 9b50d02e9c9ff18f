"""Addresses, marks, emoji and the leavings of markup; most of them in any language."""

from __future__ import annotations

import re

from player.utterance.sentences.language import language_of
from player.utterance.spoken.rules.model import BLANKS, CAPITALS, DIGITS, Rule, pairs, says

_ANY: frozenset[str] = frozenset()
_SPEECH_OF_SIGNS = {  # language: how "." and "@" are said in an address
    "en": ("dot", "at"), "de": ("Punkt", "ätt"), "fr": ("point", "arobase"), "es": ("punto", "arroba"),
    "it": ("punto", "chiocciola"), "pt": ("ponto", "arroba"), "nl": ("punt", "apenstaartje"),
}  # fmt: skip
_ENDINGS = (
    "com|org|net|edu|gov|mil|int|info|biz|io|ai|app|dev|co|tv|me|ly|gl|gg|eu|uk|us|ca|au|nz|ie|in|de|at|ch|fr|be"
    "|nl|es|it|pt|pl|se|no|dk|fi|ru|ua|jp|cn|kr|br|mx|ar|za"
)
_HOST = rf"(?:[\w-]+\.)+(?:{_ENDINGS})\b(?:\.(?:uk|au|nz|za|jp|br)\b)?"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(
    r"(?:https?|ftp)://(?:www\.)?(?P<host>[\w-]+(?:\.[\w-]+)*)(?::\d+)?[^\s<>\"”’)\]]*?(?=[.,;:!?…]*(?:[\s<>\"”’)\]]|$))"
)
_WWW = re.compile(
    rf"(?<![\w@./-])(?:www\.(?P<www>[\w-]+(?:\.[\w-]+)+)|(?P<host>{_HOST}))(?:/[^\s<>\"”’)\]]*?)?(?=[.,;:!?…]*(?:[\s<>\"”’)\]]|$))"
)
_CONTROL = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff\\ufff9-\\ufffc\\ud800-\\udfff]+"
)
_PICTURES = (
    "\\U0001F000-\\U0001FAFF\\u2600-\\u2604\\u2607-\\u266c\\u2670-\\u27bf\\u2b00-\\u2bff\\u23e9-\\u23fa\\u231a\\u231b"
)
_EMOJI = re.compile(
    f"\\s?[{_PICTURES}][{_PICTURES}\\ufe0e\\ufe0f\\u200d\\u20e3\\U000E0020-\\U000E007F]*|[\\ufe0e\\ufe0f\\u20e3]+"
)
_EMOTICON = re.compile(r"(?:^|\s)[:;=][-'^]?[)(DPp|]+(?=$|[\s.,!?])")
_FOOTNOTE = re.compile(r"[†‡]+|(?<=[\w.,!?”’)])\*+(?=\s|$)")
_NOTE_AFTER_STOP = re.compile(
    r"(?=\d)(?:(?<=[^\W\d_][.?!,;”’])\d{1,2}(?:,\d{1,2})*|(?<=[)”’][.?!,;])\d{1,2}|(?<=[.?!,][”’])\d{1,2})(?=\s|$)"
)
_NOTE_RAISED = re.compile(r"(?<=[^\W\d_]{2}[.,;!?”’)])[⁰¹²³⁴-⁹]+|(?<=[^\W\d_]{4})[⁰¹²³⁴-⁹]+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,60}>")
_LINK_OPENS = re.compile(r"!?\[(?=[^\[\]]*\]\([^()\s]*\))")
_LINK_CLOSES = re.compile(r"(?<!^)\]\([^()\s]*\)")
_LETTER_IN_BRACKETS = re.compile(r"\[(?=[A-Za-z]\][a-z])|(?<=\[[A-Za-z])\](?=[a-z])")
_BRACKETS = re.compile(r"[\[\]{}<>|\\`•●▪◦‣⁃■□™®]")
_EMPHASIS = re.compile(r"(?<!\w)[*_~]{1,3}(?=\w)|(?<=[\w.,!?])[*_~]{1,3}(?!\w)|\*+")
_HASHTAG_OF_WORDS = re.compile(r"(?<![\w&])#((?:[A-Z][a-z]+|[A-Z]+(?![a-z])){2,})(?!\w)")
_WORD_IN_HASHTAG = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])")
_HEARTS = frozenset("❤♥🩷🧡💛💚💙🩵💜")
_HEART = re.compile(rf"\b(?:I|[Ww]e|[Yy]ou|[Tt]hey|who) (?P<it>(?:[{''.join(_HEARTS)}]\ufe0f?))(?=\s\w)")
_TYPED_HEART = re.compile(r"(?:^|\s)<3+(?=$|[\s.,!?])(?!\s\d)")
_HASHTAG = re.compile(r"(?<![\w&])#(?=[^\W\d_])")
_PATH = re.compile(r"(?<!\S)[~.]{0,2}(?:/[\w.-]*\w){2,}/?(?=$|[\s.,;:!?)])")
_AND_OR = re.compile(r"(?:(?<=\b[Aa]nd)|(?<=\b[Ee]ither))/(?=or\b)")
_OR = re.compile(r"(?<=\b[Hh]e)/(?=she\b)|(?<=\b[Hh]is)/(?=her)|(?<=\b[Hh]im)/(?=her\b)|(?<=\b[Ss]he)/(?=he\b)")
_S_HE = re.compile(r"\b[Ss]/he\b")
_BETWEEN_CAPITALS = re.compile(r"(?<=[A-Z])/(?=[A-Z])")
_SLASH = re.compile(
    r"(?=[ /])(?:(?<=[^\W\d_]{2}) ?/+ ?(?=[^\W\d_]{2})|(?<=[^\W\d_]) /+ (?=[^\W\d_])|(?<!\S)/+(?=\w)|(?<=\w)/+(?!\S))"
)
_DASH = re.compile(r"(?<=[^\s–—―-]) ?[–—―-]++ ?(?=[^\s–—.,;:!?)\]”’\"-])")
_NAMES = re.compile(r"[A-Z]")
_DAY_OF_MONTH = re.compile(r"\b[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?$")
_DAYS = frozenset(language_of("en").tables["date"].values()) | {"May"}
_SHORT_DAYS = frozenset(language_of("en").tables["date"])
_OPENING_DASH = re.compile(r"^[–—―-]+\s*(?=[^\s\d])")
_SPACED_DOTS = re.compile(r"(?: \.){2,}|\.(?: \.)+")
_WIDE_BLANK = re.compile(r"\s\s+|[^\S ]+")


def _address(code: str) -> tuple[str, str]:
    dot, at = _SPEECH_OF_SIGNS[code]
    return f" {dot} ", f" {at} "


def _host(name: str, code: str) -> str:
    """In English the letters of a country are spelled: "bbc dot co dot U K"."""
    *parts, end = name.split(".")
    if code == "en" and len(end) == 2 and parts and end.lower() not in ("co", "me"):
        end = " ".join(end.upper())
    return _address(code)[0].join([*parts, end])


def _email(code: str) -> Rule:
    dot, at = _address(code)
    return Rule(
        "e-mail address",
        ("jane.doe@example.com", f"jane{dot}doe{at}example{dot}com"),
        _EMAIL,
        lambda m: _host(m.group().rstrip("."), code).replace("@", at).replace("_", " "),
        frozenset("@"),
        languages=frozenset({code}),
    )


def _web(code: str, pattern: re.Pattern[str], needs: frozenset[str]) -> Rule:
    dot, _ = _address(code)

    def say(match: re.Match[str]) -> str | None:
        host = match.groupdict().get("www") or match["host"]
        return _host(host.strip(".-"), code) or None

    written = "https://example.com/a/b" if pattern is _URL else "example.com/a"
    return Rule("web address", (written, f"example{dot}com"), pattern, say, needs, languages=frozenset({code}))


def _control(match: re.Match[str]) -> str:
    return " " if match.group().isspace() else ""


def _is_unprintable(text: str) -> bool:
    return not text.isprintable() or "\ufffc" in text


def _dash(match: re.Match[str]) -> str | None:
    """A hyphen joins ("well-known") unless blanks stand around it; so does "–" in "Paris–London"."""
    written = match.group()
    text, start, end = match.string, match.start(), match.end()
    if written in ("-", " -", "- ") or (written == "–" and text[start - 1].isdigit() and text[end].isdigit()):
        return None
    if written == "–" and _NAMES.match(match.string, match.end()):
        word = match.string[: match.start()].split()[-1]
        if word.rstrip(".") in _DAYS or word.rstrip(".").lower() in _SHORT_DAYS or _DAY_OF_MONTH.search(text, 0, start):
            return " to "
        return " " if word.lstrip("(“‘\"'")[:1].isupper() else ", "
    return ", "


def _path(match: re.Match[str]) -> str:
    return " slash ".join(match.group().rstrip("/").split("/")).strip()


def _hashtag(match: re.Match[str]) -> str:
    return "hashtag " + " ".join(_WORD_IN_HASHTAG.findall(match[1]))


def _after_stop(match: re.Match[str]) -> str | None:
    """A digit after a full stop is a footnote's mark, unless an abbreviation stands before it: "No.5"."""
    before = match.string[max(0, match.start() - 12) : match.start()].split()[-1:]
    word = before[0].strip("“”‘’\"'(").rstrip(".!?,;").lower() if before else ""
    return None if language_of("en").holds("before_number", word) or "." in word else ""


_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")

_LONG_DASHES = frozenset("–—―")
_CLUTTER = frozenset("[]{}<>|\\`•●▪◦‣⁃■□™®")

FIRST = (
    Rule("emoji", ("I ❤️ it", "I love it"), _HEART, says("love"), _HEARTS),
    Rule("emoji", ("It was fun 😀.", "It was fun."), _EMOJI, says(""), odd=True, languages=_ANY),
    Rule("emoji", ("It was fun :-)", "It was fun"), _EMOTICON, says(""), pairs(":;=", "-'^)(DPp|"), languages=_ANY),
    Rule(
        "control character",
        ("a\x07b", "ab"),
        _CONTROL,
        _control,
        odd=True,
        suits=_is_unprintable,
        languages=_ANY,
    ),
    Rule("tag", ("<b>bold</b>", "bold"), _TAG, says(""), frozenset("<"), frozenset(">"), languages=_ANY),
    Rule("link", ("[text](/x/)", "text"), _LINK_OPENS, says(""), frozenset(["]("]), languages=_ANY),
    Rule("link", ("[text](/x/)", "text"), _LINK_CLOSES, says(""), frozenset(["]("]), languages=_ANY),
    *(_email(code) for code in _SPEECH_OF_SIGNS),
    *(_web(code, _URL, frozenset([":/"])) for code in _SPEECH_OF_SIGNS),
    *(_web(code, _WWW, pairs(".", (end[0] for end in _ENDINGS.split("|"))) | {"w."}) for code in _SPEECH_OF_SIGNS),
    Rule("footnote mark", ("It is so.†", "It is so."), _FOOTNOTE, says(""), frozenset("†‡*"), languages=_ANY),
    Rule(
        "footnote mark",
        ("by Putin.1", "by Putin."),
        _NOTE_AFTER_STOP,
        _after_stop,
        pairs(".?!,;”’", DIGITS),
        languages=_ANY,
    ),
    Rule("footnote mark", ("by Putin.²", "by Putin."), _NOTE_RAISED, says(""), _RAISED, languages=_ANY),
)
"""Before all others: what is in an address or a link is no number, no unit and no abbreviation."""

LAST = (
    Rule("path", ("in /usr/bin/env", "in slash usr slash bin slash env"), _PATH, _path, frozenset("/")),
    Rule("slash", ("and/or", "and or"), _AND_OR, says(" "), frozenset(["d/", "r/"])),
    Rule("slash", ("s/he", "she or he"), _S_HE, says("she or he"), pairs("sS", "/")),
    Rule("slash", ("he/she", "he or she"), _OR, says(" or "), pairs("esm", "/")),
    Rule("slash", ("A/B testing", "A B testing"), _BETWEEN_CAPITALS, says(" "), pairs("/", CAPITALS)),
    Rule("slash", ("input/output", "input, output"), _SLASH, says(", "), frozenset("/")),
    Rule("hashtag", ("#BlackLivesMatter", "hashtag Black Lives Matter"), _HASHTAG_OF_WORDS, _hashtag,
         frozenset("#"), languages=_ANY),
    Rule("hashtag", ("#metoo", "hashtag metoo"), _HASHTAG, says("hashtag "), frozenset("#"), languages=_ANY),
    Rule("dash", ("He left—she stayed.", "He left, she stayed."), _DASH, _dash, _LONG_DASHES | {"--", "- "},
         languages=_ANY),
    Rule("dash", ("– He left.", "He left."), _OPENING_DASH, says(""), _LONG_DASHES | {"-"}, languages=_ANY),
    Rule("ellipsis", ("Well . . . no", "Well... no"), _SPACED_DOTS, says("..."), frozenset([" ."]), languages=_ANY),
    Rule("bracket", ("“[n]o one”", "“no one”"), _LETTER_IN_BRACKETS, says(""), frozenset("["), languages=_ANY),
    Rule("bracket", ("the [sic] one", "the sic one"), _BRACKETS, says(" "), _CLUTTER, languages=_ANY),
    Rule("emphasis", ("*very* good", "very good"), _EMPHASIS, says(""), frozenset("*_~"), languages=_ANY),
    Rule("blank", ("two  blanks", "two blanks"), _WIDE_BLANK, says(" "), (BLANKS - {" "}) | {"  "},
         languages=_ANY),
)  # fmt: skip
