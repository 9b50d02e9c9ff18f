"""EPUB 2 and 3: pages in the order of the spine, chapters from the table of contents.

A book is a zip of XHTML pages. Notes, covers, contents pages, copyright pages and Project Gutenberg's own text are left
out. A chapter whose title is only in the table of contents gets it as a heading.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise, zip_longest
from typing import Any

from player.errors import SourceError
from player.story.dates import is_date_line
from player.story.formats.epub.beginning import cut, first_pages
from player.story.formats.epub.container import EpubFile
from player.story.formats.epub.headings import Headings, heads_of, words
from player.story.formats.epub.narration import Narration, read_narration
from player.story.formats.epub.package import Chapter, Package, read_package
from player.story.html.notes import drop_notes
from player.story.html.passages import Passage, is_unread, kinds_of, passages
from player.story.html.styled import styled_paragraphs
from player.story.model import BlockKind, Picture
from player.story.reading.blocks.announcements import code_of, is_code
from player.story.reading.blocks.marks import unmarked
from player.story.reading.draft import BY, Draft, same_words
from player.story.reading.raw_source import Progress, RawSource
from player.story.text import clean

_logger = logging.getLogger(__name__)

_FRONT = re.compile(
    r"(?:front |back |book )?cover(?: page| image)?|(?:half[- ]?)?title[- ]?page|half[- ]?title|copyright(?: page)?"
    r"|(?:table of )?contents|(?:copyright|legal) notice|imprint|colophon|landmarks|index"
    r"|umschlag|titelseite|impressum|inhalt(?:sverzeichnis)?|couverture|page de titre|table des mati[eè]res|sommaire"
    r"|cubierta|portada|portadilla|créditos|índice|copertina|frontespizio|indice|sommario|capa|folha de rosto|sumário"
    r"|omslag|titelpagina|inhoud(?:sopgave)?|colofon|\S+\.x?html?|the full project gutenberg.*",
    re.IGNORECASE,
)
"""Titles, in tables of contents, of pages that nobody wants to hear."""
_RIGHTS = re.compile(
    r"\bISBN\b|all rights reserved|alle rechte vorbehalten|tous droits (?:de \w+ )?réservés|derechos reservados"
    r"|tutti i diritti|todos os direitos|alle rechten voorbehouden",
    re.IGNORECASE,
)
_LONGEST_FRONT = 6000
"""Characters. A longer page is read, whatever its title."""
_TITLE_PAGE = 12
"""Passages at the beginning in which title and authors may be repeated."""
_SHORT = 100
"""Characters of the longest line on a title page."""
_LOOKED_AT = 20
"""Pages in which a picture is looked for."""
_NAMED_LOST = 5
"""Damaged chapters named in a notice."""
_LEAST = 300
"""Characters. A shorter entry with the book's own title is its title page."""
_GUTENBERG = re.compile(r"\*\*\* ?(START|END) OF (?:THE|THIS) PROJECT GUTENBERG", re.IGNORECASE)
_CREDITS = re.compile(
    r"(?:Produced by|E-?text prepared by|Transcribed (?:from|by)|This e-?text was)\b"
    r"|End of (?:the )?Project Gutenberg",
    re.IGNORECASE,
)


def read(raw: RawSource) -> Draft:
    """Return the draft of a book. Raises SourceError when it is damaged, protected, or has no text."""
    file = EpubFile(raw.data, raw.name)
    package = read_package(file)
    if locked := file.encrypted().intersection(package.spine):
        raise SourceError(
            f"{raw.name} is protected against copying ({len(locked)} of its pages are encrypted)",
            "only its shop's own programs can open it",
        )
    if raw.begun is not None and (beginning := first_pages(file, package)) is not None:
        with suppress(SourceError):  # the pages after them may have text
            raw.begun(cut(_draft(file, beginning, lambda done, total, unit: None)))
    return _draft(file, package, raw.progress)


def _draft(file: EpubFile, package: Package, progress: Progress) -> Draft:
    """Return the draft of all pages of a package. Raises SourceError."""
    narration = read_narration(file, package)
    draft = Draft(
        title=package.title,
        narrator=package.narrator,
        clips=narration.clips,
        byline=", ".join(package.authors),
        published=package.published,
        language=package.language,
    )
    found = _without_gutenberg(list(_flow(file, package, narration, progress, draft)))
    lost = [path for path in package.spine if path in file.unreadable]
    if lost and not found:
        raise file.damaged("none of its chapters can be unpacked")
    if not any(any(map(str.isalnum, passage.text)) for passage in found) and _has_pictures(file, package):
        raise file.of_pictures()
    start = _title_page(found, package)
    titles = (one.text for one in found[:start] if unmarked(one.text).text == clean(package.title))
    draft.title = next(titles, package.title)  # with the marks of its clip
    _add(draft, package, found[start:])
    draft.notices = [_left_out(lost, package)] if lost else []
    if narration.damaged:
        names = _named(narration.damaged, package)
        draft.notices.append(
            f"Missing or damaged in the book's recording, and read by the usual voice: parts of {names}"
        )
    draft.picture = _cover(file, package)
    return draft


