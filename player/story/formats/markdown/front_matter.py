"""Front matter, the metadata above a Markdown text: YAML, TOML, JSON, or lines of MultiMarkdown or pandoc."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from player.patterns import later
from player.story.reading.draft import Draft

_YAML = later(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = later(r"\A\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_JSON = later(r"\A\s*(?:(;;;|---)(?:json)?[ \t]*\n(?=\s*\{)|(?=\{\s*(?:\"|\})))")
"""Opening of JSON: its own bracket, or a fence."""
_BARE_JSON = later(r"\A\s*(\"[^\n]*\n(?:[^\n]*\n){0,40}?);;;[ \t]*(?:\n|\Z)")
"""Hexo's: the fields of an object, without brackets."""
_HEADER = later(
    r"\A(?:Title|Author|Date|Slug|Layout|Category|Tags|Summary): .*\n"
    r"(?:[A-Za-z][\w ]*:.*\n|[ \t]+\S.*\n)*(?=\s*\n)"
)
"""Header of MultiMarkdown and Pelican: fields up to the first blank line."""
_UNOPENED = later(
    r"\A(?=(?:[a-z][\w-]*:.*\n|[ \t]*-[ \t].*\n)*?(?:title|date):)"
    r"((?:[a-z][\w-]*:.*\n|[ \t]*-[ \t].*\n|[ \t]+\S.*\n){2,40}?)---[ \t]*\n"
)
"""Hexo's: YAML with a line below it only."""
_TITLE_LINES = later(r"\A% *(.*\n(?:[ \t]+\S.*\n)*)(?:% *(.*\n(?:[ \t]+\S.*\n)*))?(?:% *(.*)\n)?(?=\s*\n)")
_FIELD = later(r"^([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*(?:\n(?:[ \t]*-[ \t]+|[ \t]+).*)*)$", re.MULTILINE)
_NAME = later(r"^(?:name|given|literal)[ \t]*:[ \t]*(.*)", re.MULTILINE)


def take_front_matter(text: str, draft: Draft) -> str:
    """Move the metadata to the draft; return the text below it."""
    if found := _BARE_JSON.match(text):
        fields, _ = _json(braced := f"{{{found[1]}}}\n-", later("(-)?").match(braced) or found)
        return _taken(fields, text[found.end() :], draft) if fields else text
    if opened := _JSON.match(text):
        fields, end = _json(text, opened)
        return _taken(fields, text[end:], draft) if fields else text
    if found := _TOML.match(text):
        fields = _toml(found[1])
    elif found := _YAML.match(text) or _UNOPENED.match(text):
        fields = {field[1].lower(): _value(field[2]) for field in _FIELD.finditer(found[1])}
    elif found := _HEADER.match(text):
        fields = {field[1].lower(): " ".join(field[2].split()) for field in _FIELD.finditer(found[0])}
    elif found := _TITLE_LINES.match(text):
        lines = [" ".join((line or "").split()) for line in found.groups()]
        fields = dict(zip(("title", "author", "date"), lines, strict=True))
        fields["author"] = fields["author"].replace(";", ",")
    else:
        return text
    if not fields:
        return text  # a rule above the text, and another below
    return _taken(fields, text[found.end() :], draft)


def _taken(fields: dict[str, str], text: str, draft: Draft) -> str:
    draft.title = fields.get("title", "")
    draft.byline = fields.get("author") or fields.get("authors") or fields.get("byline", "")
    draft.published = fields.get("date", fields.get("published", ""))
    draft.language = fields.get("language", fields.get("lang", ""))
    return text


def _json(text: str, opened: re.Match[str]) -> tuple[dict[str, str], int]:
    """Return the fields of JSON, and the index behind it; none when it is no object, or all there is."""
    try:
        fields, end = json.JSONDecoder().raw_decode(text, opened.end())
    except (ValueError, RecursionError):
        return {}, 0
    if opened[1] and text.startswith(opened[1], after := end + len(text[end:]) - len(text[end:].lstrip())):
        end = after + len(opened[1])
    return (_named(fields) if isinstance(fields, dict) and text[end:].strip() else {}), end


def _toml(text: str) -> dict[str, str]:
    try:
        fields = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}
    return _named(fields)


def _named(fields: dict[str, Any]) -> dict[str, str]:
    """Return fields by small names, each as text: of lists with commas between, of persons their names."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
    return {
        name.lower(): ", ".join(str(one.get("name", "") if isinstance(one, dict) else one) for one in values)
        for name, values in lists.items()
    }


def _value(yaml: str) -> str:
    """Return a field's value; a list ("[a, b]", or one per line) joined by commas, a list of persons by their names."""
    yaml = yaml.strip()
    if yaml.startswith("[") and yaml.endswith("]"):
        items = yaml[1:-1].split(",")
    elif yaml[:1] in (">", "|"):
        items = [" ".join(yaml.split()[1:])]
    else:
        items = re.split(r"\n[ \t]*-[ \t]+", f"\n{yaml}" if yaml.startswith("- ") else yaml)
    named = [name[1] if (name := _NAME.search(item.strip())) else item for item in items]
    return ", ".join(filter(None, (" ".join(item.split()).strip("\"'") for item in named)))
