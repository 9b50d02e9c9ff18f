"""The formats of stories: recognising them, and reading with one boundary for all readers' errors.

A new format is one module with a `read(raw)`, and one line here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from player.errors import PlayerError, SourceError
from player.story.model import Story
from player.story.opening import signs, sniffing
from player.story.opening.unsupported import advice, refused
from player.story.reading.feed import Feed
from player.story.reading.inside import Inside
from player.story.reading.naming import Naming
from player.story.reading.options import Options
from player.story.reading.raw_source import RawSource
from player.story.text import clean

if TYPE_CHECKING:
    from player.story.reading.draft import Draft

_logger = logging.getLogger(__name__)


class Format(NamedTuple):
    """A format: how it is recognised, and the module whose `read(raw)` returns a Draft (or Feed)."""

    module: str
    suffixes: tuple[str, ...]
    content_types: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    """True if the bytes are certainly of this format, whatever the source's name."""
    guess: Callable[[bytes], bool] = lambda data: False
    """True if the bytes look like this format; used when neither name nor media type decides."""
    extra: str = ""
    """Extra of this distribution with the library it needs; empty when it needs none."""
    is_markup: bool = False
    """True if it is known by lines that texts in other formats may quote: a name that says otherwise is right."""
    paged: bool = False
    """True if pages of it can be chosen (`Options.only_pages`)."""
    libraries: tuple[str, ...] = ()
    """Foreign code that reads it: then it always runs in a process (see `confined`), which imports these beforehand."""
    for_short: frozenset[str] = frozenset()
    """Those of the libraries that a large source seldom needs; for one they are imported when they are used."""


LARGE = "large"
"""Tells a reader's process that its first source is large."""


def _never(data: bytes) -> bool:
    return False


def _by_pandoc(
    module: str,
    suffixes: tuple[str, ...],
    content_types: tuple[str, ...],
    sniff: Callable[[bytes], bool] = _never,
    guess: Callable[[bytes], bool] = _never,
) -> Format:
    """Return a format that pandoc reads."""
    libraries = ("lxml.html",)
    return Format(module, suffixes, content_types, sniff, guess, "office", is_markup=True, libraries=libraries)


FORMATS = (
    Format("pdf", (".pdf",), ("application/pdf",), sniffing.is_pdf, extra="pdf", paged=True, libraries=("pypdfium2",)),
    Format("epub", (".epub",), ("application/epub+zip",), sniffing.is_epub, libraries=("lxml.html", "zipfile")),
    Format(
        "feed",
        (".rss", ".atom"),
        ("application/rss+xml", "application/atom+xml"),
        sniffing.is_feed,
        extra="feeds",
        libraries=("feedparser", "lxml.html"),
    ),
    Format(
        "web",
        (".html", ".htm", ".xhtml"),
        ("text/html", "application/xhtml+xml"),
        sniffing.is_html,
        sniffing.may_be_html,
        libraries=("lxml.html", "trafilatura"),
        for_short=frozenset(("trafilatura",)),
    ),
    Format(
        "markdown",
        (".md", ".markdown", ".mkd", ".mdown", ".mdx", ".qmd", ".rmd"),
        ("text/markdown", "text/x-markdown"),
        sniffing.is_markdown,
        sniffing.may_be_markdown,
    ),
    Format(
        "office",
        (".docx", ".odt", ".rtf"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.oasis.opendocument.text",
            "application/rtf",
            "text/rtf",
        ),
        sniffing.is_office,
        extra="office",
        libraries=("lxml.html",),
    ),
    Format(
        "saved_page",
        (".mht", ".mhtml", ".webarchive"),
        ("multipart/related", "application/x-mimearchive", "application/x-webarchive"),
        signs.is_saved_page,
        libraries=("email", "lxml.html", "trafilatura"),
    ),
    Format("mail", (".eml",), ("message/rfc822",), signs.is_mail, libraries=("email", "lxml.html")),
    Format(
        "subtitles",
        (".srt", ".vtt", ".sbv", ".lrc", ".ass", ".ssa"),
        ("text/vtt", "application/x-subrip", "application/srt", "text/x-ssa", "text/x-ass"),
        signs.is_subtitles,
    ),
    Format(
        "fb2",
        (".fb2", ".fbz"),
        ("application/x-fictionbook+xml", "application/x-fictionbook"),
        signs.is_fb2,
        libraries=("lxml.html", "zipfile"),
    ),
    Format("opml", (".opml",), ("text/x-opml", "text/x-opml+xml"), signs.is_opml, libraries=("lxml.html",)),
    Format("json_feed", (), ("application/feed+json",), signs.is_json_feed, libraries=("lxml.html",)),
    Format("notebook", (".ipynb",), ("application/x-ipynb+json",), signs.is_notebook),
    _by_pandoc("latex", (".tex", ".latex", ".ltx"), ("application/x-tex", "text/x-tex"), signs.is_latex),
    _by_pandoc("org", (".org",), ("text/org", "text/x-org"), signs.is_org),
    _by_pandoc("rst", (".rst", ".rest"), ("text/x-rst", "text/prs.fallenstein.rst"), guess=signs.may_be_rst),
    _by_pandoc("mediawiki", (".wiki", ".mediawiki", ".wikitext"), ("text/x-wiki",), guess=signs.may_be_mediawiki),
    _by_pandoc(
        "asciidoc", (".adoc", ".asciidoc", ".asc"), ("text/asciidoc", "text/x-asciidoc"), guess=signs.may_be_asciidoc
    ),
)
"""Tried in order: certain content first, then the name, then likely content."""

