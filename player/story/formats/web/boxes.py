"""Parts of a page that are none of its story: consent, votes, the same for other screens, the next story below."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from player.story.html.hidden import shown_text
from player.story.html.tree import take_out

_PLATFORMS = re.compile(
    r"onetrust-|ot-sdk|didomi|cookiebot|cybot|usercentrics|trustarc|truste[-_]|qc-cmp|sp_message_container|fc-consent|cmplz"
    r"|\bklaro\b|iubenda-cs|borlabs-cookie|osano|evidon|quantcast|cmpbox|\bgdpr|\bccpa|cookie-?law|cc-window"
    r"|cookie[-_]?(?:banner|bar|notice|consent|popup|modal|message|overlay|dialog|wall|disclaimer|alert|prompt|settings)"
    r"|consent[-_]?(?:banner|bar|popup|modal|overlay|dialog|manager|layer|box)",
    re.IGNORECASE,
)
"""Ids and classes of boxes that ask for consent, as those who sell them name them."""
_HOSTS = re.compile(
    r"(?:^| )(?:onetrust-(?:consent|banner)|ot-sdk-|didomi-(?:host|notice|popup)|cybotcookiebot|usercentrics-root"
    r"|qc-cmp|fc-(?:consent-root|dialog)|sp_message_container|cmpbox|truste[-_]|iubenda-cs|osano-cm)",
    re.IGNORECASE,
)
"""Ids and classes of boxes that hold a request for consent and nothing else, even if it has headings."""
_OVERLAYS = re.compile(
    r"modal|pop-?up|overlay|dialog|lightbox|consent|privacy|cookie|cmp|fc-consent|age-?(?:gate|verif)|banner|gdpr"
    r"|ccpa|onetrust|ot-sdk|didomi|cybot|usercentrics|trust|sp_message|klaro|iubenda|borlabs|osano|evidon|quantcast|cc-window"
)
_ASKS = re.compile(
    r"we (?:value|respect|care about) your privacy|accept (?:all )?cookies|cookie (?:consent|settings|preferences)"
    r"|(?:consent|agree) to (?:the use|our (?:use|and))|(?:we|partners) (?:and our (?:\d+ )?partners )?use cookies"
    r"|your consent to use|agree to our use of|uses? cookies to|(?:set|use) (?:additional|optional|some) cookies"
    r"|(?:verwenden|nutzen) (?:\w+ ){0,3}cookies|utilisons (?:des |les )?cookies"
    r"|legal (?:drinking )?age|(?:are you|you must be) (?:over|at least|of legal) "
    r"|alle akzeptieren|wir (?:verwenden|nutzen) cookies|tout accepter|nous utilisons des cookies|aceptar todo"
    r"|(?:turn off|disable|pause|switch off) your ad ?-?block"
    r"|^(?:read|open|view|continue|get) (?:\w+ ){0,3}in (?:our|the) app(?:\b|(?-i:[A-Z]))"
    r"|utilizamos cookies|accetta tutti|utilizziamo (?:i )?cookie|alles accepteren|aceitar todos",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"ad ?-?block|in (?:our|the) app(?:\b|(?-i:[A-Z]))|cookie|legal (?:drinking )?age"
    r"|over 18|over 21|consent|privacy|gdpr|ccpa|datenschutz|confidentialité"
    r"|privacidad|trackers?\b",
    re.I,
)
_LEAST = 40
"""Characters of a story, at least, beside a box that asks for something and is laid over the page."""
_LAID_OVER = re.compile(r"modal|pop-?up|overlay|dialog|banner|cookie|consent|cmp", re.IGNORECASE)
_SMALL, _MOST = 0.3, 0.6
"""Largest share of a page's text in a box that asks for consent in words; in one that is only named so."""
_READ = 10
"""Times the length of a page that is read in search of requests, which may lie within one another."""
_LONGEST_REQUEST = 6_000
"""Characters of a box that asks for consent, at most."""
_COUNTERS = frozenset(
    (
        *("vote", "votes", "votecount", "votecell", "score", "karma", "like", "likes", "clap", "claps", "points"),
        *("shares", "favorites", "favourites", "upvote", "upvotes", "downvote", "downvotes", "count", "counter"),
        *("reactions", "counts", "votecounter", "likecount", "sharecount", "commentcount", "upvotecount"),
    )
)
"""Parts of class names of numbers that readers have made."""
_PLAYERS = frozenset(("player", "audioplayer", "audio", "videoplayer", "speechify", "beyondwords", "listen", "tts"))
_SKINS = re.compile(r"(?:^|\s)(?:video-js|vjs-|jw-|jwplayer|mejs|plyr|flowplayer|bmpui|shaka-|theoplayer|brightcove)")
"""Beginnings of class names of players' parts."""
_SLIDE = re.compile(r"\s*\d{1,3} ?(?:/|of) ?(\d{1,3})\b")
_FEW_SLIDES = 4
_PLAYER = re.compile(
    r"(?:\W*(?:\d{1,2}:\d\d(?::\d\d)?|\d(?:\.\d+)?[x×]|\d{3,4}p|play|pause|stop|mute|unmute|volume|speed|seek|skip|rewind"
    r"|forward|share|download|listen|watch|loading|to|this|now|article|story|audio|video|player|version|minutes?|mins?|live"
    r"|hd|cc|auto|captions?|subtitles?|settings|full ?screen|\d{1,3})\b)*\W*",
    re.IGNORECASE,
)
"""What a player has on its buttons."""
_LABELS = 120
"""Characters on a player's buttons, at most."""
_COUNT = re.compile(
    r"[\s+−-]*\d[\d.,\s]*[km]?\s*(?:(?:up|down)?votes?|points?|likes?|claps?|shares?|views?|comments?|replies|reactions?)?",
    re.IGNORECASE,
)
_THUMBS = re.compile("[▲▼△▽↑↓⬆⬇⇧⇩👍👎❤♥♡\ufe0f]")
"""What is pressed to give a vote."""
_SCREENS = frozenset(
    (
        *("mobile", "desktop", "phone", "tablet", "handheld", "smartphone", "mobileonly", "desktoponly", "mobileview"),
        *("desktopview", "onlymobile", "onlydesktop", "hidemobile", "hidedesktop", "showmobile", "showdesktop"),
    )
)
"""Parts of class names of what only some screens show."""
_BY_WIDTH = re.compile(
    r"(?:visible|hidden|show-for|hide-for|d)-(?:xs|sm|md|lg|small|medium|large)(?:$|[\s-])"
    r"|\b(?:sm|md|lg|xl):(?:hidden|block|flex|grid|contents|inline)"
)
"""Class names of frameworks (Bootstrap, Tailwind …) for what only some screens show: "hidden-xs", "md:block"."""
_PARTS = re.compile(r"[\s_-]+")
_LINES = frozenset(("p", "li", "td", "th", "h1", "h2", "h3", "h4", "dd", "b", "strong", "em", "a"))
_NEXT = re.compile(r"article|story|post|infinite|next|entry", re.IGNORECASE)
_FOLLOWERS = 20
"""Titles below the first, at most, that are looked at."""
_PROSE = 300
"""Least characters of paragraphs in a story that follows the page's own."""
_SHORT_STORY = 100
"""The same for a story in an <article> of its own."""


