"""DOCX: what pandoc would lose or read out in error is set right in the markup before pandoc has it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from player.story.formats.office.marks import CODE_MARK, Texts
from player.story.formats.office.pandoc import damaged
from player.story.formats.office.xml import (
    local,
    move_behind,
    outermost,
    parsed,
    picture,
    removed,
    take_metadata,
    value,
    without_marks,
    written,
)
from player.story.reading.draft import Draft

_CODE = frozenset(("html preformatted", "macro", "macro text", "code", "code block", "preformatted text"))
_CONTENTS = ("toc ", "toc heading", "table of figures", "index ")
"""Styles of the lines of tables of contents, whose page numbers mean nothing to a listener."""
_NO = ("0", "false", "off", "none")


def prepare(found: dict[str, bytes], draft: Draft, name: str, texts: Texts) -> None:
    """Takes the metadata, and changes the main part of a package in its place. Raises SourceError."""
    main = _main_part(found, name)
    take_metadata(found.get("docProps/core.xml"), draft, name)
    root = parsed(found[main], name)
    without_marks(root)
    styles = found.get(posixpath.join(posixpath.dirname(main), "styles.xml"))
    names: dict[str, str] = {}
    if styles is not None:
        definitions = parsed(styles, name)
        names = dict(_style_names(definitions))
        draft.language = draft.language or _language(definitions)
    _drop_hidden(root, names)
    _drop_fallbacks(root)
    _read_out_pictures(root)
    _free_text_boxes(root)
    _mark_code(root, names)
    for words in root.iter("{*}t"):
        words.text = texts.short(words.text or "")
    found[main] = written(root)


def _main_part(found: dict[str, bytes], name: str) -> str:
    """Usually word/document.xml; Word on the web calls it document2.xml."""
    relations = found.get("_rels/.rels")
    if relations is not None:
        for relation in parsed(relations, name):
            target = value(relation, "Target").lstrip("/")
            if value(relation, "Type").endswith("/officeDocument") and target in found:
                return target
    raise damaged(name)


def _style_names(styles: Any) -> Iterator[tuple[str, str]]:
    """(identifier, name in lower case): identifiers are translated, the names of built-in styles are not."""
    for style in styles.iter("{*}style"):
        for named in style.iterchildren("{*}name"):
            yield value(style, "styleId"), value(named, "val").lower()


def _language(styles: Any) -> str:
    return next((value(lang, "val") for lang in styles.iter("{*}lang") if value(lang, "val")), "")


def _style(paragraph: Any, names: dict[str, str]) -> str:
    used = paragraph.find("{*}pPr/{*}pStyle")
    return "" if used is None else names.get(value(used, "val"), value(used, "val").lower())


def _drop_hidden(root: Any, names: dict[str, str]) -> None:
    """Hidden text, and tables of contents."""
    for hidden in list(root.iter("{*}vanish")):
        run = hidden.getparent().getparent()
        if local(run) == "r" and value(hidden, "val") not in _NO:
            removed(run)
    for gallery in list(root.iter("{*}docPartGallery")):
        box = next((e for e in gallery.iterancestors() if local(e) == "sdt"), None)
        if value(gallery, "val") == "Table of Contents" and box is not None:
            removed(box)
    for paragraph in list(root.iter("{*}p")):
        if _style(paragraph, names).startswith(_CONTENTS):
            removed(paragraph)


def _drop_fallbacks(root: Any) -> None:
    """Text boxes and pictures once more, for old programs; other fallbacks hold emoji that are nowhere else."""
    for fallback in list(root.iter("{*}Fallback")):
        if fallback.find(".//{*}pict") is not None or fallback.find(".//{*}txbxContent") is not None:
            removed(fallback)


def _read_out_pictures(root: Any) -> None:
    """The descriptions of pictures, each in a paragraph of its own, as the pictures themselves are not unpacked."""
    for drawing in reversed(list(root.iter("{*}drawing", "{*}pict"))):
        paragraph = outermost(drawing, ("p",))
        shape = drawing.find(".//{*}docPr" if local(drawing) == "drawing" else ".//{*}shape")
        decorative = drawing.find(".//{*}decorative")
        if paragraph is None or shape is None or (decorative is not None and value(decorative, "val") not in _NO):
            continue
        if text := picture(value(shape, "descr") or value(shape, "alt")):
            described = paragraph.makeelement(paragraph.tag)
            described.append(_run(paragraph, text))
            move_behind(paragraph, [described])


def _free_text_boxes(root: Any) -> None:
    """pandoc gives the text of a box in place of the paragraph that the box is tied to: now it stands behind it."""
    for content in reversed(list(root.iter("{*}txbxContent"))):
        paragraph = outermost(content, ("p",))
        around = outermost(content, ("AlternateContent", "drawing", "pict"))
        if paragraph is not None and around is not None:
            move_behind(paragraph, content)
            content.tag = "emptied"
    for content in list(root.iter("emptied")):
        removed(outermost(content, ("AlternateContent", "drawing", "pict")))


def _mark_code(root: Any, names: dict[str, str]) -> None:
    for paragraph in root.iter("{*}p"):
        if _style(paragraph, names) in _CODE:
            for run in paragraph.iterchildren("{*}r"):
                run.addprevious(_run(paragraph, CODE_MARK))
                break


def _run(like: Any, text: str) -> Any:
    """A run of text in the namespace of a paragraph."""
    space = str(like.tag).rpartition("}")[0] + "}"
    run = like.makeelement(f"{space}r")
    words = like.makeelement(f"{space}t")
    words.text = text
    run.append(words)
    return run
