"""What a documented name is for can be read where it stands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PLAYER = Path(__file__).parents[2] / "player"
UNIT = re.compile(
    r"(In )?(bytes|characters|figures|letters|lines|pixels|points|rows|samples|seconds|tokens|words|blanks|hz|percent"
    r"|length|absolute|likewise|all of them)\.",
    re.IGNORECASE,
)


def docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of all docstrings, those below a constant or a field among them."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield node.lineno, text


def test_no_docstring_is_a_bare_unit() -> None:
    bare = [
        f"{file.relative_to(PLAYER)}:{line}: {text}"
        for file in sorted(PLAYER.rglob("*.py"))
        for line, text in docstrings(ast.parse(file.read_text(encoding="utf-8")))
        if UNIT.fullmatch(text)
    ]
    assert bare == [], "say of what: Bytes of a cover"
