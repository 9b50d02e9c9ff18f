"""Imports beside sound."""

from __future__ import annotations

import gc
import subprocess
import sys
from threading import Event, Thread

import pytest

from player.importing import importing, short_turns


def test_what_is_imported_is_never_searched_for_garbage() -> None:
    usual, before = sys.getswitchinterval(), gc.get_freeze_count()
    with importing():
        assert not gc.isenabled()
        assert sys.getswitchinterval() < usual / 5
        kept = [[n] for n in range(10_000)]
    assert gc.isenabled()
    assert sys.getswitchinterval() == usual
    assert gc.get_freeze_count() >= before + len(kept)
    gc.unfreeze()


def test_two_threads_import_at_a_time_and_one_fails() -> None:
    usual = sys.getswitchinterval()
    inside, done = Event(), Event()

    def other() -> None:
        with importing():
            inside.set()
            done.wait()

    thread = Thread(target=other)
    thread.start()
    inside.wait()
    with pytest.raises(ImportError), importing():
        raise ImportError
    with short_turns():
        pass
    assert not gc.isenabled()
    assert sys.getswitchinterval() < usual
    done.set()
    thread.join()
    assert gc.isenabled()
    assert sys.getswitchinterval() == usual
    gc.unfreeze()


def test_a_module_is_imported_when_something_of_it_is_wanted() -> None:
    """In a process of its own, where it is not imported yet."""
    code = """
import sys, urllib
from player.importing import postponed
with postponed("urllib.request"):
    import urllib.request as named
    assert "ssl" not in sys.modules
    from urllib.request import getproxies  # by another thread, say
    assert "ssl" in sys.modules
with postponed("http.cookiejar"):
    import http.cookiejar
assert "http.cookiejar" not in sys.modules
assert http.cookiejar.Cookie is sys.modules["http.cookiejar"].Cookie
assert named.getproxies is getproxies is urllib.request.getproxies
assert sys.modules["urllib.request"] is not named
with postponed("urllib.request"):
    import urllib.request
    assert urllib.request.getproxies is getproxies
try:
    with postponed("http.server"):
        from http.server import nothing
except ImportError:
    print("as usual")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("as usual\n", "")
