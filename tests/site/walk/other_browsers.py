"""Firefox and WebKit, driven by their own protocols (WebDriver BiDi, WebDriver). Knows the wire, no page of ours."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 90  # seconds, on a busy computer


class Driven:
    """What both can do."""

    def go(self, address: str) -> None:
        raise NotImplementedError

    def run(self, expression: str) -> Any:
        """The value of an expression in the page, as JSON."""
        raise NotImplementedError

    def type(self, text: str) -> None:
        """Types into what has the focus."""
        raise NotImplementedError

    def end(self) -> None:
        raise NotImplementedError

    def wait(self, expression: str) -> float:
        """Waits until the expression is true in the page; returns the seconds that it took."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            try:
                if self.run(expression):
                    return time.monotonic() - began
            except (KeyError, RuntimeError):
                pass  # between two pages
            time.sleep(0.1)
        pytest.fail(f"not within {PATIENCE} s: {expression}\n{self.run('document.body.innerText')[:900]}")


class Firefox(Driven):
    """Firefox without a window, with a profile of its own, which a second start can use again."""

    def __init__(self, folder: Path) -> None:
        import websocket  # the client that Jupyter's server brings

        program = shutil.which("firefox-esr") or shutil.which("firefox")
        if not program:
            pytest.skip("Firefox is not installed here")
        (folder / "home").mkdir(parents=True, exist_ok=True)
        (folder / "profile").mkdir(exist_ok=True)
        self.log = folder / "firefox.log"
        command = [program, "--headless", "--no-remote", "--remote-debugging-port", "0"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--profile", str(folder / "profile"), "about:blank"],
                env={**os.environ, "HOME": str(folder / "home")},
                stdout=log,
                stderr=log,
            )
        self.numbers = itertools.count(1)
        self.line = websocket.create_connection(f"{self._address()}/session", timeout=PATIENCE, suppress_origin=True)
        self._ask("session.new", capabilities={})
        self.page = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def _address(self) -> str:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if found := re.search(r"ws://[\d.:]+", self.log.read_text("utf-8", "replace")):
                return found[0]
            time.sleep(0.1)
        pytest.fail("Firefox does not answer")

    def _ask(self, method: str, **params: Any) -> Any:
        number = next(self.numbers)
        self.line.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.line.recv())
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise RuntimeError(answer["message"])
                return answer["result"]

    def go(self, address: str) -> None:
        self._ask("browsingContext.navigate", context=self.page, url=address, wait="interactive")

    def run(self, expression: str) -> Any:
        whole = f"Promise.resolve({expression}).then((value) => JSON.stringify(value ?? null))"
        answer = self._ask("script.evaluate", expression=whole, target={"context": self.page}, awaitPromise=True)
        return json.loads(answer["result"]["value"])

    def type(self, text: str) -> None:
        keys = [{"type": way, "value": sign} for sign in text for way in ("keyDown", "keyUp")]
        self._ask("input.performActions", context=self.page, actions=[{"type": "key", "id": "keys", "actions": keys}])

    def end(self) -> None:
        try:
            self._ask("browser.close")
            self.line.close()
            self.process.wait(20)
        except (OSError, RuntimeError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()


class WebKit(Driven):
    """WebKitGTK's small browser on a screen that nobody sees."""

    def __init__(self, folder: Path) -> None:
        driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
        if not driver or not screen:
            pytest.skip("WebKitWebDriver or Xvfb is not installed here")
        folder.mkdir(parents=True, exist_ok=True)
        display, self.port = f":{_free() % 20000 + 100}", _free()
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        env = {**os.environ, "DISPLAY": display, "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}
        env |= {"XDG_CACHE_HOME": str(folder / "cache"), "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
        self.processes = [
            subprocess.Popen([screen, display, "-screen", "0", "1280x1024x24"], **quiet),
            subprocess.Popen([driver, f"--port={self.port}"], env=env, **quiet),
        ]
        self.session = ""
        until = time.monotonic() + 20
        while not self.session:
            try:
                self.session = self._ask("POST", "", capabilities={})["sessionId"]
            except (OSError, RuntimeError):
                if time.monotonic() > until:
                    self.end()
                    pytest.skip("WebKit does not start here")
                time.sleep(0.3)

    def _ask(self, method: str, path: str, **body: Any) -> Any:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request(method, f"/session{path}", json.dumps(body) if method == "POST" else None)
            value = json.loads(line.getresponse().read())["value"]
        finally:
            line.close()
        if isinstance(value, dict) and "error" in value:
            raise RuntimeError(value["message"])
        return value

    def go(self, address: str) -> None:
        self._ask("POST", f"/{self.session}/url", url=address)

    def run(self, expression: str) -> Any:
        whole = (
            f"const done = arguments[0]; Promise.resolve({expression}).then("
            "(value) => done(JSON.stringify(value ?? null)), (trouble) => done(JSON.stringify(String(trouble))))"
        )
        return json.loads(self._ask("POST", f"/{self.session}/execute/async", script=whole, args=[]))

    def type(self, text: str) -> None:
        found = self._ask("GET", f"/{self.session}/element/active")
        self._ask("POST", f"/{self.session}/element/{next(iter(found.values()))}/value", text=text)

    def end(self) -> None:
        if self.session:
            with contextlib.suppress(OSError, RuntimeError):
                self._ask("DELETE", f"/{self.session}")
        for process in reversed(self.processes):
            process.terminate()
            process.wait()


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
