"""Lines that belong to the page and not to the story: players, advertisements, share and newsletter lines."""

from __future__ import annotations

import re

_LONGEST = 200
"""Characters; what is longer is a paragraph, whatever it begins with."""

_PLACE = r"(?: (?:above|below|now|here))*"
_THING = r"(?:stor(?:y|ies)|articles?|posts?|content|coverage|news|reading|topics|episode|audio|column|report)"
_SITE = r"(?:facebook|twitter|x|whatsapp|linkedin|reddit|e-?mail|pinterest|telegram|bluesky|threads|flipboard|mastodon)"
_LINES = (
    # a player's own button: "Listen To Story Above", "Listen to this article · 7 min"
    rf"(?:listen(?:ing)?|play)(?: to)?(?: (?:this|the))? {_THING}{_PLACE}"
    r"(?:\W*\d+\s?(?:min(?:ute)?s?|:\d\d))?(?: listen)?",
    r"play audio|audio (?:version|player)|(?:listen|watch)(?: now| live)?|\d+[ -]min(?:ute)?s?[ -](?:read|listen)",
    r"(?:this audio|the audio version).{0,40}(?:generated|narrated).{0,60}",
    # advertisements
    r"advertise?ments?|ads?|sponsored(?: content| by .{1,40})?|promoted(?: content)?|paid content",
    rf"{_THING} continues (?:below|after).{{0,40}}|continue reading(?: below)?|scroll to continue.{{0,30}}",
    r"skip (?:past )?(?:advertisement|ad|newsletter promotion|to (?:main )?content)|after newsletter promotion",
    r"anzeige|werbung|publicité|publicidad|pubblicità|publicidade|advertentie",
    r"(?:lesen sie (?:auch|mehr)|mehr zum thema|lire aussi|à lire aussi|lea también|lee también|leggi anche"
    r"|leia (?:também|mais)|lees ook)(?:\s*[:|»›]\s*.{0,150})?",
    # elsewhere on the site: with a colon, or alone
    r"(?:read(?: more| also| next| on)?|also read|see also|related|more|watch|recommended|don.t miss|up next"
    r"|in pictures|more on this)\s*[:|»›]\s*.{1,150}",
    rf"(?:read more|read also|read next|also read|see also|related|recommended|up next|more on this"
    rf"|trending)(?: {_THING})?",
    # names only: "More from BBC News", while "More from the soup pot" is somebody's line
    rf"more (?:from|in) (?-i:(?:the )?[A-Z][\w&’']*(?: (?:of|and|the|[A-Z][\w&’']*)){{0,4}})|more {_THING}",
    rf"(?:most (?:read|popular|viewed)|top {_THING}|latest {_THING}|editors?['’]? picks?)"
    rf"(?: (?:in|on|from) .{{1,30}})?",
    # sharing, subscribing, talking back
    rf"share(?: (?:this|full|on|via|by))*(?: {_THING})?(?: (?:on|via|by|to))?(?:[\s|,·/]*\b{_SITE}\b)*(?: link)?",
    # not "X" alone, which is a chapter's number
    rf"(?!x\W*$)(?:{_SITE}|copy link|link copied|print|save|bookmark|gift)"
    rf"(?:[\s|,·/]+(?:{_SITE}|copy link|print|save|share|comments?))*",
    r"(?:subscribe|sign up|register)(?: now| today| here| free)*"
    r"(?: (?:for|to)\b(?:.{0,60}\b(?:newsletters?|updates|inbox|alerts|e-?mails?|digest|briefing|podcast)\b.{0,40}"
    r"|(?-i:(?: [a-z]+){0,2} [A-Z].{0,30})))?",
    r"(?:get|receive) .{0,80}(?:newsletters?|in your inbox|to your inbox|straight to your inbox)",
    rf"(?:follow|find|like|join) us (?:on|at)\b.{{0,60}}|follow .{{1,40}} on {_SITE}(?:\W+{_SITE})*",
    r"click here.{0,60}|leave a comment|(?:view|show|post|add)(?: all| your| a)? comments?",
    r"\d[\d,.]*[km]? (?:shares?|comments?|likes?|views?)"
    r"(?:[\s|,·]+\d[\d,.]*[km]? (?:shares?|comments?|likes?|views?))*",
    # pictures, and the page itself
    r"(?:image|photo|picture|photograph)(?: credit| source)?s?\s*:\s*.{1,80}|(?:photo by .{1,40}/)?getty images",
    r"back to top|sign in|log in|accept(?: all)? cookies|cookie settings|all rights reserved",
    r"(?:copyright )?(?:©|\(c\)) ?(?:copyright )?\d{4}.{0,80}",
)
_FURNITURE = re.compile(rf"\W*(?:{'|'.join(_LINES)})\W*", re.IGNORECASE)


def is_furniture(text: str) -> bool:
    """Whether a whole block or line is page matter.

    >>> is_furniture("Listen To Story Above"), is_furniture("Listen to your mother.")
    (True, False)
    """
    return len(text) <= _LONGEST and _FURNITURE.fullmatch(text) is not None
