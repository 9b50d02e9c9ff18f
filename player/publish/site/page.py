"""The page of one story: its blocks as plain HTML that any reader, search engine and screen reader understands.

No script or style is inline, so that a strict content security policy allows it: `default-src 'self'`.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from player.export.document_privacy import direction, public_source
from player.story.model import Block, BlockKind, Story

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
    return "".join((head(story.title, language, script, "../"), *_body(story, seconds), "</body>\n</html>\n")).encode()


def _body(story: Story, seconds: float) -> Iterator[str]:
    blocks = story.blocks
    first = blocks[0] if blocks else None
    titled = first is not None and first.kind is BlockKind.HEADING and first.level == 1
    yield '<nav><a href="../index.html">All stories</a></nav>\n<main>\n<article>\n<header>\n'
    yield _heading(first, 1) if titled and first is not None else f"<h1>{escape(story.title)}</h1>\n"
    yield from _about(story)
    yield "</header>\n"
    yield _PLAYER.format(seconds=round(seconds))
    for is_list, run in groupby(blocks[1:] if titled else blocks, lambda block: block.kind is BlockKind.LIST_ITEM):
        items = list(run)
        yield from _list(items) if is_list else map(_block, items)
    yield from _footer(story)
    yield "</article>\n</main>\n"


def _about(story: Story) -> Iterator[str]:
    """Yield the line under the title."""
    parts = [escape(story.byline)] if story.byline else []
    if story.published:
        date = escape(story.published)
        parts.append(f'<time datetime="{date}">{date}</time>')
    if parts:
        yield f'<p class="about">{" · ".join(parts)}</p>\n'


def _footer(story: Story) -> Iterator[str]:
    source = public_source(story.source)
    if source.startswith(("http://", "https://")):
        yield f'<footer><a href="{escape(source)}" rel="noopener">The original</a></footer>\n'


def _block(block: Block) -> str:
    text, language = escape(block.text, quote=False), _language(block)
    if block.kind is BlockKind.HEADING:
        return _heading(block, min(max(block.level, 2), 6))
    if block.kind is BlockKind.QUOTATION:
        return f"<blockquote{language}><p>{text}</p></blockquote>\n"
    return f"<p{language}>{text}</p>\n"


def _heading(block: Block, level: int) -> str:
    return f"<h{level}{_language(block)}>{escape(block.text, quote=False)}</h{level}>\n"


def _list(items: list[Block]) -> Iterator[str]:
    """Yield a list, with those within it by their levels."""
    depth = 0
    for item in items:
        level = min(max(item.level, 1), depth + 1)
        yield "\n<ul>\n" if level > depth else "</li>\n" + "</ul></li>\n" * (depth - level)
        yield f"<li{_language(item)}>{escape(item.text, quote=False)}"
        depth = level
    yield "</li>\n" + "</ul></li>\n" * (depth - 1) + "</ul>\n"


def _language(block: Block) -> str:
    if not block.language:
        return ""
    return f' lang="{escape(block.language)}" dir="{direction(block.language)}"'
