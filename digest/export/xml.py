"""Text in XML: escaped, and without the characters that XML 1.0 has no way to write."""

import re
from html import escape

FORBIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
"""Whatever is no `Char`: control characters, lone surrogates. https://www.w3.org/TR/xml/#charsets"""


def xml_text(text: str) -> str:
    """Text for an element or an attribute; what cannot be written shows as U+FFFD."""
    return escape(FORBIDDEN.sub("\ufffd", text))


def element(name: str, text: str, attributes: str = "") -> str:
    """`<name>text</name>` on a line of its own; nothing for no text."""
    return f"<{name}{attributes}>{xml_text(text)}</{name}>\n" if text else ""
