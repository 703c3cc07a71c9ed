"""Records as CSV (RFC 4180) that a spreadsheet opens as it is, and in which no cell can be a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that spreadsheets work out, wide forms too: https://owasp.org/www-community/attacks/CSV_Injection"""
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""Line breaks among them: a record stays on one line."""
BOM = "\ufeff"
"""Without it Excel takes UTF-8 for another encoding."""


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """A line of names, then one line a record; every cell in quotation marks."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([format_cell(row.get(name)) for name in columns] for row in rows)
    return BOM + text.getvalue()


def format_cell(value: object) -> str:
    """A value as text: several with semicolons between them; an apostrophe before what could be a formula."""
    parts = value if isinstance(value, list) else [] if value is None else [value]
    text = "; ".join(CONTROL.sub(" ", str(part)) for part in parts).strip()
    return f"'{text}" if FORMULA.match(text) else text
