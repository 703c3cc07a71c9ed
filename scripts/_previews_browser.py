"""Save a file again and again, and see in Chromium when its page shows what was saved.

Reads what to do as JSON from standard input, writes seconds as JSON to standard output. Runs in `.venv/`, since it
drives the browser through Playwright; `_previews.py` starts it.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from _edits import edited, word
from playwright.sync_api import Page, sync_playwright

PATIENCE = 300.0
"""Seconds that a server may take to start."""
WAIT = 60.0
"""Seconds that an edit may take to appear."""
REST = (0.5, 0.9)
"""Seconds between two edits, at random, so that they come at any moment between two looks of a server."""
LOOK = """
(() => {
  window.benchSeen = {};
  const look = () => {
    const text = document.body ? document.body.textContent : "";
    for (const word of text.match(/zq[a-j]+zq/g) || []) {
      if (word in window.benchSeen) continue;
      window.benchSeen[word] = 0;
      requestAnimationFrame(() => { window.benchSeen[word] = Date.now(); });
    }
  };
  new MutationObserver(look).observe(document, {subtree: true, childList: true, characterData: true});
  document.addEventListener("DOMContentLoaded", look);
})();
"""
"""Notes when a word was first on the screen, whether the page was loaded again or only changed."""


def main() -> int:
    """Measure, and end the server whatever happens."""
    told = json.load(sys.stdin)
    with subprocess.Popen(
        told["command"], cwd=told["folder"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(told["address"], server)
            seconds = measure(told)
        finally:
            server.terminate()
    json.dump(seconds, sys.stdout)
    return 0


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until the page is there."""
    end = time.monotonic() + PATIENCE
    while not answers(address):
        if server.poll() is not None or time.monotonic() > end:
            raise SystemExit(f"no page at {address}")
        time.sleep(0.1)


def answers(address: str) -> bool:
    """Whether there is a page."""
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - the loopback
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def measure(told: dict[str, Any]) -> list[float]:
    """Seconds of each turn but the first."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=told["browser"], args=["--no-sandbox"])
        page = browser.new_page()
        page.add_init_script(LOOK)
        page.goto(told["address"])
        dice = random.Random(1)  # noqa: S311 - pauses, no secrets
        seconds = []
        for turn in range(told["turns"] + 1):
            time.sleep(dice.uniform(*REST))
            seconds.append(measure_turn(page, Path(told["file"]), turn))
        browser.close()
    return seconds[1:]


def measure_turn(page: Page, file: Path, turn: int) -> float:
    """From just before the file is written until the page shows what was written."""
    text = edited(file.read_text(encoding="utf-8"), turn)
    start = time.time()
    file.write_bytes(text.encode())
    seen = page.wait_for_function(
        "word => window.benchSeen && window.benchSeen[word]", arg=word(turn), timeout=WAIT * 1000
    )
    return float(seen.json_value()) / 1000 - start


if __name__ == "__main__":
    sys.exit(main())
