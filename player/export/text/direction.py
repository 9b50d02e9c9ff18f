"""The writing direction of a language."""

from __future__ import annotations

from player.story.language_tag import language_of, script_of

_RIGHT_TO_LEFT = frozenset(
    # languages as they are usually written, and scripts
    ("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi", "adlm", "arab", "hebr", "nkoo", "syrc")
)


def direction(language: str) -> str:
    """Return the writing direction of a language (BCP 47), "ltr" or "rtl"; a script in the tag decides ("az-Arab")."""
    return "rtl" if (script_of(language) or language_of(language)) in _RIGHT_TO_LEFT else "ltr"
