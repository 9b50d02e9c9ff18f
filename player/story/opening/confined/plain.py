"""Stories and feeds as plain data for JSON: results of a reader process are checked, never executed."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import asdict
from typing import Any

from player.errors import SourceError
from player.story.model import Block, BlockKind, Clip, LanguageSpan, Note, Picture, Section, Story, Styled
from player.story.reading.feed import Entry, Feed

Plain = dict[str, Any]

_KINDS: dict[str, BlockKind] = {kind.value: kind for kind in BlockKind}


def to_plain(found: Story | Feed) -> Plain:
    """Return a story or feed as plain data (without `part_of` and `recorded_in`, which are set later)."""
    if isinstance(found, Feed):
        return {"feed": asdict(found)}
    return {
        "story": {
            "title": found.title,
            "blocks": [
                (b.kind, b.text, b.level, b.language, b.languages, b.clips, b.styled, b.code) for b in found.blocks
            ],
            "byline": found.byline,
            "published": found.published,
            "language": found.language,
            "source": found.source,
            "identity": found.identity,
            "sections": [(section.block, section.title, section.level) for section in found.sections],
            "picture": found.picture and _picture(found.picture),
            "notices": found.notices,
            "notes": found.notes,
            "narrator": found.narrator,
        }
    }


def from_plain(data: Plain) -> Story | Feed:
    """Return the story or feed. Raises SourceError for anything else."""
    try:
        return _feed(data["feed"]) if "feed" in data else _story(data["story"])
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise SourceError("the reader answered in no known form", "try again") from error


def _story(data: Plain) -> Story:
    picture = data["picture"]
    return Story(
        title=str(data["title"]),
        blocks=tuple(map(_block, data["blocks"])),
        byline=str(data["byline"]),
        published=str(data["published"]),
        language=str(data["language"]),
        source=str(data["source"]),
        identity=str(data["identity"]),
        sections=tuple(Section(int(block), str(title), int(level)) for block, title, level in data["sections"]),
        picture=picture and Picture(str(picture["url"]), b64decode(picture["data"]), str(picture["path"])),
        notices=tuple(map(str, data["notices"])),
        notes=tuple(Note(int(block), int(place), str(text)) for block, place, text in data["notes"]),
        narrator=str(data["narrator"]),
    )


def _block(data: list[Any]) -> Block:
    kind, text, level, language, spans, clips, styled, code = data
    return Block(
        _KINDS[kind],
        str(text),
        int(level),
        None if language is None else str(language),
        tuple(LanguageSpan(int(start), int(end), str(spoken)) for start, end, spoken in spans) if spans else (),
        tuple(map(_clip, clips)) if clips else (),
        tuple(Styled(int(start), int(end), str(look), str(address)) for start, end, look, address in styled)
        if styled
        else (),
        str(code),
    )


def _clip(data: list[Any]) -> Clip:
    start, end, sound, first, last, speech = data
    said = None if speech is None else (int(speech[0]), int(speech[1]))
    return Clip(int(start), int(end), str(sound), int(first), int(last), said)


def _picture(picture: Picture) -> Plain:
    return {"url": picture.url, "data": b64encode(picture.data).decode(), "path": picture.path}


def _feed(data: Plain) -> Feed:
    return Feed(
        title=str(data["title"]),
        entries=tuple(map(_entry, data["entries"])),
        language=str(data["language"]),
        source=str(data["source"]),
        identity=str(data["identity"]),
    )


def _entry(data: Plain) -> Entry:
    return Entry(
        key=str(data["key"]),
        title=str(data["title"]),
        blocks=tuple((BlockKind(kind), str(text), int(level)) for kind, text, level in data["blocks"]),
        whole=bool(data["whole"]),
        notes=tuple(map(str, data["notes"])),
        link=str(data["link"]),
        byline=str(data["byline"]),
        published=str(data["published"]),
        updated=str(data["updated"]),
    )
