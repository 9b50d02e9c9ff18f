"""Programs that some tests need, and a fresh machine may lack."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_PACKAGES = {
    "parec": "pulseaudio-utils",
    "ffprobe": "ffmpeg",
    "chromium": "chromium",
    "Xvfb": "xvfb",
    "firefox": "firefox-esr",
    "dbus-daemon": "dbus",
    "cvlc": "vlc-bin vlc-plugin-base",
    "gpo": "gpodder",
}


def epubcheck(file: Path) -> subprocess.CompletedProcess[str]:
    """What EPUBCheck says of a book. Run by Java itself, because not every machine starts a .jar; with its quick
    compiler alone, which halves the time."""
    require("epubcheck")
    command = ["java", "-XX:TieredStopAtLevel=1", "-jar", "/usr/share/java/epubcheck.jar", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def require(*programs: str) -> None:
    """Skip the test when a program is missing, and say what to install; fail where all tests must run."""
    missing = [program for program in programs if shutil.which(program) is None]
    if not missing:
        return
    packages = " ".join(dict.fromkeys(_PACKAGES.get(program, program) for program in missing))
    message = f"needs {', '.join(missing)}: apt-get install {packages}"
    if os.environ.get("LISTEN_REQUIRE_ALL"):
        pytest.fail(message)
    pytest.skip(message)
