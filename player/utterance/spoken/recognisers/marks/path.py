"""Ways to files: "/usr/bin/env", "~/notes.txt", "file:///etc/hosts", "C:\\Users\\me"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import FilePath

_PATH = re.compile(r"[~.]{0,2}(?:/[\w.-]*\w){2,}/?(?=$|[\s.,;:!?)])")
_HOME = re.compile(r"(?:~|\.{1,2})/[\w.-]*\w/?(?=$|[\s.,;:!?)])")
_OPENING = "file://"
_NAME = r"[\w.$-]*\w(?:\ [\w.$()-]+(?=\\))?"
_BACKWARDS = re.compile(rf"(?:[A-Za-z]:)?\\{{1,2}}{_NAME}(?:\\{_NAME})*\\?(?=$|[\s.,;:!?)\"”])")


def _path(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At its first slash."""
    first = index
    while first > index - 2 and tokens.is_sign(first - 1, "~."):
        first -= 1
    start = tokens[first].start
    opened = len(_OPENING) if tokens.text.endswith(_OPENING, 0, start) else 0
    if not opened and tokens[first - 1].kind not in (Kind.SPACE, Kind.EDGE):
        return
    match = _PATH.match(tokens.text, start) or _HOME.match(tokens.text, start)
    if match:
        parts = match[0].rstrip("/").split("/")
        yield Reading(start - opened, match.end(), "path", FilePath(tuple(parts)), 0.95)


PATH = Recogniser("path", _path, (("in /usr/bin/env", "in slash usr slash bin slash env"),), signs="/")


def _drive(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At its first backslash: behind a drive, or with another."""
    drive = tokens[index - 1].text == ":" and len(tokens[index - 2].text) == 1
    first = index - 2 if drive else index
    if tokens[first - 1].kind in (Kind.WORD, Kind.NUMERAL) or tokens[first - 1].text == "\\":
        return
    match = _BACKWARDS.match(tokens.text, tokens[first].start)
    if match and (drive or (match[0].startswith("\\\\") and "\\" in match[0][2:])):
        parts = tuple(match[0].rstrip("\\").split("\\"))
        yield Reading(match.start(), match.end(), "path: backslash", FilePath(parts, backwards=True), 0.95)


DRIVE = Recogniser("path", _drive, (("in C:\\Users\\me", "in C colon backslash Users backslash me"),), signs="\\")
