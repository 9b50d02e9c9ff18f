"""A site with stories and the player above them, and a page of it in a browser."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from itertools import count, pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from player.export import export_story
from player.story.model import Story
from player.story.opening import load
from tests.publish.site_pages import GONE, STYLE, is_gone
from tests.support.browser import window
from tests.support.smaller_script import SERVED
from tests.support.studio import studio
from tests.support.web import Web

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; media-src 'self'; img-src data:;"
    " require-trusted-types-for 'script'"
)
"""As strict as a site can be."""

TYPES = {"mp3": "audio/mpeg", "opus": "audio/ogg; codecs=opus"}

_WATCH = """
addEventListener("securitypolicyviolation", (e) => console.error("blocked:", e.violatedDirective, e.blockedURI));
globalThis.events = [];
for (const name of ["ready", "play", "pause", "ended", "word", "seek", "error"]) {
  addEventListener(`listen-${name}`, ({ detail }) => events.push([name, detail]));
}
"""


LIT_AT = """async (moments) => {
  const el = document.querySelector("listen-to-story");
  const found = [];
  for (const moment of moments) {
    await el.seek(moment);
    const ranges = [...CSS.highlights.get("listen-word")];
    const inside = ranges[0]?.startContainer.parentElement.closest("aside, .ad, figure, section");
    found.push([ranges.join(""), inside?.outerHTML ?? ""]);
  }
  return found;
}"""
"""For each of some times the lit word, and the element other than the story's text that it stands in."""


