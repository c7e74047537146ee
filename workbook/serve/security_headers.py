"""Security headers of every response, and redaction of logs. Knows HTTP only, no notebook and no case."""

from __future__ import annotations

import logging
import os
import re
from typing import Any

from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import GZipContentEncoding, OutputTransform

from ..page import assets

# Only this computer's own names: a website that points its name at 127.0.0.1
# (DNS rebinding) sends its own name as Host and is rejected.
HOSTS = r"^(127\.0\.0\.1|localhost)$"

# Inline scripts are blocked but one of ours, so an escaping bug stays text. anywidget loads its modules from "blob:".
POLICY = "; ".join(
    [
        "default-src 'none'",
        f"script-src 'self' blob: {assets.early_hash()}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data: blob:",
        "connect-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "manifest-src 'none'",
        "object-src 'none'",
        "frame-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY + "; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Robots-Tag": "noindex",
}


class SecurityHeaders(OutputTransform):
    """Adds the security headers to every response of any handler."""

    def __init__(self, request: HTTPServerRequest) -> None:
        super().__init__(request)

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        for name, value in HEADERS.items():
            headers[name] = value
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store"
        if "Server" in headers:
            del headers["Server"]
        return status_code, headers, chunk


class Compression(GZipContentEncoding):
    """Compresses responses at the lowest level, because most visitors use the same computer."""

    GZIP_LEVEL = 1


class RedactingFilter(logging.Filter):
    """Redacts logs: removes query strings and the text of errors, keeps paths and error types."""

    _query = re.compile(r"\?[^\s'\")]*")

    def filter(self, record: logging.LogRecord) -> bool:
        text = self._query.sub("", record.getMessage())
        if record.exc_info and record.exc_info[0]:
            # The message of an error may quote what someone typed.
            text = f"{text.splitlines()[0] if text else ''} ({record.exc_info[0].__name__})"
        record.msg, record.args, record.exc_info, record.exc_text = text, (), None, None
        return True


def redact(*loggers: logging.Logger) -> None:
    """Makes these loggers, and those of the web server, redact."""
    if os.environ.get("WORKBOOK_DEBUG") == "1":
        return
    named = [
        logging.getLogger(n)
        for n in ("tornado.access", "tornado.application", "tornado.general", "asyncio", "traitlets")
    ]
    for logger in [*named, *loggers]:
        if not any(isinstance(f, RedactingFilter) for f in logger.filters):
            logger.addFilter(RedactingFilter())


def log_path(handler: Any) -> None:
    """Logs a failed request as method, path and status; nothing about a successful one."""
    if handler.get_status() >= 500:
        request = handler.request
        logging.getLogger("tornado.access").error("%s %s %s", handler.get_status(), request.method, request.path)