def _has_pictures(file: EpubFile, package: Package) -> bool:
    """Return True if a page shows a picture: it is whole then, and no damaged text."""
    pages = filter(lambda page: page is not None, map(file.page, package.spine[:_LOOKED_AT]))
    return any(next(page.iter("img", "image", "picture", "canvas"), None) is not None for page in pages)


def _left_out(lost: Sequence[str], package: Package) -> str:
    """Return the notice about damaged pages."""
    return f"Damaged, and left out: {_named(lost, package)}"


def _named(pages: Sequence[str], package: Package) -> str:
    """Return the names of the chapters that begin on pages, else of their files."""
    titles = {chapter.path: chapter.title for chapter in reversed(package.contents) if chapter.title}
    names = [f"“{titles[path]}”" if path in titles else path.rpartition("/")[2] for path in pages[:_NAMED_LOST]]
    more = f" and {len(pages) - len(names)} more" if len(pages) > len(names) else ""
    return f"{', '.join(names)}{more}"


def _cover(file: EpubFile, package: Package) -> Picture | None:
    """Return the cover; None when it is missing, damaged or far too large."""
    try:
        data = file.read(package.cover) if package.cover else None
    except SourceError:
        _logger.info("the cover %s cannot be read", package.cover, exc_info=True)
        return None
    return Picture(data=data) if data else None


# -- text in reading order ----------------------------------------------------------------------------------------


def _flow(
    file: EpubFile, package: Package, narration: Narration, progress: Progress, draft: Draft
) -> Iterator[Passage]:
    """Yield all passages to read, in order; keep notes and styled words in the draft."""
    pages = {}
    for number, path in enumerate(package.spine, 1):
        progress(number, len(package.spine), "part")
        if (page := file.page(path)) is not None:
            pages[path] = page
    aside = {path: page for path in package.aside if (page := file.page(path)) is not None}
    begin: dict[str, list[tuple[int, str]]] = {}
    for number, chapter in enumerate(package.contents):
        begin.setdefault(chapter.path, []).append((number, chapter.anchor))
    places = frozenset((chapter.path, chapter.anchor) for chapter in package.contents if chapter.anchor)
    unread = drop_notes(pages | aside, places, file.resolve, draft.add_note) - aside.keys()
    names = {number: chapter.title for number, chapter in enumerate(package.contents)}
    unread |= {path for path, page in pages.items() if _is_front(page, path, package, begin.get(path, []), names)}
    waiting: tuple[int, ...] = ()
    last: Passage | None = None
    for path, page in pages.items():
        if path in unread and len(unread) < len(pages):
            continue
        draft.styled += styled_paragraphs(page)
        narration.mark(page, path)
        chapters = [one for one in begin.get(path, []) if not _FRONT.fullmatch(names[one[0]])]
        first = True
        for passage in passages(page, chapters):
            begun = waiting + passage.chapters
            waiting = () if passage.text else begun
            if passage.text:
                goes_on = first and not begun and _goes_on(last, passage)
                yield passage._replace(chapters=tuple(_parts(begun, package.contents)), continues=goes_on)
                first, last = False, passage


def _goes_on(before: Passage | None, passage: Passage) -> bool:
    """Return True if a page begins within the sentence with which the last one ends: of books scanned page by page."""
    if before is None or not before.kind is passage.kind is BlockKind.PARAGRAPH:
        return False
    return passage.text[:1].islower() and before.text[-1:].isalpha() and len(before.text) > _SHORT


def _parts(begun: Sequence[int], contents: Sequence[Chapter]) -> Iterator[int]:
    """Of chapters at the same place, yield the last, and each that is the parent of the next: others have no text."""
    for number, after in zip_longest(begun, begun[1:]):
        if after is None or contents[after].level > contents[number].level:
            yield number


