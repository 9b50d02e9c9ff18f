"""Page furniture, which is not part of the story: lines of players, advertisements, sharing, newsletters."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from player.patterns import later
from player.tables import table

_LONGEST = 200
"""Characters; a longer line is a paragraph, whatever it begins with."""

_SAID = later(r"(?<!\.\.)[.!?]$")
_QUOTES = ("“", '"', "„", "«", "‘", "'", "”")
_PLACE = r"(?: (?:above|below|now|here))*"
_THING = r"(?:stor(?:y|ies)|articles?|posts?|content|coverage|news|reading|topics|episode|audio|column|report)"
_SITE = r"(?:facebook|twitter|x|whatsapp|linkedin|reddit|e-?mail|pinterest|telegram|bluesky|threads|flipboard|mastodon)"
_BUTTON = (
    r"(?:(?:like|share|comment|reply|report|save|tweet|pin|follow|flag|upvote|downvote|award|bookmark|embed|print)"
    r"(?: \(?\d[\d,.]*[km]?\)?)?)"
)
_AGO = r"(?:\d{1,3}|an?) (?:second|minute|hour|day|week|month|year)s? ago"
_FIGURE = "0"
"""Beginning of any number."""
_BEGINNINGS = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,3}|[^\w\s]")


class _Lines:
    """Lines that have one of some beginnings of words or signs in common. Compiled when a line has one, because all of
    them take 20 ms, which is heard at the start of a story."""

    def __init__(self, beginnings: str, *patterns: str) -> None:
        self.beginnings = frozenset(beginnings.split())
        self.patterns = patterns
        self.pattern = later(rf"\W*(?:{'|'.join(patterns)})\W*", re.IGNORECASE)


LINES = (
    # the page's own audio button: "Listen To Story Above", "Listen to this article · 7 min"
    _Lines(
        "aud lis min pla wat",
        rf"(?:listen(?:ing)?|play)(?: to)?(?: (?:this|the))? {_THING}{_PLACE}"
        r"(?:\W*\d+\s?(?:min(?:ute)?s?|:\d\d(?: ?/ ?\d{1,2}:\d\d)?))?(?: listen)?",
        r"play audio|audio (?:version|player)|(?:listen|watch)(?: now| live)?(?:\W*\d+ ?min(?:ute)?s?)?"
        r"|\d+[ -]min(?:ute)?s?[ -](?:read|listen)",
        r"(?:this audio|the audio version).{0,40}(?:generated|narrated).{0,60}",
        r"audio produced by .{1,60}",
    ),
    # advertisements
    _Lines(
        "ad ads adv aft anz con pai pro pub scr ski spo wer",
        r"advertise?ments?(?:\W+(?:scroll to continue.{0,30}|continue reading(?: below)?))?|ads?"
        r"|(?:remove|report(?: this)?) ads?|sponsored(?: content| by (?-i:[A-Z])[^,]{1,40})?"
        r"|promoted(?: content)?|paid content",
        rf"{_THING} continues (?:below|after)(?:(?: this| the)? (?:ad|promotion|video|newsletter|banner).{{0,30}})?"
        r"|continue reading(?: below)?|scroll to continue.{0,30}",
        r"skip (?:past )?(?:advertisement|ad|newsletter promotion|to (?:main )?content)|after newsletter promotion",
        r"anzeige|werbung|publicité|publicidad|pubblicità|publicidade|advertentie",
    ),
    _Lines(
        "als art don edi jum lat lea lee leg lei les lin lir meh mor mos nex pag pic pre rea rec rel see tab top"
        " tre up wat",
        r"(?:article réservé (?:à nos |aux )?abonnés )?"
        r"(?:lesen sie (?:auch|mehr)|mehr zum thema|lire aussi|à lire (?:aussi|également)|lea también|lee también"
        r"|leggi anche(?: su)?|leia (?:também|mais)|lees ook)(?:\s*[:|»›]\s*.{0,150})?",
        # links to other pages: with a colon, or alone
        r"(?:read (?:more|also|next|on)|also read|more on this)\s*[:|»›]\s*.{1,150}",
        # only before a capitalised title: "Watch: it will fall." is a sentence
        r"(?:read|see also|related|more|watch|recommended|don.t miss|up next|in pictures)\s*[:|»›]"
        r"(?!.*\.\W*$)\s*(?-i:(?=[^a-z\s]).{1,150})",
        rf"(?:read more|read also|read next|also read|see also|related|recommended|up next|more on this"
        rf"|trending(?: now)?)(?: {_THING})?",
        # before names only: "More from the soup pot" is part of a text
        r"you (?:might|may) also (?:like|enjoy|be interested in)(?:\s*[:|»›].{0,150})?|(?:related|key) links?"
        # of documentation and serials
        r"|(?:previous|next) (?:topic|chapter|section|page|post|story)\s*[:|»›]\s*.{1,150}"
        r"|table of contents|on this page|in this article|jump to (?:recipe|content|comments)|print recipe",
        r"more (?:must-reads |stories |news )?(?:from|in) "
        r"(?-i:(?:the )?[A-Z][\w&’']*(?: (?:of|and|the|[A-Z][\w&’']*)){0,4})",
        rf"more {_THING}",
        rf"(?:most (?:read|popular|viewed)|top {_THING}|latest {_THING}|editors?['’]? picks?)"
        rf"(?: (?:in|on|from) .{{1,30}})?",
    ),
    # sharing, subscribing, comments
    _Lines(
        "@ blu boo com con cop del e ema fac fin fli fol get gif joi lik lin mas par pin pri rec red reg sav sha"
        " sig sub tei tel thr twe twi wha x",
        rf"share(?: (?:this|full|on|via|by))*(?: {_THING})?(?: (?:on|via|by|to))?(?:[\s|,·/]*\b{_SITE}\b)*(?: link)?",
        r"tweet|teilen|partager|compartir|condividi|compartilhar|delen",
        rf"(?:save|print|e-?mail|gift|bookmark)(?: this)? (?:{_THING}|page)",
        # not a lone "X", which is a chapter's number
        rf"(?!x\W*$)(?:{_SITE}|copy link(?: copied)?|link copied|print|save|bookmark|gift)"
        rf"(?:[\s|,·/]+(?:{_SITE}|copy link|print|save|share|comments?))*",
        r"(?:subscribe|sign up|register)(?: now| today| here| free)*"
        r"(?: (?:for|to)\b(?:.{0,60}\b(?:newsletters?|updates|inbox|alerts|e-?mails?|digest|briefing|podcast)\b.{0,40}"
        r"|(?-i:(?: [a-z]+){0,2} [A-Z].{0,30})))?",
        r"(?:get|receive) (?:the|our|all|every|daily|weekly|more|breaking|news|top|updates|stories|exclusive|free)\b"
        r".{0,80}(?:newsletters?|in your inbox|to your inbox|straight to your inbox)",
        rf"(?:follow|find|like|join) us (?:on (?:our\b|{_SITE}\b|(?-i:[A-Z]))|at (?:@|www|http)).{{0,60}}"
        rf"|follow .{{1,40}} on (?:(?:[\w’']+ ){{0,2}}[\w’']+(?:,? and |, |/| \| ))*{_SITE}(?:(?:,? and |\W+){_SITE})*"
        r"|follow .{1,20}[’']s? coverage of .{1,120}",
        r"(?:write to|e-?mail|contact) .{1,60} at \S+@\S+|\S+@\S+\.\w+(?: ?\(end\))?",
    ),
    _Lines(
        "cli com enj jav lik lis pla rat rec sup uns vid wat",
        r"if you (?:enjoyed|liked) (?:this|reading)\b.{0,60}\b(?:clap|share|subscribe|follow|consider)\b.{0,100}"
        r"|you(?: a|[’'])re receiving this (?:e-?mail|newsletter|message|because)\b.{0,100}"
        r"|javascript is (?:currently )?(?:disabled|turned off|not (?:enabled|supported))\b.{0,150}"
        r"|to (?:view|watch|play|see|use|read) this \w+,? (?:please |you (?:must|need to) )?(?:enable|turn on)"
        r" javascript"
        r"\b.{0,90}"
        r"|rate this (?:article|story|post|page|recipe|answer)\W*(?:\d|\W)*"
        r"|(?:please )?(?:enable|turn on) javascript\b.{0,120}"
        r"|your browser (?:does not|doesn[’']t) support (?:the )?(?:html5? )?(?:audio|video|this|iframes?|playing"
        r"|inline)"
        r".{0,80}"
        r"|\[?play video\]?|▶\ufe0e? ?(?:play|listen|watch|video)"
        r"|unsubscribe(?: here| now)?(?:\s*[|·]\s*.{1,60})?",
        r"click here(?: (?:to|for)\b.{0,60})?|leave a comment|comments?(?: ?\(\d+\))?"
        r"|(?:view|show|post|add)(?: all| your| a)? comments?(?: ?\(\d+\))?",
    ),
    _Lines(
        "0",
        r"\d[\d,]*\.\d[km]",
        r"\d[\d,.]*[km]? (?:shares?|comments?|likes?|views?)"
        r"(?:[\s|,·]+\d[\d,.]*[km]? (?:shares?|comments?|likes?|views?))*",
        r"[+−-]?\d[\d,.]*[km]? (?:(?:up|down)?votes?|points?|claps?|reactions?|replies|retweets?)"
        r"|\d+ (?:people|persons?) found this helpful|\d{1,3} ?/ ?\d{1,3}|\d{1,2}:\d\d ?/ ?\d{1,2}:\d\d",
    ),
    # credits of pictures, and the page's own controls
    _Lines(
        "bac c coo cop get ima les log mor new nex pho pic pre rig sig ©",
        r"(?:image|photo|picture|photograph)(?: credit| source)?s?\s*:\s*.{1,80}|(?:photo by .{1,40}/)?getty images",
        r"copyright (?-i:[A-Z])[^.]{1,60}\b(?:19|20)\d\d\b[^.]{0,40}",
        r"back to top|(?:already a (?:subscriber|member)\W+)?(?:sign|log) in"
        r"|accept(?: all)? cookies|cookie settings|all rights reserved",
        r"(?:copyright )?(?:©|\(c\)) ?(?:copyright )?\d{4}(?:[-–, ]+(?-i:[A-Z\d]).{0,80})?",
        r"(?:load|show) more|read less|(?:next|previous) (?:article|story|post)|newsletters?",
    ),
    # at the foot of newsletters
    _Lines(
        "add aud bro fil get got lis loa pai pre pri rec sub tag ter top una uns vid wai",
        r"(?:you(?:['’]re| are| have)? )?(?:receiv|gett|got)\w* this(?: e-?mail| message| newsletter)?.{0,40}"
        r" (?:because|as|since) you(?:['’]ve|['’]re| have| are)?"
        r" (?:sign|subscri|register|opt|follow|ask|bought|purchas)\w* ?.{0,120}",
        r"our (?:mailing|postal) address(?: is)?\s*:.{0,150}",
        r"(?:to )?unsubscribe(?: .{0,60})?|view (?:this e-?mail |it )?in (?:your )?browser"
        r"|(?:manage|update|change) (?:your )?(?:e-?mail )?(?:preferences|subscriptions?).{0,40}",
        r"terms of (?:use|service)|privacy policy|(?:tags|topics|filed under)\s*:\s*[^.]{1,120}",
        r"(?:listen|audio|video)\W{1,3}\d{1,2}:\d\d(?: ?min(?:utes)?)?"
        r"|loading(?: comments| more)?|please wait|paid",
        r"(?:this|the) (?:feature|service|content|video) is (?:temporarily |currently )?unavailable.{0,40}",
    ),
    # galleries: "1 of 12", "Slide 3 / 7", "View gallery"; votes and bars of buttons: "12 votes", "Like Share Reply"
    _Lines(
        "0 cap ful gal ima sli thu vid",
        r"(?:(?:slide|photo|image|picture|page)s?\W{0,2}\d{1,3} ?(?:of|/) ?\d{1,3}|\d{1,3} of \d{1,3})"
        r"(?: (?:photos?|images?|slides?|pictures))?|(?:view|open|see|start) (?:the )?(?:photo )?(?:gallery|slide"
        r" ?show)"
        r"(?:\W+\d+ (?:photos?|images?|slides?|pictures))?"
        r"|(?:hide|show|toggle) captions?|(?:enlarge|expand) (?:this )?image|full ?screen|thumbnails"
        r"|(?:featured|recent|related|latest|more) (?:slide ?shows?|(?:photo )?galler(?:y|ies)|videos)",
    ),
    # addresses, credits of agencies, notices of rights
    _Lines(
        "als cli com cop edi fol htt pub rep tip wri www",
        r"(?:https?://|www\.)\S+|also on \S+\.[a-z]{2,4} .{1,150}|publicado por\s*:.{1,150}"
        r"|\(?(?:(?:additional )?(?:reporting|writing|editing) (?:and \w+ )?by [^.]{1,80}[;,.]? ?){1,4}\)?"
        r"|this copy is for your personal, non-?commercial use.{0,150}"
        r"|(?:have a tip|got a tip)\?.{1,150}|follow (?:him|her|them|me) on (?:twitter|x|facebook|instagram)\b.{0,80}"
        r"|get \S+(?: \S+)? on the go by clicking here|aten[çc][ãa]o: coment[áa]rios.{0,150}",
    ),
    _Lines(
        "awa boo bro com dow emb fla fol hel ima lik pin pre pri rep sav sha sup twe upv",
        rf"{_BUTTON}(?:[\s|,·•/]+{_BUTTON})+|was this (?:{_THING}|page|answer|information|review)"
        rf" helpful\W*(?:yes|no|\W)*",
        r"image (?:source|caption)s?,? .{1,120}|(?:supported|presented|brought to you) by(?: (?-i:[A-Z]).{0,40})?",
    ),
    # who has said it in a forum, and when
    _Lines(
        "ago bro pos",
        rf"\d[\d,]* points?(?: by \S+)? {_AGO}(?: ?[|·•] ?.{{0,80}})?|\S{{2,25}} {_AGO} ?(?:[|·•] ?"
        rf"|\[[-–—+]\]).{{0,80}}",
        rf"(?:submitted|posted|asked|answered|edited|commented)(?: by \S+)?[ |·•]*{_AGO}(?: (?:by|to|in) \S+){{0,3}}",
        r"this post is too long for email.{0,60}|view (?:it |this (?:post|email) )?in (?:your |a )?browser",
    ),
    # the same in other languages
    _Lines(
        "art asc bei com con dee esc imp lee les lui meh new off par sau sta tem tex tie wei éco",
        r"(?:artikel|beitrag|text)(?: jetzt)? (?:an|vor)?hören(?:\W*\d+ min(?:uten)?)?"
        r"|(?:jetzt )?newsletter abonnieren|lesezeit\W.{1,12}"
        r"|stand\s*:\s*\d{1,2}\.\s?(?:\d{1,2}\.|\w+ )\d{4}.{0,14}|artikel (?:teilen|drucken|merken)|(?:mehr"
        r"|weitere) (?:artikel|themen)",
        r"(?:partager|imprimer|écouter|sauvegarder|offrir) (?:cet|l[’']) ?article|temps de lecture\W.{1,12}"
        r"|(?:s[’']inscrire à|recevoir) la newsletter",
        r"(?:compartir|escuchar|imprimir) (?:el |este )?artículo|tiempo de lectura\W.{1,12}",
        r"(?:condividi|ascolta)(?: l[’']| questo )articolo|tempo di lettura\W.{1,12}|(?:deel"
        r"|luister naar) (?:dit )?artikel|leestijd\W.{1,12}",
    ),
    _Lines(
        "( 【 このニ この記 シェア （",
        r"この(?:ニュース|記事)をシェア.{0,10}|シェアする|[（【(].{0,2}(?:责任)?编辑[:：].{1,30}[）】)]|【纠错】.{0,40}",
    ),
)
"""What furniture looks like. The beginnings: up to three letters of words, single signs, and _FIGURE."""


def beginnings(text: str) -> set[str]:
    """Return the first three letters of all words of a text, in small letters, its signs, and _FIGURE if it has any."""
    found = set(_BEGINNINGS.findall(text.casefold()))
    return found | {_FIGURE} if any(map(str.isdecimal, text)) else found


@cache
def _abroad() -> re.Pattern[str]:
    """Matches what other languages have on such lines, and credits of pictures in any."""
    words = table(Path(__file__).with_name("furniture.toml"))
    credits, alone, elsewhere = ("|".join(words[name]) for name in ("credits", "advertisements", "elsewhere"))
    lines = (
        rf"[(\[]?(?:{credits})(?: (?-i:[A-Z]+))?\s?[:/|©]\s*(?=\S)[^:;?!]{{1,80}}",  # (Bild: dpa)
        r"[(\[]?©\s?(?-i:[A-Z\d])[^.:;?!]{1,80}(?:/[^.:;?!]{1,60})?",  # © Ann Roe/Getty Images
        rf"\W*(?:{alone})\W*",
        rf"\W*(?:{elsewhere})(?:\s*[:|»›]\s*.{{0,150}}|\W*)",
    )
    return re.compile("|".join(lines), re.IGNORECASE)


def is_furniture(text: str) -> bool:
    """Return True if a whole block or line is page furniture.

    >>> is_furniture("Listen To Story Above"), is_furniture("Listen to your mother.")
    (True, False)
    """
    if len(text) > _LONGEST or text.startswith(_QUOTES) or (_SAID.search(text) and text.count(" ") < 2):
        return False  # dialogue or narration: “Listen!”, "Save."
    begun = beginnings(text)
    if any(lines.pattern.fullmatch(text) for lines in LINES if not begun.isdisjoint(lines.beginnings)):
        return True
    return _abroad().fullmatch(text) is not None
