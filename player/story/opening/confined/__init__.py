"""Reading in a process of its own: foreign code meets foreign files there, with bounds on memory and time.

`host` starts such processes and asks them, `process` is what runs in them, `limits` says how much they may use, and
`plain` is what travels back: stories and feeds as plain data.
"""
