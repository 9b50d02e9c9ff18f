"""Publishing again: what ended early, what was deleted by hand, ids that come again, the owner's own picture."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest

from player.errors import ExportError, PlayerError, UsageError
from player.publish.publishing import forget_deleted
from player.publish.state import State
from player.settings import Settings
from tests.publish.test_publish import BASE, made_at, publish


def written(folder: Path, *names: str) -> list[Path]:
    """Write short stories; return their files."""
    for name in names:
        (folder / f"{name}.txt").write_text(f"This is story {name}.")
    return [folder / f"{name}.txt" for name in names]


def named(site: Path) -> set[str]:
    """Return the stories that the index names, if the podcast and the site map name the same."""
    index = (site / "index.html").read_text()
    folders = {path.name for path in site.iterdir() if path.is_dir()}
    found = {folder for folder in folders if f'href="{folder}/index.html"' in index}
    feed = feedparser.parse((site / "feed.xml").read_bytes())
    assert {entry.enclosures[0].href.split("/")[-2] for entry in feed.entries} == found
    site_map = (site / "sitemap.xml").read_text()
    assert {folder for folder in folders if f"/{folder}/<" in site_map} == found
    return found


def records(file: Path, *found: dict[str, object]) -> Path:
    """Write lines of JSON; return the file."""
    file.write_text("".join(json.dumps(record) + "\n" for record in found))
    return file


def test_a_site_names_what_was_made_though_the_run_failed(tmp_path: Path, tone_engine: str) -> None:
    site = tmp_path / "site"
    one, two, three = written(tmp_path, "one", "two", "three")
    assert publish(one, to=site, base_url=BASE) == 0
    with pytest.raises(PlayerError, match="nothing is pruned"):
        publish(one, two, "nowhere/*.txt", to=site, prune=True)
    assert named(site) == {"one", "two"}
    before = (site / "index.html").read_bytes()
    assert publish(one, two, three, to=site) == 0
    (site / "index.html").write_bytes(before)
    with State(site) as state:
        state.outdate()  # as a run that is killed after it made the third
    first = made_at(site)
    assert publish(one, two, three, to=site) == 0
    assert made_at(site) == first and named(site) == {"one", "two", "three"}


def test_an_error_that_ends_a_run_names_its_story(
    tmp_path: Path, tone_engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.txt").write_text("This is REFUSE.\n\n" * 8)
    with pytest.raises(PlayerError, match=r"^bad\.txt: "):
        publish(tmp_path / "bad.txt", *written(tmp_path, "one"), to=tmp_path / "site", fail_fast=True, as_json=True)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["status"] for line in told if line.get("key", "").endswith("bad.txt")] == ["failed"]


def test_a_voice_that_is_not_there_is_said_once(
    tmp_path: Path, tone_engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stories = written(tmp_path, "one", "two")
    with pytest.raises(UsageError, match=r"^no voice 'nobody' in tone"):
        publish(*stories, to=tmp_path / "site", settings=Settings(engine="tone", voice="nobody"))
    with pytest.raises(UsageError, match=r"^no voice 'nobody' in tone"):
        publish(*stories, to=tmp_path / "site", settings=Settings(engine="tone", quote_voice="tone:nobody"))
    with pytest.raises(UsageError, match=r"cast\.toml cannot be read"):
        publish(*stories, to=tmp_path / "site", settings=Settings(engine="tone", cast=tmp_path / "cast.toml"))
    assert capsys.readouterr().err == ""
    assert publish(*stories, to=tmp_path / "site") == 0
    capsys.readouterr()
    assert publish(*stories, to=tmp_path / "site") == 0, "no voice is asked where nothing is made"


def test_a_story_that_was_deleted_by_hand_is_named_no_more(
    tmp_path: Path, tone_engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    one, two, three = written(tmp_path, "one", "two", "three")
    publish(one, two, three, to=site, base_url=BASE)
    for name in ("one", "two"):
        for file in (site / name).iterdir():
            file.unlink()
        (site / name).rmdir()
    one.unlink()
    assert publish(two, three, to=site) == 0
    assert named(site) == {"two", "three"}, "what has its source is made again"
    assert "one was removed" in capsys.readouterr().err
    (site / "three" / "story.mp3").unlink()
    three.unlink()
    two.write_text("Another story.")
    assert publish(two, to=site) == 0
    assert len(feedparser.parse((site / "feed.xml").read_bytes()).entries) == 1


def test_an_id_of_two_files_is_told(tmp_path: Path, tone_engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    one = records(tmp_path / "one.jsonl", {"id": 0, "text": "Zero."}, {"id": 1, "text": "It is the same."})
    two = records(tmp_path / "two.jsonl", {"id": 0, "text": "Another zero."}, {"id": 1, "text": "It is the same."})
    site = tmp_path / "site"
    assert publish(one, two, to=site, base_url=BASE) == 1
    told = capsys.readouterr()
    assert "2 stories; 2 made, 1 failed" in told.out
    assert told.err.startswith(f'listen: two.jsonl, line 1 has the id of a story of {one} ("0")')
    assert json.loads((site / "0" / "story.json").read_bytes())["blocks"][0]["text"] == "Zero."
    assert publish(two, to=site) == 0
    assert capsys.readouterr().err == "listen: 0: it takes the place of the story with this id in ../one.jsonl\n"
    two = two.rename(tmp_path / "three.jsonl")
    assert publish(two, to=site) == 0
    records(two, {"id": 0, "text": "A corrected zero."})
    assert publish(two, to=site) == 0
    assert capsys.readouterr().err == ""


def test_a_site_that_is_away_or_a_story_kept_elsewhere_is_not_deleted(tmp_path: Path, tone_engine: str) -> None:
    site = tmp_path / "site"
    assert publish(*written(tmp_path, "one", "two"), to=site) == 0
    (site / "two").rename(tmp_path / "elsewhere")
    (site / "two").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").rename(tmp_path / "away")
    with State(site) as state:
        assert forget_deleted(site, state) == []
        site.rename(tmp_path / "mounted")
        with pytest.raises(ExportError):
            forget_deleted(site, state)
        site.mkdir()
        assert forget_deleted(site, state) == []
        assert len(state) == 2


def test_a_picture_of_the_owner_stays(tmp_path: Path, tone_engine: str) -> None:
    site = tmp_path / "site"
    stories = written(tmp_path, "one")
    publish(*stories, to=site, title="First")
    drawn = (site / "cover.jpg").read_bytes()
    publish(*stories, to=site, title="Second")
    assert (site / "cover.jpg").read_bytes() != drawn
    (site / "cover.jpg").write_bytes(b"mine")
    publish(*stories, to=site, title="Third")
    assert (site / "cover.jpg").read_bytes() == b"mine"
