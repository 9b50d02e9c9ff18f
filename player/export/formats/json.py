"""JSON: the story with its sentences and words in time, for programs.

    {
      "format": "listen-to-story", "version": 1,
      "title": text, "byline": text, "published": "2025-02-13" or "", "language": BCP 47,
      "source": a URL, or a file's name, or "",
      "sample_rate": samples per second, "voice": the narrator's name, "speed": 1.0, "duration": seconds,
      "chapters": [{"title": text, "block": index of its first block, "start": seconds}],
      "sound": [{"src": a file beside this one, "type": media type}], best first; of `listen publish` only,
      "captions": a WebVTT file beside this one, likewise,
      "notes": [{"block": index, "place": characters of its text before the note's mark, "text": one line of text}],
      "blocks": [{
        "kind": "heading" | "paragraph" | "list item" | "quotation",
        "level": headings 1 to 6, list items from 1, else 0,
        "text": one line of text,
        "language": BCP 47, only where it is another than the story's,
        "sentences": [{
          "start": 0, "end": 57,  characters of the block's text
          "first": 1.25, "last": 4.75,  when it sounds, without the pause after it
          "estimated": whether its words' times are,
          "words": [{"start": 0, "end": 7, "first": 1.25, "last": 1.6}]
        }]
      }]
    }

Characters are Unicode code points; [start, end) and [first, last) are half open. Seconds have six decimals: times
sample_rate, to the nearest, they are the sample. Sentences and words are in order and do not overlap, neither on
paper nor in time. What is not said (a line of asterisks) has no sentence; a sentence in which the voice told no word
from another has no words. A later version with the same number may have more names, and none less.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from player.audio.timeline import Timeline
from player.export import Job
from player.export.metadata.chapters import chapters
from player.export.metadata.public_source import public_source
from player.export.text.timing import TimedSentence, timed_sentences
from player.speech.engine import Samples, Seconds

VERSION = 1


def write(job: Job, file: BinaryIO) -> Seconds:
    """Write UTF-8, one block a line. Raises as Exporter."""
    job.render()
    file.write(_text(_about(job))[:-1].encode() + b', "blocks": [')
    sentences = timed_sentences(job.timeline)
    ahead = next(sentences, None)
    for number, block in enumerate(job.story.blocks):
        job.check()
        said = []
        while ahead is not None and ahead.block == number:
            said.append(_sentence(ahead, job.timeline.rate))
            ahead = next(sentences, None)
        fields: dict[str, Any] = {"kind": block.kind.value, "level": block.level, "text": block.text}
        if block.language:
            fields["language"] = block.language
        fields["sentences"] = said
        file.write((",\n" if number else "\n").encode() + _text(fields).encode())
    file.write(b"\n]}\n")
    return _seconds(job.timeline.duration, job.timeline.rate)


def _about(job: Job) -> dict[str, Any]:
    story, timeline = job.story, job.timeline
    return {
        "format": "listen-to-story",
        "version": VERSION,
        "title": story.title,
        "byline": story.byline,
        "published": story.published,
        "language": timeline.script.language,
        "source": public_source(story.source),
        "sample_rate": timeline.rate,
        "voice": job.renderer.narrator.hello.voice.name,
        "speed": timeline.speed,
        "duration": _seconds(timeline.duration, timeline.rate),
        "chapters": [
            {"title": title, "block": block, "start": _seconds(_begin(timeline, block), timeline.rate)}
            for block, title in chapters(story)
        ],
        "notes": [note._asdict() for note in story.notes],
        **job.options.more,
    }


def _sentence(sentence: TimedSentence, rate: int) -> dict[str, Any]:
    return {
        "start": sentence.span.start,
        "end": sentence.span.end,
        "first": _seconds(sentence.first, rate),
        "last": _seconds(sentence.last, rate),
        "estimated": sentence.estimated,
        "words": [
            {
                "start": word.span.start,
                "end": word.span.end,
                "first": _seconds(word.first, rate),
                "last": _seconds(word.last, rate),
            }
            for word in sentence.words
        ],
    }


def _seconds(samples: Samples, rate: int) -> Seconds:
    return Seconds(round(samples / rate, 6))


def _begin(timeline: Timeline, block: int) -> Samples:
    """Return the sample at which a chapter begins: the first includes the silence before its first word."""
    return Samples(0) if block <= timeline.first else timeline.start(block)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
