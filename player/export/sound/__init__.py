"""Encoding a story's sound: chunk by chunk, on all cores, kept encoded for the next time."""
