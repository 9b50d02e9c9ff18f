"""Hearing from outside: a running player obeys other programs of the same user.

`server.py` listens for `listen ctl` (`client.py`), `mpris.py` for media keys and desktops; both pass what they hear to
`commands.py`, which acts on the player through `Controls`.
"""
