"""What pictures of the screens show: an article with blocks of every kind, a feed, voices."""

from __future__ import annotations

from player.speech.engine import Voice
from player.story.reading.feed import Entry, Feed

HTML = """<title>How lamps were kept</title><article><h1>How lamps were kept</h1>
<p>The <a href="https://lamps.example/oil">oil</a> was weighed <b>twice</b> a day<sup><a href="#n1">1</a></sup>, and the
keeper signed for it in a book that nobody else was allowed to touch, not even the inspector.</p>
<h2>What was needed</h2><ol><li>A can of oil.</li><li>A clean cloth, and a second one for the glass.</li></ol>
<blockquote><p>A light is a promise.</p><blockquote><p>So is a book.</p></blockquote></blockquote>
<table><tr><th>Month</th><th>Oil, litres</th><th>Nights</th></tr><tr><td>January</td><td>212</td><td>31</td></tr>
<tr><td>February</td><td>187</td><td>28</td></tr></table>
<pre><code>def light(lamp):
    return lamp.oil &gt; 0</code></pre>
<p>Everything else was left to the keeper, who rarely asked for anything, and rarely got it.</p>
<p id="n1">1. With the scales of the harbour master.</p></article>"""

FEED = Feed(
    "The Lamp Room: news of lights, keepers and the sea",
    tuple(
        Entry(f"{n}", title, (), link=f"https://lamps.example/{n}", published=f"2026-0{9 - n}-14", byline=byline)
        for n, (title, byline) in enumerate((
            ("The last keeper goes ashore", "Ada Lind"),
            ("Why the lens of the northern light turns, and what it weighs, in all the detail that was kept", ""),
            ("夜の港 in paint and in words", "Visitors from 東京"),
            ("Oil", "Ada Lind"),
        ))
    ),
    language="en",
)  # fmt: skip

VOICES = (
    Voice("hibari", "heart", "en-US", 24000, "female", "Apache-2.0", "neural", quality="grade A"),
    Voice("hibari", "emma", "en-GB", 24000, "female", "Apache-2.0", "neural", quality="grade B-"),
    Voice("piper", "en_GB-northern_english_male-medium", "en-GB", 22050, "male", "MIT", "neural", quality="medium"),
    Voice("pyttsx3", "en-us", "en-US", 22050, "male", "GPL-3.0-or-later", "formant synthesis"),
    Voice("pyttsx3", "en-029", "en-029", 22050, "male", "GPL-3.0-or-later", "formant synthesis"),
)
