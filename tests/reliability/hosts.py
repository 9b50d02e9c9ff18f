"""Hosts that answer as no host should: each ends within the time limit, in one line that names it."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from player.errors import SourceError
from player.story.opening.fetch import TIMEOUT, fetch
from player.story.opening.http.hosts import Names, addresses_of, is_public
from tests.reliability.tally import Tally
from tests.support.hosts import Behaviour, Caller, host

TEXT = b"It rained all day. Then it stopped.\n"
_SECONDS = 2.0
"""The time limit of the quick form."""
_SLACK = 5.0
"""Seconds after it within which the answer has to be there, on a slow machine."""
_LARGEST = 4_000_000
"""Bytes, in the quick form."""
_AT_ONCE = 8
_RAW = re.compile(r"Errno|\[SSL|object at 0x|Pool\(|Traceback|Error\(|Exception|b'|\w+Error\b|\\x|[\x00-\x1f\x7f-\x9f]")
"""What no person should read."""
OK = "the story"


class Case(NamedTuple):
    """What a host does, and what is said of it: a regular expression, or OK when it is read all the same."""

    name: str
    behaviour: Behaviour
    says: str
    scheme: str = "http"


def answering(head: str, *body: bytes, status: str = "200 OK") -> Behaviour:
    """An answer as it is given, and the end of the connection."""
    return lambda caller: (caller.request(), caller.send(f"HTTP/1.1 {status}\r\n{head}\r\n", *body))


def going_on(head: str, part: bytes, seconds: float = 0.0) -> Behaviour:
    """An answer that begins, and then the same for ever."""
    return lambda caller: (caller.request(), caller.send(head), caller.for_ever(part, seconds))


def stopping(*parts: bytes | str) -> Behaviour:
    """An answer that begins, and then nothing."""
    return lambda caller: (caller.request(), caller.send(*parts), caller.hang())


def resetting(*parts: bytes | str) -> Behaviour:
    """An answer that begins, and then the connection fails."""
    return lambda caller: (caller.request(), caller.send(*parts), caller.reset())


def packed(coding: str, data: bytes) -> Behaviour:
    """An answer of that coding."""
    return answering(f"Content-Type: text/plain\r\nContent-Encoding: {coding}\r\nContent-Length: {len(data)}\r\n", data)


def refusing(status: str, head: str = "", then: Behaviour | None = None) -> Behaviour:
    """A refusal; the second time, what is given."""

    def answer(caller: Caller) -> object:
        return (then if then is not None and caller.count > 1 else first)(caller)

    first = answering(f"{head}Content-Length: 0\r\n", status=status)
    return answer


def moving(to: str, status: str = "302 Found") -> Behaviour:
    """A redirect."""
    return lambda caller: (
        caller.request(),
        caller.send(f"HTTP/1.1 {status}\r\nLocation: ", to, "\r\nContent-Length: 0\r\n\r\n"),
    )


def moving_on(caller: Caller) -> None:
    """A redirect to another page each time."""
    caller.request()
    caller.send(f"HTTP/1.1 302 Found\r\nLocation: /{caller.count}\r\nContent-Length: 0\r\n\r\n")


def raw_deflate(data: bytes) -> bytes:
    """Without zlib's head."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PLAIN = f"Content-Type: text/plain\r\nContent-Length: {len(TEXT)}\r\n"
GOOD = answering(PLAIN, TEXT)
HTTP = "HTTP/1.1 200 OK\r\n"
IN_CHUNKS = "Transfer-Encoding: chunked\r\n"
CHUNKED = f"{HTTP}Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
MOVED = "HTTP/1.1 302 Found\r\nLocation: /\r\n"
GZIP = gzip.compress(TEXT * 500)
BROKE, STRANGE = "the connection broke off", "its answer cannot be understood"
SLOW, LARGE = "took longer than", "larger than"
UNASKED = "in an unknown compression"
INSECURE = "no secure connection|the connection broke off"
CUT, DAMAGED = "cannot be unpacked: it is cut short", "cannot be unpacked: it is damaged"

