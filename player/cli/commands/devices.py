"""`listen devices`: what sound can be played on."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from player.cli.output.printing import complain, print_json
from player.story.text import printable


def devices(*, json: Annotated[bool, Parameter(negative="")] = False) -> int:
    """List the sound devices, for --device and the settings.

    Parameters
    ----------
    json
        As JSON: a list of {name, default}; `default` is true for the one that the system uses by itself.
    """
    from player.playback.output.devices import sound_devices

    found = sound_devices()
    if json:
        print_json([{"name": device.name, "default": device.is_default} for device in found])
    elif not found:
        complain("there is no sound device: stories play silently")
    else:
        width = max(len(device.name) for device in found)
        for device in found:
            print(f"{printable(device.name):{width}}  {'default' if device.is_default else ''}".rstrip())
    return 0
