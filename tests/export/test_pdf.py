"""Editions and topics as PDF: tagged, titled, in their language, complete, and the same bytes every time."""

import ctypes.util
import datetime
import importlib.util
import io
import multiprocessing
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from digest.errors import ExtraMissing
from digest.export.pdf import CACHE, iter_pdf_files
from digest.meanwhile import can_fork
from digest.model.configuration import Configuration, DigestSettings, SiteSettings
from digest.model.status import Notice, NoticeKind, ReferenceStatus, Status
from digest.model.vocabulary import Topic
from digest.pages import Offers, Site, plan_site
from tests.builders import make_entry, make_library, make_reference, places

pytestmark = pytest.mark.skipif(
    ctypes.util.find_library("pangoft2-1.0") is None, reason="no Pango here: `scripts/setup --all` installs it"
)
REPOSITORY = Path(__file__).parents[2]
DAY = datetime.date(2026, 11, 22)
HOSTILE = '<script>alert("x")</script> \\"} @import url(https://evil.example/x.css)'
TEXT = """In twenty gardens, half of the beds were covered, see [shade](shade.md) and [the rest](#what-else).

![Beds with straw](beds.png)

## Practice implications

Cover the bed before *the first* hot week: p ≤ .05 → fewer.

## What else

| a | b |
|---|---|
| 1 | 2 |
"""


def dot() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = (1).to_bytes(4) * 2 + b"\x08\x00\x00\x00\x00"
    pixels = zlib.compress(b"\x00\x80")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


STRANGE = (
    "\x00\x0b\x1b\x85\u2028\u2029\u202e\ufeff\uffff \u0661\u0662 \u0645\u0631\u062d\u0628\u0627 \u65e5\u672c \U0001f600"
)


def make_site(root: Path, title: str = "Mulch and water") -> Site:
    (root / "entries/2023-01").mkdir(parents=True, exist_ok=True)
    (root / "entries/2023-01/beds.png").write_bytes(dot())
    configuration = Configuration(
        site=SiteSettings(site_name=title, site_url="https://garden.example/digest/"),
        digest=DigestSettings(language="en-CA", authors=("The garden desk",)),
        places=places("mkdocs.yml"),
    )
    about: dict[str, Any] = {"topics": ("soil",), "citations": ("bloom2023",)}
    retracted = Notice(NoticeKind.RETRACTION, "2024-01-02", sources=("retraction-watch",))
    library = make_library(
        configuration=configuration,
        entries=(make_entry("mulch", text=TEXT, title="Mulch and water", **about), make_entry("shade", title=HOSTILE)),
        references=(make_reference("bloom2023", DOI="10.1000/xyz"),),
        topics=(Topic(id="soil", label="Soil", definition="What plants stand in.", path="t", places=places("t")),),
        status=Status(references={"bloom2023": ReferenceStatus(doi="10.1000/xyz", notices=(retracted,))}),
        files=frozenset({"entries/2023-01/beds.png"}),
    )
    return plan_site(library, DAY, Offers(pdf=True))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = tmp_path_factory.mktemp("garden")
    return {file.address: file.content for file in iter_pdf_files(make_site(root), root)}


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def catalog_of(content: bytes) -> Any:
    return read(content).trailer["/Root"]


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def tags(element: Any) -> Iterator[str]:
    element = element.get_object()
    if isinstance(element, pypdf.generic.ArrayObject):
        for each in element:
            yield from tags(each)
    elif isinstance(element, pypdf.generic.DictionaryObject):
        if "/S" in element:
            yield str(element["/S"])
        if "/K" in element:
            yield from tags(element["/K"])


def test_every_edition_and_every_topic_with_entries_has_one(made: dict[str, bytes]) -> None:
    assert set(made) == {"/2023/01/edition.pdf", "/topics/soil/topic.pdf"}


