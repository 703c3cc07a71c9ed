"""`digest serve`: the page follows the file; a mistake is told and changes nothing."""

import datetime
import http.client
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from digest.check import check_library
from digest.publish import open_view
from digest.publish.preview import Preview
from tests.publish.conftest import DAY, build, contents

PAGE = "/2023/01/opening-the-door-to-culture/"
PATIENCE = 60


class Served:
    """A running preview: what it prints, and what it answers."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-u", "-m", "digest", "serve", "--root", str(root), "--port", "0", "--date", DAY]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.said: list[str] = []
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()
        line = self.wait_for("preview at ")
        self.port = urlsplit(line.split()[2]).port

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def wait_for(self, words: str) -> str:
        """The next line with these words."""
        while True:
            line = self.lines.get(timeout=PATIENCE)
            self.said.append(line)
            if words in line:
                return line

    def get(self, path: str, host: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Host": host} if host else {}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, text

    def wait_until_shown(self, path: str, words: str) -> str:
        """The page once it has these words: a file may be looked at while it is being saved."""
        end = time.monotonic() + PATIENCE
        while words not in (text := self.get(path)[1]):
            assert time.monotonic() < end, text
            time.sleep(0.05)
        return text

    def wait_for_change(self, seen: str = "") -> threading.Thread:
        """Listen as a page does that was made after so many changes; the thread ends when there was another."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", f"/.digest/changes?{seen}")
        answer = connection.getresponse()

        def listen() -> None:
            while b"changed" not in answer.readline():
                pass
            connection.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        return thread


@pytest.fixture
def served(digest: Path) -> Iterator[Served]:
    preview = Served(digest)
    yield preview
    preview.process.send_signal(signal.SIGINT)
    preview.process.wait(PATIENCE)
    preview.listener.join(PATIENCE)
    assert preview.process.stdout is not None
    preview.process.stdout.close()


def _change(digest: Path, before: str, after: str) -> None:
    entry = digest / f"entries{PAGE.rstrip('/').replace('/2023/01', '/2023-01')}.md"
    entry.write_text(entry.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


def test_a_saved_change_shows_and_open_pages_are_told(digest: Path, served: Served) -> None:
    """Without a word from the editor."""
    status, text = served.get(PAGE)
    assert status == 200
    assert "EventSource" in text
    told = served.wait_for_change()
    _change(digest, "Do not sidestep culture.", "Never sidestep culture.")
    told.join(PATIENCE)
    assert not told.is_alive()
    served.wait_until_shown(PAGE, "Never sidestep culture.")


def test_open_pages_are_told_at_once_and_answered_when_the_change_has_been_looked_at(digest: Path) -> None:
    """What the browser does meanwhile takes no time of its own."""
    day = datetime.date.fromisoformat(DAY)
    preview = Preview(open_view(check_library(digest, day).library, digest, day, "mkdocs"), 0)
    threading.Thread(target=preview.serve_forever, daemon=True).start()
    told, answers = threading.Event(), queue.Queue[str]()

    def listen() -> None:
        with urlopen(f"{preview.address}.digest/changes?0", timeout=PATIENCE) as events:
            while b"changed" not in events.readline():
                pass
        told.set()
        with urlopen(f"{preview.address}about/", timeout=PATIENCE) as answer:
            answers.put(answer.read().decode())

    threading.Thread(target=listen, daemon=True).start()
    with preview.changing():
        assert told.wait(PATIENCE)
        with pytest.raises(queue.Empty):
            answers.get(timeout=0.3)
        preview.mistakes = {"pages/about.md": "a mistake of now"}
    assert "a mistake of now" in answers.get(timeout=PATIENCE)
    preview.stop()


def test_a_page_that_listens_too_late_is_told_all_the_same(digest: Path, served: Served) -> None:
    """The site may change between sending a page and hearing from it."""
    before = re.search(r"/\.digest/changes\?(\d+)", served.get(PAGE)[1])
    assert before is not None
    told = served.wait_for_change()
    _change(digest, "Do not sidestep culture.", "Never sidestep culture.")
    told.join(PATIENCE)
    late = served.wait_for_change(before[1])
    late.join(PATIENCE)
    assert not late.is_alive()


def test_a_mistake_is_told_as_check_tells_it_and_the_last_good_page_stays(digest: Path, served: Served) -> None:
    """And once it is mended the preview goes on."""
    _change(digest, "topics: [", "topics: [no-such-topic, ")
    assert "error: unknown topic 'no-such-topic' [topic-unknown]" in served.wait_for("topic-unknown")
    served.wait_for("stays as it was")
    page = served.wait_until_shown(PAGE, "no-such-topic")
    assert "Do not sidestep culture." in page
    assert page.index("unknown topic &#x27;no-such-topic&#x27;") < page.index("<h1")
    elsewhere = served.get("/about/")[1]
    assert elsewhere.index("The preview stands still") < elsewhere.index("unknown topic &#x27;no-such-topic&#x27;")
    told = served.wait_for_change()
    _change(digest, "topics: [no-such-topic, ", "topics: [")
    _change(digest, "Do not sidestep culture.", "Mended.")
    told.join(PATIENCE)
    assert "no-such-topic" not in served.wait_until_shown(PAGE, "Mended.")


def test_every_file_of_the_site_can_be_looked_at(digest: Path, served: Served, tmp_path: Path) -> None:
    """As a build writes it, but for the search index; pages also listen for changes."""
    build(digest, tmp_path / "site", "--no-search", "--drafts-and-errors")
    for path, content in contents(tmp_path / "site").items():
        if path == ".digest-site":
            continue
        status, text = served.get(f"/{path.removesuffix('index.html')}")
        assert status == 200, path
        if not path.endswith(".html"):
            assert text == content.decode("utf-8", "replace"), path


def test_nothing_but_the_site_is_served_and_only_to_this_machine(served: Served) -> None:
    """No file beside it, no name of another host that leads here."""
    assert served.get("/../mkdocs.yml")[0] == 404
    assert served.get("/%2e%2e/%2e%2e/etc/passwd")[0] == 404
    assert served.get("/", host="elsewhere.example.org:80")[0] == 403
    assert served.get("/nowhere/")[0] == 404


def test_a_port_in_use_is_named(digest: Path, served: Served) -> None:
    """With what to do."""
    command = [sys.executable, "-m", "digest", "serve", "--root", str(digest), "--port", str(served.port)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE, env=os.environ)
    assert done.returncode == 2
    assert f"port {served.port} cannot be used" in done.stderr
