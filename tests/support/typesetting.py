"""Documents set by Typst as publishers set them, with the sentences that they hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

PAGES = Path(__file__).parents[1] / "data" / "pages"
_SPECIAL = re.compile(r"[\\#$*_`<>@~\[\]/'\"-]")
_END = re.compile(r"(?<=[a-z]{3}[.!?]) (?=[A-Z])")


class Made(NamedTuple):
    """A document, and what is to be heard of it."""

    source: str
    """For Typst."""
    sentences: list[str]
    """All of the text's, as written."""


@cache
def prose() -> tuple[str, ...]:
    """Paragraphs of English prose: those of the web pages that tests read."""
    found: list[str] = []
    for file in sorted(PAGES.glob("*.json")):
        page = json.loads(file.read_text())
        if page["language"].startswith("en"):
            found += [text for kind, _, text in page["blocks"] if kind == "paragraph" and len(text) > 60]
    return tuple(dict.fromkeys(" ".join(text.split()) for text in found))


def numbered(count: int) -> Iterator[str]:
    """So many paragraphs, none like another."""
    texts = prose()
    for n in range(count):
        text = texts[n % len(texts)]
        yield text if n < len(texts) else re.sub(r"([.!?]”?)$", rf" in part {n // len(texts)}\1", text)


def escaped(text: str) -> str:
    """Text as Typst takes it."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def sentences(texts: Sequence[str]) -> list[str]:
    """Of paragraphs."""
    return [one for text in texts for one in _END.split(text)]


def compiled(made: Made, path: Path) -> Path:
    """The PDF, written to a file."""
    import typst

    path.with_suffix(".typ").write_text(made.source)
    typst.compile(str(path.with_suffix(".typ")), output=str(path))
    return path


def novel(count: int = 120) -> Made:
    """A book of A5 with running heads, chapters on pages of their own, initials and a hyphen at many lines' ends."""
    texts = list(numbered(count))
    body = []
    for n, text in enumerate(texts):
        if n % 15 == 0:
            body.append(f"#pagebreak(weak: true)\n= Chapter {n // 15 + 1}\n#v(2cm)")
        body.append(escaped(text))
    head = """#set page("a5", margin: (x: 2cm, y: 2.2cm), numbering: "1", header: context {
  if calc.odd(counter(page).get().first()) [#smallcaps[Ada Lind] #h(1fr)] else [#h(1fr) _The Keeper of the Light_]
})
#set par(justify: true, first-line-indent: 1.2em, spacing: 0.65em)
#set text(size: 10pt, hyphenate: true, lang: "en")
#set heading(numbering: none)
"""
    return Made(head + "\n\n".join(body), sentences(texts))


_TABLE = """#figure(caption: [How many boats came in on each day of the week], {name}table(columns: 4, {lines}
 [Boat], [Monday], [Tuesday], [Wednesday], [Heron], [12], [7], [3], [Gull], [3], [9], [11], [Tern], [5], [1], [8],
 [Diver], [4], [16], [2]))"""
_DIAGRAM = """#figure(placement: {placement}, caption: [The harbour as the keeper saw it from the gallery.],
 box(width: 100%, height: 4.2cm, stroke: 0.5pt, {{
 place(dx: 8%, dy: 12%, rect(width: 22%, height: 1cm)[#text(7pt)[Input]])
 place(dx: 40%, dy: 32%, rect(width: 22%, height: 1cm)[#text(7pt)[Mole]])
 place(dx: 70%, dy: 12%, rect(width: 24%, height: 1cm)[#text(7pt)[Output]])
 place(dx: 12%, dy: 72%, text(7pt)[0]); place(dx: 32%, dy: 72%, text(7pt)[25]); place(dx: 52%, dy: 72%, text(7pt)[50])
 place(dx: 72%, dy: 72%, text(7pt)[100]) }}))"""
_HEADINGS = ("Introduction", "Related Work", "The Boats", "Method", "Results", "Discussion", "Conclusions")


