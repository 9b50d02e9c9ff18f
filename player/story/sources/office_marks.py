"""What is told to the walker through pandoc, which has no word for it: characters that no text has."""

from __future__ import annotations

import re

TITLE, CODE_MARK, QUOTATION, ITEM, END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
"""Noncharacters, which Unicode keeps for a program's own use. They stand at the beginning of a paragraph:

TITLE, CODE_MARK and QUOTATION say what it is. ITEM says the depth and the number that the writer's program had given
to an item of a list: ITEM "2:iv." END.
"""
_ALL = re.compile(f"[{TITLE}-{END}]")


def unmarked(text: str) -> str:
    """A document's own text, in which none may stand."""
    return _ALL.sub("", text)


_FILE = re.compile(r"\S*[\d_]\S*|.*\.(?:png|jpe?g|gif|bmp|tiff?|svg|webp|heic|[ew]mf)", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?:image|picture|graphics?|grafik|bild|imagen?|immagine|photo|figure|screenshot|logo)?[\W\d]*", re.I
)
_AUTOMATIC = re.compile(
    r"a picture containing\b|.*(?:description automatically generated|AI-generated content may be incorrect"
    r"|automatisch generiert|générée automatiquement|generada automáticamente|generata automaticamente"
    r"|automatisch gegenereerd|gerada automaticamente)",
    re.IGNORECASE | re.DOTALL,
)


def picture_text(description: str) -> str:
    """How a picture is read out: "Image: A red boat."; empty for file names and what a program guessed."""
    said = " ".join(description.split())
    if any(pattern.fullmatch(said) for pattern in (_FILE, _GENERIC)) or _AUTOMATIC.match(said):
        return ""
    return f"Image: {said}" + ("" if said.endswith((".", "!", "?", "…", "。")) else ".")
