"""Encoding a story's sound in chunks, on all cores; encoded chunks are kept for the next export."""
