"""The examples in CONTRIBUTING.md work as they stand there."""

from __future__ import annotations

import io
import re
from pathlib import Path
from types import ModuleType

from player.export import DEFAULTS, Job
from player.story.reading.raw_source import RawSource
from tests.support.stories import story_of
from tests.support.studio import studio

TEXT = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")

BOOK = b"""<?xml version="1.0"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><body><section>
<p>It was <emphasis>dark</emphasis>.</p><p>It rained.</p></section></body></FictionBook>"""


def example(heading: str) -> ModuleType:
    """The Python below a heading, as a module."""
    chapter = TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = re.search(r"```python\n(.*?)```", chapter, re.DOTALL)
    assert found is not None
    module = ModuleType("example")
    exec(compile(found[1], "CONTRIBUTING.md", "exec"), module.__dict__)
    return module


def test_a_source_format() -> None:
    draft = example("Add a source format").read(RawSource(BOOK, "book.fb2"))
    assert [text for _, text, _ in draft.blocks] == ["It was dark.", "It rained."]


def test_an_export_format(tmp_path: Path) -> None:
    story = story_of("It was dark.", "It rained.")
    with studio(story, tmp_path) as (timeline, renderer):
        job = Job(timeline, renderer, ".cues", DEFAULTS, lambda progress: None, lambda: False, [0, 12, 22])
        file = io.BytesIO()
        seconds = example("Add an export format").write(job, file)
    (first, dark), (second, rained) = (line.split("\t") for line in file.getvalue().decode().splitlines())
    assert (dark, rained) == ("It was dark.", "It rained.")
    assert 0 <= float(first) < float(second) < seconds