CONNECTION = [
    Case("a good page", GOOD, OK),
    Case("closes at once", lambda caller: None, BROKE),
    Case("resets at once", lambda caller: caller.reset(), BROKE),
    Case("resets after the request", resetting(), BROKE),
    Case("closes after the request", lambda caller: caller.request(), BROKE),
    Case("says nothing", stopping(), SLOW),
    Case("never reads", lambda caller: caller.for_ever(b"", 0.05), SLOW),
    Case("garbage", lambda caller: (caller.request(), caller.send(bytes(range(256)))), STRANGE),
    Case("endless garbage in one line", going_on("", b"\xff" * 65_536), STRANGE),
    Case("a page without a head", lambda caller: (caller.request(), caller.send(TEXT)), STRANGE),
    Case("HTTP/2", lambda caller: (caller.request(), caller.send(b"\0\0\x12\4" + bytes(23))), STRANGE),
    Case("another version of HTTP", lambda caller: (caller.request(), caller.send("HTTP/9.9 200 OK\r\n\r\n")), STRANGE),
    Case("an SMTP server", lambda caller: caller.send("220 mail.example ESMTP\r\n"), f"{STRANGE}|{BROKE}"),
    Case("an SSH server that waits", lambda caller: (caller.send("SSH-2.0-x\r\n"), caller.hang()), STRANGE),
]
STATUS = [
    Case("only half a status", stopping("HTTP/1.1 2"), SLOW),
    Case("a status that is no number", answering("", status="OK 200"), STRANGE),
    Case("status 99", answering("", status="99 Low"), STRANGE),
    Case("status 1000", answering("", status="1000 High"), STRANGE),
    Case("status 999", answering("", status="999 Denied"), "answers 999"),
    Case("a reason of 60 kB", answering("", status="500 " + "x" * 60_000), "answers 500 Internal Server Error"),
    Case("a reason with escapes", answering("", status="403 \x1b[31mNo\x1b[0m\x07"), "answers 403 Forbidden"),
    Case("endless 100 Continue", going_on("", b"HTTP/1.1 100 Continue\r\n\r\n"), f"{SLOW}|{STRANGE}"),
    Case("101 Switching Protocols", answering("Upgrade: x\r\n", status="101 Switching Protocols"), "answers 101"),
    Case("204 No Content", answering("", status="204 No Content"), "answers 204"),
    Case("206 Partial Content", answering(PLAIN, TEXT, status="206 Partial Content"), "answers 206"),
    Case("300 Multiple Choices", refusing("300 Multiple Choices"), "answers 300"),
    Case("304 though nothing was kept", answering("", status="304 Not Modified"), "answers 304"),
    Case("401", refusing("401 Unauthorized"), "answers 401 .*browser"),
    Case("402", refusing("402 Payment Required"), "answers 402 .*browser"),
    Case("403", refusing("403 Forbidden"), "answers 403 .*browser"),
    Case("404", refusing("404 Not Found"), "answers 404 .*address"),
    Case("410", refusing("410 Gone"), "answers 410 .*address"),
    Case("451", refusing("451 x"), "answers 451 .*browser"),
    Case("500", refusing("500 x"), "answers 500 .*later"),
    Case("502 that then says nothing", stopping("HTTP/1.1 502 x\r\nContent-Length: 9\r\n\r\n"), "answers 502 "),
]
BUSY = [
    Case("429", refusing("429 x"), "answers 429 Too Many Requests"),
    Case("429 for a minute", refusing("429 x", "Retry-After: 60\r\n"), "answers 429 .*asks to wait 60 s"),
    Case("429 for years", refusing("429 x", f"Retry-After: {'9' * 5000}\r\n"), "answers 429 .*asks to wait"),
    Case("429 until a day", refusing("429 x", "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\n"), "answers 429 .*hours"),
    Case("429 for no time", refusing("429 x", "Retry-After: 0\r\n", GOOD), OK),
    Case("429 always", refusing("429 x", "Retry-After: 0\r\n"), "answers 429 "),
    Case("503", refusing("503 x"), "answers 503 Service Unavailable"),
    Case("503 until yesterday", refusing("503 x", "Retry-After: Mon, 01 Jan 2001 00:00:00 GMT\r\n", GOOD), OK),
    Case("503 for nonsense", refusing("503 x", "Retry-After: soon\r\n"), "answers 503 .*later"),
    Case("503 for less than nothing", refusing("503 x", "Retry-After: -1\r\n"), "answers 503 .*later"),
    Case("503, then nothing", refusing("503 x", "Retry-After: 0\r\n", stopping()), "answers 503 "),
    Case("503, then closes", refusing("503 x", "Retry-After: 0\r\n", lambda caller: caller.request()), BROKE),
    Case("503 and endless", going_on("HTTP/1.1 503 x\r\nRetry-After: 9\r\n\r\n", b"x" * 65_536), "answers 503 "),
]
HEADERS = [
    Case("endless headers", going_on(HTTP, b"A: b\r\n"), STRANGE),
    Case("a header of 1 MB", answering(f"A: {'x' * 1_000_000}\r\n{PLAIN}", TEXT), STRANGE),
    Case("an endless header", going_on(f"{HTTP}A: ", b"x" * 65_536), STRANGE),
    Case("200 headers", answering("A: b\r\n" * 200 + PLAIN, TEXT), STRANGE),
    Case("headers that drip", going_on(HTTP, b"A", 0.05), SLOW),
    Case(
        "no end of the headers",
        resetting(f"{HTTP}Content-Type: text/plain\r\nContent"),
        f"{BROKE}|{OK}|no story|is empty",
    ),
    Case("headers that hang", stopping(f"{HTTP}Content-Type"), SLOW),
    Case("zero bytes in a header", answering("A: \0\0\r\n" + PLAIN, TEXT), OK),
    Case("a header without a colon", answering(PLAIN + "nonsense\r\n", TEXT), OK),
    Case("lines that end in LF", lambda caller: (caller.request(), caller.send("HTTP/1.1 200 OK\nA: b\n\n", TEXT)), OK),
    Case("two lengths", answering(f"Content-Length: 5\r\n{PLAIN}", TEXT), STRANGE),
    Case("a length below zero", answering("Content-Length: -5\r\n", TEXT), OK),
    Case("a length that is no number", answering("Content-Length: many\r\n", TEXT), OK),
    Case("a length of 31 digits", answering(f"Content-Length: 1{'0' * 30}\r\n", TEXT), BROKE),
    Case("a length of 5,000 digits", answering(f"Content-Length: {'9' * 5000}\r\n", TEXT), f"{BROKE}|{STRANGE}|{OK}"),
    Case("a length too long", answering(f"Content-Length: {len(TEXT) + 1}\r\n", TEXT), BROKE),
    Case("a length too short", answering("Content-Type: text/plain\r\nContent-Length: 18\r\n", TEXT), OK),
    Case(
        "a length, and chunks",
        answering(PLAIN + IN_CHUNKS, b"24\r\n", TEXT, b"\r\n0\r\n\r\n"),
        OK,
    ),
    Case("a media type of 60 kB", answering(f"Content-Type: {'x' * 60_000}\r\n", TEXT), OK),
]
CHUNKS = [
    Case("chunks", answering(IN_CHUNKS, b"24\r\n", TEXT, b"\r\n0\r\n\r\n"), OK),
    Case("a chunk whose size is none", answering(IN_CHUNKS, b"zz\r\n", TEXT), BROKE),
    Case("a chunk below zero", answering(IN_CHUNKS, b"-5\r\n", TEXT), f"{BROKE}|{STRANGE}"),
    Case(
        "a chunk of exabytes",
        answering(IN_CHUNKS, b"f" * 16 + b"\r\n", TEXT),
        f"{BROKE}|{LARGE}",
    ),
    Case("an endless size of a chunk", going_on(CHUNKED, b"1" * 65_536), f"{BROKE}|{STRANGE}"),
    Case("a size of a chunk that drips", going_on(CHUNKED, b"1", 0.05), SLOW),
    Case("a chunk that is cut", answering(IN_CHUNKS, b"ff\r\n", TEXT), BROKE),
    Case("no last chunk", answering(IN_CHUNKS, b"24\r\n", TEXT, b"\r\n"), BROKE),
    Case("chunks of a byte for ever", going_on(CHUNKED, b"1\r\nx\r\n" * 5_000), f"{SLOW}|{LARGE}"),
    Case("endless trailers", going_on(f"{CHUNKED}0\r\n", b"A: b\r\n" * 5_000), f"{SLOW}|{OK}|{STRANGE}"),
    Case("an endless extension of a chunk", going_on(f"{CHUNKED}1;", b"x" * 65_536), f"{BROKE}|{STRANGE}"),
]
BODY = [
    Case("an endless body", going_on(f"{HTTP}\r\n", b"It rains. " * 6_000), f"{LARGE}|{SLOW}"),
    Case("a body that drips", going_on(f"{HTTP}\r\n", b"x", 0.05), SLOW),
    Case("a body that stops", stopping(f"{HTTP}{PLAIN}\r\n", TEXT[:9]), SLOW),
    Case("a body that is reset", resetting(f"{HTTP}{PLAIN}\r\n", TEXT[:9]), BROKE),
    Case("a body that breaks off", answering(PLAIN, TEXT[:9]), BROKE),
    Case("gzip", packed("gzip", GZIP), OK),
    Case("x-gzip", packed("X-GZIP", GZIP), OK),
    Case("gzip in pieces", packed("gzip", gzip.compress(TEXT) * 3), OK),
    Case("gzip with something after it", packed("gzip", GZIP + b"\0" * 512), OK),
    Case("gzip in gzip", packed("gzip, gzip", gzip.compress(GZIP)), OK),
    Case("gzip five times", packed(", ".join(["gzip"] * 5), GZIP), UNASKED),
    Case("gzip that is cut short", packed("gzip", GZIP[:-40]), CUT),
    Case("gzip without its sum", packed("gzip", GZIP[:-8]), CUT),
    Case("gzip whose second piece is cut", packed("gzip", GZIP + GZIP[:-9]), CUT),
    Case("gzip, one byte", packed("gzip", GZIP[:1]), CUT),
    Case("gzip with a wrong sum", packed("gzip", GZIP[:-8] + b"\0" * 8), DAMAGED),
    Case("gzip that is none", packed("gzip", TEXT), DAMAGED),
    Case("a gzip bomb", packed("gzip", gzip.compress(b" " * 40_000_000)), LARGE),
    Case("gzip bombs in a row", packed("gzip", gzip.compress(b" " * 3_000_000) * 9), LARGE),
    Case("deflate", packed("deflate", zlib.compress(TEXT)), OK),
    Case("deflate without zlib's head", packed("deflate", raw_deflate(TEXT)), OK),
    Case("deflate that is cut short", packed("deflate", zlib.compress(TEXT)[:-6]), CUT),
    Case("deflate that is none", packed("deflate", b"\xff" * 50), DAMAGED),
    Case("br", packed("br", b"\x0b\x11\x80It rained.\x03"), rf"{UNASKED} \(br\)"),
    Case("zstd", packed("zstd", b"\x28\xb5\x2f\xfd\x20\x0a\x51\0\0It rained."), rf"{UNASKED} \(zstd\)"),
    Case("compress", packed("compress", b"\x1f\x9d\x90"), UNASKED),
    Case("a coding of 9 kB", packed("x" * 9_000, TEXT), UNASKED),
    Case("identity", packed("identity", TEXT), OK),
    Case("nothing, packed", packed("gzip", b""), f"{OK}|no story|is empty"),
]
CHARSETS = [
    Case("charset=unicode_escape", answering("Content-Type: text/plain; charset=unicode_escape\r\n", TEXT), OK),
    Case("charset=zlib", answering("Content-Type: text/plain; charset=zlib\r\n", TEXT), OK),
    Case("charset=utf-16, but it is UTF-8", answering("Content-Type: text/plain; charset=utf-16\r\n", TEXT), OK),
    Case("charset=gb18030, but it is UTF-8", answering("Content-Type: text/plain; charset=gb2312\r\n", TEXT), OK),
    Case("a charset of 9 kB", answering(f"Content-Type: text/plain; charset={'u' * 9_000}\r\n", TEXT), OK),
    Case("a picture that is text", answering("Content-Type: image/png\r\n", TEXT), OK),
]
REDIRECTS = [
    Case("to itself", moving("/"), "too many redirects"),
    Case("on and on", moving_on, "too many redirects"),
    Case("to nowhere", moving(""), "answers 302"),
    Case("to a file", moving("file:///etc/hostname"), "it redirects to an invalid address"),
    Case("to a script", moving("javascript:alert(1)"), "it redirects to an invalid address"),
    Case("to FTP", moving("ftp://127.0.0.1/"), "it redirects to an invalid address"),
    Case("to no address", moving("http://["), "it redirects to an invalid address"),
    Case("to a port that is none", moving("http://127.0.0.1:99999/"), "it redirects to an invalid address"),
    Case("to 60 kB", moving("/" + "x" * 60_000), "too many redirects|cannot be understood"),
    Case("to a host that is not", moving("http://nowhere.invalid/"), r"nowhere\.invalid .*no such host"),
    Case("to a closed port", moving("http://127.0.0.1:9/"), "connection refused"),
    Case(
        "to a name of 300 letters", moving(f"http://{'a' * 300}.example/"), "that is no address of a page|no such host"
    ),
    Case(
        "with a body without end",
        going_on(f"{MOVED}\r\n", b"x" * 65_536),
        "too many redirects",
    ),
]
TLS = [
    Case("nobody trusts its certificate", lambda caller: caller.encrypt(), "certificate is not trusted", "https"),
    Case("https from a plain host", lambda caller: caller.send("HTTP/1.1 400 x\r\n\r\n"), INSECURE, "https"),
    Case("https that says nothing", stopping(), SLOW, "https"),
    Case("https that closes", lambda caller: None, INSECURE, "https"),
    Case("https that drips", going_on("", b"\x16\3\3\xff\xff", 0.05), f"{SLOW}|no secure", "https"),
]
CASES = [*CONNECTION, *STATUS, *BUSY, *HEADERS, *CHUNKS, *BODY, *CHARSETS, *REDIRECTS, *TLS]

