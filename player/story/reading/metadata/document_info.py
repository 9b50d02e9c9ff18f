"""Titles and authors from document properties: those by people, without those by programs."""

from __future__ import annotations

import re

from player.patterns import later

_NO_TITLE = later(
    r"(?:microsoft word|microsoft powerpoint|powerpoint)\b.*"
    r"|[\[(]?(?:untitled|unspecified|anonymous|document|word document|doc|print|title|no title|presentation title"
    r"|layout|slide|page|unbenannt|sans nom|sans titre|sin título|senza titolo)[\W\d]*"
    r"|.*\.(?:docx?|odt|rtf|pdf|txt|tex|dvi|indd|qxd|pages|html?|pptx?)"
    r"|(?:[a-z]:[\\/]|/|file:).*|\S*(?:_|[a-z]\d|\d[a-z])\S*|\W*",
    re.IGNORECASE,
)
"""File names, and names of new documents."""
_NOBODY = frozenset(
    ("python-docx", "microsoft office user", "microsoft account", "windows user", "user", "admin", "administrator",
     "author", "owner", "unknown", "unknown author", "default", "apache poi", "aspose", "openpyxl", "anonymous",
     "unspecified", "untitled", "pc", "home", "root")
)  # fmt: skip
_LOGIN = later(r"[a-z0-9._-]+|\S*[_\d\\]\S*|\W*")
"""Account names: lower case, or with digits."""


def real_title(written: str) -> str:
    """Return the title in one line; empty when a program wrote it."""
    title = " ".join(written.split())
    return "" if _NO_TITLE.fullmatch(title) else title


def real_author(written: str) -> str:
    """Return the author in one line; empty for a program's or a mere account name."""
    author = " ".join(written.split())
    return "" if author.strip("()[]").casefold() in _NOBODY or _LOGIN.fullmatch(author) else author
