"""The player above articles (`listen.js`): its size, the time from click to sound, and how long a page is busy."""

from __future__ import annotations

import gzip
from pathlib import Path
from statistics import median

from player.story.opening import load
from tests.benchmarks.measuring import article_times
from tests.publish import site_pages
from tests.publish.listening import Listened, listened, publish, publish_page
from tests.support.browser import browser
from tests.support.smaller_script import SERVED, SOURCE
from tests.support.web import serving

RUNS = 7
PARTS = 13
"""How many times the article makes 5,000 words."""

_WATCH = """
globalThis.long = [];
new PerformanceObserver((list) => list.getEntries().forEach((task) => long.push([task.startTime, task.duration])))
  .observe({ type: "longtask", buffered: true });
"""

_CLICK = """(async () => {
  const button = el.shadowRoot.querySelector("button");
  const playing = new Promise((done) => {
    const check = () => (el.currentTime > 0 ? done() : setTimeout(check));
    el.addEventListener("listen-play", check);
  });
  const begin = performance.now();
  button.click();
  await playing;
  return [begin, performance.now() - begin];
})()"""


def run(folder: Path) -> None:
    """Print the figures."""
    for file in (SOURCE, SERVED):
        print(f"{file.name}: {len(gzip.compress(file.read_bytes(), 9)):,} bytes gzipped (wanted of listen.js: 12,288)")
    file = article_times(PARTS, folder)
    with serving() as web, browser() as chromium:
        story = load(str(file))
        told = publish(web, "long", story, folder)
        words = sum(len(text.split()) for text in told.texts)
        address = publish_page(web, "page", site_pages.shell(site_pages.news(told.texts), src="/long/story.json"))
        clicks, tasks, ready = [], [], []
        for _ in range(RUNS):
            with listened(chromium, address, before=_WATCH) as shown:
                begin, click = clicked(shown)
                clicks.append(click)
                ready.append(shown.do("performance.now()") - begin)
                tasks.append([length for start, length in shown.do("long") if start > begin - 50])
        print(
            f"{words:,} words: click to sound {median(clicks):.0f} ms, words lit {median(ready):.0f} ms after the click"
        )
        longest = max((length for run in tasks for length in run), default=0.0)
        print(f"tasks over 50 ms: {sum(map(len, tasks)) / RUNS:.1f} a run, the longest {longest:.0f} ms (wanted: none)")


def clicked(shown: Listened) -> tuple[float, float]:
    """Click once the page is at rest; return (when, milliseconds until it sounds), with the words lit."""
    shown.page.wait_for_load_state("networkidle")
    begin, click = shown.do(_CLICK)
    shown.until("events.some(([name]) => name === 'ready')")
    return begin, click
