"""The network, loaded as the package carries it, or as onnxruntime saved it when it was made quick."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from player.atomic import temporary_folder
from player.speech import derived
from player.versions import version

_logger = logging.getLogger(__name__)

_ENGINE, _NAME = "hibari", "model.ort"
_CPUINFO = 8192
"""Characters: enough for the first processor; the others are like it."""
_TELLING = ("model name", "flags", "CPU part", "Features")
"""The lines there that say what the processor can do, on x86 and on Arm."""
DURATIONS = "/Clip_output_0"
"""The graph's inner tensor of frames per phoneme, in version 0.2.1."""


class Model:
    """The network of one voice. One thread: there are as many workers as cores, and the bytes stay the same."""

    def __init__(self, path: Path, package: str) -> None:
        """Load it: 0.05 s from what was kept, else 0.3 s. `package` is the package's version. Raises OSError."""
        key = _key(path, package)
        self._session = _kept(key) or _made(path, key)
        self.is_timed = any(output.name == DURATIONS for output in self._session.get_outputs())
        """Whether durations come with the sound."""

    def run(self, feed: dict[str, Any]) -> list[Any]:
        """The outputs; the durations (frames of each phoneme) are the last of them."""
        return self._session.run(None, feed)  # type: ignore[no-any-return]


def _kept(key: str) -> Any:
    """The session of what was kept; None when there is nothing that can be used."""
    data = derived.load(_ENGINE, _NAME, key)
    if data is None:
        return None
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    kinds = tuple(kind for kind in vars(state).values() if isinstance(kind, type) and issubclass(kind, Exception))
    try:
        return _session(data, ready=True)
    except kinds:
        _logger.warning("the network that was kept cannot be used", exc_info=True)
        return None


def _made(path: Path, key: str) -> Any:
    """The session of the package's file; what onnxruntime has made of that is kept, if it can be (0.1 s)."""
    graph = _with_durations(path.read_bytes())
    if not derived.can_keep(_ENGINE):
        return _session(graph)
    with temporary_folder() as folder:
        file = folder / _NAME
        session = _session(graph, saved_to=file)
        derived.keep(_ENGINE, _NAME, key, file.read_bytes())
    return session


def _key(path: Path, package: str) -> str:
    """All that the saved form depends on: the network, onnxruntime, and what the processor can do."""
    network = f"{path.name} {path.stat().st_size} {package}"
    return f"{network}, onnxruntime {version('onnxruntime')}, {_processor()}"


def _session(graph: bytes, *, ready: bool = False, saved_to: Path | None = None) -> Any:
    """`ready` for a graph that was saved: then nothing is optimised."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if ready:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.add_session_config_entry("session.load_model_format", "ORT")
    if saved_to is not None:
        options.optimized_model_filepath = str(saved_to)
        options.add_session_config_entry("session.save_model_format", "ORT")
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _with_durations(graph: bytes) -> bytes:
    """The model with its durations, if it has them inside, as one more output.

    Protocol buffers merge what is appended: ModelProto.graph (field 7) { output (12) { name (1) } }.
    """
    name = DURATIONS.encode()

    def field(tag: int, payload: bytes) -> bytes:
        return bytes([tag, len(payload)]) + payload  # all lengths here are below 128: one byte

    return graph + field(0x3A, field(0x62, field(0x0A, name))) if name in graph else graph


def _processor() -> str:
    """The kind of processor, with what it can do where the system tells."""
    machine = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_IDENTIFIER", "")
    told = []
    with suppress(OSError), Path("/proc/cpuinfo").open(encoding="ascii", errors="replace") as file:
        first = file.read(_CPUINFO).splitlines()
        told = [
            next((line for line in first if line.startswith(name)), "") for name in ("model name", "flags", "Features")
        ]
    return " ".join((sys.platform, machine, *told))
