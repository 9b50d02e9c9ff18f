"""Who may send a reader where: what is on the web does not lead inside, what somebody names may be anywhere."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from player.errors import SourceError
from player.story.opening import load, load_entries
from player.story.opening.fetch import fetch
from player.story.opening.http.hosts import Names, addresses_of, is_public
from player.story.reading.feed import Entry, Feed
from tests.support.hosts import Behaviour, host
from tests.support.web import serving

pytestmark = pytest.mark.quick

TEXT = b"It rained all day. Then it stopped.\n"
WEB, INSIDE = "127.0.0.2", "127.0.0.1"


def page() -> Behaviour:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {len(TEXT)}\r\n\r\n"
    return lambda caller: (caller.request(), caller.send(head, TEXT))


def moving(to: str) -> Behaviour:
    head = f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"
    return lambda caller: (caller.request(), caller.send(head))


def names(**hosts: Sequence[Sequence[str]]) -> Names:
    """127.0.0.2 is one of the internet's; `story` is looked up as `story.example`, each time with the next answer."""
    asked = dict.fromkeys(hosts, 0)

    def look_up(name: str, port: int) -> Sequence[str]:
        known = name.removesuffix(".example")
        if known not in hosts:
            return addresses_of(name, port)
        asked[known] += 1
        return hosts[known][min(asked[known], len(hosts[known])) - 1]

    return Names(look_up, lambda address: address == WEB or is_public(address))


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1,127.0.0.2,.example")


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "2606:4700::1", "2002:808:808::", "64:ff9b::808:808"],
)
def test_addresses_of_the_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.31.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
        *(
            "100.127.255.255",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fe80::1%lo",
            "fc00::1",
        ),
        *("fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::a00:1"),
        *("2002:7f00:1::", "2001:db8::1"),
    ],
)
def test_addresses_that_are_inside(address: str) -> None:
    assert not is_public(address)


def test_a_page_on_the_web_sends_nobody_inside() -> None:
    with host(page()) as (inside, callers), host(moving(f"http://{INSIDE}:{inside}/"), WEB) as (port, _):
        with pytest.raises(SourceError, match=r"web\.example on the web redirects to 127\.0\.0\.1, which is on this"):
            fetch(f"http://web.example:{port}/", names=names(web=[[WEB]]))
        assert callers == []


def test_somebody_who_names_a_place_inside_is_sent_anywhere() -> None:
    with (
        host(page()) as (inside, _),
        host(moving(f"http://{INSIDE}:{inside}/"), WEB) as (port, _),
        host(moving(f"http://web.example:{port}/")) as (start, _),
    ):
        assert fetch(f"http://{INSIDE}:{start}/", names=names(web=[[WEB]])).data == TEXT


def test_a_name_that_means_another_address_when_it_is_asked_for_again() -> None:
    """The one that was looked at is the one that is connected to."""
    with host(page()) as (port, callers):
        with pytest.raises(SourceError, match="connection refused"):
            fetch(f"http://web.example:{port}/", inside=False, names=names(web=[[WEB], [INSIDE]]))
        assert callers == []


def test_a_name_of_both_kinds_leads_to_the_web_alone() -> None:
    with host(page(), WEB) as (port, _):
        found = fetch(f"http://both.example:{port}/", names=names(both=[[INSIDE, WEB]]))
        assert (found.data, found.about.inside) == (TEXT, False)
        with pytest.raises(SourceError, match="in a private network"):
            fetch(f"http://both.example:{port}/", inside=False, names=names(both=[[INSIDE, WEB]]))


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    with host(page(), WEB) as (port, _):
        assert fetch(f"http://web.example:{port}/", names=names(web=[["127.0.0.3", WEB]])).data == TEXT


def test_the_host_that_failed_is_named() -> None:
    with host(lambda caller: caller.reset(), "127.0.0.3") as (last, _):
        on = moving(f"http://127.0.0.3:{last}/")
        with host(on) as (port, _), pytest.raises(SourceError, match=r"^127\.0\.0\.3 cannot be reached"):
            fetch(f"http://{INSIDE}:{port}/")
    silent: Behaviour = lambda caller: caller.hang()  # noqa: E731
    with (
        host(silent, "127.0.0.3") as (last, _),
        host(moving(f"http://127.0.0.3:{last}/")) as (port, _),
        pytest.raises(SourceError, match=r"^127\.0\.0\.3 took longer than 1 s"),
    ):
        fetch(f"http://{INSIDE}:{port}/", timeout=1.0)


@pytest.mark.parametrize("inside", [True, False])
def test_the_entries_of_a_feed_lie_inside_only_if_it_does(inside: bool) -> None:
    with serving() as web:
        entry = Entry("one", "A title", link=web.page("/one", TEXT, "text/plain"))
        feed = Feed("News", (entry,), inside=inside)
        if inside:
            assert load_entries(feed, [entry]).blocks[0].text.startswith("It rained")
        else:
            with pytest.raises(SourceError, match=r"127\.0\.0\.1 is on this machine or in a private network"):
                load_entries(feed, [entry])
        assert web.asked == (["/one"] if inside else [])


def test_pictures_of_a_page_inside_may_be_inside() -> None:
    with serving() as web:
        story = load(web.page("/a.md", b"# A\n\n![x](/p.png)\n\nIt rained.\n", "text/markdown"))
        assert story.picture is not None
        assert story.picture.inside


def test_by_a_proxy_a_number_is_no_way_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks up the names itself; what is inside by its very name is not asked for."""
    asked: list[bytes] = []
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(TEXT)}\r\n\r\n"
    with host(lambda caller: (asked.append(caller.request()), caller.send(head, TEXT))) as (port, _):
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("no_proxy", "")
        for name in ("2130706433", "localhost", "[::ffff:7f00:1]"):
            with pytest.raises(SourceError, match="in a private network"):
                fetch(f"http://{name}/", inside=False)
        assert asked == []
        assert fetch("http://web.example/a", inside=False).data == TEXT
        assert asked[0].startswith(b"GET http://web.example/a HTTP/1.1\r\n")


def test_a_busy_host_is_asked_once_more_and_no_more() -> None:
    asked: list[bytes] = []
    busy = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"
    with (
        host(lambda caller: (asked.append(caller.request()), caller.send(busy))) as (port, _),
        pytest.raises(SourceError, match=r"127\.0\.0\.1 answers 429 Too Many Requests: it asks to wait 0 s"),
    ):
        fetch(f"http://{INSIDE}:{port}/")
    assert len(asked) == 2
