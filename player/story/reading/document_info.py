"""Titles and authors in the properties of documents: what people wrote there, without what programs write."""

from __future__ import annotations

import re

_NO_TITLE = re.compile(
    r"(?:microsoft word|microsoft powerpoint|powerpoint)\b.*"
    r"|[\[(]?(?:untitled|unspecified|anonymous|document|word document|doc|print|title|no title|presentation title"
    r"|layout|slide|page|unbenannt|sans nom|sans titre|sin título|senza titolo)[\W\d]*"
    r"|.*\.(?:docx?|odt|rtf|pdf|txt|tex|dvi|indd|qxd|pages|html?|pptx?)"
    r"|(?:[a-z]:[\\/]|/|file:).*|\S*(?:_|[a-z]\d|\d[a-z])\S*|\W*",
    re.IGNORECASE,
)
"""Names of files, and of what is new and has no name yet."""
_NOBODY = frozenset(
    ("python-docx", "microsoft office user", "microsoft account", "windows user", "user", "admin", "administrator",
     "author", "owner", "unknown", "unknown author", "default", "apache poi", "aspose", "openpyxl", "anonymous",
     "unspecified", "untitled", "pc", "home", "root")
)  # fmt: skip
_LOGIN = re.compile(r"[a-z0-9._-]+|\S*[_\d\\]\S*|\W*")
"""Names of accounts: small letters, or digits."""


def real_title(written: str) -> str:
    """In one line; empty when a program wrote it."""
    title = " ".join(written.split())
    return "" if _NO_TITLE.fullmatch(title) else title


def real_author(written: str) -> str:
    """In one line; empty when a program wrote it, or it is nothing but an account."""
    author = " ".join(written.split())
    return "" if author.strip("()[]").casefold() in _NOBODY or _LOGIN.fullmatch(author) else author
