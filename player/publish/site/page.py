"""The page of one story: its blocks as plain HTML that any reader, search engine and screen reader understands.

No script or style is inline, so that a strict content security policy allows it: `default-src 'self'`.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from player.export.metadata.public_source import public_source
from player.export.pictures.lettering import look_of_pages
from player.export.text.direction import direction
from player.export.text.story_html import inline, text
from player.story.dates import in_words
from player.story.model import Story

STYLE = "listen.css"
SCRIPT = "listen.js"
COVER = "cover.jpg"
_HEAD = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{more}</head>
<body>
"""
_PLAYER = (
    '<listen-to-story src="story.json" duration="{seconds}"><audio slot="fallback" controls preload="none">'
    '<source src="story.opus" type="audio/ogg; codecs=opus"><source src="story.mp3" type="audio/mpeg">'
    "</audio></listen-to-story>\n"
)
"""The browser's own player is shown only where the script is not. White space within the element would be its label."""


def style() -> bytes:
    """Return the style sheet of a site's pages."""
    return look_of_pages().encode() + (files("player.publish.site") / STYLE).read_bytes()


def head(title: str, language: str, more: str = "", up: str = "") -> str:
    """Return a page's beginning, up to its body; `up` leads from its folder to the site's."""
    style = f'<link rel="stylesheet" href="{up}{STYLE}">\n'
    return _HEAD.format(
        language=escape(language or "en"),
        direction=direction(language),
        title=escape(title),
        more=style + more,
    )


def page(story: Story, language: str, seconds: float) -> bytes:
    """Return a story's page, for its folder in the site; its sound lasts so many seconds."""
    script = f'<link rel="icon" href="../{COVER}">\n<script src="../{SCRIPT}" defer></script>\n'
    return "".join(
        (head(story.title, language, script, "../"), *_body(story, language, seconds), "</body>\n</html>\n")
    ).encode()


def _body(story: Story, language: str, seconds: float) -> Iterator[str]:
    yield '<nav><a href="../index.html">All stories</a></nav>\n<main>\n<article>\n'
    yield from text(story, _about(story, language) + _PLAYER.format(seconds=round(seconds)), marked=True)
    yield from _footer(story)
    yield "</article>\n</main>\n"


def _about(story: Story, language: str) -> str:
    """Return the line under the title."""
    parts = [inline(story.byline)] if story.byline else []
    if story.published:
        parts.append(f'<time datetime="{inline(story.published)}">{inline(in_words(story.published, language))}</time>')
    return f'<p class="about">{" · ".join(parts)}</p>\n' if parts else ""


def _footer(story: Story) -> Iterator[str]:
    source = public_source(story.source)
    if source.startswith(("http://", "https://")):
        yield f'<footer><a href="{escape(source)}" rel="noopener">The original</a></footer>\n'