def paper(columns: int = 2, gutter: str = "6mm", size: str = "10pt", *, numbers: str = "1.", count: int = 70) -> Made:
    """A paper: title and authors across, an abstract, figures and tables at the top and in the text, notes."""
    texts = list(numbered(count))
    body: list[str] = []
    for n, text in enumerate(texts):
        if n % 11 == 0:
            body.append(f"= {_HEADINGS[n // 11 % 7]}")
        if n % 23 == 8:
            body.append(_DIAGRAM.format(placement="top"))
        if n % 23 == 15:
            body.append(
                _TABLE.format(name="", lines="stroke: none, table.hline(), ").replace(
                    "#figure(", "#figure(placement: auto, "
                )
            )
        if n % 23 == 20:
            body.append(_DIAGRAM.format(placement="none"))
        if n % 31 == 12:
            body.append('#place(top, float: true, scope: "parent", ' + _TABLE.format(name="", lines="")[1:] + ")")
        note = "#footnote[A note that nobody wants to hear in the middle, which says more of this at length.]"
        body.append(escaped(text) + (note if n % 9 == 4 else ""))
        if n % 17 == 6:
            body.append("$ sum_(k=1)^n k = (n(n+1))/2 $")
    head = f"""#set page("us-letter", columns: {columns}, margin: (x: 1.8cm, y: 2cm), numbering: "1")
#set columns(gutter: {gutter})
#set par(justify: true, first-line-indent: 1em, spacing: 0.6em, leading: 0.5em)
#set text(size: {size}, hyphenate: true, lang: "en")
#set heading(numbering: "{numbers}")
#show heading: set text(size: {size}, weight: "bold")
#place(top, float: true, scope: "parent", align(center)[
  #text(17pt)[*On the Habits of Lighthouse Keepers*] \\ #v(4pt)
  #grid(columns: (1fr, 1fr, 1fr), [Ada Lind \\ University of Bergen], [Bo Carr \\ Harbour Office], [Cy Dahl \\ Quay 7])
  #v(8pt)])
"""
    return Made(head + "\n\n".join(body), sentences(texts))


def report(count: int = 60) -> Made:
    """A report in one column: blocks of ragged text, lists, tables, captions, a head with a rule."""
    texts = list(numbered(count))
    body: list[str] = []
    for n, text in enumerate(texts):
        if n % 9 == 0:
            body.append(f"{'=' * (1 + n % 2)} {_HEADINGS[n // 9 % 7]}")
        if n % 13 == 5:
            body.append(_TABLE.format(name="", lines=""))
        if n % 13 == 9:
            body.append(_DIAGRAM.format(placement="bottom"))
        item = {3: "- ", 4: "- ", 6: "+ ", 7: "+ "}.get(n % 10, "")
        body.append(item + escaped(text))
    head = """#set page("a4", margin: 2.5cm,
 header: [The Harbour's Yearly Report #h(1fr) 1911 #line(length: 100%, stroke: 0.4pt)],
 footer: context [#h(1fr) Page #counter(page).display() of #counter(page).final().first()])
#set text(size: 11pt, lang: "en")
#set par(spacing: 1.1em)
#set heading(numbering: "1.1")
"""
    return Made(head + "\n\n".join(body), sentences(texts))


def magazine(count: int = 70) -> Made:
    """Three narrow columns with headings and boxes across."""
    return paper(3, "5mm", "9pt", numbers="A.", count=count)


ALL = {
    "novel": novel,
    "paper": paper,
    "narrow gutter": lambda: paper(2, "4mm", "10pt"),
    "report": report,
    "magazine": magazine,
}
"""Makers by name."""


def shares(made: Made, texts: Sequence[str]) -> tuple[int, int]:
    """(sentences that stand whole in one of the texts, sentences)."""
    said = "\n".join(" ".join(text.split()) for text in texts)
    return sum(one in said for one in made.sentences), len(made.sentences)
