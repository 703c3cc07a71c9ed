"""Search a built site in Chromium as a reader does, letter by letter, and see when the hits stand there.

Reads what to do as JSON from standard input, writes figures as JSON to standard output. Runs in `.venv/`, since it
drives the browser through Playwright; `_readers.py` starts it.
"""

from __future__ import annotations

import functools
import gzip
import json
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Page, Request, sync_playwright

BETWEEN_KEYS = 120
"""Milliseconds: a quick typist."""
LOOK = """
(() => {
  const count = document.getElementById("_count");
  document.getElementById("_q").addEventListener("input", () => { window.benchKey = performance.now(); });
  new MutationObserver(() => {
    const text = count.textContent;
    requestAnimationFrame(() => { window.benchSeen = {text, after: performance.now() - window.benchKey}; });
  }).observe(count, {childList: true, characterData: true, subtree: true});
})();
"""
"""Notes how long after the last key what is said of the hits was on the screen; they are put there in the same step."""


class Quiet(SimpleHTTPRequestHandler):
    """Says nothing of what is asked."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: Any) -> None:
        """Nothing."""


def main() -> int:
    """Serve the site and measure."""
    told = json.load(sys.stdin)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=told["site"])) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = measure(f"http://127.0.0.1:{server.server_port}/search/", told)
        server.shutdown()
    json.dump(found, sys.stdout)
    return 0


def measure(address: str, told: dict[str, Any]) -> dict[str, Any]:
    """What a browser loads for the first word, in one go, and the seconds of each word typed by letters.

    The script that stands in the page counts too: it is there for searching alone.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=told["browser"], args=["--no-sandbox"])
        page = browser.new_page()
        requests: list[Request] = []
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate(LOOK)
        page.on("request", lambda request: requests.append(request))  # noqa: PLW0108 - Playwright marks the function
        page.locator("#_q").fill(told["words"][0])
        wait_for(page, told["words"][0])
        page.wait_for_load_state("networkidle")
        weights = [weigh(request) for request in requests]
        scripts = page.locator("script:not([type$=json])").evaluate_all("all => all.map(each => each.text)")
        in_page = sum(len(gzip.compress(script.encode())) for script in scripts)
        seconds = [search(page, word) for word in told["words"][1:]]
        browser.close()
    return {"bytes": in_page + sum(weights), "requests": len(weights), "seconds": seconds}


def search(page: Page, word: str) -> float:
    """Type a word; seconds from its last letter to its hits."""
    page.locator("#_q").fill("")
    page.locator("#_q").press_sequentially(word, delay=BETWEEN_KEYS)
    return wait_for(page, word)


def wait_for(page: Page, word: str) -> float:
    """Seconds from the last key to what is said of this word."""
    seen = page.wait_for_function(
        "word => window.benchSeen?.text.endsWith(`“${word}”`) && window.benchSeen.after", arg=word, timeout=60_000
    )
    return float(seen.json_value()) / 1000


def weigh(request: Request) -> int:
    """Bytes of an answer as a host that compresses sends it."""
    answer = request.response()
    body = answer.body() if answer is not None else b""
    return min(len(body), len(gzip.compress(body)))


if __name__ == "__main__":
    sys.exit(main())
