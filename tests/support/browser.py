"""A real headless browser: the system's Chromium, driven by Playwright. Nothing is downloaded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.programs import require

_MOST_MS = 60_000.0
"""Milliseconds that only a hang takes."""

_FLAGS = ("--no-sandbox", "--autoplay-policy=no-user-gesture-required")
"""In a container only root may run it, without its sandbox; and it does not always count a test's first key as a
gesture."""

_SOUND = "document.getElementById('sound')"
_TIMES = """const { rate } = JSON.parse(document.getElementById('times').textContent);
  const sources = [...document.querySelectorAll('#sound source')], audio = document.createElement('audio');
  const played = sources.find(({ type }) => audio.canPlayType(type));
  const delay = Number(played.dataset.delay ?? 0);"""
_WATCH = """
addEventListener("securitypolicyviolation", (e) => console.error("blocked:", e.violatedDirective, e.blockedURI));
"""


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield Chromium for as long as tests need it; skip them where it is missing."""
    require("chromium")
    expect.set_options(timeout=_MOST_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS, timeout=_MOST_MS)
        try:
            yield chromium
        finally:
            chromium.close()


@dataclass
class Opened:
    """A "Listen to Story" page in a browser, with the errors it caused."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    """Complaints of the script or the browser."""
    requests: list[str] = field(default_factory=list)
    """Requests other than for the page itself and its embedded data."""

    def do(self, script: str, argument: Any = None) -> Any:
        """Return the value of a piece of JavaScript in the page."""
        return self.page.evaluate(script, argument)

    def until(self, script: str) -> None:
        """Wait until a piece of JavaScript is true."""
        assert self.comes_true(script), f"never came true: {script}"

    def comes_true(self, script: str, milliseconds: float = _MOST_MS) -> bool:
        """Whether a piece of JavaScript is true within a time. (Playwright's own way needs `eval`, which the page
        forbids.)"""
        return bool(
            self.do(
                f"""async (most) => {{
                  for (const end = performance.now() + most; !({script}); ) {{
                    if (performance.now() > end) return false;
                    await new Promise(requestAnimationFrame);
                  }}
                  return true;
                }}""",
                milliseconds,
            )
        )

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def begin(self) -> None:
        """Play for a moment: from then on, the keys are the player's."""
        self.do(f"{_SOUND}.play()")
        self.do(f"{_SOUND}.pause()")
        self.until("document.documentElement.classList.contains('plays')")

    def seek(self, sample: int) -> None:
        """Move the sound to a sample of the story, and wait until the page shows it."""
        self.do(f"(sample) => {{ {_TIMES} {_SOUND}.currentTime = (sample + delay + 0.5) / rate }}", sample)
        self.settle()

    def settle(self) -> None:
        """Wait until the sound is at its target, and painted."""
        self.until(f"{_SOUND}.readyState > 0 && !{_SOUND}.seeking")
        self.do("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    @property
    def sample(self) -> int:
        """The sample of the story at which the sound is."""
        return int(self.do(f"() => {{ {_TIMES} return Math.max(0, Math.floor({_SOUND}.currentTime * rate) - delay) }}"))

    @property
    def playing(self) -> bool:
        return not self.do(f"{_SOUND}.paused")

    def painted(self, name: str) -> tuple[int, int, int] | None:
        """Return (block, start, end) of the highlighted "word" or "sentence", in UTF-16 units."""
        found = self.do(
            """(name) => {
              const range = CSS.highlights.has(name) && [...CSS.highlights.get(name)][0];
              return range ? [range.startContainer.parentElement.id, range.startOffset, range.endOffset] : null;
            }""",
            name,
        )
        return (int(found[0][1:]), found[1], found[2]) if found else None

    def word(self) -> str:
        """The highlighted word, or nothing."""
        return str(self.do("[...(CSS.highlights.get('word') ?? [])].join('')"))

    def sentence(self) -> str:
        """The highlighted sentence, or nothing."""
        return str(self.do("[...(CSS.highlights.get('sentence') ?? [])].join('')"))


@contextmanager
def window(chromium: Browser, **context: Any) -> Iterator[Page]:
    """Context: a window of its own (`context`: size, colours and so on, as in Playwright)."""
    own = chromium.new_context(**{"reduced_motion": "reduce", **context})
    own.set_default_timeout(_MOST_MS)
    try:
        yield own.new_page()
    finally:
        own.close()


@contextmanager
def opened(chromium: Browser, file: Path, *, before: str = "", **context: Any) -> Iterator[Opened]:
    """Context: a file in a window (see there). `before` is a script that runs before the page's own. At the end, any
    request or complaint fails the test."""
    with window(chromium, **context) as page:
        shown = Opened(page)
        page.add_init_script(_WATCH)
        if before:
            page.add_init_script(before)
        page.on("console", lambda message: message.type == "error" and shown.complaints.append(message.text))
        page.on("pageerror", lambda error: shown.complaints.append(str(error)))
        page.on("request", lambda request: _note(shown, file, request.url))
        page.goto(file.as_uri())
        if context.get("java_script_enabled", True):  # else nothing that waits for a picture is ever called
            shown.until("performance.getEntriesByType('paint').length")  # keys that come before are dropped
        yield shown
        assert shown.requests == []
        assert shown.complaints == []


def _note(shown: Opened, file: Path, address: str) -> None:
    if address != file.as_uri() and not address.startswith(("data:", "blob:")):
        shown.requests.append(address)
