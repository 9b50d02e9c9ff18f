"""Files on other machines."""

from __future__ import annotations

import re
from pathlib import Path

_NETWORKS = re.compile(
    r"(nfs\d?|cifs|smb\d?|smbfs|9p|afs|ceph|glusterfs|lustre|ncpfs|fuse\.(sshfs|s3fs|rclone|glusterfs))"
)
_MOUNTS = Path("/proc/self/mountinfo")
"""Exists on Linux; elsewhere every file counts as local."""


def is_on_network(path: Path, mounts: Path = _MOUNTS) -> bool:
    """Return True if a path is on a network file system."""
    try:
        lines = mounts.read_text(errors="surrogateescape").splitlines()
        folder = str(path.parent.resolve())
    except OSError:
        return False
    best, kind = "", ""
    for line in lines:
        before, _, after = line.partition(" - ")
        point = before.split(" ")[4].replace("\\040", " ")
        inside = folder == point or folder.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):  # of two mounts on one folder the later hides the earlier
            best, kind = point, after.split(" ")[0]
    return _NETWORKS.fullmatch(kind) is not None
