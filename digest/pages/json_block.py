"""Plain data as JSON that may stand in a `<script>`, which is data there and never runs."""

import json
import re

from markupsafe import Markup

UNSAFE = re.compile("[<>&\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What could end the element, or a line of what holds it, and what no text file can hold."""


def json_block(value: object) -> Markup:
    """The data on one line; no text in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(UNSAFE.sub(_escape, text))  # noqa: S704 - every sign of markup is escaped as JSON does


def _escape(match: re.Match[str]) -> str:
    return "\\ufffd" if "\ud800" <= match[0] <= "\udfff" else f"\\u{ord(match[0]):04x}"
