"""The index: all stories by date, a page for each hundred."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from player.audio.clock import clock
from player.export.text.direction import direction
from player.publish.site.page import COVER, head
from player.publish.state import Published, State
from player.story.dates import in_words

INDEX = "index.html"
_PER_PAGE = 100
_LANGUAGE = "en"
"""Of the index itself."""


def index_pages(state: State, title: str) -> Iterator[tuple[str, bytes]]:
    """Yield (file's name, content) of each page; at least one."""
    last = max((len(state) - 1) // _PER_PAGE, 0)
    feed = (
        f'<link rel="icon" href="{COVER}">\n'
        f'<link rel="alternate" type="application/rss+xml" title="{escape(title)}" href="feed.xml">\n'
    )
    for number in range(last + 1):
        lines = "".join(map(_line, state.newest(_PER_PAGE, number * _PER_PAGE)))
        body = f'<ol class="stories">\n{lines}</ol>\n' if lines else "<p>There is no story yet.</p>\n"
        yield (
            _name(number),
            (
                f"{head(title, _LANGUAGE, feed)}<main>\n<h1>{escape(title, quote=False)}</h1>\n"
                f'<p class="about"><a href="feed.xml">Podcast</a></p>\n{body}</main>\n'
                f"{_turning(number, last)}</body>\n</html>\n"
            ).encode(),
        )


def _name(number: int) -> str:
    return f"page-{number + 1}.html" if number else INDEX


def _line(story: Published) -> str:
    about = (escape(story.byline), escape(in_words(story.published, _LANGUAGE)), clock(round(story.seconds)))
    language = escape(story.language or "en")
    return (
        f'<li><a href="{escape(story.folder)}/index.html" lang="{language}" dir="{direction(story.language)}">'
        f'{escape(story.title, quote=False)}</a>\n<p class="about">{" · ".join(filter(None, about))}</p></li>\n'
    )


def _turning(number: int, last: int) -> str:
    """Return the links to the pages before and after."""
    links = [f'<a rel="prev" href="{_name(number - 1)}">Newer</a>'] if number else []
    links += [f'<a rel="next" href="{_name(number + 1)}">Older</a>'] if number < last else []
    return f"<nav>{' '.join(links)}</nav>\n" if links else ""
