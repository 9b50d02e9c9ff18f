"""Lines that belong to the page and not to the story: players, advertisements, share and newsletter lines."""

from __future__ import annotations

import re

_LONGEST = 200
"""Characters; what is longer is a paragraph, whatever it begins with."""

_LINES = (
    # a player's own button: "Listen To Story Above", "Listen to this article · 7 min"
    r"(?:listen(?:ing)?|play)(?: to)?(?: (?:this|the))? (?:story|article|episode|audio)(?: (?:above|below|now|here))*"
    r"(?:\W*\d+\s?(?:min(?:ute)?s?|:\d\d))?(?: listen)?",
    r"play audio|audio (?:version|player)|(?:listen|watch)(?: now| live)?",
    # advertisement
    r"advertise?ments?|ads?|sponsored(?: content| by .{1,40})?|promoted(?: content)?|paid content",
    r"(?:story|article) continues (?:below|after).{0,40}|continue reading(?: below)?|scroll to continue.{0,30}",
    r"skip (?:past )?(?:advertisement|ad|newsletter promotion|to (?:main )?content)|after newsletter promotion",
    # elsewhere: these need a colon or stand alone
    r"(?:read(?: more| also| next)?|also read|see also|related|more|watch|recommended|don.t miss|up next|in pictures)"
    r"\s*[:|»›]\s*.{0,150}",
    r"(?:read more|read also|read next|also read|see also|related|recommended|up next|more on this(?: story)?|trending)"
    r"(?: (?:stories|articles|content|posts|topics|reading|coverage))?",
    r"(?:more from|more in|most read|most popular|top stories|latest news)(?: [\w &]{1,40})?",
    # sharing and subscribing
    r"share(?: (?:this|on|via|full))?(?: (?:article|story|post|facebook|twitter|x|whatsapp|linkedin|email|link))*",
    r"(?:facebook|twitter|whatsapp|linkedin|reddit|e-?mail|copy link|print|save|bookmark)"
    r"(?:[\s|,·/]+(?:facebook|twitter|x|whatsapp|linkedin|reddit|e-?mail|copy link|print|save|bookmark))*",
    r"(?:subscribe|sign up|register)(?: now| today| here| free)*(?: (?:for|to)\b.{0,80})?(?:newsletters?|updates|inbox|alerts)?",
    r"(?:get|receive) .{0,60}(?:newsletters?|in your inbox|to your inbox)",
    r"(?:follow|find|like) us (?:on|at).{0,60}|click here.{0,60}|leave a comment|view comments|\d[\d,.]* (?:shares?|comments?)",
    r"(?:image|photo|picture|photograph)(?: credit| source)?s?\s*:\s*.{1,80}|getty images",
    r"(?:back to top|sign in|log in|accept(?: all)? cookies|cookie settings|all rights reserved|©.{0,60})",
)
_FURNITURE = re.compile(rf"\W*(?:{'|'.join(_LINES)})\W*", re.IGNORECASE)


def is_furniture(text: str) -> bool:
    """Whether a whole block or line is page matter.

    >>> is_furniture("Listen To Story Above"), is_furniture("Listen to your mother.")
    (True, False)
    """
    return len(text) <= _LONGEST and _FURNITURE.fullmatch(text) is not None
