"""Which languages there are data for."""

CODES = ("de", "fr", "es", "it", "pt", "nl")
"""Languages with amounts, times, ordinals and abbreviations."""
WITH_ABBREVIATIONS = (*CODES, "ru")
"""Languages with abbreviations."""
