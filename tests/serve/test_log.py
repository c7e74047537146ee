"""The server logs paths and error types, never a query or what someone typed."""

from __future__ import annotations

import logging

from workbook.serve.security_headers import RedactingFilter


def test_the_log_contains_no_names(server):
    server.get("/voila/render/index.ipynb?case=zz99zz&name=Ottoline")
    server.get("/nowhere?name=Ottoline")
    server.get("/voila/hello?name=Ottoline", key=False)
    written = server.log.read_text()
    assert "Ottoline" not in written
    assert "zz99zz" not in written
    assert server.token not in written


def test_queries_and_error_messages_are_redacted():
    try:
        raise ValueError("Ottoline has a cough")
    except ValueError as trouble:
        kind = type(trouble), trouble, trouble.__traceback__
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "GET /a?name=%s broke", ("Ottoline",), kind)
    assert RedactingFilter().filter(record)
    text = logging.Formatter().format(record)
    assert text == "GET /a broke (ValueError)"
