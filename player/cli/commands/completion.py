"""`listen completion`: for shells."""

from __future__ import annotations

from typing import Literal

from player.cli.app import app


def completion(shell: Literal["bash", "zsh", "fish"], /) -> int:
    """Print a script with which a shell completes commands and options.

    Parameters
    ----------
    shell
        As in `listen completion bash > ~/.local/share/bash-completion/completions/listen`.
    """
    print(app.generate_completion(prog_name="listen", shell=shell))
    return 0
