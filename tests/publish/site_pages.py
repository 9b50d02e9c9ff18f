"""Pages in the manner of real sites, each with a story and the player above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

Page = Callable[[Sequence[str]], str]
"""Makes the body of a page from a story's title and paragraphs."""

ADVERTISEMENT = """<div class="ad" role="complementary" aria-label="Advertisement {n}"><p>Advertisement. The new lamp
sees in the dark, and the whole world is invested and interested. <a href="/shop">Try it today</a></p></div>"""

PLAYER = '<listen-to-story src="{src}"></listen-to-story>'


def shell(
    body: str, *, src: str, language: str = "en", style: str = "", direction: str = "ltr", player: str = PLAYER
) -> str:
    """Return a whole page; `{player}` in its body becomes the player."""
    body = body.replace("{player}", player.format(src=src))
    return f"""<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A page</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/listen.js"></script>
</head>
<body class="{style}">{body}</body>
</html>"""


def paragraphs(texts: Sequence[str], between: str = "\n") -> str:
    return between.join(f"<p>{escape(text, quote=False)}</p>" for text in texts)


def news(texts: Sequence[str]) -> str:
    """Advertisements between, a box of other stories, a pull quote that says a sentence twice."""
    quote = texts[3].split("”")[0].split("“")[1]
    parts = [paragraphs(texts[1:3]), ADVERTISEMENT.format(n=1), f"<aside><blockquote>“{quote}”</blockquote></aside>"]
    parts += [paragraphs(texts[3:6]), "<aside><h2>Read on</h2><ul><li>Peace talks: what we know</li></ul></aside>"]
    parts += [paragraphs(texts[6:8]), ADVERTISEMENT.format(n=2), paragraphs(texts[8:])]
    comment = "<p>The controversy erupted after Trump revealed his first, they say.</p>"
    return f"""<header><nav aria-label="Sections"><a href="/">Home</a> <a href="/world">World</a></nav></header>
<main><article><h1>{escape(texts[0])}</h1><p>By Ann Reporter</p>{{player}}{"".join(parts)}</article>
<section aria-label="Comments">{comment}</section></main>"""


def blog(texts: Sequence[str]) -> str:
    """Lines broken by <br>, no article element, straight quotes for curly ones and a soft hyphen."""
    straight = [t.replace("’", "'").replace("“", '"').replace("”", '"').replace("negot", "nego\u00adt") for t in texts]
    body = "<br><br>\n".join(escape(text, quote=False) for text in straight[1:])
    return f'<main><h1>{escape(texts[0])}</h1>{{player}}<div class="post">{body}</div></main>'


def magazine(texts: Sequence[str]) -> str:
    """A drop cap, a first line in small capitals, a figure within a column."""
    text = texts[1]
    first = f'<p><span class="cap">{text[0]}</span><span class="small">{text[1:19].upper()}</span>{text[19:]}</p>'
    figure = "<figure><figcaption>Brussels, where the talks began.</figcaption></figure>"
    return f"""<main><article><h1>{escape(texts[0])}</h1>{{player}}{first}{paragraphs(texts[2:5])}{figure}
{paragraphs(texts[5:])}</article></main>"""


def linked(texts: Sequence[str]) -> str:
    """Links and emphasis, also within words; the marks of notes."""
    marked = [
        text.replace("Hegseth", '<a href="/h">Heg<em>seth</em></a>').replace("Putin", "<b>P</b>utin")
        .replace("NATO", '<abbr title="North Atlantic Treaty Organization">N<i>AT</i>O</abbr>')
        .replace("Ukraine.", 'Ukraine.<sup><a href="#n1">[1]</a></sup>')
        .replace("Brussels", "Brus<wbr>sels<sup>2</sup>")
        for text in texts[1:]
    ]  # fmt: skip
    body = "".join(f"<p>{text}</p>" for text in marked)
    return f"<main><article><h1>{escape(texts[0])}</h1>{{player}}{body}</article></main>"


def edited(texts: Sequence[str]) -> str:
    """Words changed, added and taken out, a sentence more, a sentence less."""
    changed = [
        texts[1].replace("on Thursday, rejecting", "on Thursday evening, firmly rejecting").replace("diplomatic ", ""),
        texts[2].replace(
            "This development raised concerns", "An update of ours: it was a long call. That raised fears"
        ),
        texts[3].replace("He added that achieving peace would require concessions from both parties.", ""),
        *texts[4:],
    ]
    return f"<main><article><h1>{escape(texts[0])}</h1>{{player}}{paragraphs(changed)}</article></main>"