WALLED = (
    *(
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0x7f.1",
        "localhost",
        "0.0.0.0",
        "0",
        "127.9.9.9",
    ),
    *("10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "198.18.0.1", "224.0.0.1", "240.0.0.1"),
    *("255.255.255.255", "192.0.2.1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]"),
    *(
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:5ef5:79fb:0:0:80ff:fffe]",
        "[fe80::1]",
        "[fec0::1]",
        "[fc00::1]",
    ),
    *("[fd12::1]", "[ff02::1]", "inside.example", "both.example", "later.example", "１２７.0.0.1", "127。0。0。1"),
)
"""Where a redirect from the web must not lead, in all ways of writing it; the names are those of `_names`."""


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """See Trial. The long form is the program itself, with its own time limit."""
    os.environ["no_proxy"] = "127.0.0.1"
    yield _hosts(partial(_by_program, folder) if long else _by_function)
    yield _walls()


def _hosts(attempt: partial[str] | object) -> Tally:
    import urllib3  # noqa: F401 (else the first eight would wait for it)

    tally = Tally("hosts that answer as none should")
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for found in pool.map(attempt, CASES):  # type: ignore[arg-type]
            tally.trials += 1
            tally.faults += filter(None, [found])
    end = time.monotonic() + 3
    while (left := [t.name for t in threading.enumerate() if t.name == "fetch"]) and time.monotonic() < end:
        time.sleep(0.02)
    if left:
        tally.faults.append(f"{len(left)} threads still wait for hosts that were given up")
    return tally


