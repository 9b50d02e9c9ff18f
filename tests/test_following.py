"""`listen add`, `listen follow` and `listen refresh`: what is kept for later."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from player.cli.commands.add import add
from player.cli.commands.follow import follow
from player.cli.commands.refresh import refresh
from player.library import Shelf
from player.settings import Settings
from player.story.opening import load
from tests.support.web import serving


def queue() -> list[str]:
    with closing(Shelf(Settings().library)) as shelf:
        return [story.title for story in shelf.stories() if story.queued is not None]


def feed(path: Path, *titles: str) -> None:
    """Write a feed of whole stories, the newest first."""
    items = [
        {"id": title, "title": title, "content_text": f"The whole story of {title}. It is a good one. " * 5}
        for title in titles
    ]
    text = {"version": "https://jsonfeed.org/version/1.1", "title": "The Post", "items": items}
    path.write_text(json.dumps(text))


def test_stories_are_added_and_those_that_cannot_be_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("fox", "crow"):
        (tmp_path / f"{name}.txt").write_text(f"The {name}\n\nThis is the story of the {name}, and of nobody else.\n")
    names = [str(tmp_path / f"{name}.txt") for name in ("fox", "gone", "crow")]
    assert add(*names) == 2
    out, err = capsys.readouterr()
    assert out.splitlines() == ["Added: The fox", "Added: The crow"]
    assert "gone.txt" in err
    assert queue() == ["The fox", "The crow"]


def test_new_stories_of_a_followed_feed_join_the_queue_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    post = tmp_path / "post.json"
    feed(post, "Two", "One")
    assert follow(str(post), latest=1) == 0
    assert queue() == ["Two"]
    assert refresh() == 0
    assert queue() == ["Two"], "what was there is not new"
    feed(post, "Four", "Three", "Two", "One")
    assert refresh() == 0 and refresh() == 0
    assert queue() == ["Two", "Three", "Four"], "the oldest first, each once"
    assert capsys.readouterr().out.splitlines()[-2:] == ["The Post: 2 new", "The Post: nothing new"]
    with closing(Shelf(Settings().library)) as shelf:
        story = load(shelf.stories()[1].source)
    assert "The whole story of Three." in "".join(block.text for block in story.blocks), "kept without its feed"


def test_feeds_are_listed_and_left_and_a_lost_one_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    post = tmp_path / "post.json"
    feed(post, "One")
    assert follow(str(post)) == 0
    assert follow(list=True) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"The Post  {post}"
    post.unlink()
    assert refresh() == 1
    assert "The Post: there is no file" in capsys.readouterr().err
    assert follow(str(post), remove=True) == 0
    with serving() as web:
        feed(post, "One")
        url = web.page("/post.json", post.read_bytes(), content_type="application/feed+json")
        assert follow(url) == 0
        del web.pages["/post.json"]
        assert refresh() == 1, "also one whose last answer is kept"
        assert "404" in capsys.readouterr().err
    assert follow(url, remove=True) == 0
    assert refresh() == 0
    assert "No feed is followed" in capsys.readouterr().out
