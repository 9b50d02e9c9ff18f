"""`listen serve`: stories over HTTP, for the house."""

from __future__ import annotations

import shlex
from contextlib import suppress
from pathlib import Path

from player.settings import LogFile
from player.story.text import printable


def serve(folder: Path, /, *, host: str = "127.0.0.1", port: int = 8378, log: LogFile = None) -> int:
    """Serve a site made by listen publish, or a folder of exported stories, until Ctrl-C.

    Parameters
    ----------
    folder
        The site, or the folder with exported files.
    host
        Address to serve at: 0.0.0.0 for all of the local network. By default only this machine can connect.
    port
        Port to serve at; 0 for any free port.
    """
    from player.cli.output.addresses import tell_address
    from player.cli.output.printing import complain
    from player.errors import SourceError, UsageError
    from player.publish.serving.answers import application
    from player.publish.serving.http import HouseServer
    from player.publish.serving.shelf import Shelf
    from player.publish.serving.sites import Site, is_site

    try:
        if not folder.is_dir():
            make = "make a site with listen publish, or export stories into one"
            raise UsageError(f"there is no folder {folder}", make)
        shelf = None if is_site(folder) else Shelf(folder)
    except OSError as error:
        raise SourceError(f"{folder} cannot be read ({error.strerror})") from error
    find = Site(folder).find if shelf is None else shelf.find
    with HouseServer(host, port, application(find, lambda: server.url)) as server:
        tell_address(f"{printable(folder.name or str(folder))} is at {server.url}; Ctrl-C ends it", server.url)
        if shelf is not None and shelf.is_empty:
            example = shlex.quote(str(folder / "story.mp3"))
            complain(f"there is no story yet in {folder}: listen export STORY -o {example} makes one")
        with suppress(KeyboardInterrupt):
            server.serve_forever()
    return 0