def _by_function(case: Case) -> str:
    with host(case.behaviour) as (port, _):
        began = time.monotonic()
        try:
            page = fetch(f"{case.scheme}://127.0.0.1:{port}/", timeout=_SECONDS, largest=_LARGEST)
            said = OK if TEXT.split(b".")[0].decode() in page.raw.text else f"another page: {page.data[:60]!r}"
            if not page.data:
                said = "no story"
        except SourceError as error:
            said = str(error)
        return _judged(case, said, time.monotonic() - began, _SECONDS)


def _by_program(folder: Path, case: Case) -> str:
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder)}
    with host(case.behaviour) as (port, callers):
        command = [sys.executable, "-m", "player", "script", "--refresh", f"{case.scheme}://127.0.0.1:{port}/"]
        began = time.monotonic()
        ran = subprocess.run(command, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL)
        # From when it called: what it takes to start, on a loaded machine, is not the hosts' doing.
        took = time.monotonic() - (callers[0].since if callers else began)
    said = OK if "It rained all day." in ran.stdout else ran.stderr.removesuffix("\n")
    if ran.returncode != (said != OK):
        said += f" (exit code {ran.returncode})"
    return _judged(case, said, took, TIMEOUT + 5)  # and what it takes to end there


def _judged(case: Case, said: str, took: float, limit: float) -> str:
    """What is wrong with it, or nothing."""
    if took > limit + _SLACK:
        return f"{case.name}: took {took:.1f} s ({said})"
    if not re.search(case.says, said):
        return f"{case.name}: {said}"
    named = said == OK or re.search(r"127\.0\.0\.1|nowhere\.invalid|aaaa", said) or "no story" in said
    if not named or len(said) > 400 or _RAW.search(said):
        return f"{case.name}: no line for people: {said[:500]}"
    return ""


