"""Blocks of a draft: marks in their text, announcements, styled words, and the cutting of huge ones."""
