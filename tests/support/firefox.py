"""A real headless Firefox: the system's, over its own protocol (Marionette); Playwright drives only a build of its own.

https://firefox-source-docs.mozilla.org/testing/marionette/
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from tests.support.programs import require
from tests.support.waiting import wait_until

_PREFERENCES = {
    "media.autoplay.default": 0,
    "media.volume_scale": "0",
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
}


class Firefox:
    """A session: each command is sent and answered in turn."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._numbers = count(1)
        self._receive()  # its greeting
        self.command("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {}}})
        self.command("WebDriver:SetTimeouts", {"script": 300_000, "pageLoad": 300_000})  # milliseconds

    def command(self, name: str, arguments: dict[str, Any] | None = None) -> Any:
        """Send a command; return its answer. Raises AssertionError for an error."""
        message = json.dumps([0, next(self._numbers), name, arguments or {}]).encode()
        self._connection.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, value = self._receive()
        assert error is None, error
        return value

    def go(self, address: str) -> None:
        self.command("WebDriver:Navigate", {"url": address})

    def do(self, script: str, *arguments: Any) -> Any:
        """Return the value of the body of an asynchronous function. Raises AssertionError when it throws."""
        script = f"const done = arguments[arguments.length - 1]; (async () => {{ {script} }})()"
        script += ".then((value) => done([value, null]), (error) => done([null, String(error)]))"
        value, error = self.command("WebDriver:ExecuteAsyncScript", {"script": script, "args": list(arguments)})[
            "value"
        ]
        assert error is None, error
        return value

    def click(self, selector: str, inside: str) -> None:
        """Click, as a person does, on an element in another one's shadow."""
        host = self.command("WebDriver:FindElement", {"using": "css selector", "value": selector})["value"]
        shadow = self.command("WebDriver:GetShadowRoot", {"id": next(iter(host.values()))})["value"]
        where = {"using": "css selector", "value": inside, "shadowRoot": next(iter(shadow.values()))}
        found = self.command("WebDriver:FindElementFromShadowRoot", where)["value"]
        self.command("WebDriver:ElementClick", {"id": next(iter(found.values()))})

    def _receive(self) -> Any:
        length = b""
        while (character := self._read(1)) != b":":
            length += character
        return json.loads(self._read(int(length)))

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = self._connection.recv(count - len(data))
            assert part, "Firefox hung up"
            data += part
        return data


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """Context: Firefox with a profile of its own; skips the test where it is missing."""
    program = shutil.which("firefox-esr") or shutil.which("firefox") or ""
    if not program:
        require("firefox")
    profile.mkdir()
    lines = {**_PREFERENCES, "marionette.port": 0}.items()
    (profile / "user.js").write_text("".join(f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in lines))
    process = subprocess.Popen(
        [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        port = profile / "MarionetteActivePort"
        wait_until(lambda: port.exists() and port.read_text().strip() != "", "Firefox")
        with socket.create_connection(("127.0.0.1", int(port.read_text())), timeout=300) as connection:
            yield Firefox(connection)
    finally:
        process.kill()
        process.wait()
