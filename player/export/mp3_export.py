"""MP3: the sound, and before it a tag with all that players show."""

from __future__ import annotations

import shutil
import tempfile
from itertools import pairwise
from typing import BinaryIO

from player.export import Job
from player.export.chapters import chapters
from player.export.mp3_sound import encoder, write_sound
from player.export.mp3_tags import tags
from player.speech.engine import Seconds


def write(job: Job, file: BinaryIO) -> Seconds:
    """See Exporter. The tag stands first, but is known last: the sound waits in a file of its own."""
    rate = job.timeline.rate
    encoded_by = encoder(job)
    with tempfile.TemporaryFile() as waiting:
        sound = write_sound(job, waiting)
        starts = chapters(job.story)
        times = [sound.begins[c.block] * 1000 // rate for c in starts] + [sound.samples * 1000 // rate]
        marks = [(c.title, *span) for c, span in zip(starts, pairwise(times), strict=True)]
        file.write(tags(job.story, marks, encoded_by))
        waiting.seek(0)
        shutil.copyfileobj(waiting, file, 1 << 20)
    return Seconds(sound.samples / rate)
