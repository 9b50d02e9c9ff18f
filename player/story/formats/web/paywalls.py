"""Why a page gives no story: it needs a browser, a subscription, consent, or somebody who is no program."""

from __future__ import annotations

import re
from typing import Any

from player.errors import SourceError
from player.story.formats.web.page_tree import parsed
from player.story.furniture import is_furniture
from player.story.reading.draft import Draft
from player.story.reading.raw_source import RawSource

_TEASER = 120
"""Characters, with the title: less than this is not a story but what stands around one."""
_ENOUGH = 250
"""Characters: less than this is a teaser or an error page, when the page says why."""
_WALLED = 1500
"""Characters: a story of less that ends in an offer to subscribe is the beginning of one."""
_FORM = 60
"""Words: a page of fewer with a field for a password is the form to sign in, not a front page that also has one."""
_WHY_EMPTY = (
    (
        r"enable javascript|javascript is (?:disabled|required)|requires javascript|turn on javascript",
        "the page needs a browser to show its text",
        "open it there, save it as HTML, and give that file",
    ),
    (
        r"subscribe to (?:continue|read)|subscribers only|already a subscriber|to continue reading"
        r"|create a free account|this article is for subscribers|sign in to read"
        r"|unlock (?:this|the full) (?:article|story)|r[ée]serv[ée]e? (?:à nos|aux) abonn[ée]s"
        r"|abonnez-vous pour (?:lire|continuer)"
        r"|(?:weiterlesen|lesen sie weiter) mit|nur für abonnenten|jetzt weiterlesen"
        r"|dieser artikel ist (?:nur )?für abonnenten"
        r"|(?:exclusivo|solo) para suscriptores|riservato agli abbonati|alleen voor abonnees|exclusivo para assinantes",
        "the story is behind a paywall",
        "open it in a browser where you are signed in, save it as HTML, and give that file",
    ),
    (
        r"we value your privacy|accept (?:all )?cookies|cookie consent|before you continue to|consent to the use"
        r"|mit werbung weiterlesen|alle akzeptieren|zustimmen und weiter|pur-abo|tout accepter"
        r"|accepter et (?:continuer|fermer)"
        r"|continuer sans accepter|aceptar (?:todo|y continuar)|accetta (?:tutti|e continua)|alles accepteren"
        r"|aceitar todos",
        "the page shows a consent form in place of the story",
        "open it in a browser, save it as HTML, and give that file",
    ),
    (
        r"verify (?:that )?you are (?:a )?human|checking your browser|captcha|access denied|are you a robot",
        "the site does not let programs read this page",
        "open it in a browser, save it as HTML, and give that file",
    ),
)

_BESIDE = (_WHY_EMPTY[0][0], _WHY_EMPTY[2][0])
"""What a page may say beside a short story, too."""
_WALL = re.compile(_WHY_EMPTY[1][0], re.IGNORECASE)


def check(raw: RawSource, draft: Draft) -> None:
    """Raises SourceError when a page's draft is no story, or only the beginning of one."""
    length = sum(len(said) for _, said, _ in draft.blocks)
    if length < _ENOUGH:
        _explain(raw, draft)
    if length < _WALLED and _ends_at_wall(draft):
        raise SourceError(f"{_WHY_EMPTY[1][1]}: {raw.name}", _WHY_EMPTY[1][2])


def _ends_at_wall(draft: Draft) -> bool:
    """Return True if the text breaks off at an offer to subscribe, which may go on for some lines."""
    for _, said, _ in draft.blocks[:-5:-1]:
        if len(said) < _TEASER and _WALL.search(said) and not is_furniture(said):
            return True
        if len(said) > _TEASER:
            return False
    return False


def _tells(draft: Draft) -> bool:
    """Return True if a draft has sentences, if only few."""
    return sum(said.rstrip().endswith((".", "!", "?")) and said.count(" ") > 2 for _, said, _ in draft.blocks) > 1


def _has_prose(tree: Any) -> bool:
    """Return True if there is more on a page than links and buttons."""
    texts = tree.xpath(
        "//body//text()[not(ancestor::a or ancestor::button or ancestor::nav or ancestor::script or ancestor::style)]"
    )
    return any(any(map(str.isalnum, text)) and not is_furniture(text.strip()) for text in texts)


def _explain(raw: RawSource, draft: Draft) -> None:
    """A page with next to no text often says itself why. Raises SourceError then, or when there is none at all."""
    tree = parsed(raw.text, raw.name)  # with its buttons and forms, which say it
    scripts = tree.xpath("//noscript//text()")
    shown = " ".join([*tree.xpath("//body//text()[not(ancestor::script or ancestor::style)]"), *scripts])
    own = " ".join([draft.title, *(said for _, said, _ in draft.blocks if not (is_furniture(said) and _tells(draft)))])
    few = len(own) < _TEASER
    for pattern, message, hint in _WHY_EMPTY:
        beside = pattern in _BESIDE and _tells(draft)  # a short story with a cookie bar
        if re.search(pattern, own, re.IGNORECASE) or (few and not beside and re.search(pattern, shown, re.IGNORECASE)):
            raise SourceError(f"{message}: {raw.name}", hint)
    if not _tells(draft) and len(shown.split()) < _FORM and tree.xpath("//input[@type='password']"):
        raise SourceError(f"the page asks to sign in: {raw.name}", _WHY_EMPTY[1][2])
    if not draft.blocks or not _has_prose(tree):
        only_scripts = len(tree.xpath("//script")) > 0 and len(shown.split()) < 20
        message, hint = _WHY_EMPTY[0][1:] if only_scripts else ("no article was found in the page", "")
        raise SourceError(f"{message}: {raw.name}", hint or "is it the page of a single story?")
