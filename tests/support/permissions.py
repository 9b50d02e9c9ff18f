"""Commands to which permissions apply, also in tests of the superuser."""

from __future__ import annotations

import os
from collections.abc import Sequence

from tests.support.programs import require


def without_privileges(command: Sequence[str]) -> list[str]:
    """Return a command that may read and write what its user may, and no more. Skips the test if that is not to be
    had."""
    if os.geteuid():
        return [*command]
    require("setpriv")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", *command]
