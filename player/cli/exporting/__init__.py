"""`listen export`: stories opened one after another, made side by side, told of in their order.

sources ──► opening ──► batch: tasks ──► making (several at a time) ──► reports, in order
"""

from __future__ import annotations

from player.cli.exporting.batch import export_all
from player.cli.exporting.request import Request

__all__ = ["Request", "export_all"]
