"""Imports beside sound."""

from __future__ import annotations

import gc
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
