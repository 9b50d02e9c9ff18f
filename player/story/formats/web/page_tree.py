"""The tree of a web page, prepared for extracting its article: parsed once, without parts that belong to no story."""

from __future__ import annotations

from typing import Any

from player.errors import SourceError
from player.story.formats.web import beside_story, for_trafilatura
from player.story.formats.web.boxes import drop_boxes
from player.story.html.breaks import split_paragraphs
from player.story.html.captions import drop_titles_of_films, place_captions
from player.story.html.formulas import say_formulas
from player.story.html.loose import part_loose_text
from player.story.html.markup import readable
from player.story.html.pruning import prune
from player.story.html.streamed import put_in_place
from player.story.html.tree import html_tree


def parsed(text: str, name: str) -> Any:
    """Return the tree of a page, without comments. Raises SourceError, which names the page."""
    from lxml.etree import ParserError  # 0.02 s

    try:
        tree = html_tree(readable(text))
    except (ValueError, ParserError) as error:
        raise SourceError(f"{name} is no readable web page ({error})", "see it in a browser") from error
    put_in_place(tree)
    return tree


def prepare(tree: Any) -> None:
    """Remove what is never read aloud, write formulas in words, and join a live page's posts to one article."""
    say_formulas(tree)
    drop_boxes(tree)
    beside_story.drop_notices(tree)
    beside_story.drop_related(tree)
    beside_story.drop_streams(tree)
    beside_story.drop_sign_ups(tree)
    beside_story.drop_skipped(tree)
    drop_titles_of_films(tree)
    prune(tree)
    place_captions(tree)
    for_trafilatura.open_figures(tree)
    for_trafilatura.open_call_outs(tree)
    for_trafilatura.open_quoted_tables(tree)
    for_trafilatura.number_lists(tree)
    for_trafilatura.open_descriptions(tree)
    for_trafilatura.part_at_rules(tree)
    beside_story.drop_menus(tree)
    beside_story.drop_shouts(tree)
    for_trafilatura.raise_headings(tree)
    for_trafilatura.open_lists_in_cells(tree)
    for_trafilatura.join_cells(tree)
    for_trafilatura.join_code(tree)
    part_loose_text(tree)
    split_paragraphs(tree)
    for_trafilatura.join_posts(tree)
    for_trafilatura.thin_out(tree)