def _is_front(
    page: Any, path: str, package: Package, chapters: Sequence[tuple[int, str]], names: Mapping[int, str]
) -> bool:
    """Return True for a page that is a cover, title page, contents page or copyright page as a whole."""
    text = page.find("body").text_content()
    if is_unread(kinds_of(page)):
        return True
    if len(text) > _LONGEST_FRONT:
        return False
    if is_unread(package.guide.get(path, frozenset())):
        return all(_FRONT.fullmatch(names[number]) for number, _ in chapters)
    if chapters:
        return all(_FRONT.fullmatch(names[number]) and not anchor for number, anchor in chapters)
    return _RIGHTS.search(text) is not None and re.search("©|copyright|ISBN", text, re.IGNORECASE) is not None


def _without_gutenberg(found: list[Passage]) -> list[Passage]:
    """Return the passages without Project Gutenberg's text before and after the book."""
    start, end = 0, len(found)
    for number, passage in enumerate(found):
        if "***" in passage.text and (mark := _GUTENBERG.search(passage.text)):
            if mark[1].upper() == "END":
                end = number
                break
            start = number + 1
    return [
        passage
        for number, passage in enumerate(found[start:end], start)
        if not (min(number - start, end - 1 - number) < _TITLE_PAGE and _CREDITS.match(passage.text))
    ]


def _title_page(found: Sequence[Passage], package: Package) -> int:
    """Return the number of passages at the beginning that only repeat the book's title and authors.

    A chapter title over them ("Start") is included, if its chapter has nothing else.
    """
    taken = sure = 0
    named = False
    for number, passage in enumerate(found[:_TITLE_PAGE]):
        chapters = [package.contents[one].title for one in passage.chapters]
        if named and chapters:
            sure, named = number, False
        if len(passage.text) > _SHORT or not _is_said_again(passage.text, package, within=taken > 0):
            break
        named = named or not all(same_words(one, package.title) for one in chapters)
        taken = number + 1
        sure = sure if named else taken
    return sure


def _is_said_again(text: str, package: Package, *, within: bool) -> bool:
    """Return True for the title, a part of it, an author, "by" or a date; `within` other such lines."""
    own = [words(one) for one in (*package.titles, *package.authors, " ".join(package.titles))]
    title, said = words(package.title), words(text)
    by = words(BY.sub("", text))
    names = [words(name) for name in re.split(r",|;|&|\band\b", BY.sub("", text))]
    if (
        said in own
        or by in own
        or all(name in own for name in names if name)
        or said in ("by", "")
        or is_date_line(text)
    ):
        return True
    return bool(said) and f" {said} " in f" {title} " and (len(said) * 2 >= len(title) or within)


# -- chapters ----------------------------------------------------------------------------------------------------


def _add(draft: Draft, package: Package, found: Sequence[Passage]) -> None:
    chapters = _chapters(package, found)
    headings = Headings(min((one.level for one in found if one.kind is BlockKind.HEADING), default=2))
    for number, passage in enumerate(found):
        for one in chapters.get(number, ()):
            after = next((n for n in range(number + 1, number + 5) if n in chapters), number + 4)
            headings.begin(one, found[number:after])
            draft.begin_section(one.title, one.level)
            if title := headings.missing:
                draft.add(BlockKind.HEADING, title, headings.level)
        if is_code(passage.text):
            draft.add_code(code_of(passage.text))
        elif passage.continues and draft.blocks and draft.blocks[-1][0] is BlockKind.PARAGRAPH:
            _, before, level = draft.blocks.pop()
            draft.add(BlockKind.PARAGRAPH, f"{before} {passage.text}", level)
        elif (said := headings.next(passage)) is not None:
            draft.add(*said)


def _chapters(package: Package, found: Sequence[Passage]) -> dict[int, list[Chapter]]:
    """Return {index of the first passage: chapters that begin there}.

    Empty when headings are more detailed than the table of contents.
    """
    places: dict[int, list[Chapter]] = {}
    for number, passage in enumerate(found):
        for one in passage.chapters:
            chapter = package.contents[one]
            start = heads_of(chapter.title, found, number)
            places.setdefault(number if start in places else start, []).append(chapter)
    starts = [*sorted(places), len(found)]
    for start, end in pairwise(starts):
        first = places[start][0]
        if same_words(first.title, package.title) and (
            len(places[start]) > 1 or sum(len(one.text) for one in found[start:end]) < _LEAST
        ):
            places[start].pop(0)
    kept = {start: chapters for start, chapters in places.items() if chapters}
    told = sum(one.kind is BlockKind.HEADING for one in found)
    return kept if sum(map(len, kept.values())) > 1 or told < 2 else {}
