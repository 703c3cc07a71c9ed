"""A server on the loopback that shows a site which is on no disk: each page is rendered when it is asked for.

It serves the machine it runs on and nobody else. The few lines of script that listen for changes, and the mistakes that
are shown above a page, are added on the way out and are no part of the site.
"""

import http.server
import mimetypes
import re
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from digest.errors import DigestError
from digest.publish.view import View

EVENTS = "/.digest/changes"
LISTENER = "<script>new EventSource('%s?%d').addEventListener('changed',()=>location.reload())</script>"
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
BEAT = 15.0
"""Seconds between signs of life to an open page."""
TYPES = {".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".css": "text/css"}
STYLE = (
    "position:relative;z-index:9;margin:0;padding:.75rem 1rem;max-height:60vh;overflow:auto;background:#7d1010;"
    "color:#fff;font:14px/1.45 monospace;white-space:pre-wrap;overflow-wrap:anywhere"
)


class Preview(http.server.ThreadingHTTPServer):
    """Serves a view of a site at 127.0.0.1 until it is shut down."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, view: View, port: int) -> None:
        self.view = view
        self.mistakes: Mapping[str, str] = {}
        self._changes = 0
        self._is_changing = False
        self._changed = threading.Condition()
        self._stopping = False
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except OSError as error:
            message = f"port {port} cannot be used: {error.strerror}"
            raise DigestError(message, "stop what uses it, or choose another: digest serve --port N") from error

    @property
    def address(self) -> str:
        """Where to look."""
        return f"http://127.0.0.1:{self.server_address[1]}/"

    @contextmanager
    def changing(self) -> Iterator[None]:
        """While a change is looked at, of which `view` and `mistakes` come anew.

        Every open page loads itself again at once, and is answered at the end: what the browser does for that takes no
        time of its own.
        """
        with self._changed:
            self._changes += 1
            self._is_changing = True
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._is_changing = False
                self._changed.notify_all()

    def now(self) -> tuple[View, Mapping[str, str], int]:
        """The view, the mistakes and the number of changes so far, once no change is being looked at."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_changing or self._stopping)
            return self.view, self.mistakes, self._changes

    def wait_for_change(self, seen: int) -> int:
        """The number of changes so far, as soon as it is not `seen` or after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self._changes != seen or self._stopping, BEAT)
            return self._changes

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that did not wait for its answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def stop(self) -> None:
        """End the server and every waiting page."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self.shutdown()
        self.server_close()


def with_mistakes(page: str, own: Sequence[str], others: Sequence[str]) -> str:
    """A page with the mistakes of its own file above it, and those of other files below them."""
    texts = [*own, *(["The preview stands still until these are mended too:", *others] if others else [])]
    if not texts:
        return page
    shown = f'<pre role="alert" style="{STYLE}">{escape(chr(10).join(texts))}</pre>'
    before, body, after = page.partition("<body")
    tag, end, rest = after.partition(">")
    return f"{before}{body}{tag}{end}{shown}{rest}" if body else shown + page


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Preview
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if not self._is_local():
            self.send_error(HTTPStatus.FORBIDDEN, "this preview is for this machine only")
        elif urlsplit(self.path).path == EVENTS:
            self._send_events()
        else:
            self._send_file(unquote(urlsplit(self.path).path))

    def _is_local(self) -> bool:
        """A page elsewhere must not read the preview under a name of its own that leads here."""
        host = (self.headers.get("Host") or "").rpartition(":")[0]
        return host in {"127.0.0.1", "localhost", "[::1]"}

    def _send_events(self) -> None:
        asked = urlsplit(self.path).query
        seen = int(asked) if asked.isdecimal() else self.server.now()[2]  # before it hears that it is listened to
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            while True:
                now = self.server.wait_for_change(seen)
                self.wfile.write(b"event: changed\ndata: \n\n" if now != seen else b": still here\n\n")
                self.wfile.flush()
                seen = now
        except OSError:
            self.close_connection = True

    def _send_file(self, address: str) -> None:
        view, mistakes, changes = self.server.now()
        try:
            content = view.find(address)
        except DigestError as error:
            self.send_error(HTTPStatus.INTERNAL_SERVER_ERROR, "cannot be shown", str(error))
            return
        if content is None and view.find(f"{address}/") is not None:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", urlsplit(self.path).path + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        status = HTTPStatus.NOT_FOUND if content is None else HTTPStatus.OK
        if content is None:
            address, content = "/404.html", view.find("/404.html") or b""
        suffix = ".html" if address.endswith("/") else Path(address).suffix
        kind = TYPES.get(suffix) or mimetypes.guess_type(f"a{suffix}")[0] or "application/octet-stream"
        if suffix == ".html":
            kind = "text/html; charset=utf-8"
            source = view.source_of(address)
            own = [text for path, text in mistakes.items() if path == source]
            others = [text for path, text in mistakes.items() if path != source]
            # The site's own policy forbids the script that listens.
            page = with_mistakes(POLICY.sub("", content.decode("utf-8", "replace")), own, others)
            before, mark, after = page.rpartition("</body>")
            listener = LISTENER % (EVENTS, changes)
            content = (before + listener + mark + after if mark else page + listener).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Say nothing: the terminal is for the editor's mistakes."""
