"""Serving to the house: a published site, a folder of exports, or a podcast, and nothing else of the machine.

`http.py` runs the server, `answers.py` answers requests for files; `sites.py`, `shelf.py` and `podcast.py` say which
files there are.
"""
