"""`listen`, or `python -m player`."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # importing it from typing takes a third of the time that `--version` has
if TYPE_CHECKING:
    from player.early import EarlyVoice
    from player.story.opening.confined.host import Readers


def _reserve() -> None:
    """Open what is closed of standard input, output and errors, so that no file or pipe takes its number.

    It still fails when it is used: input can only be written to, output only be read.
    """
    for number, mode in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_RDWR)):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, mode), True)  # takes the lowest number that is free


def _readers(arguments: list[str]) -> Readers | None:
    """Started for the first argument that may name a story with a suffix, or an address; None when none does."""
    pairs = zip(["", *arguments], arguments, strict=False)
    names = [word for before, word in pairs if "." in word and word[0] != "-" and before not in ("-o", "--output")]
    if not names:
        return None
    from player.story.opening.confined.host import Readers

    readers = Readers()
    readers.expect(names)
    return readers


def _said_version(arguments: list[str]) -> bool:
    """Answer `--version`, if that is all that is asked: 0.04 s, where the command line takes 0.3. False when that
    fails: then the command line says why."""
    if arguments != ["--version"]:
        return False
    from player.versions import version

    try:
        sys.stdout.write(version("listen-to-story") + "\n")
        sys.stdout.flush()
    except (OSError, ValueError):
        return False
    return True


def main() -> None:
    """Run the command line and end the process with its exit code."""
    arguments = sys.argv[1:]
    voice: EarlyVoice | None = None
    readers: Readers | None = None
    _reserve()
    if _said_version(arguments):
        return
    try:
        # First of all, so that the voice, and what reads a story, load while the command line is imported (0.3 s).
        from player.early import early_voice

        voice = early_voice(arguments)
        readers = _readers(arguments)
        from player.cli import run
        from player.cli.opening import Opening

        sys.exit(run(arguments, Opening(readers, voice)))
    except KeyboardInterrupt:  # during the imports, or once more, while the first was answered
        sys.exit(130)
    finally:
        if voice is not None:
            voice.close()
        if readers is not None:
            readers.close()
        # What is left would be searched for cycles to free, several times over: three quarters of the time to leave.
        gc.freeze()


if __name__ == "__main__":
    main()
