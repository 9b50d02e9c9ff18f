"""Commands, and parts of tests, to which permissions apply, also in tests of the superuser."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.support.programs import require


def without_privileges(command: Sequence[str]) -> list[str]:
    """Return a command that may read and write what its user may, and no more. Skips the test if that is not to be
    had."""
    if os.geteuid():
        return [*command]
    require("setpriv")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", *command]


@contextmanager
def nobody() -> Iterator[None]:
    """Context: permissions apply, also to tests of the superuser."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
