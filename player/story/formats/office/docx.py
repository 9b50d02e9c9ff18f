"""DOCX: corrections of Word's markup before pandoc reads it, for what pandoc would lose or misread."""

from __future__ import annotations

import posixpath
from collections import Counter
from copy import deepcopy
from typing import Any

from player.story.formats.office.layout import picture
from player.story.formats.office.package import damaged, local, packed, parsed, pull_parser, take_properties, value
from player.story.language_tag import same_language, valid
from player.story.reading.beginning import LONG, LOOKED_AT
from player.story.reading.blocks.marks import in_language
from player.story.reading.draft import Draft

_CONTENTS = ("toc ", "toc heading", "table of figures", "index ")
"""Styles of lines in tables of contents, whose page numbers mean nothing to a listener."""
_NO_BREAK = "\N{NO-BREAK SPACE}"
_PIECE = 16_384
"""Bytes of the text's markup that are parsed at a time for its beginning."""
_NO = ("0", "false", "off", "none")


def mended(parts: dict[str, bytes], draft: Draft, name: str) -> bytes:
    """Return the package for pandoc, without pictures; move its metadata to the draft. Raises SourceError."""
    from lxml import etree  # 0.02 s

    main = main_part(parts, name)
    if properties := parts.get("docProps/core.xml"):
        take_properties(properties, draft, name)
    root = parsed(parts[main], name)
    names: dict[str, str] = {}
    if styles := parts.get(posixpath.join(posixpath.dirname(main), "styles.xml")):
        definitions = parsed(styles, name)
        for style in definitions.iter("{*}style"):
            for named in style.iterchildren("{*}name"):
                names[value(style, "styleId")] = value(named, "val").lower()
        languages = (value(language, "val") for language in definitions.iter("{*}lang"))
        draft.language = draft.language or next(filter(None, languages), "")
    _drop_hidden(root)
    _drop_contents(root, names)
    for fallback in list(root.iter("{*}Fallback")):  # a copy for old programs; other fallbacks are emoji
        if fallback.find(".//{*}txbxContent") is not None or fallback.find(".//{*}pict") is not None:
            fallback.getparent().remove(fallback)
    _free_text_boxes(root)
    _read_rubies(root)
    _describe_pictures(root)
    _mark_languages(root, draft)
    # pandoc makes a node of each word. Spaces that do not separate words for it sound the same, and cut the time for 3
    # MB of text from 4.9 s to 0.9 s.
    for words in root.iter("{*}t"):
        words.text = (words.text or "").replace(" ", _NO_BREAK)
    return packed(parts | {main: etree.tostring(root, encoding="UTF-8", xml_declaration=True)})


def shortened(parts: dict[str, bytes], name: str) -> dict[str, bytes] | None:
    """Return a long document's parts with the first paragraphs of its text only; None for a short one. Raises
    SourceError."""
    from lxml import etree

    main = main_part(parts, name)
    whole = parts[main]
    if len(whole) < LONG:
        return None
    characters = read = 0
    words: Any = None
    parser = pull_parser("{*}t")
    try:
        while characters < LOOKED_AT and read < len(whole):
            parser.feed(whole[read : read + _PIECE])
            read += _PIECE
            for _, words in parser.read_events():
                characters += len(words.text or "")
    except etree.XMLSyntaxError as error:
        raise damaged(name) from error
    if words is None or characters * len(whole) < LONG * read:
        return None
    first = deepcopy(words.getroottree().getroot())
    for body in first.iterfind("{*}body"):
        del body[-1]  # there is more of it
    return parts | {main: etree.tostring(first, encoding="UTF-8", xml_declaration=True)}


def _mark_languages(root: Any, draft: Draft) -> None:
    """Put marks around runs in another language than most of the text; that of most becomes the document's, if it is
    named."""
    usual = valid(draft.language)
    runs = [(run, _language_of(run) or usual) for run in root.iter("{*}r")]
    lengths: Counter[str] = Counter()
    for run, tag in runs:
        lengths[tag] += sum(len(words.text or "") for words in run.iterchildren("{*}t"))
    most = max(lengths, key=lengths.__getitem__, default="")
    if not most:
        return
    draft.language = most
    for run, tag in runs:
        words = list(run.iterchildren("{*}t"))
        if tag and words and not same_language(tag, most):
            words[0].text = in_language(tag) + (words[0].text or "")
            words[-1].text = (words[-1].text or "") + in_language("")


def _language_of(run: Any) -> str:
    """Return the language that a run names; empty when it names none."""
    language = run.find("{*}rPr/{*}lang")
    return "" if language is None else valid(value(language, "val"))


def main_part(parts: dict[str, bytes], name: str) -> str:
    """Return the main part's path: usually word/document.xml; Word on the web calls it document2.xml."""
    for relation in parsed(parts.get("_rels/.rels", b""), name):
        target = value(relation, "Target").lstrip("/")
        if value(relation, "Type").endswith("/officeDocument") and parts.get(target):
            return target
    raise damaged(name)


def _drop_hidden(root: Any) -> None:
    for mark in list(root.iter("{*}vanish")):
        run = mark.getparent().getparent()
        if local(run) == "r" and value(mark, "val") not in _NO:
            run.getparent().remove(run)


def _drop_contents(root: Any, names: dict[str, str]) -> None:
    """Remove tables of contents: Word's own boxes, and lines by their style's name (its identifier is translated)."""
    for gallery in list(root.iter("{*}docPartGallery")):
        box = next(gallery.iterancestors("{*}sdt"), None)
        if value(gallery, "val") == "Table of Contents" and box is not None:
            box.getparent().remove(box)
    for style in list(root.iter("{*}pStyle")):
        paragraph = style.getparent().getparent()
        if names.get(value(style, "val"), "").startswith(_CONTENTS) and local(paragraph) == "p":
            paragraph.getparent().remove(paragraph)


def _free_text_boxes(root: Any) -> None:
    """Move the text of boxes behind the paragraph they are anchored to: pandoc would replace one by the other."""
    for content in reversed(list(root.iter("{*}txbxContent"))):
        around = list(content.iterancestors("{*}p"))
        box = next(content.iterancestors("{*}AlternateContent", "{*}drawing", "{*}pict"), None)
        if around and box is not None:
            for paragraph in reversed(list(content)):
                around[-1].addnext(paragraph)
            content.getparent().remove(content)


def _read_rubies(root: Any) -> None:
    """Leave only the words of those that have their reading above them (furigana): pandoc would drop both."""
    for ruby in list(root.iter("{*}ruby")):
        run = ruby.getparent()
        for word in reversed(ruby.findall("{*}rubyBase/{*}r")):
            run.addnext(word)
        run.remove(ruby)


def _describe_pictures(root: Any) -> None:
    """Remove descriptions of decorative pictures; add those of old documents' pictures, which pandoc ignores, behind
    their paragraphs."""
    from lxml import etree

    for shape in root.iter("{*}docPr"):
        decorative = shape.find(".//{*}decorative")
        if decorative is not None and value(decorative, "val") not in _NO:
            shape.attrib.pop("descr", None)
    for shape in list(root.iterfind(".//{*}pict/{*}shape")):
        paragraph = next(shape.iterancestors("{*}p"), None)
        if paragraph is not None and (text := picture(value(shape, "alt"))):
            space = str(paragraph.tag)[:-1]
            described = etree.Element(paragraph.tag)
            etree.SubElement(etree.SubElement(described, f"{space}r"), f"{space}t").text = text
            paragraph.addnext(described)
