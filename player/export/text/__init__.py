"""The text of a story in exported files: when it is said, its cues and lines, as HTML."""
