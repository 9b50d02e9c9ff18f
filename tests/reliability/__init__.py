"""Trials of what real use breaks: quick forms run with the tests, long ones by `python -m tests.reliability --long`."""

ALL: tuple[str, ...] = (
    "growth",
    "mutations",
    "bombs",
    "headers",
    "commands",
    "hosts",
    "cache",
    "kills",
    "sound",
    "places",
    "terminal",
    "voices",
    "recordings",
    "lexicons",
    "soak",
)
"""The modules with trials, in the order of the table."""
