"""A small sign-in service that speaks OpenID Connect, on loopback: it says about whoever comes what a test tells it.

Like the real ones it gives nothing to a hub that has not registered, that cannot show its secret, or that did not begin
the sign-in itself (PKCE).
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT, SECRET = "workbook", "secret-of-the-sign-in"


@dataclass
class Provider:
    """What the service says, and what it was asked."""

    says: dict[str, Any] = field(default_factory=dict)  # about the next person who comes
    comes_back: str = ""  # the one address it sends people back to
    refused: list[str] = field(default_factory=list)
    codes: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)

    def begin(self, asked: dict[str, str]) -> str:
        """Where a person is sent after they signed in; "" if this hub may not ask."""
        wanted = {"client_id": CLIENT, "redirect_uri": self.comes_back, "code_challenge_method": "S256"}
        if {name: asked.get(name) for name in wanted} != wanted or "email" not in asked.get("scope", "").split():
            self.refused.append(f"begin: {sorted(asked)}")
            return ""
        code = secrets.token_urlsafe()
        self.codes[code] = (asked["code_challenge"], self.says)
        return f"{self.comes_back}?{urlencode({'code': code, 'state': asked['state']})}"

    def key(self, given: dict[str, str], header: str) -> dict[str, Any] | None:
        """The key that opens what is known about a person; a code is good once."""
        sent = base64.b64decode(header.removeprefix("Basic ")).decode() if header.startswith("Basic ") else ""
        who = sent or f"{given.get('client_id')}:{given.get('client_secret')}"
        challenge, says = self.codes.pop(given.get("code", ""), ("", {}))
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if who != f"{CLIENT}:{SECRET}" or base64.urlsafe_b64encode(digest).decode().rstrip("=") != challenge:
            self.refused.append("key")
            return None
        key = secrets.token_urlsafe()
        self.keys[key] = says
        return {"access_token": key, "token_type": "Bearer", "expires_in": 60, "scope": "openid email"}


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(here.query).items()}
            if here.path == "/auth":
                to = provider.begin(asked)
                self.answer(302 if to else 400, None, Location=to)
            elif here.path == "/userinfo":
                says = provider.keys.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
                self.answer(200 if says is not None else 401, says)
            else:
                self.answer(404, None)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = {name: values[0] for name, values in parse_qs(body).items()}
            key = provider.key(given, self.headers.get("Authorization", ""))
            self.answer(200 if key else 401, key)

        def answer(self, status: int, said: Any, **headers: str) -> None:
            body = json.dumps(said or {}).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            pass

    return Handler


@contextlib.contextmanager
def serving(comes_back: str) -> Iterator[tuple[Provider, str]]:
    """The service, and its address."""
    provider = Provider(comes_back=comes_back)
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider)) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield provider, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
