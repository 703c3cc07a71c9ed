"""Common Cartridges for learning platforms: a zip with a manifest, and one file for each link.

1EdTech (IMS) Common Cartridge 1.1 and 1.3: https://www.imsglobal.org/cc/. Their schemas want exactly one item without
a title at the top; a title on every other; identifiers that are XML names and used once; and for a web link a resource
with one file and no `href`. An item that leads to a resource has no items below it.

Platforms that go by identifiers (Canvas) update what they know and add what is new, so an identifier comes from what a
link is, never from its place or its title. Members are stored, not compressed: the same bytes whatever the zlib.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from digest.export.file import ExportedFile
from digest.export.xml import xml_text
from digest.link import CourseLink, CourseModule, course_module, course_of
from digest.pages import Site

MANIFEST = "imsmanifest.xml"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The oldest time that a zip can hold, for every member."""
READABLE = 0o100644 << 16
UNIX = 3
"""The system that the zip names, whichever made it."""


@dataclass(frozen=True, slots=True)
class CartridgeVersion:
    """What differs between the versions of the specification."""

    number: str
    """`1.1`."""
    suffix: str
    """What a file's name says of it."""

    @property
    def short(self) -> str:
        """`v1p1`, as namespaces and types have it."""
        return f"v{self.number.replace('.', 'p')}"

    @property
    def link_type(self) -> str:
        """The type of a web link among the resources."""
        return f"imswl_xml{self.short}"


VERSIONS = (CartridgeVersion("1.1", ""), CartridgeVersion("1.3", "-1.3"))


@dataclass(frozen=True, slots=True)
class Cartridge:
    """What is packed."""

    identity: str
    """`course`, or `module` and its slug."""
    title: str
    language: str
    modules: Sequence[CourseModule]


def iter_cartridges(site: Site) -> Iterator[ExportedFile]:
    """The course and each module in both versions; none without the site's address, since every link needs it."""
    configuration = site.library.configuration
    if not configuration.site.site_url or not site.library.modules:
        return
    for version in VERSIONS:
        yield ExportedFile(f"/training/course{version.suffix}.imscc", partial(write_course, site, version))
        for module in site.library.modules:
            address = f"{module.permalink}module{version.suffix}.imscc"
            yield ExportedFile(address, partial(write_course, site, version, module.slug))


def write_course(site: Site, version: CartridgeVersion, slug: str = "") -> bytes:
    """The cartridge of the course, or of the module with this slug."""
    configuration = site.library.configuration
    if slug:
        modules = [course_module(site.links, site.links.lookup.modules[slug], configuration.site.site_url)]
        identity, title = f"module {slug}", modules[0].title
    else:
        modules = list(course_of(site.links, configuration.site.site_url))
        identity, title = "course", f"{configuration.title}: training" if configuration.title else "Training"
    return write_cartridge(Cartridge(identity, title, configuration.digest.language, modules), version)


def write_cartridge(cartridge: Cartridge, version: CartridgeVersion) -> bytes:
    """The zip."""
    members = {MANIFEST: _manifest(cartridge, version)}
    for module in cartridge.modules:
        for each in module.links:
            members[_file_name(module, each)] = _web_link(each, version)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            member = zipfile.ZipInfo(name, FIRST_DAY)
            member.external_attr, member.create_system = READABLE, UNIX
            archive.writestr(member, members[name].encode())
    return packed.getvalue()


def identifier(kind: str, *what: str) -> str:
    """An XML name for a thing, the same whenever it is asked for: `r-` for a resource, `i-` for an item."""
    return f"{kind}-{hashlib.sha256(chr(10).join(what).encode('utf-8', 'replace')).hexdigest()[:32]}"


def _resource(module: CourseModule, each: CourseLink) -> str:
    return identifier("r", module.slug, each.identity)


def _file_name(module: CourseModule, each: CourseLink) -> str:
    return f"links/{_resource(module, each)}.xml"


def _web_link(each: CourseLink, version: CartridgeVersion) -> str:
    """One link. Title and address are one line each (`xs:normalizedString`)."""
    namespace = f"http://www.imsglobal.org/xsd/imscc{version.short}/imswl_{version.short}"
    schema = f"http://www.imsglobal.org/profile/cc/cc{version.short}/cc{version.short}_imswl_{version.short}.xsd"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<webLink xmlns="{namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{namespace} {schema}">\n'
        f"  <title>{_one_line(each.title)}</title>\n"
        f'  <url href="{_one_line(each.address)}" target="_blank"/>\n'
        "</webLink>\n"
    )


def _manifest(cartridge: Cartridge, version: CartridgeVersion) -> str:
    packaging = f"http://www.imsglobal.org/xsd/imscc{version.short}/imscp_v1p1"
    metadata = f"http://ltsc.ieee.org/xsd/imscc{version.short}/LOM/manifest"
    folder = f"http://www.imsglobal.org/profile/cc/cc{version.short}/"
    packaging_schema = f"{folder}cc{version.short}_imscp_v1p2_v1p0.xsd"
    metadata_schema = f"{folder}LOM/cc{version.short}_lommanifest_v1p0.xsd"
    title = f'<lomm:string language="{_one_line(cartridge.language)}">{_one_line(cartridge.title)}</lomm:string>'
    items = "\n".join(line for module in cartridge.modules for line in _items(module))
    resources = "\n".join(sorted(_resources(cartridge.modules, version)))
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{identifier("m", cartridge.identity)}"
  xmlns="{packaging}"
  xmlns:lomm="{metadata}"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="{packaging} {packaging_schema} {metadata} {metadata_schema}">
<metadata>
<schema>IMS Common Cartridge</schema>
<schemaversion>{version.number}.0</schemaversion>
<lomm:lom><lomm:general><lomm:title>{title}</lomm:title></lomm:general></lomm:lom>
</metadata>
<organizations>
<organization identifier="{identifier("o", cartridge.identity)}" structure="rooted-hierarchy">
<item identifier="{identifier("i", cartridge.identity, "all")}">
{items}
</item>
</organization>
</organizations>
<resources>
{resources}
</resources>
</manifest>
"""


def _items(module: CourseModule) -> Iterator[str]:
    """A module, its page first, then its readings below headings."""
    yield f'<item identifier="{identifier("i", module.slug)}">'
    yield f"<title>{_one_line(module.title)}</title>"
    yield _item(module, module.page)
    for heading, links in (("Required readings", module.required), ("Further readings", module.further)):
        if links:
            yield f'<item identifier="{identifier("i", module.slug, heading)}">'
            yield f"<title>{heading}</title>"
            yield from (_item(module, each) for each in links)
            yield "</item>"
    yield "</item>"


def _item(module: CourseModule, each: CourseLink) -> str:
    own = identifier("i", module.slug, each.identity)
    title = f"<title>{_one_line(each.title)}</title>"
    return f'<item identifier="{own}" identifierref="{_resource(module, each)}">{title}</item>'


def _resources(modules: Iterable[CourseModule], version: CartridgeVersion) -> Iterator[str]:
    for module in modules:
        for each in module.links:
            start = f'<resource identifier="{_resource(module, each)}" type="{version.link_type}">'
            yield f'{start}<file href="{_file_name(module, each)}"/></resource>'


def _one_line(text: str) -> str:
    return xml_text(" ".join(text.split()))
