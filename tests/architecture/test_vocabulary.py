"""Words of a language stand in data files, never in code."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PLAYER = Path(__file__).parents[2] / "player"
ROOMS = ("utterance/sentences", "utterance/spoken", "utterance/speakers")
FILES = sorted(file for room in ROOMS for file in (PLAYER / room).rglob("*.py"))
WORD = re.compile(r"[^\W\d_²³¹⁰-₟]{2,}")
ALTERNATIVES = re.compile(r"(?<![\\\w])[^\W\d_]{2,}\|[^\W\d_]{2,}")
"""In a pattern: "said|asked"."""


def _own_names() -> frozenset[str]:
    """Return what data files and their tables are called, and languages: names of the program."""
    names = set()
    for file in (file for room in ROOMS for file in (PLAYER / room).rglob("*.toml")):
        read = tomllib.loads(file.read_text(encoding="utf-8"))
        names |= {file.stem, file.parent.name, *(key for key, value in read.items() if isinstance(value, dict))}
    return frozenset(names)


OWN = _own_names()


def words_in(tree: ast.Module) -> Iterator[tuple[int, list[str]]]:
    """Yield lines of code and the words that are listed there."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        found: list[str] = []
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            found = [] if _is_example(node, parents) or _is_handed_over(parents[node]) else _strings(node.elts)
        elif isinstance(node, ast.Dict):
            found = _strings([*filter(None, node.keys), *node.values])
        elif isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            found = _compared(node)
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            found = [word for text in _strings(node.comparators) for word in text.split()]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            found = [word for text in _strings([node.func.value]) for word in text.split()]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not _is_docstring(node, parents):
            found = ALTERNATIVES.findall(node.value) * 2
        words = [text for text in found if WORD.search(text) and text not in OWN]
        if len(words) > 1:
            yield getattr(node, "lineno", 0), words


def _strings(nodes: list[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _compared(node: ast.BoolOp) -> list[str]:
    """Return what one thing may equal: `word == "the" or word == "a"`."""
    tests = [one for one in node.values if isinstance(one, ast.Compare) and isinstance(one.ops[0], ast.Eq)]
    lefts = [ast.dump(one.left) for one in tests]
    return [text for one in tests if lefts.count(ast.dump(one.left)) > 1 for text in _strings(one.comparators)]


def _is_example(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Return True within the examples of a recogniser."""
    while node in parents:
        above = parents[node]
        if isinstance(above, ast.Call) and isinstance(above.func, ast.Name) and above.func.id == "Recogniser":
            return above.args[2:3] == [node] or any(
                one.arg == "examples" and one.value is node for one in above.keywords
            )
        node = above
    return False


def _is_handed_over(above: ast.AST) -> bool:
    """Return True for `yield "to", "rising", 0.9`, and for the attributes of a class."""
    slots = isinstance(above, ast.Assign) and isinstance(above.targets[0], ast.Name)
    return isinstance(above, ast.Yield) or (slots and ast.unparse(above.targets[0]) == "__slots__")


def _is_docstring(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    return isinstance(parents[node], ast.Expr)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PLAYER)))
def test_no_list_of_words_stands_in_code(file: Path) -> None:
    assert list(words_in(ast.parse(file.read_text(encoding="utf-8")))) == []


ABROAD = [file for file in FILES if "abroad" in file.parts and not file.stem.startswith("russian")]


@pytest.mark.parametrize("file", ABROAD, ids=lambda file: file.stem)
def test_what_serves_several_languages_knows_no_word_of_one(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    compared = [one for one in ast.walk(tree) if isinstance(one, ast.Compare)]
    texts = [text for one in compared for text in _strings([one.left, *one.comparators])]
    assert [text for text in texts if WORD.fullmatch(text) and not text.isupper() and text not in OWN] == []


@pytest.mark.parametrize(
    "code",
    [
        'ENDINGS = ("st", "nd", "rd", "th")',
        'if word in {"of", "and"}: pass',
        'NAMES = {"1": "eins", "2": "zwei"}',
        'words = "the a an this".split()',
        'if word == "min" or word == "sec": pass',
        'if word in "the this that": pass',
        'SAID = re.compile(r"I (?:said|asked|cried)")',
        'f(*["Mon", "Tue"])',
    ],
)
def test_lists_of_words_are_found_however_they_are_written(code: str) -> None:
    assert list(words_in(ast.parse(code)))