def removed(texts: Sequence[str]) -> str:
    """The third and the last paragraph are gone."""
    return f"<main><article><h1>Another title</h1>{{player}}{paragraphs([*texts[1:3], *texts[4:-1]])}</article></main>"


def inserted(texts: Sequence[str]) -> str:
    """Two paragraphs more, one of which begins like another."""
    more = "The presidential conversation with Putin was denied by nobody, and the leaders of both will meet again."
    added = [
        *texts[1:3],
        more,
        *texts[3:6],
        "Correction: an earlier version of this story named another city.",
        *texts[6:],
    ]
    return f"<main><article><h1>{escape(texts[0])}</h1>{{player}}{paragraphs(added)}</article></main>"


def copied(texts: Sequence[str]) -> str:
    """The whole text once more, for printing."""
    copy = f'<section aria-label="To print"><h2>{escape(texts[0])}</h2>{paragraphs(texts[1:])}</section>'
    return f"<main><div><h1>{escape(texts[0])}</h1>{{player}}{paragraphs(texts[1:])}</div>{copy}</main>"


def application(texts: Sequence[str]) -> str:
    """A main that scrolls by itself below a fixed head, in elements without meaning."""
    body = "".join(f"<div><span>{escape(text, quote=False)}</span></div>" for text in texts[1:])
    return f"""<header class="fixed">The Application</header>
<main class="scrolls" tabindex="0"><h1>{escape(texts[0])}</h1>{{player}}<div class="root">{body}</div></main>"""


def plain(texts: Sequence[str]) -> str:
    """An article and no more."""
    return f"<main><article><h1>{escape(texts[0])}</h1>{{player}}{paragraphs(texts[1:])}</article></main>"


def announced(texts: Sequence[str]) -> str:
    """The article with its own line, "Listen To Story Above"."""
    return f"""<main><article>{{player}}<h1>{escape(texts[0])}</h1><p>Listen To Story Above</p>
{paragraphs(texts[1:])}</article></main>"""


def two(texts: Sequence[str]) -> str:
    """Two articles with a player each."""
    return f"""<main><article id="one"><h2>{escape(texts[0])}</h2>{{player}}{paragraphs(texts[1:])}</article>
<article id="two"><h2>The lamp</h2><listen-to-story src="/lamp/story.json"></listen-to-story>
<p>It was dark in the lamp room.</p><p>At six the lamp was lit.</p></article></main>"""


STYLE = """
body { font: 19px/1.6 Georgia, serif; margin: 0; color: #222; background: #fff }
main, header { max-width: 40rem; margin: auto; padding: 0 1.25rem }
h1, h2 { line-height: 1.15 }
.cap { float: left; font-size: 3.4em; line-height: .8; padding: .08em .08em 0 0 }
.ad { background: #eee; padding: 1rem; font: 14px/1.4 sans-serif; color: #444 }
.dark { color: #ddd; background: #15171b }
.dark a { color: #9cf }
.fixed { position: fixed; inset: 0 0 auto; height: 3rem; background: #fff }
.scrolls { position: fixed; inset: 3rem 0 0; overflow-y: auto; max-width: none; padding: 0 max(1.25rem, 50% - 20rem) }
"""
"""The pages' own style sheet."""

PAGES = ("news", "blog", "magazine", "linked", "edited", "removed", "inserted", "copied", "application", "announced")

GONE = {
    "edited": (
        "diplomatic outreach",
        "This development",
        "concerns about",
        "He added that achieving peace would require",
    ),
    "removed": ("US-Russia Peace Talks Not", "Addressing these worries", "China, Russia’s ally"),
}
"""Where texts begin that a page does not have."""


def is_gone(name: str, text: str, character: int) -> bool:
    """Whether a page lacks the word of a story's block that begins at a character."""
    for phrase in GONE.get(name, ()):
        begin = text.find(phrase)
        whole = name == "removed" or phrase.startswith("He added")
        end = len(text) if whole else begin + phrase.find(" ") if phrase[0].islower() else begin + len(phrase)
        if 0 <= begin <= character < end:
            return True
    return False
