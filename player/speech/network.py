"""A neural network of an engine: its package's, or the faster form that onnxruntime saved on the first start."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path
from threading import Timer, get_native_id
from typing import Any

from player.atomic import temporary_folder
from player.errors import EngineError
from player.locks import alone
from player.memory import return_unused
from player.speech import derived
from player.versions import version

_logger = logging.getLogger(__name__)

_GRAPH, _WEIGHTS = "model.onnx", "model.data"
"""The kept form. The weights are a file of their own, which onnxruntime maps into memory: nothing is copied, and
workers share it. In one file with the graph, a network of 90 MB takes 0.3 s longer to load, in each worker anew.
"""
_BEFORE = "model.ort"
"""The kept form of earlier versions."""
_LOCK = "model.lock"
"""Held by the one worker that makes the kept form."""
_LEAST_URGENT = 19
"""Niceness of the thread that makes it: the voice speaks meanwhile."""
_LATER = 8.0
"""Seconds after a network's first run from which it is optimised. onnxruntime keeps Python waiting meanwhile, for up to
1 s, which nobody notices once speech is rendered ahead."""
_SMALL = "1024"
"""Bytes up to which weights stay in the graph."""
_CPUINFO = 8192
"""Characters: enough for the first processor; the others have the same features."""


class Network:
    """A network in one thread: there is a worker per core, and the results stay bit-identical."""

    def __init__(
        self,
        engine: str,
        key: str,
        read: Callable[[], bytes],
        inner: str,
        *,
        lean: bool = False,
        optimised_later: bool = False,
    ) -> None:
        """Load it from the form kept for `engine`, else from `read()`, which returns the graph as ONNX.

        `key` names the graph and its version. `inner` is a tensor of the graph to return as the last output. A
        `lean` one keeps no file, and returns memory after each run (half of what a large network takes, as fast).
        One `optimised_later` is used as `read` gives it, and the kept form made soon after its first run: for a network
        that returns the same bits both ways.
        Raises what `read` raises, and EngineError for what is no network.
        """
        whole_key = f"{key}, onnxruntime {version('onnxruntime')}, {_processor()}"
        self._to_keep: Callable[[], None] | None = None
        if lean:
            self._session = _lean(read(), inner)
        elif (kept := _kept(engine, whole_key)) is not None:
            self._session = kept
        else:
            graph = _with_output(read(), inner)
            if not derived.can_keep(engine):
                self._session = _session(graph)
            elif optimised_later:
                self._session = _session(graph, as_it_is=True)
                self._to_keep = partial(_keep_beside, engine, whole_key, graph)
            else:
                self._session = _keep(engine, whole_key, graph)
        self.is_timed = any(output.name == inner for output in self._session.get_outputs())
        """True if the graph has the inner tensor, which is then returned."""

    def run(self, feed: dict[str, Any]) -> list[Any]:
        """Return the network's outputs; the last one is the inner tensor, if there is one."""
        outputs = self._session.run(None, feed)
        if self._to_keep is not None:
            later = Timer(_LATER, self._to_keep)
            later.daemon = True
            later.start()
            self._to_keep = None
        return outputs  # type: ignore[no-any-return]


def _kept(engine: str, key: str) -> Any:
    """Return a session of the saved form; None when there is none, or it fails."""
    if not _is_kept(engine, key):
        return None
    try:
        return _session(str(derived.plain(engine, _GRAPH)), as_it_is=True)
    except _failures():
        _logger.warning("the network that was kept cannot be used", exc_info=True)
        return None


def _is_kept(engine: str, key: str) -> bool:
    """Return True if the saved form is there, whole, and of this key."""
    try:
        graph = derived.plain(engine, _GRAPH).read_bytes()
    except OSError:  # there is none, or it may not be read
        return False
    return derived.is_whole(engine, _WEIGHTS, _sealed_with(key, graph))


def _keep(engine: str, key: str, graph: bytes) -> Any:
    """Return a session of a graph in onnxruntime's optimised form, which is kept if possible."""
    with temporary_folder() as folder:
        session = _session(graph, saved_to=folder)
        optimised = (folder / _GRAPH).read_bytes()
        derived.keep_plain(engine, _GRAPH, optimised)
        derived.keep(engine, _WEIGHTS, _sealed_with(key, optimised), (folder / _WEIGHTS).read_bytes())
        derived.drop(engine, _BEFORE)
    return session


def _keep_beside(engine: str, key: str, graph: bytes) -> None:
    """Keep the optimised form beside speech, unless another worker does or has: 1 s of a core for a network of 90 MB.
    A process that ends meanwhile has kept nothing."""
    if sys.platform == "linux":  # elsewhere it is the whole process that has a niceness
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, get_native_id(), _LEAST_URGENT)
    try:
        with alone(derived.plain(engine, _LOCK)) as is_first:
            if is_first and not _is_kept(engine, key):
                _keep(engine, key, graph)
    except Exception:  # the thread's boundary: the voice speaks on
        _logger.warning("the network is not kept", exc_info=True)
    return_unused()  # 150 MB after optimising


def _sealed_with(key: str, graph: bytes) -> str:
    """Return the key of the weights, which tells whether the graph beside them is theirs, and whole."""
    return f"{key}, {blake2b(graph, digest_size=16).hexdigest()}"


def _lean(graph: bytes, inner: str) -> Any:
    try:
        return _session(_with_output(graph, inner), lean=True)
    except _failures() as e:
        _logger.warning("no network", exc_info=True)
        raise EngineError("the voice's file is damaged, or not a voice", "install it again") from e


def _failures() -> tuple[type[Exception], ...]:
    """Return the kinds of exceptions that onnxruntime raises."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    return tuple(kind for kind in vars(state).values() if isinstance(kind, type) and issubclass(kind, Exception))


def _session(graph: bytes | str, *, as_it_is: bool = False, lean: bool = False, saved_to: Path | None = None) -> Any:
    """Return a session of a graph or its file, optimised unless it is taken `as_it_is`."""
    onnxruntime = _onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = not lean
    if as_it_is:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    if saved_to is not None:
        options.optimized_model_filepath = str(saved_to / _GRAPH)
        weights = "session.optimized_model_external_initializers"
        options.add_session_config_entry(f"{weights}_file_name", _WEIGHTS)
        options.add_session_config_entry(f"{weights}_min_size_in_bytes", _SMALL)
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _onnxruntime() -> Any:
    """Return the library, which otherwise reports each process and network to its makers: from version 1.29 on wherever
    there is a connection, and in every version on Windows."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read at the import
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime


def _with_output(graph: bytes, inner: str) -> bytes:
    """Return the graph with an inner tensor, if it has it, as another output.

    Protocol buffers merge what is appended: ModelProto.graph (field 7) { output (12) { name (1) } }.
    """
    name = inner.encode()

    def field(tag: int, payload: bytes) -> bytes:
        return bytes([tag, len(payload)]) + payload  # all lengths here are below 128: one byte

    return graph + field(0x3A, field(0x62, field(0x0A, name))) if name in graph else graph


def _processor() -> str:
    """Return the kind of processor, with its features where the system lists them."""
    machine = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_IDENTIFIER", "")
    told = []
    with suppress(OSError), Path("/proc/cpuinfo").open(encoding="ascii", errors="replace") as file:
        first = file.read(_CPUINFO).splitlines()
        told = [
            next((line for line in first if line.startswith(name)), "") for name in ("model name", "flags", "Features")
        ]
    return " ".join((sys.platform, machine, *told))
