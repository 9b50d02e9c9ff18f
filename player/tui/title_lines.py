"""The words of the header: the story's title, and below it the byline and the current chapter."""

from __future__ import annotations

from player.story.model import Story
from player.story.text import printable


def title_lines(story: Story, block: int, told: str = "", *, is_whole: bool = True) -> tuple[str, ...]:
    """Return one line, or two if there is a byline or chapter; `block` is of the chapter. As many for every block: a
    story that is not whole yet has two, because chapters may come with the rest. `told` stands at the end."""
    if is_whole and not (story.byline or story.published or story.sections):
        return (printable(story.title),)
    index = story.section_at(block)
    chapter = "" if index is None else story.sections[index].title
    below = (printable(part) for part in (story.byline, story.published, chapter, told) if part)
    return printable(story.title), " · ".join(below)
