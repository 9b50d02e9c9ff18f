"""Confined reading: foreign code reads foreign files in a process of its own, with bounds on memory and time.

`host` starts the processes and asks them; `process` runs in them; `limits` bounds them; `plain` is the data they
return.
"""
