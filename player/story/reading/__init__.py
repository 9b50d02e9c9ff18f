"""The shared parts of all readers.

What a reader is given: `raw_source`, with `options` and `naming`. What it returns: a `draft` (of a long story first of
its `beginning`), a `feed`, or a story `inside` the file. What makes the story of a draft: `building`. The folders hold
what these are made with.
"""
