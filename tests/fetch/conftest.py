"""Services that are asked at a server of our own (`fake`), on a clock on which waiting takes no time."""

import json
import threading
from dataclasses import replace
from functools import partial

import pytest

from digest.cli import main
from digest.fetch import Limits, Services
from tests.fetch.fake import BIB, ENTRY, MEGABYTE, TIME_OUT, Handler, Hurried, Server, World


@pytest.fixture
def world():
    return World()


@pytest.fixture
def server(world):
    """The address of a server for this world."""

    class Bound(Handler):
        pass

    Bound.world = world
    listening = Server(("127.0.0.1", 0), Bound)
    threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_port}"
    world.left.set()
    listening.shutdown()
    listening.server_close()


@pytest.fixture
def hurried():
    return Hurried()


@pytest.fixture
def limits():
    """Few attempts and small answers; time enough for a busy machine."""
    return Limits(connect=10, read=10, whole=60, attempts=2, longest_pause=60, largest=MEGABYTE)


@pytest.fixture
def hasty(limits):
    """For services that are late."""
    return replace(limits, read=TIME_OUT)


@pytest.fixture
def addresses(server):
    return {
        name: f"{server}/{name}" for name in ("crossref", "pubmed", "unpaywall", "archive", "links", "clinicaltrials")
    }


@pytest.fixture
def make_services(addresses, limits, hurried, tmp_path):
    made = []

    def make(**options):
        options = {"contact": "editor@example.org", "cache_folder": tmp_path / "cache", "limits": limits, **options}
        made.append(Services(addresses=addresses, clock=hurried.clock(), **options))
        return made[-1]

    yield make
    for services in made:
        services.close()


@pytest.fixture
def services(make_services):
    return make_services()


@pytest.fixture
def root(tmp_path):
    """A digest of three works that can be asked about, and a book that cannot."""
    folder = tmp_path / "garden"
    for path, text in {
        "mkdocs.yml": "site_name: Garden\nsite_url: https://garden.example.org/\n"
        "extra:\n  digest:\n    authors: [The Garden]\n    contact: editor@example.org\n",
        "bib/garden.bib": BIB,
        "entries/2023-01/mulch-and-water.md": ENTRY,
        "entries/permalinks.txt": "",
        "vocabulary/topics.yml": "- id: soil\n  label: Soil\n  definition: What plants stand in.\n",
        "vocabulary/research-types.yml": "- id: field-trial\n  label: Field trial\n  definition: In beds.\n"
        "  strength: It shows what happens in gardens.\n",
    }.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def run(addresses, limits, hasty, world, hurried, monkeypatch, capsys):
    """Run the command line against the server; exit code, standard output, standard error."""
    monkeypatch.setenv("DIGEST_SERVICES", json.dumps(addresses))

    def run_main(*arguments):
        is_late = {"late", "slow-header"} & {str(fault) for fault in world.faults.values()}
        chosen = hasty if is_late else limits
        monkeypatch.setattr("digest.fetch.Services", partial(Services, limits=chosen, clock=hurried.clock()))
        code: object = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code or 0
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_main