def drop_boxes(tree: Any) -> None:
    """Take the boxes out of a page: requests for consent, counters, players, other stories below."""
    kinds: dict[str, str] = {}
    named: dict[str, list[Any]] = {}
    for element in tree.xpath("//body//*[@*][@class or @id or @itemprop or @aria-label or contains(@style, 'fixed')]"):
        names = _names(element)
        if names not in kinds:
            kinds[names] = _kind(names)
        if kind := kinds[names]:
            named.setdefault(kind, []).append(element)
    boxes = [*_requests(tree, named.get("platform", ()), named.get("overlay", ()))]
    boxes += [*_controls(named.get("player", ()))]
    boxes += [one for one in named.get("skin", ()) if len(shown_text(one)) < _PROSE]
    boxes += _slides(tree)
    boxes += [*_counts(named.get("count", ())), *_doubles(named.get("screen", ())), *_followers(tree)]
    take_out(tree, boxes)


def _controls(players: Iterable[Any]) -> Iterator[Any]:
    """Yield players that have nothing but buttons, and of others the boxes of buttons beside a time."""
    for player in players:
        for box in player.iter("div", player.tag):
            labels = _labels(box)
            if _PLAYER.fullmatch(labels) and (box is player or ":" in labels):
                yield box


def _labels(player: Any) -> str:
    """Return what stands on a player's buttons, each apart."""
    return " ".join(" ".join(player.itertext()).split())[:_LABELS]


def _names(element: Any) -> str:
    named = (element.get(name) or "" for name in ("id", "class", "itemprop"))
    label = (element.get("aria-label") or "") if element.tag in ("div", "section", "aside") else ""
    fixed = "overlay" if "fixed" in (element.get("style") or "") else ""
    return " ".join((*named, label, fixed))