def test_pages_that_have_a_pdf_link_to_it(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    pages = {page.address: page.body for page in site.pages}
    for file in iter_pdf_files(site, tmp_path):
        folder, _, name = file.address.rpartition("/")
        assert f'href="{name}"' in pages[f"{folder}/"]
    plain = plan_site(site.library, DAY)
    assert not any(".pdf" in page.body for page in plain.pages)


@pytest.mark.parametrize("address", ["/2023/01/edition.pdf", "/topics/soil/topic.pdf"])
def test_a_pdf_is_tagged_and_says_its_language_and_title(made: dict[str, bytes], address: str) -> None:
    reader = read(made[address])
    catalog = catalog_of(made[address])
    assert catalog["/Lang"] == "en-CA"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert 'pdfuaid:part="1"' in catalog["/Metadata"].get_object().get_data().decode()
    found = list(tags(catalog["/StructTreeRoot"]))
    assert found.count("/H1") == 1
    assert {"/H2", "/P", "/Link", "/L", "/LI"} <= set(found)
    assert reader.metadata is not None
    assert reader.metadata.title is not None
    assert reader.metadata.title.endswith("– Mulch and water")
    assert reader.metadata.author == "The garden desk"


def test_a_picture_has_its_description_and_a_table_its_cells(made: dict[str, bytes]) -> None:
    content = made["/2023/01/edition.pdf"]
    found = list(tags(catalog_of(content)["/StructTreeRoot"]))
    assert {"/Figure", "/Table", "/TH", "/TD"} <= set(found)
    assert any(page.images for page in read(content).pages)
    assert [obj["/Alt"] for obj in iter_objects(read(content)) if "/Alt" in obj] == ["Beds with straw"]


def iter_objects(reader: pypdf.PdfReader) -> Iterator[Any]:
    for number in range(1, int(str(reader.trailer["/Size"]))):
        found = reader.get_object(number)
        if isinstance(found, pypdf.generic.DictionaryObject):
            yield found


def test_fonts_are_embedded_and_are_the_vendored_ones(made: dict[str, bytes]) -> None:
    names = {
        str(obj["/FontName"]).partition("+")[2]
        for obj in iter_objects(read(made["/2023/01/edition.pdf"]))
        if "/FontName" in obj and {"/FontFile2", "/FontFile3"} & set(obj)
    }
    assert names >= {"Literata", "Literata-Bold", "Noto-Sans"}
    assert all(name.startswith(("Literata", "Noto-Sans")) for name in names)


def test_an_edition_holds_its_entries_in_full_and_what_is_known_of_the_work(made: dict[str, bytes]) -> None:
    text = text_of(made["/2023/01/edition.pdf"])
    assert "Cover the bed before the first hot week: p ≤ .05 → fewer." in text
    assert "was retracted (2024-01-02)" in text
    assert "Title of bloom2023" in text


def test_a_topic_says_that_a_work_was_retracted(made: dict[str, bytes]) -> None:
    text = text_of(made["/topics/soil/topic.pdf"])
    assert "Retracted" in text
    assert "Takeaway of mulch." in text


def test_markup_in_a_title_is_text(made: dict[str, bytes]) -> None:
    assert '<script>alert("x")</script>' in text_of(made["/2023/01/edition.pdf"])


def test_control_characters_and_unknown_scripts_cost_no_document(tmp_path: Path) -> None:
    text = "\n\n".join(f"{'word ' * number}\u2029{'word ' * 20}" for number in range(1, 30))
    entry = make_entry("strange", title=STRANGE, takeaway=STRANGE, text=f"{STRANGE}\n\n{text}\n")
    (file,) = iter_pdf_files(plan_site(make_library(entries=(entry,)), DAY), tmp_path)
    assert list(tags(catalog_of(file.content)["/StructTreeRoot"])).count("/P") > 29


def test_links_lead_within_the_document_or_to_the_site(made: dict[str, bytes]) -> None:
    addresses = set()
    inside = 0
    for page in read(made["/2023/01/edition.pdf"]).pages:
        for annotation in page.get("/Annots", ()):
            link = annotation.get_object()
            if "/Dest" in link:
                inside += 1
            elif "/A" in link and "/URI" in link["/A"]:
                addresses.add(str(link["/A"]["/URI"]))
    assert inside >= 3
    assert all(address.startswith(("https://garden.example/digest/", "https://doi.org/")) for address in addresses)


def test_a_pdf_is_typeset_once_and_a_damaged_one_again(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    first = next(iter(iter_pdf_files(site, tmp_path)))
    made = first.content
    (kept,) = (tmp_path / CACHE).iterdir()
    file = kept.stat().st_ino
    assert first.content == made
    assert kept.stat().st_ino == file
    kept.write_bytes(kept.read_bytes()[:-9])
    assert first.content == made


def test_another_machine_makes_the_same_bytes(made: dict[str, bytes], tmp_path: Path) -> None:
    """Another folder, time zone, locale and hash seed, and no fonts installed."""
    shutil.copy(__file__, tmp_path / "made_elsewhere.py")
    code = (
        "import pathlib, sys, made_elsewhere as made\n"
        "from digest.export.pdf import iter_pdf_files\n"
        "if __name__ == '__main__':\n"
        "    root = pathlib.Path('a place')\n"
        "    for file in iter_pdf_files(made.make_site(root), root):\n"
        "        pathlib.Path(file.address.replace('/', '_')).write_bytes(file.content)\n"
    )
    (tmp_path / "make.py").write_text(code, encoding="utf-8")
    environment = os.environ | {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711"}
    environment |= {"PYTHONPATH": str(REPOSITORY), "FONTCONFIG_FILE": "/nowhere", "PYTHONUTF8": "1"}
    subprocess.run([sys.executable, "make.py"], cwd=tmp_path, env=environment, check=True, timeout=120)
    for address, content in made.items():
        assert (tmp_path / address.replace("/", "_")).read_bytes() == content


@pytest.mark.skipif(not can_fork(), reason="builds fork on Linux only")
def test_a_worker_of_a_build_that_typeset_something_ends(tmp_path: Path) -> None:
    def typeset() -> None:
        next(iter(iter_pdf_files(make_site(tmp_path), tmp_path))).write()

    worker = multiprocessing.get_context("fork").Process(target=typeset)
    worker.start()
    worker.join(60)
    ended = worker.exitcode
    if ended is None:
        worker.kill()
    assert ended == 0


def test_without_weasyprint_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ExtraMissing, match=r"\[pdf\]") as caught:
        next(iter_pdf_files(plan_site(make_library(), DAY), tmp_path))
    assert "pip install 'digest-evidence[pdf]'" in caught.value.todo
