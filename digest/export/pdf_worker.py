"""HTML to PDF/UA: the only module that imports WeasyPrint. It runs in a process of its own.

It loads nothing but the vendored fonts and what stands in the HTML itself (`data:`): no file, no other host. The
same HTML gives the same bytes, whatever fonts the machine has.
"""

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from digest.export.vendored_fonts import FOLDER, SANS, SANS_BOLD, SANS_ITALIC, SERIF, SERIF_BOLD, SERIF_ITALIC, SIGNS

VARIANT = "pdf/ua-1"
"""ISO 14289-1, PDF for universal access: tags, language and title."""
FACES = (
    ("Literata", "normal", 400, SERIF),
    ("Literata", "italic", 400, SERIF_ITALIC),
    ("Literata", "normal", 700, SERIF_BOLD),
    ("Noto Sans", "normal", 400, SANS),
    ("Noto Sans", "italic", 400, SANS_ITALIC),
    ("Noto Sans", "normal", 700, SANS_BOLD),
    ("Noto Sans Math", "normal", 400, SIGNS),
)
NO_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{}</cachedir></fontconfig>
"""


def typeset(html: str, style: str) -> bytes:
    """A PDF/UA of a complete HTML document; `style` is CSS for this document beside `pdf.css`."""
    fonts, sheet = _prepared()
    own = weasyprint.CSS(string=style, url_fetcher=URLFetcher(allowed_protocols=()))
    document = weasyprint.HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    identifier = hashlib.sha256((style + html).encode("utf-8", "replace")).digest()[:16]
    written: bytes = document.write_pdf(
        stylesheets=[sheet, own],
        font_config=fonts,
        pdf_variant=VARIANT,
        pdf_identifier=identifier,
        optimize_images=False,
    )
    return written


@cache
def _prepared() -> tuple[FontConfiguration, weasyprint.CSS]:
    """The fonts and the style of every document, read once."""
    folder = Path(tempfile.mkdtemp(prefix="digest-pdf-"))
    (folder / "fonts.conf").write_text(NO_FONTS.format(folder / "cache"), encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")  # read when the first configuration is made
    fonts = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-style: {style}; font-weight: {weight}; '
        f"src: url({(FOLDER / name).as_uri()}) }}\n"
        for family, style, weight, name in FACES
    )
    text = faces + Path(__file__).with_name("pdf.css").read_text(encoding="utf-8")
    sheet = weasyprint.CSS(string=text, font_config=fonts, url_fetcher=URLFetcher(allowed_protocols=("file",)))
    return fonts, sheet