def _kind(names: str) -> str:
    """Return what an element of this id and these classes may be; empty for nothing of interest."""
    small = names.lower()
    if _OVERLAYS.search(small):
        return "platform" if _PLATFORMS.search(small) or _HOSTS.search(small) else "overlay"
    if _SKINS.search(small):
        return "skin"
    parts = _PARTS.split(small)
    if not _COUNTERS.isdisjoint(parts):
        return "count"
    if not _PLAYERS.isdisjoint(parts):
        return "player"
    return "screen" if not _SCREENS.isdisjoint(parts) or _BY_WIDTH.search(small) else ""


def _requests(tree: Any, platforms: Sequence[Any], overlays: Sequence[Any]) -> Iterator[Any]:
    """Yield boxes that ask for consent, of any share of the page."""
    whole = len(shown_text(tree)) if platforms or overlays else 0
    story = whole > 0 and next(tree.iter("main", "article", "h1"), None) is not None
    read = 0
    for sure, elements in ((True, platforms), (False, overlays)):
        for element in elements:
            if element.tag not in ("div", "section", "aside", "form"):
                continue
            if sure and _HOSTS.search(_names(element)) and not _has(element, "main", "article"):
                yield element
                continue
            if _has(element, "h1", "main", "article"):
                continue
            words = shown_text(element) if read <= _READ * whole else ""
            read += len(words)
            if len(words) > _LONGEST_REQUEST or not _SUBJECT.search(words):
                continue
            asks = _ASKS.search(words) is not None
            over = story and whole - len(words) > _LEAST and _LAID_OVER.search(_names(element))
            if (sure and (asks or len(words) < _SMALL * whole)) or (asks and (over or len(words) < _MOST * whole)):
                yield element


def _has(element: Any, *names: str) -> bool:
    return next(element.iterdescendants(*names), None) is not None


def _counts(elements: Iterable[Any]) -> Iterator[Any]:
    """Numbers of votes and likes."""
    for element in elements:
        words = _THUMBS.sub("", element.text_content()).strip()
        in_line = element.tag in _LINES or element.getparent().tag in _LINES
        if len(words) < 40 and not in_line and _COUNT.fullmatch(words):
            yield element


def _slides(tree: Any) -> Iterator[Any]:
    """Yield the lists of slide shows, each slide of which says how many they are, and the headings above them."""
    for items in tree.xpath("//body//*[self::ul or self::ol][count(li) >= $few]", few=_FEW_SLIDES):
        counted = [found[1] for item in items.iterchildren("li") if (found := _SLIDE.match(item.text_content()))]
        if len(counted) >= _FEW_SLIDES and len(set(counted)) == 1:
            yield items
            above = items.getprevious()
            while above is not None and above.tag in ("h2", "h3", "h4"):
                yield above
                above = above.getprevious()


def _doubles(elements: Iterable[Any]) -> Iterator[Any]:
    """Yield what stands there once more for another screen: the second of two that say the same."""
    said: dict[str, Any] = {}
    for element in elements:
        words = "".join(shown_text(element).split())
        first = said.setdefault(words, element) if len(words) > 3 else element
        if first is not element and first not in element.iterancestors():
            yield element


def _followers(tree: Any) -> Iterator[Any]:
    """Yield the stories that are loaded below the one that the page is about, each with a title of its own."""
    headings = [one for one in tree.xpath("//body//h1") if one.text_content().strip()]
    if len(headings) < 2:
        return
    title = _letters(" ".join(tree.xpath("//head/title[1]//text() | //meta[@property='og:title']/@content")))
    first, *others = headings[: 1 + _FOLLOWERS]
    around_first = {first, *first.iterancestors()}
    if _letters(first.text_content()) not in title:
        return
    for other in others:
        if _letters(other.text_content()) in title or other.getparent() is None:
            continue
        box = other
        for around in other.iterancestors():
            if around.tag == "body" or around in around_first:
                break
            box = around
        named = box.tag == "article" or _NEXT.search(_names(box)) or any("url" in name for name in box.attrib)
        before = (one for one in box.itersiblings(preceding=True) if one in around_first)
        alike = any(one.get("class") == box.get("class", "") for one in before)
        least = _SHORT_STORY if box.tag == "article" or alike else _PROSE
        if box is not other and named and _prose(box) > least and _prose_before(box, around_first) > _PROSE:
            yield box


def _prose_before(box: Any, around_first: Collection[Any]) -> int:
    """Characters of the story that the page is about: beside its title, before the box. `around_first`: its title and
    all that is around that."""
    length = 0
    for before in box.itersiblings(preceding=True):
        length += _prose(before)
        if before in around_first:
            return length
    return 0


def _prose(box: Any) -> int:
    return sum(len(paragraph.text_content()) for paragraph in box.iter("p"))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
