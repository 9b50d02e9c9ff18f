"""Words that are written short without a full stop: "Lt Smith", "42nd St", "Ali v Frazier"."""

from __future__ import annotations

import re

from player.utterance.spoken.rules.model import BLANKS, DIGITS, Rule, pairs, says

_SMALL = {
    "w/o": "without",
    "w/": "with",
    "c/o": "care of",
    "'n'": "and",
    "Xmas": "Christmas",
    "km/h": "kilometers per hour",
    "n/a": "not applicable",
    "N/A": "not applicable",
    "et al.": "and others",
    "gov't": "government",
    "Gov't": "Government",
    "int'l": "international",
    "Int'l": "International",
    "nat'l": "national",
    "Nat'l": "National",
    "Ass'n": "Association",
    "dep't": "department",
    "Dep't": "Department",
    "y/y": "year on year",
    "q/q": "quarter on quarter",
}
_SMALL_WORDS = re.compile(
    r"(?<!\w)(?:[Gg]ov['’]t|[Ii]nt['’]l|[Nn]at['’]l|Ass['’]n|[Dd]ep['’]t|w/o|w/(?=\s)|c/o|['’]n['’]|Xmas|km/h"
    r"|n/a|N/A|y/y|q/q|et al\.)(?!\w)"
)
_SMALL_SIGNS = pairs("vtsp", "'’") | {"y/", "q/", "w/", "c/", "m/", "n/", "N/", "'n", "’n", "Xm", "l."}
_TITLES = {
    "Ms": "Miz",
    "Gen": "General",
    "Mt": "Mount",
    "Ft": "Fort",
    "Lt": "Lieutenant",
    "Sgt": "Sergeant",
    "Capt": "Captain",
    "Col": "Colonel",
    "Cpl": "Corporal",
    "Rev": "Reverend",
    "Prof": "Professor",
    "Sen": "Senator",
    "Gov": "Governor",
}
_TITLE = re.compile(rf"\b(?P<it>{'|'.join(_TITLES)})(?= (?!Alpha|Beta|Xer|Zer)[A-Z][a-z])")
_JUNIOR = re.compile(r"(?<=[a-z,]) (?P<it>[JS]r)\b(?![.-])")
_STREETS = {"St": "Street", "Ave": "Avenue", "Blvd": "Boulevard", "Rd": "Road", "Ln": "Lane", "Pkwy": "Parkway"}
_STREET = re.compile(
    r"\b(?:[A-Z][a-z]+|\d+(?:st|nd|rd|th)) "
    r"(?P<it>Ave|Blvd|Rd|Ln|Pkwy|St(?=$|[,;:!?)]| (?:and|in|at|near|to|is|was|&)\b))\b(?![.'’-])"
)
_NUMBER = re.compile(r"(?<=[a-z,] )Nos?(?= \d)|\bNo(?= 10\b(?! [a-z]+s\b))")
_PLACES = {
    "Fig": "Figure", "Figs": "Figures", "Vol": "Volume", "Vols": "Volumes", "Ch": "Chapter", "Eq": "Equation",
    "Sec": "Section",
}  # fmt: skip
_PLACE = re.compile(rf"\b(?:{'|'.join(_PLACES)})(?= \d)")
_VERSUS = re.compile(r"(?<=[\w)] )vs\b(?!\.)|(?<=[A-Za-z)] )v(?= [A-Z])")
_LIVED = {"b": "born", "d": "died", "r": "reigned", "fl": "flourished", "m": "married"}
_LIFE = re.compile(r"(?:^|(?<=[(;,] )|(?<=\())(?P<it>(?P<life>b|d|r|fl|m)\.)(?= (?:c\.? |ca\.? |in )?(?:1\d|20)\d\d\b)")

RULES = (
    Rule("short word", ("w/o it", "without it"), _SMALL_WORDS, lambda m: _SMALL[m.group().replace("’", "'")],
         _SMALL_SIGNS),
    Rule("title", ("Ms Smith", "Miz Smith"), _TITLE, lambda m: _TITLES[m["it"]],
         frozenset(title[:2] for title in _TITLES)),
    Rule("title", ("Martin Luther King Jr said", "Martin Luther King Junior said"), _JUNIOR,
         lambda m: "Junior" if m["it"] == "Jr" else "Senior", frozenset(["Jr", "Sr"])),
    Rule("street", ("on 42nd St, and", "on 42nd Street, and"), _STREET, lambda m: _STREETS[m["it"]],
         frozenset(street[:2] for street in _STREETS)),
    Rule("number", ("the No 5 shirt", "the Number 5 shirt"), _NUMBER,
         lambda m: "Numbers" if m.group() == "Nos" else "Number", frozenset(["No"]), pairs(BLANKS, DIGITS)),
    Rule("number", ("Fig 2", "Figure 2"), _PLACE, lambda m: _PLACES[m.group()],
         frozenset(place[:2] for place in _PLACES), pairs(BLANKS, DIGITS)),
    Rule("versus", ("Ali v Frazier", "Ali versus Frazier"), _VERSUS, says("versus"),
         frozenset([" v"]), frozenset(["vs", "v "])),
    Rule("life", ("(b. 1950)", "(born nineteen fifty)"), _LIFE, lambda m: _LIVED[m["life"]],
         frozenset(["b.", "d.", "r.", "l.", "m."]), pairs(BLANKS, "12ci")),
)  # fmt: skip
