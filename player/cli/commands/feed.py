"""`listen feed`: a podcast of what was exported."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from player.settings import LogFile
from player.story.text import printable


def feed(
    folder: Path,
    /,
    *,
    base_url: str = "",
    title: str = "",
    category: str = "",
    owner: str = "",
    description: str = "",
    serve: Annotated[bool, Parameter(negative="")] = False,
    host: str = "127.0.0.1",
    port: int = 8377,
    log: LogFile = None,
) -> int:
    """Create or update a podcast feed (feed.xml) of the stories exported to a folder.

    Parameters
    ----------
    folder
        Folder with the exported files.
    base_url
        Address of the folder on the web; by default the one in the existing feed.
    title
        Title of the podcast; by default the existing feed's, else the folder's name.
    category
        Category of the podcast as Apple names it, as in "News" or "Arts > Books"; by default the existing feed's.
    owner
        Who is asked about the podcast, as in "Ann Author \\<ann@example.org>"; by default the existing feed's.
    description
        What the podcast is about; by default the existing feed's.
    serve
        Serve the feed and its files until Ctrl-C; to this machine only, unless --host is given.
    host
        Address to serve at: 0.0.0.0 for all of the local network.
    port
        Port to serve at; 0 for any free port.
    """
    from player.export.podcast.feed import write_feed
    from player.export.podcast.rss import About

    about = About(category, owner, description)

    if not serve:
        made = write_feed(folder, base_url=base_url, title=title, about=about)
        print(f"{printable(str(made.path))}: {made.count}, for {made.url}")
        return 0

    from player.cli.output.addresses import tell_address
    from player.publish.serving.podcast import served

    with served(folder, host, port, base_url=base_url, title=title, about=about) as (server, podcast):
        feed = f"{server.url}{podcast.made.path.name}"
        tell_address(f"{feed}: {podcast.made.count}; Ctrl-C ends it", server.url)
        with suppress(KeyboardInterrupt):
            server.serve_forever()
    return 0
