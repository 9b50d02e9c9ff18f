"""Whoever has only a mouse can answer every dialog."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.stage import Stage, stage


async def _click(stage: Stage, words: str) -> None:
    """Click on words once they stand still: what opens is laid out more than once."""
    seen: list[tuple[int, int] | None] = [None]

    def still() -> bool:
        seen.append(next(((line.index(words), y) for y, line in enumerate(stage.lines()) if words in line), None))
        return seen[-1] is not None and len(seen) > 3 and seen[-1] == seen[-2] == seen[-3]

    await stage.until(still, words)
    assert seen[-1] is not None
    x, y = seen[-1]
    await stage.pilot.click(offset=(x + 1, y))


async def test_the_export_dialog_can_be_clicked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "The bold Harbour bold at Night.mp3").mkdir()
    async with stage(tmp_path / "cache") as s:
        await s.pilot.press("e")
        await _click(s, "Enter export")
        await s.until(lambda: "folder:" in s.text, "what is wrong")
        await _click(s, "Esc close")
        await s.until(lambda: len(s.app.screen_stack) == 1, "the dialog to close")
