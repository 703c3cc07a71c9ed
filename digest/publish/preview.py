"""A server on the loopback that shows the built site and tells open pages when there is a newer one.

It serves the machine it runs on and nobody else; the few lines of script that listen are added on the way out and are
no part of the site.
"""

import http.server
import mimetypes
import threading
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from digest.errors import DigestError

EVENTS = "/.digest/changes"
LISTENER = f"<script>new EventSource('{EVENTS}').addEventListener('changed',()=>location.reload())</script>".encode()
BEAT = 15.0
"""Seconds between signs of life to an open page."""
TYPES = {".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".css": "text/css"}


class Preview(http.server.ThreadingHTTPServer):
    """Serves `folder` at 127.0.0.1 until it is shut down."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self._changes = 0
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

    def tell_change(self) -> None:
        """Let every open page load itself again."""
        with self._changed:
            self._changes += 1
            self._changed.notify_all()

    def wait_for_change(self, seen: int) -> int:
        """The number of changes so far, as soon as it is more than `seen` or after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self._changes > seen or self._stopping, BEAT)
            return self._changes

    @property
    def changes(self) -> int:
        """How often the site has changed since the start."""
        return self._changes

    def stop(self) -> None:
        """End the server and every waiting page."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self.shutdown()
        self.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Preview
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if not self._is_local():
            self.send_error(HTTPStatus.FORBIDDEN, "this preview is for this machine only")
        elif urlsplit(self.path).path == EVENTS:
            self._send_events()
        else:
            self._send_file()

    def _is_local(self) -> bool:
        """A page elsewhere must not read the preview under a name of its own that leads here."""
        host = (self.headers.get("Host") or "").rpartition(":")[0]
        return host in {"127.0.0.1", "localhost", "[::1]"}

    def _send_events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        seen = self.server.changes
        try:
            while True:
                now = self.server.wait_for_change(seen)
                self.wfile.write(b"event: changed\ndata: \n\n" if now > seen else b": still here\n\n")
                self.wfile.flush()
                seen = now
        except OSError:
            self.close_connection = True

    def _send_file(self) -> None:
        path = self._find(unquote(urlsplit(self.path).path))
        if isinstance(path, str):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", path)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        status = HTTPStatus.OK if path else HTTPStatus.NOT_FOUND
        path = path or self.server.folder / "404.html"
        try:
            content = path.read_bytes()
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if path.suffix == ".html":
            kind = "text/html; charset=utf-8"
            before, mark, after = content.rpartition(b"</body>")
            content = before + LISTENER + mark + after if mark else content + LISTENER
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _find(self, address: str) -> Path | str | None:
        """The file of an address, the address with `/` at its end, or nothing; never outside the site."""
        folder = self.server.folder.resolve()
        try:
            path = (folder / address.lstrip("/")).resolve()
        except (OSError, ValueError):
            return None
        if not path.is_relative_to(folder):
            return None
        if path.is_dir():
            return path / "index.html" if address.endswith("/") else urlsplit(self.path).path + "/"
        return path if path.is_file() else None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Say nothing: the terminal is for the editor's mistakes."""
