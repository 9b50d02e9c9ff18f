"""The README's table of licences names what pip installs: every direct dependency, and whatever is copyleft."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
OWN = "listen-to-story"
COPYLEFT = re.compile(r"GPL|MPL|EPL|EUPL|CDDL|Mozilla|GNU")


def family(name: str) -> str:
    """Return a package's name as it is compared; of several parts (winrt-…, …-model-1) what they have in common."""
    plain = re.sub(r"[-_.]+", "-", name).lower()
    return "winrt" if plain.startswith("winrt-") else re.sub(r"-\d+$", "", plain)


def named() -> set[str]:
    """Return the packages of the table."""
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Licences")[2]
    cells = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)
    return {family(word) for cell in cells for word in re.findall(r"[A-Za-z][\w.-]*[\w]", cell)}


def direct() -> list[Requirement]:
    """Return what pyproject.toml asks for, but for the tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [lines for extra, lines in project["optional-dependencies"].items() if extra not in ("test", "all")]
    wanted = [Requirement(line) for line in (*project["dependencies"], *(line for lines in extras for line in lines))]
    return [one for one in wanted if one.name != OWN]


def installed(wanted: list[Requirement]) -> Iterator[Distribution]:
    """Yield what is installed of them, and of what they need."""
    seen: set[str] = set()
    while wanted:
        one = wanted.pop()
        if one.name in seen or (one.marker is not None and not one.marker.evaluate({"extra": ""})):
            continue
        seen.add(one.name)
        try:
            found = distribution(one.name)
        except PackageNotFoundError:  # of an extra
            continue
        yield found
        wanted += map(Requirement, found.requires or ())


def test_every_direct_dependency_has_its_licence_in_the_readme() -> None:
    assert sorted({family(one.name) for one in direct()} - named()) == []


def test_whatever_is_copyleft_is_named_there() -> None:
    told = {
        family(one.name): " ".join(
            [
                one.metadata.get("License-Expression") or (one.metadata.get("License") or "").partition("\n")[0],
                *(line for line in one.metadata.get_all("Classifier", []) if line.startswith("License")),
            ]
        )
        for one in installed(direct())
    }
    copyleft = {name for name, licence in told.items() if COPYLEFT.search(licence)}
    assert {"mutagen", "pyttsx3", "tld"} <= copyleft
    assert sorted(copyleft - named()) == []
