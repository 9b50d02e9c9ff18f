"""English words for what joins two numbers."""

from __future__ import annotations

from player.utterance.spoken.speakers.saying import Saying, Says
from player.utterance.spoken.values import Joint

_JOINTS = {"to": " to ", "and": " and ", "by": " by ", "times": " times ", "minus": " minus ", "list": ", ", "": " "}


def say_joint(joint: Joint, saying: Saying) -> str:
    """ " to "."""
    return _JOINTS[joint.kind]


SAYS: Says = {Joint: say_joint}
