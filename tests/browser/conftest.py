"""The built site in a real browser, over a server on the loopback."""

import functools
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, sync_playwright

REPOSITORY = Path(__file__).parents[2]
CONTENT = ("bib", "entries", "pages", "studies", "training", "vocabulary")
DAY = "2026-11-22"
KIND = re.compile(r'<div class="digest digest-([a-z-]+)">')
CLOSED = re.compile(r'<p class="status status-closed" *>')
STICKING_OUT = """() => {
  const scrolls = element =>
    element && (getComputedStyle(element).overflowX === "auto" || scrolls(element.parentElement));
  const page = document.documentElement;
  return [...document.querySelectorAll("body *")]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !scrolls(element))
    .concat(page.scrollWidth > page.clientWidth ? [page] : [])
    .map(element => element.outerHTML.slice(0, 120));
}"""
OLD_ADDRESSES = """\
    old_addresses:
      - {old: "https://old.example.org/pprnet/blog?cat_2=12", new: /topics/alliance-and-therapeutic-relationship/}
      - {old: "/pprnet/blog?cat_2=12&cat_1=24", new: /topics/training/}
      - {old: "/pprnet/blog?cat_2=28"}
      - {old: "/?p=17", new: /topics/attachment/}
"""
"""An earlier site, so that its pages are among those that are looked at."""
PHONE = {"width": 360, "height": 740}


@dataclass(frozen=True)
class BuiltSite:
    """A site on disk, and where it is served."""

    folder: Path
    url: str

    @functools.cached_property
    def addresses(self) -> dict[str, list[str]]:
        """The pages of each kind, the longest first. A study that is closed is a kind of its own."""
        found: dict[str, list[tuple[int, str]]] = {}
        for path in sorted(self.folder.rglob("*.html")):
            text = path.read_text(encoding="utf-8")
            if kind := KIND.search(text):
                name = "study-closed" if kind[1] == "study" and CLOSED.search(text) else kind[1]
                address = "/" + path.relative_to(self.folder).as_posix().removesuffix("index.html")
                found.setdefault(name, []).append((-len(text), address))
        return {name: [address for _, address in sorted(pages)] for name, pages in found.items()}

    def longest(self, kind: str) -> str:
        """The page of a kind that has most on it."""
        return self.addresses[kind][0]


@dataclass
class Tab:
    """A page of the browser, and what was seen while it was open."""

    page: Page
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    """Errors and warnings of the console, scripts that failed, requests that failed."""
    dialogs: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note from now on what the page does."""

        def see_request(request: Request) -> None:
            self.requests.append(request)

        def see_dialog(dialog: Dialog) -> None:
            self.dialogs.append(dialog.message)
            dialog.dismiss()

        def see_failure(request: Request) -> None:
            # The icon of a page that is left before it has come is no fault of either page.
            if not (request.url.endswith("/icon.svg") and request.failure == "net::ERR_ABORTED"):
                self.complaints.append(f"failed: {request.url}")

        self.page.on("request", see_request)
        self.page.on("dialog", see_dialog)
        self.page.on("requestfailed", see_failure)
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def open_details(self) -> None:
        """Open whatever can be opened."""
        self.page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")

    def sticking_out(self) -> list[str]:
        """What reaches beyond the right edge, unless it scrolls on its own; the page itself if it scrolls."""
        found: list[str] = self.page.evaluate(STICKING_OUT)
        return found


Open = Callable[..., Tab]


def build(root: Path, target: Path, *arguments: str) -> None:
    """Build, or fail with what the program said."""
    command = ["build", "--root", str(root), "--site-dir", str(target), "--date", DAY, *arguments]
    done = subprocess.run(
        [sys.executable, "-m", "digest", *command],
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


class _Host(SimpleHTTPRequestHandler):
    """A host that sends what the site's `_headers` say, and its 404 page."""

    def log_message(self, *_args: Any) -> None:
        """Nothing: what a page asked for is seen in the browser."""

    def end_headers(self) -> None:
        path = Path(self.directory) / "_headers"
        matches = False
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
            if not line.startswith(" "):
                matches = self.path.startswith(line.removesuffix("*"))
            elif matches and "Strict-Transport" not in line:  # the loopback has no https
                self.send_header(*line.strip().split(": ", 1))
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def served(folder: Path) -> Iterator[BuiltSite]:
    """Serve a built site on a free port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Host, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield BuiltSite(folder, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The repository's own digest, from a copy: each worker has its own cache."""
    root = tmp_path_factory.mktemp("browser")
    for name in CONTENT:
        shutil.copytree(REPOSITORY / name, root / "digest" / name)
    configuration = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    written = configuration.replace("    lengths:\n", f"{OLD_ADDRESSES}    lengths:\n")
    (root / "digest/mkdocs.yml").write_text(written, encoding="utf-8")
    build(root / "digest", root / "site")
    with served(root / "site") as built:
        yield built


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], Any]:
    """Serve another site."""
    return served


@pytest.fixture(scope="session")
def build_digest() -> Callable[..., None]:
    """Build another digest."""
    return build


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(REPOSITORY / "scripts"))
        executable = import_module("_browser").find_browser()
    assert executable, "no Chromium here: `scripts/setup --all` installs it; `scripts/test --fast` does without"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open an address in a browser of its own; options are Playwright's for a context."""
    contexts = []

    def open_(url: str, script: str = "", **options: Any) -> Tab:
        context = browser.new_context(**{"viewport": PHONE, **options})
        contexts.append(context)
        if script:
            context.add_init_script(script)
        tab = Tab(context.new_page())
        tab.watch()
        tab.page.goto(url)
        return tab

    yield open_
    for context in contexts:
        context.close()
