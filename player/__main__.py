"""`listen`, or `python -m player`."""

import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        from player.cli import INTERRUPTED, run  # 0.2 s, in which Ctrl-C may come as well
    except KeyboardInterrupt:
        sys.exit(130)
    try:
        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:  # once more, while the first was answered
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
