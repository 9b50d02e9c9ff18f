"""The frame of a story on a page that names it in no way that extractors know."""

from __future__ import annotations

from collections import Counter
from typing import Any

from player.story.html.hidden import shown_text
from player.story.html.tree import own_length

_MOST = 0.98
"""Share of the characters in a page's paragraphs that the frame holds, at least."""
_STORY = 500
"""Characters outside comments, at least: with less, the story is what bears their name."""
_PROSE = 0.5
"""Share of the frame's own words, outside links, that its paragraphs hold, at least."""
_FRAMES = ("div", "section", "td")


def name_frame(tree: Any) -> None:
    """Make an <article> of the element that holds the page's paragraphs, unless there is one that trafilatura takes
    for the story's: it would keep the paragraphs only, without lists and headings. What it would drop as comments
    loses its class if there is no story outside."""
    from trafilatura.xpaths import BODY_XPATH, REMOVE_COMMENTS_XPATH  # imported with the rest of it

    held: Counter[Any] = Counter()
    for paragraph in tree.iter("p"):
        length = own_length(paragraph)
        for around in paragraph.iterancestors():
            held[around] += length
    for path in REMOVE_COMMENTS_XPATH:
        for comments in path(tree):
            if held[tree] - held[comments] < min(_STORY, held[comments]):
                comments.attrib.clear()
    if any(path(tree) for path in BODY_XPATH):
        return
    frames = [one for one in held if one.tag in _FRAMES and held[one] >= _MOST * held[tree] > 0]
    if frames:
        frame = min(frames, key=lambda one: len(list(one.iter())))
        links = sum(len(shown_text(link)) for link in frame.iter("a"))
        if held[frame] >= _PROSE * (len(shown_text(frame)) - links):
            frame.tag = "article"
