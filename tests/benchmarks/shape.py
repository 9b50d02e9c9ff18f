"""How long files and functions of `player/` are: now, and at a git revision to compare with.

python -m tests.benchmarks shape HEAD~50
"""

from __future__ import annotations

import ast
import io
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

LONGEST_FILE, LONGEST_FUNCTION = 400, 45
"""Lines that a file, and a function, should have at most."""


def run(folder: Path, revision: str = "") -> None:
    """Print the figures of the working tree, and before them those of the revision."""
    root = Path(__file__).resolve().parents[2]
    if revision:
        packed = subprocess.run(
            ["git", "archive", "--format=tar", revision, "player"], cwd=root, check=True, capture_output=True
        )
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(folder, filter="data")
        _print(revision, folder / "player")
    _print("now", root / "player")


def _print(name: str, package: Path) -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(package.rglob("*.py"))]
    files = [len(text.splitlines()) for text in texts]
    functions = [length for text in texts for length in function_lengths(text)]
    print(f"{name}: {len(files)} files of {sum(files)} lines, {len(functions)} functions")
    print(f"  lines of a file:     {_spread(files, LONGEST_FILE)}")
    print(f"  lines of a function: {_spread(functions, LONGEST_FUNCTION)}", flush=True)


def function_lengths(text: str) -> list[int]:
    """Lines of each function and method from its `def`, docstring included, decorators not."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, kinds)
    ]


def _spread(lengths: Sequence[int], most: int) -> str:
    high = quantiles(lengths, n=20, method="inclusive")[-1]
    over = sum(length > most for length in lengths)
    return f"median {median(lengths):g}, 95th percentile {high:g}, longest {max(lengths)}, over {most}: {over}"
