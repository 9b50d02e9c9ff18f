"""Which languages there are data for."""

CODES = ("de", "fr", "es", "it", "pt", "nl")
"""Languages with amounts, times, ordinals and abbreviations."""
WITH_ABBREVIATIONS = (*CODES, "ru")
"""Languages with abbreviations."""
_WITH_CLDR = (
    "ru be uk bg mk sr bs hr sl sk cs pl lt lv et fi hu ro el tr az kk hy ka sq sv da nb nn no is af lb ca gl eu eo ga "
    "hi bn gu kn ml mr pa ta te ur fa ar he id ms sw vi am"
)
WITH_CLDR = tuple(_WITH_CLDR.split())
"""Languages whose units, currencies and millions are CLDR's: those that part words, but for the ones above."""