@dataclass
class Told:
    """A published story: its story.json, and which word it says when."""

    json: dict[str, Any]

    @property
    def texts(self) -> list[str]:
        return [block["text"] for block in self.json["blocks"]]

    def word(self, seconds: float) -> tuple[int, int, str]:
        """Return (block, first character, text) of the word at a time; the first one's before it begins."""
        sentences = [(n, s) for n, block in enumerate(self.json["blocks"]) for s in block["sentences"]]
        block, sentence = next(
            (b, s) for (b, s), (_, n) in pairwise([*sentences, (0, {"first": 1e9})]) if seconds < n["first"]
        )
        word = [word for word in sentence["words"] if word["first"] <= seconds][-1]
        return block, word["start"], self.texts[block][word["start"] : word["end"]]

    def moments(self, many: int) -> list[float]:
        """Return times spread over the story, each within a word."""
        words = [(b["text"], w) for b in self.json["blocks"] for s in b["sentences"] for w in s["words"]]
        chosen = [words[n * len(words) // many][1] for n in range(many)]
        return [(word["first"] + word["last"]) / 2 for word in chosen]


def publish(
    web: Web,
    name: str,
    story: Story,
    folder: Path,
    *,
    language: str = "en",
    engine: str = "pyttsx3",
    sound: str = "mp3",
) -> Told:
    """Serve a story's story.json and its sound, spoken by espeak-ng, below /NAME/."""
    with studio(story, folder / "cache", engine, language=language) as (timeline, renderer):
        for file in ("story.json", f"story.{sound}"):
            export_story(timeline, renderer, folder / file)
    told = json.loads((folder / "story.json").read_text())
    blocks = told.pop("blocks")
    sounds = [{"src": f"story.{sound}", "type": TYPES[sound]}]
    told = {**told, "sound": sounds, "captions": "story.vtt", "blocks": blocks}
    web.pages[f"/{name}/story.json"] = answering(json.dumps(told, ensure_ascii=False).encode(), "application/json")
    web.pages[f"/{name}/story.{sound}"] = answering((folder / f"story.{sound}").read_bytes(), TYPES[sound])
    return Told(told)


def publish_page(web: Web, name: str, page: str) -> str:
    """Serve a page under the strict policy, with the player and the style; return its address."""
    web.pages["/listen.js"] = answering(SERVED.read_bytes(), "text/javascript")
    web.pages["/page.css"] = answering(STYLE.encode(), "text/css")
    return web.page(f"/{name}.html", page.encode(), Content_Security_Policy=POLICY)


def publish_saved(web: Web, file: Path) -> str:
    """Serve a saved page of a site with the player at its top, and its story, whose times are invented."""
    name = file.stem
    seconds = count(step=0.5)
    blocks = [
        {
            "kind": block.kind.value,
            "level": block.level,
            "text": block.text,
            "sentences": [_invented(block.text, seconds)],
        }
        for block in load(str(file)).blocks
    ]
    told = {"language": "", "duration": 10_000, "sound": [{"src": "none", "type": TYPES["mp3"]}], "blocks": blocks}
    web.pages[f"/{name}.json"] = answering(json.dumps(told).encode(), "application/json")
    web.pages["/listen.js"] = answering(SERVED.read_bytes(), "text/javascript")
    player = f'<listen-to-story src="/{name}.json"></listen-to-story><script src="/listen.js"></script>'
    page = re.sub(rb"<body[^>]*>", lambda body: body[0] + player.encode(), file.read_bytes(), count=1)
    return web.page(f"/{name}.html", page, "text/html")  # the page says in which encoding it is


def _invented(text: str, seconds: Iterator[float]) -> dict[str, Any]:
    words = [{"start": m.start(), "end": m.end(), "first": next(seconds)} for m in re.finditer(r"\S+", text)]
    return {"start": 0, "end": len(text), "first": words[0]["first"], "words": words}


def answering(data: bytes, kind: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Return an answer with a file, or the part that was asked for, without which no browser skips in a sound."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        part = re.match(r"bytes=(\d+)-(\d*)", request.headers.get("Range", ""))
        first = int(part[1]) if part else 0
        end = int(part[2]) + 1 if part and part[2] else len(data)
        request.send_response(206 if part else 200)
        if part:
            request.send_header("Content-Range", f"bytes {first}-{end - 1}/{len(data)}")
        request.send_header("Accept-Ranges", "bytes")
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(end - first))
        request.end_headers()
        with suppress(OSError):  # a browser that has enough of a sound hangs up
            request.wfile.write(data[first:end])

    return answer


def plain(text: str) -> str:
    """A text without what pages write in another way: quotes, capitals, hyphens for the end of a line."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("’", "'")
    return text.lower().strip("“”\"'.,[]()،。")


def check_lit(name: str, told: Told, moments: Sequence[float], lit: Sequence[tuple[str, str]]) -> None:
    """Check that a page of `site_pages` lights what is said at some moments, except where it lacks that; `lit` is what
    LIT_AT found."""
    seen = 0
    for moment, (text, inside) in zip(moments, lit, strict=True):
        block, start, said = told.word(moment)
        if is_gone(name, told.texts[block], start):
            assert (name, moment, said, text) == (name, moment, said, "")
            continue
        assert (name, moment, plain(text), inside) == (name, moment, plain(said), "")
        seen += 1
    assert seen >= (28 if name in GONE else 40)


@dataclass
class Listened:
    """A page with the player, in a browser."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    """Complaints of the script or the browser, violations of the policy among them."""
    requests: list[str] = field(default_factory=list)
    """Paths that the page asked for, each once."""

    def do(self, script: str, argument: Any = None) -> Any:
        """Return the value of a piece of JavaScript; `el` is the first player."""
        return self.page.evaluate(
            f"(argument) => {{ const el = document.querySelector('listen-to-story'); return ({script}); }}", argument
        )

    def until(self, script: str) -> None:
        """Wait until a piece of JavaScript is true."""
        self.page.evaluate(
            f"""async () => {{
              const el = document.querySelector("listen-to-story");
              for (const end = performance.now() + 60000; !({script}); ) {{
                if (performance.now() > end) throw Error(`never came true; ${{JSON.stringify(events)}}`);
                await new Promise(requestAnimationFrame);
              }}
            }}"""
        )

    def listen(self, seconds: float | None = None) -> None:
        """Click on "Listen to story" and wait until it sounds; with `seconds`, pause there, with the word lit."""
        self.page.locator("listen-to-story button").first.click()
        self.until("el.currentTime > 0 && !el.paused && events.some(([name]) => name === 'ready')")
        if seconds is not None:
            self.do("el.pause()")
            self.do("el.seek(argument)", seconds)

    def lit(self, name: str = "word") -> str:
        """The lit word or sentence."""
        return str(self.do("[...(CSS.highlights.get('listen-' + argument) ?? [])].join('')", name))

    def lit_at(self, moments: Sequence[float]) -> list[tuple[str, str]]:
        """The lit word at each of some times, and the tag and class of where it stands."""
        found = self.page.evaluate(
            LIT_AT,
            list(moments),
        )
        return [(text, inside) for text, inside in found]


@contextmanager
def listened(chromium: Browser, address: str, *, before: str = "", **context: Any) -> Iterator[Listened]:
    """Context: a page in a window of its own. At the end, any complaint fails the test."""
    with window(chromium, **context) as page:
        shown = Listened(page)
        page.add_init_script(_WATCH + before)
        page.on("console", lambda message: message.type == "error" and shown.complaints.append(message.text))
        page.on("pageerror", lambda error: shown.complaints.append(str(error)))
        page.on("request", lambda request: _note(shown.requests, request.url))
        page.goto(address)
        yield shown
        assert shown.complaints == []


def _note(requests: list[str], address: str) -> None:
    path = re.sub(r"^http://127\.0\.0\.1:\d+", "", address)
    if path not in requests and not path.startswith("data:"):
        requests.append(path)
