"""A feed on a web server, opened in a real terminal: a story is chosen, and played."""

from __future__ import annotations

import os
from pathlib import Path

from tests.end_to_end.test_terminal import Terminal, listen, terminal  # noqa: F401 (a fixture)
from tests.story.reading import PAGES
from tests.support.web import serving

FEED = """<rss version="2.0"><channel><title>The Harbour Post</title>
<item><title>Fog</title><description>It was foggy.</description></item>
<item><title>Ferry</title><link>/ferry</link><description>Workers reached a deal.</description></item>
</channel></rss>"""


def test_a_story_of_a_feed_is_chosen_and_played(terminal: Terminal, tmp_path: Path) -> None:  # noqa: F811
    environment = {**os.environ, "LISTEN_SILENT": "1", "no_proxy": "127.0.0.1"}
    with serving() as web:
        web.page("/ferry", (PAGES / "wire.html").read_bytes())
        feed = web.page("/feed", FEED.encode(), "application/rss+xml")
        terminal.run(listen(feed, "--engine", "pyttsx3", "--cache-dir", str(tmp_path / "cache")), environment)
        terminal.wait_for("The Harbour Post", "Fog", "Workers reached a deal.")
        terminal.keys("Down", "Enter")
        terminal.wait_for("Ferry workers reach deal after 11-day strike", "pyttsx3:")
        terminal.keys("q")
        terminal.wait_for("exit code 0")
