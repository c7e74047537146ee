"""What a page of the site may load, and the headers a server should send with it. Knows nothing of ours.

The policy of a page is in the page itself, so that it holds on any server. Headers add what a page cannot say.
"""

from __future__ import annotations

from ..page import assets

_EVERYWHERE = {
    "default-src": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self' blob:",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "frame-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
}


def _written(script: str) -> str:
    return "; ".join([f"script-src {script}", *(f"{name} {value}" for name, value in _EVERYWHERE.items())])


# For <meta http-equiv="Content-Security-Policy">: scripts of this site only; one text in each page's head is one.
PAGE = _written(f"'self' {assets.early_hash()}")
# For the scripts that run as workers, which follow the headers they came with and not the page's policy. The one with
# Python compiles WebAssembly, and imports one script that it unpacked (blob:).
WORKER = _written("'self' 'wasm-unsafe-eval' blob:")

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
    ".zip": "application/zip",
    ".bin": "application/octet-stream",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
}
FOREVER = "public, max-age=31536000, immutable"  # for what has its checksum in its address
ASK = "no-cache"  # for the rest: kept, and asked about each time


def headers(path: str) -> dict[str, str]:
    """The headers for one file of the site, by its address without the site's folder.

    >>> headers("index.html")["Cache-Control"], headers("app/files.1a2b.json")["Cache-Control"][-9:]
    ('no-cache', 'immutable')
    """
    is_page = path.endswith((".html", "/")) or not path
    policy = f"{PAGE}; frame-ancestors 'none'" if is_page else WORKER
    kept = FOREVER if path.startswith("app/") else ASK
    return {**HEADERS, "Content-Security-Policy": policy, "Cache-Control": kept}


def headers_file() -> str:
    """The headers in the form that several static hosts read (`_headers`)."""
    common = [f"  {name}: {value}" for name, value in HEADERS.items()]
    pages = [f"  Content-Security-Policy: {PAGE}; frame-ancestors 'none'", f"  Cache-Control: {ASK}"]
    app = [f"  Content-Security-Policy: {WORKER}", f"  Cache-Control: {FOREVER}"]
    worker = [f"  Content-Security-Policy: {WORKER}", f"  Cache-Control: {ASK}"]
    # Rules that fit the same address are added up, so these do not overlap where they set the same header.
    return "\n".join(["/*", *common, "/", *pages, "/*.html", *pages, "/app/*", *app, "/sw.js", *worker, ""])
