"""The terminal player."""

import os

# Frames a second, at most, read when Textual is imported. A key changes the screen after one or two: with its usual 60
# that takes 51 ms at the 95th percentile, with these 36. Only what has changed is drawn: the processor does no more.
os.environ.setdefault("TEXTUAL_FPS", "120")