def _names() -> Names:
    """Real names and addresses, but that 127.0.0.2 is one of the internet's."""
    made_up = {
        "web.example": [["127.0.0.2"]],
        "inside.example": [["127.0.0.1"]],
        "both.example": [["127.0.0.2", "127.0.0.1"]],
        "later.example": [["127.0.0.2"], ["127.0.0.1"]],  # another address when it is asked for again
    }
    asked = dict.fromkeys(made_up, 0)

    def look_up(name: str, port: int) -> list[str]:
        if name not in made_up:
            return addresses_of(name, port)
        asked[name] += 1
        return made_up[name][min(asked[name], len(made_up[name])) - 1]

    return Names(look_up, lambda address: address == "127.0.0.2" or is_public(address))


def _walls() -> Tally:
    """What is on the web sends nobody inside."""
    tally = Tally("redirects and links from the web to inside")
    with host(GOOD) as (port, callers):
        for place in WALLED:
            for direct in (False, True):
                tally.trials += 1
                before = len(callers)
                said = _sent_to(f"http://{place}:{port}/", direct=direct)
                if len(callers) > before:
                    tally.losses.append(f"{place} was asked ({'link' if direct else 'redirect'}): {said}")
                elif not re.search("private network|no such host|no address|refused|unreachable", said):
                    tally.faults.append(f"{place} ({'link' if direct else 'redirect'}): {said}")
    return tally


def _sent_to(url: str, *, direct: bool) -> str:
    """What is said of an address that is on a page (direct), or that a page redirects to."""
    with host(moving(url), "127.0.0.2") as (port, _):
        start = url if direct else f"http://web.example:{port}/"
        try:
            fetch(start, inside=not direct, timeout=3.0, names=_names())
        except SourceError as error:
            return str(error)
    return OK