KINDS = "text, Markdown and other markup, web pages, PDF, DOCX, ODT, RTF, EPUB, FB2, mails, subtitles or feeds"
"""The formats, for people."""

_WITHIN = 2
"""Files within one another, at most: a page in a saved page in a document."""
FALLBACK = Format("plain", (), (), lambda data: False)
"""For everything else."""


def format_of(raw: RawSource, name: str) -> Format:
    """Return the format of a source, called `name` in messages. Raises SourceError for what is certainly no story."""
    named = [each for each in FORMATS if raw.content_type in each.content_types or raw.suffix in each.suffixes]
    for candidate in FORMATS:
        if candidate.sniff(raw.data) and (not candidate.is_markup or not named or candidate in named):
            return candidate
    if what := refused(raw.data):
        raise SourceError(f"{name} is {what}", advice(raw.data) or f"these can be read: {KINDS}")
    if named:
        return named[0]
    for candidate in FORMATS:
        if candidate.guess(raw.data):
            return candidate
    return FALLBACK


def named(module: str) -> Format:
    """Return the format of a module's name. Raises KeyError."""
    return {each.module: each for each in (*FORMATS, FALLBACK)}[module]


def by_suffix(suffix: str) -> Format | None:
    """Return the format of a file suffix such as ".pdf"; None when there is none."""
    return next((each for each in FORMATS if suffix.lower() in each.suffixes), None)


def read_story(
    form: Format,
    raw: RawSource,
    naming: Naming,
    options: Options,
    begun: Callable[[Story], None] | None = None,
) -> Story | Feed:
    """Return the story or feed in a source. Before that, `begun` may be called with its beginning, if the source is
    long. All errors of readers become SourceError here."""
    from player.story.reading.beginning import Beginning  # 0.04 s, for a player whose story is read elsewhere
    from player.story.reading.building import build

    name = naming.name
    try:
        if options.only_pages is not None:
            _check_paged(form, name)
            first, last = options.only_pages
            naming = replace(naming, identity=f"{naming.identity} {first}-{last or ''}")  # has places of its own
        beginning = None if begun is None else Beginning(lambda draft: begun(build(draft, naming, options)))
        found = _read(form, replace(raw, options=options, begun=beginning.tell if beginning else None), name)
        if isinstance(found, Feed):
            title = found.title or clean(name)
            return replace(found, title=title, source=naming.source, identity=naming.identity)
        if beginning is not None:
            beginning.tell_of(found)
        return build(found, naming, options)
    except PlayerError:
        raise
    except MemoryError as error:
        _logger.warning("%s needs too much memory", name, exc_info=True)
        raise SourceError(f"{name} needs too much memory to be read", "split it into parts") from error
    except Exception as error:  # libraries may raise anything on damaged files
        _logger.warning("%s cannot be read", name, exc_info=True)
        raise SourceError(
            f"{name} is damaged, or in an unsupported variant of its format", "try to get it again"
        ) from error


def _check_paged(form: Format, name: str) -> None:
    if not form.paged:
        raise SourceError(f"{name} has no pages that could be chosen", "leave out --pages, which is for PDFs")


def _read(form: Format, raw: RawSource, name: str) -> Draft | Feed:
    """Read a source, and what lies inside it in another format."""
    found = _called(form, raw, name)
    for _ in range(_WITHIN):
        if not isinstance(found, Inside):
            return found
        found = _called(named(found.format), found.raw, name)
    if isinstance(found, Inside):
        raise SourceError(f"{name} holds a file within a file within a file", "open the innermost by itself")
    return found


def _called(form: Format, raw: RawSource, name: str) -> Draft | Feed | Inside:
    try:
        read: Draft | Feed | Inside = import_module(f"player.story.formats.{form.module}").read(raw)
    except ModuleNotFoundError as error:
        if not form.extra:
            raise
        hint = f'install it with: pip install "listen-to-story[{form.extra}]"'
        raise SourceError(f"{name} cannot be read without {error.name}", hint) from None
    return read
