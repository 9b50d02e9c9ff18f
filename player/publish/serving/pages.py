"""Pages that the server writes: the shelf of a folder, and how to subscribe to a podcast. Phone-sized, and without
script."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from player.audio.clock import clock
from player.publish.serving.answers import Text
from player.publish.site.page import head

QR = "qr.svg"
_QR_CODE = f'<p><img class="qr" src="{QR}" width="200" height="200" alt="The same address as a QR code"></p>\n'
_ONLY_HERE = """<p>Only this machine reaches it. For phones in the same network use
<code>listen feed FOLDER --serve --host 0.0.0.0</code>: this page then has a QR code for them.</p>
"""
_NO_ICON = '<link rel="icon" href="data:,">\n'
"""Browsers ask for one otherwise."""


class Item(NamedTuple):
    """A story on a page."""

    title: str
    about: tuple[str, ...]
    """Byline, date; may be empty texts."""
    seconds: float
    sound: str
    """Address relative to the page."""
    media_type: str
    others: tuple[tuple[str, str], ...] = ()
    """(what it is, address) of the same story in other formats."""


def shelf_page(title: str, items: Iterable[Item]) -> bytes:
    """Return the page of a folder's stories."""
    return _page(title, "", items)


def subscribe_page(title: str, feed: str, items: Iterable[Item], *, cover: str, for_phones: bool) -> bytes:
    """Return the page of a podcast at the address `feed`: its cover, how to subscribe, and its episodes. Without
    `for_phones` only this machine reaches it."""
    address = escape(feed)
    picture = f'<p><img class="cover" src="{escape(cover)}" width="200" height="200" alt=""></p>\n'
    how = f'<p>To listen in a podcast program, add this address: <a href="{address}">{address}</a></p>\n'
    return _page(title, picture + how + (_QR_CODE if for_phones else _ONLY_HERE), items)


def qr_code(address: str) -> Text:
    """Return an address as a picture for a phone's camera: black on white, so that it is read in dark mode, too."""
    import io

    import segno  # 0.02 s

    file = io.BytesIO()
    segno.make(address, error="m", micro=False).save(file, kind="svg", dark="#000", light="#fff", border=4)
    return Text(file.getvalue())


def _page(title: str, above: str, items: Iterable[Item]) -> bytes:
    lines = "".join(map(_line, items)) or "<li>There is no story yet.</li>\n"
    return (
        f"{head(title, 'en', _NO_ICON)}<main>\n<h1>{escape(title, quote=False)}</h1>\n{above}"
        f'<ol class="stories">\n{lines}</ol>\n</main>\n</body>\n</html>\n'
    ).encode("utf-8", "replace")


def _line(item: Item) -> str:
    about = " · ".join(escape(part, quote=False) for part in (*item.about, clock(round(item.seconds))) if part)
    sound, kind = escape(item.sound), escape(item.media_type)
    others = "".join(f' · <a href="{escape(address)}">{escape(name)}</a>' for name, address in item.others)
    return (
        f'<li><a href="{sound}">{escape(item.title, quote=False)}</a>\n<p class="about">{about}{others}</p>\n'
        f'<audio controls preload="none"><source src="{sound}" type="{kind}"></audio></li>\n'
    )
