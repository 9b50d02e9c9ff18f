"""MP3: the sound, preceded by a tag with everything that players show."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from itertools import pairwise
from typing import BinaryIO

from player.audio.timeline import Timeline
from player.export import Job
from player.export.formats.mp3.tags import Timed, tags
from player.export.metadata.chapters import chapters
from player.export.pictures.cover import cover
from player.export.sound.mp3_sound import encoder, write_sound
from player.export.text.timing import rounded, timed_sentences
from player.speech.engine import Seconds


def write(job: Job, file: BinaryIO) -> Seconds:
    """See Exporter. The tag comes first but is known last, so the sound is collected in a file."""
    rate = job.timeline.rate
    encoded_by = encoder(job)
    with tempfile.TemporaryFile() as waiting, ThreadPoolExecutor(1, thread_name_prefix="cover") as aside:
        # Beside the encoders: 0.15 s, which would else be spent on one core at the end.
        picture = aside.submit(cover, job.story, job.renderer.store)
        aside.submit(import_module, "mutagen.id3")
        sound = write_sound(job, waiting)
        starts = chapters(job.story)
        times = [rounded(at, rate, 1000) for at in (*(sound.begins[c.block] for c in starts), sound.samples)]
        parts = [Timed(c.title, *span) for c, span in zip(starts, pairwise(times), strict=True)]
        words = list(_words(job.timeline))
        said = (sound.loudness, sound.peak, picture.result(), job.narrator)
        file.write(tags(job.story, parts, words, encoded_by, *said))
        waiting.seek(0)
        shutil.copyfileobj(waiting, file, 1 << 20)
    return Seconds(sound.samples / rate)


def _words(timeline: Timeline) -> Iterator[tuple[str, int]]:
    """Yield (word with the text up to the next word, millisecond at which it begins to sound).

    Each sentence begins on a new line.
    """
    blocks = timeline.script.story.blocks
    before = ""
    for sentence in timed_sentences(timeline):
        text = blocks[sentence.block].text
        # A sentence's first word includes what precedes it ("“"), its last what follows it.
        starts = [sentence.span.start, *(word.span.start for word in sentence.words[1:]), sentence.span.end]
        for word, (start, end) in zip(sentence.words, pairwise(starts), strict=False):
            yield before + text[start:end], rounded(word.first, timeline.rate, 1000)
            before = ""
        before = "\n"
