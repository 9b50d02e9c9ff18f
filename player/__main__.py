"""`listen`, or `python -m player`."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # importing it from typing takes a third of the time that `--version` has
if TYPE_CHECKING:
    from player.early.voice import EarlyVoice
    from player.speech.survey import Survey
    from player.story.opening.confined.host import Readers


def _reserve() -> None:
    """Open the null device as standard input, output and errors where these are closed, so that no file or pipe takes
    their numbers.

    Using them still fails: the input can only be written to, the outputs only be read.
    """
    for number, mode in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_RDWR)):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, mode), True)  # gets the lowest free number


def _readers(arguments: list[str]) -> Readers | None:
    """Start readers for the first argument that looks like a story: an address, or a name with a suffix. None without
    one."""
    if arguments[:1] and arguments[0] in ("lexicon", "publish", "serve"):  # words, or stories that may be unchanged
        return None
    pairs = zip(["", *arguments], arguments, strict=False)
    names = [word for before, word in pairs if "." in word and word[0] != "-" and before not in ("-o", "--output")]
    if not names:
        return None
    from player.story.opening.confined.host import Readers

    readers = Readers()
    readers.expect(names)
    return readers


def _said_version(arguments: list[str]) -> bool:
    """Answer `--version` when it is the only argument: 0.04 s, where the command line takes 0.3. Returns False when
    that fails, and the command line then reports why."""
    if arguments != ["--version"]:
        return False
    from player.versions import version

    try:
        sys.stdout.write(version("listen-to-story") + "\n")
        sys.stdout.flush()
    except (AttributeError, OSError, ValueError):  # None where standard output is closed
        return False
    return True


def main() -> None:
    """Run the command line and end the process with its exit code."""
    arguments = sys.argv[1:]
    voice: EarlyVoice | None = None
    readers: Readers | None = None
    survey: Survey | None = None
    _reserve()
    if _said_version(arguments):
        return
    gc.disable()  # imported objects stay; searching them for cycles takes a tenth of the imports' time
    try:
        # First, so that the voice and the readers load while the command line is imported (0.3 s).
        from player.early import early_process, early_survey, early_voice

        process = early_process(arguments)
        readers = _readers(arguments)
        voice = early_voice(arguments, process)
        survey = early_survey(arguments)
        from player.cli import run
        from player.cli.opening import Opening

        gc.freeze()
        gc.enable()
        code = run(arguments, Opening(readers, voice, survey))
    except KeyboardInterrupt:  # during the imports, or a second time, during the answer to the first
        code = 130
    finally:
        if voice is not None:
            voice.close()
        if readers is not None:
            readers.close()
        if survey is not None:
            survey.close()
    _end(code)


def _end(code: int) -> None:
    """End the process with an exit code. Taking the interpreter apart takes 0.1 s, a third of the time between q and
    the shell: it is left out where no thread has anything to finish."""
    import logging
    import threading

    gc.freeze()  # else the garbage collector searches what is left, several times
    logging.shutdown()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):  # closed, or their reader is gone: Python's own way out reports it
        sys.exit(code)
    if all(thread.daemon or thread is threading.main_thread() for thread in threading.enumerate()):
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
