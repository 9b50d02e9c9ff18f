"""The story's text in the terminal while the interface is imported (0.3 s): plain, where the transcript will show it.

Independent of Textual, which takes that time.
"""

from __future__ import annotations

import os
import select
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import NoReturn, Self

from player.importing import short_turns
from player.story.model import Story
from player.story.text import printable
from player.tui.terminal.signals import obeyed
from player.tui.text import shortened
from player.tui.title_lines import title_lines
from player.tui.transcript.layout import Layout, line_at_top, width_within

TINY, SHORT = 9, 20
"""Lines of a screen: below the first, it has neither title nor keys; below the second, no empty lines."""
_BAR, _KEYS, _SPACE = 2, 1, 1
"""Lines at the bottom: the transport bar, the keys, and an empty one above both."""
_MARGIN = "  "

_TAKE = "\x1b[?1049h\x1b[?25l\x1b[2J"
"""The alternate screen, empty and without a cursor."""
_GIVE_BACK = "\x1b[?1049l\x1b[?25h"


class FirstPage:
    """Context: the terminal shows the story, once the place is known. It is given back at the end, unless something
    else has it then."""

    def __init__(self, story: Story, *, is_whole: bool = True) -> None:
        self._story = story
        self._is_whole = is_whole
        self._shown = False
        self._signals = ExitStack()

    def show(self, block: int, character: int) -> None:
        """Show the story around a character of a block: 2 ms. Shows nothing where there is no terminal, or it does not
        take text at once."""
        columns, lines = shutil.get_terminal_size()
        page = _drawn(self._story, block, character, columns, lines, is_whole=self._is_whole)
        with short_turns():  # the voice and the device begin beside this
            self._shown = _show("".join(page))
        self._signals.enter_context(obeyed(_leave, self._give_back))

    def hand_over(self) -> None:
        """Leave the terminal to what has it from now on."""
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._signals.close()
        self._give_back()

    def _give_back(self) -> None:
        if self._shown:
            _show(_GIVE_BACK)
        self._shown = False


def _drawn(story: Story, block: int, character: int, columns: int, lines: int, *, is_whole: bool) -> Iterator[str]:
    """Yield what a terminal of this size is sent."""
    yield _TAKE
    title = () if lines < TINY else title_lines(story, block, is_whole=is_whole)
    for row, text in enumerate(title, 1):
        yield _at(row, 1, _MARGIN + shortened(text, columns - 2 * len(_MARGIN)), "\x1b[1m" if row == 1 else "")
    height = lines - len(title) - _BAR - (_KEYS if lines >= TINY else 0) - (_SPACE if lines >= SHORT else 0)
    page = Layout(story.blocks, width_within(columns))
    left = max((columns - page.width) // 2, 0)
    for following in range(block, min(block + height, len(story.blocks))):
        page.lines(following)  # so that the end of the page is known where it is near
    top = min(line_at_top(page.locate(block, character).y, height), max(page.height - height, 0))
    for row, line in enumerate(map(page.line_at, range(top, top + max(height, 0))), len(title) + 1):
        if line is not None:
            start, end = page.extent(line)
            text = printable(story.blocks[line.block].text[start:end].rstrip())
            yield _at(row, left + page.before(line) + 1, text)
    yield _at(lines, 1, "")


def _at(row: int, column: int, text: str, look: str = "") -> str:
    return f"\x1b[{row};{column}H{look}{text}" + ("\x1b[0m" if look else "")


def _show(text: str) -> bool:
    """Write to the terminal. Returns False where there is none that takes it now."""
    if os.name != "posix" or sys.__stderr__ is None or not sys.__stderr__.isatty():
        return False
    try:
        output = sys.__stderr__.fileno()
        if not (_is_in_front(output) and select.select([], [output], [], 0)[1]):
            return False
        os.write(output, text.encode("utf-8", "replace"))
    except OSError:
        return False
    return True


def _is_in_front(terminal: int) -> bool:
    """Return False where a terminal belongs to another program, as after `listen story.html &`."""
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:  # not the terminal that controls this process
        return True


def _leave() -> NoReturn:
    raise KeyboardInterrupt
