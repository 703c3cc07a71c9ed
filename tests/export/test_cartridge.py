"""Common Cartridges: as the schemas of 1.1 and 1.3 want them, and the same link by the same identifier for ever."""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.export.cartridge import VERSIONS, CartridgeVersion, iter_cartridges, write_course
from digest.export.citations import iter_citation_files
from digest.model.training import Reading
from tests.export.course_site import READINGS, SITE_URL, make_module, make_site

NAME = re.compile(r"[A-Za-z_][\w.-]*")
"""Of `xs:ID`, as far as we use it."""
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
BY_VERSION = pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.number)


def unpack(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def links_of(content: bytes, version: CartridgeVersion) -> dict[str, tuple[str, str]]:
    """Title and address of every resource, by identifier; fails unless the cartridge is as the schemas want it.

    The rules are those of `ccv1p1_imscp_v1p2_v1p0.xsd` and `ccv1p3_imscp_v1p2_v1p0.xsd`, the Schematron rules in them
    (sets 2, 8, 9 and 10), `ccv1p1_imswl_v1p1.xsd` and `ccv1p3_imswl_v1p3.xsd`.
    """
    files = unpack(content)
    own = "v" + version.number.replace(".", "p")
    packaging = f"{{http://www.imsglobal.org/xsd/imscc{own}/imscp_v1p1}}"
    manifest = ElementTree.fromstring(files["imsmanifest.xml"])
    assert manifest.tag == f"{packaging}manifest"
    assert set(manifest.attrib) == {"identifier", f"{XSI}schemaLocation"}
    assert [child.tag.removeprefix(packaging) for child in manifest] == ["metadata", "organizations", "resources"]
    metadata, organizations, resources = manifest
    check_metadata(metadata, packaging, own, version)
    identifiers = [element.attrib["identifier"] for element in manifest.iter() if "identifier" in element.attrib]
    assert len(identifiers) == len(set(identifiers))
    assert all(map(NAME.fullmatch, identifiers))
    found = {}
    for resource in resources:
        assert resource.tag == f"{packaging}resource"
        assert resource.attrib == {"identifier": resource.attrib["identifier"], "type": f"imswl_xml{own}"}
        (file,) = resource
        assert file.tag == f"{packaging}file"
        assert set(file.attrib) == {"href"}
        found[resource.attrib["identifier"]] = read_web_link(files[file.attrib["href"]], own)
    hrefs = [file.attrib["href"] for file in resources.iter(f"{packaging}file")]
    assert sorted([*hrefs, "imsmanifest.xml"]) == sorted(files)
    check_organization(organizations, packaging, found)
    return found


def check_metadata(metadata: ElementTree.Element, packaging: str, own: str, version: CartridgeVersion) -> None:
    """`ManifestMetadata.Type`."""
    schema, schema_version, lom = metadata
    assert (schema.tag, schema.text) == (f"{packaging}schema", "IMS Common Cartridge")
    assert (schema_version.tag, schema_version.text) == (f"{packaging}schemaversion", f"{version.number}.0")
    assert lom.tag == f"{{http://ltsc.ieee.org/xsd/imscc{own}/LOM/manifest}}lom"
    assert [element.tag.rpartition("}")[2] for element in lom.iter()] == ["lom", "general", "title", "string"]


def check_organization(organizations: ElementTree.Element, packaging: str, found: dict[str, tuple[str, str]]) -> None:
    """`Organization.Type`: one item without a title at the top; below it a title on each, and leaves that lead on."""
    (organization,) = organizations
    assert set(organization.attrib) == {"identifier", "structure"}
    assert organization.attrib["structure"] == "rooted-hierarchy"
    (top,) = organization
    assert set(top.attrib) == {"identifier"}
    assert all(child.tag == f"{packaging}item" for child in top)
    led_to = []
    for item in top.iter(f"{packaging}item"):
        if item is top:
            continue
        title, *below = item
        assert title.tag == f"{packaging}title"
        assert title.text
        assert all(child.tag == f"{packaging}item" for child in below)
        if "identifierref" in item.attrib:
            assert not below
            led_to.append(item.attrib["identifierref"])
        assert set(item.attrib) <= {"identifier", "identifierref"}
    assert sorted(led_to) == sorted(found)


def read_web_link(content: bytes, own: str) -> tuple[str, str]:
    """`WebLink.Type`: a title, then a url with nothing in it."""
    namespace = f"{{http://www.imsglobal.org/xsd/imscc{own}/imswl_{own}}}"
    link = ElementTree.fromstring(content)
    assert link.tag == f"{namespace}webLink"
    title, url = link
    assert (title.tag, url.tag) == (f"{namespace}title", f"{namespace}url")
    assert title.text
    assert not re.search(r"[\r\n\t]", title.text)
    assert set(url.attrib) <= {"href", "target", "windowFeatures"}
    assert url.attrib["href"].startswith("https://")
    assert len(url) == 0
    return title.text, url.attrib["href"]


def course(*modules, version=VERSIONS[0], **content):
    return write_course(make_site(modules, **content), version)


@BY_VERSION
def test_a_cartridge_is_as_its_schemas_want_it(version):
    links = links_of(course(make_module("soil", readings=READINGS), make_module("water", 2), version=version), version)
    assert sorted(links.values()) == [
        ("All about straw", "https://example.org/straw?a=1&b=2"),
        ("Objectives, and how to use the readings", f"{SITE_URL}training/soil/"),
        ("Objectives, and how to use the readings", f"{SITE_URL}training/water/"),
        ("Title of bloom", "https://doi.org/10.1000/17"),
        ("mulch", f"{SITE_URL}2023/01/mulch/"),
    ]


def test_moodle_finds_the_namespace_in_the_first_500_bytes():
    """As far as it looks: `detect_format` in its `backup/converter/imscc11/lib.php`."""
    start = unpack(course(make_module("soil", readings=READINGS)))["imsmanifest.xml"][:500].decode()
    assert 'xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"' in start


@BY_VERSION
def test_an_empty_course_and_a_module_without_readings_are_valid_too(version):
    links_of(course(make_module("soil"), version=version), version)
    assert list(iter_cartridges(make_site([]))) == []


@BY_VERSION
@given(text=st.text())
@example(text="\u2028")
def test_whatever_a_title_or_an_address_holds_the_cartridge_is_valid(version, text):
    module = make_module(
        "soil",
        title=f"A {text}",
        readings=[Reading(url=f"https://example.org/{text}", title=f"B {text}"), Reading(url="https://a", note=text)],
    )
    links_of(course(module, version=version), version)


def test_a_reading_keeps_its_identifier_when_others_come_and_titles_change():
    before = links_of(course(make_module("soil", readings=READINGS)), VERSIONS[0])
    changed = [
        Reading(entry="compost"),
        Reading(url=READINGS[2].url, title="Straw, told anew", note="Read it twice."),
        replace(READINGS[1], required=True),
        replace(READINGS[0], entry="2023-01/mulch", note="Another note."),
    ]
    after = links_of(course(make_module("water"), make_module("soil", 7, changed, title="All on soil")), VERSIONS[0])
    assert before.keys() < after.keys()
    assert {key: address for key, (_, address) in before.items()} == {key: after[key][1] for key in before}


def test_a_module_imported_after_the_course_updates_what_the_course_brought():
    site = make_site([make_module("soil", readings=READINGS), make_module("water", 2, READINGS)])
    whole = unpack(write_course(site, VERSIONS[0]))
    part = unpack(write_course(site, VERSIONS[0], "water"))
    assert part.keys() < whole.keys() | {"imsmanifest.xml"}
    assert all(whole[name] == content for name, content in part.items() if name != "imsmanifest.xml")


def test_the_same_reading_in_two_modules_is_two_links():
    links = links_of(course(make_module("soil", readings=READINGS), make_module("water", 2, READINGS)), VERSIONS[0])
    assert len(links) == 8


def test_what_stands_on_a_list_twice_is_one_link():
    readings = [
        Reading(entry="mulch"),
        Reading(entry="2023-01/mulch", required=False),
        Reading(url="https://a.example"),
    ]
    assert len(links_of(course(make_module("soil", readings=readings)), VERSIONS[0])) == 3


def test_a_work_without_an_address_leads_to_the_module():
    links = links_of(course(make_module("soil", readings=[Reading(citation="rake")])), VERSIONS[0])
    assert ("Title of rake", f"{SITE_URL}training/soil/") in links.values()


@BY_VERSION
def test_the_same_course_is_the_same_bytes_without_a_trace_of_the_clock(version):
    one, other = (course(make_module("soil", readings=READINGS), version=version) for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        members = archive.infolist()
    assert [member.filename for member in members] == sorted(member.filename for member in members)
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {(member.compress_type, member.create_system) for member in members} == {(zipfile.ZIP_STORED, 3)}


def test_a_site_offers_the_course_and_each_module_in_both_versions():
    site = make_site([make_module("soil", readings=READINGS)])
    assert sorted(file.address for file in iter_cartridges(site)) == [
        "/training/course-1.3.imscc",
        "/training/course.imscc",
        "/training/soil/module-1.3.imscc",
        "/training/soil/module.imscc",
    ]


def test_without_an_address_of_the_site_there_is_none_and_no_page_offers_one():
    site = make_site([make_module("soil", readings=READINGS)], site_url="")
    assert list(iter_cartridges(site)) == []
    assert not any(".imscc" in page.body for page in site.pages)


def test_beside_the_course_lie_the_works_of_all_its_modules_each_once():
    """In the formats of reference managers, on the site as from `digest export course`."""
    site = make_site([make_module("soil", readings=READINGS), make_module("water", 2, READINGS)])
    files = {file.address: file.write for file in iter_citation_files(site.links)}
    assert {"/training/readings.bib", "/training/readings.ris", "/training/readings.json"} <= files.keys()
    for ending in ("bib", "ris", "json"):
        assert files[f"/training/readings.{ending}"]() == files[f"/training/soil/readings.{ending}"]()
    (course_page,) = (page for page in site.pages if page.address == "/training/")
    assert 'href="readings.ris"' in course_page.body
    without = make_site([make_module("soil")])
    assert not any(file.address.startswith("/training/readings") for file in iter_citation_files(without.links))
    assert not any("readings.ris" in page.body for page in without.pages)
