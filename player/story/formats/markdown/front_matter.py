"""Front matter, the metadata above a Markdown text: YAML, TOML, or pandoc's title lines."""

from __future__ import annotations

import re
import tomllib

from player.story.reading.draft import Draft

_YAML = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE_LINES = re.compile(r"\A% *(.*\n(?:[ \t]+\S.*\n)*)(?:% *(.*\n(?:[ \t]+\S.*\n)*))?(?:% *(.*)\n)?(?=\s*\n)")
_FIELD = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*(?:\n(?:[ \t]*-[ \t]+|[ \t]+).*)*)$", re.MULTILINE)
_NAME = re.compile(r"^(?:name|given|literal)[ \t]*:[ \t]*(.*)", re.MULTILINE)


def take_front_matter(text: str, draft: Draft) -> str:
    """Move the metadata to the draft; return the text below it."""
    if found := _TOML.match(text):
        fields = _toml(found[1])
    elif found := _YAML.match(text):
        fields = {field[1].lower(): _value(field[2]) for field in _FIELD.finditer(found[1])}
    elif found := _TITLE_LINES.match(text):
        lines = [" ".join((line or "").split()) for line in found.groups()]
        fields = dict(zip(("title", "author", "date"), lines, strict=True))
        fields["author"] = fields["author"].replace(";", ",")
    else:
        return text
    if not fields:
        return text  # a rule above the text, and another below
    draft.title = fields.get("title", "")
    draft.byline = fields.get("author") or fields.get("authors") or fields.get("byline", "")
    draft.published = fields.get("date", fields.get("published", ""))
    draft.language = fields.get("language", fields.get("lang", ""))
    return text[found.end() :]


def _toml(text: str) -> dict[str, str]:
    try:
        fields = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}
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
