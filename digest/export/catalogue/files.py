"""The files of `/data/`, beside those of `citations.py`."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from digest.export.catalogue.records import Record, iter_records
from digest.export.catalogue.table import write_table
from digest.export.file import ExportedFile
from digest.export.shared import Shared
from digest.pages import Site
from digest.pages.abroad import absolute
from digest.pages.catalogue import DATA_FILES, DataFile, schema_of

_as_json = json.JSONEncoder(ensure_ascii=False).encode
Texts = tuple[str, str]
"""The records of a file as JSON, and as CSV."""
TABLES: Mapping[str, tuple[str, ...]] = {
    "entries": (
        *("id", "url", "date", "title", "takeaway", "topics", "research_types", "doi", "standing"),
        *("citations", "authors", "limitations", "disclosure", "training", "minutes"),
    ),
    "references": (
        *("key", "authors", "year", "title", "container", "doi", "url", "standing", "as_of", "apa", "summaries"),
    ),
}
"""Columns of the tables; a table has no groups, so what is in them has columns of its own."""


def iter_catalogue_files(site: Site) -> Iterator[ExportedFile]:
    """JSON and schema of every file, and CSV of some."""
    for file in DATA_FILES:
        texts = Shared(partial(_write_records, site, file), uses=1 + file.csv).take
        yield ExportedFile(f"/data/{file.name}.json", partial(_write_json, site, file, texts))
        yield ExportedFile(f"/data/{file.name}.schema.json", partial(_write_schema, site, file))
        if file.csv:
            yield ExportedFile(f"/data/{file.name}.csv", partial(_write_csv, texts))


def _write_records(site: Site, file: DataFile) -> Texts:
    """Every record as a line of JSON and a line of the table; ten thousand of them are never held as objects."""
    lines: list[str] = []

    def iter_rows() -> Iterator[Record]:
        for record in iter_records(file.name, site):
            lines.append(_as_json(record))
            yield _reference_row(record) if file.name == "references" else record

    table = write_table(TABLES.get(file.name, ()), iter_rows())
    return ",\n".join(lines), table


def _schema_address(site: Site, file: DataFile) -> str:
    return absolute(f"/data/{file.name}.schema.json", site.library.configuration.site.site_url)


def _write_json(site: Site, file: DataFile, texts: Callable[[], Texts]) -> bytes:
    """A record a line, so that two days compare line by line."""
    configuration = site.library.configuration
    top: dict[str, Any] = {
        "$schema": _schema_address(site, file),
        "title": configuration.title,
        "url": absolute("/", configuration.site.site_url),
    }
    top |= {"licence": configuration.digest.licence} if configuration.digest.licence else {}
    top |= {"licence_url": configuration.digest.licence_url} if configuration.digest.licence_url else {}
    top |= {"day": site.today.isoformat()} if file.name == "studies" else {}
    head = "".join(f"{_as_json(name)}: {_as_json(value)},\n" for name, value in top.items())
    records, _ = texts()
    return f'{{\n{head}"{file.name}": [\n{records}\n]\n}}\n'.encode("utf-8", "replace")


def _write_schema(site: Site, file: DataFile) -> bytes:
    text = json.dumps(schema_of(file, _schema_address(site, file)), ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", "replace")


def _write_csv(texts: Callable[[], Texts]) -> bytes:
    _, table = texts()
    return table.encode("utf-8", "replace")


def _reference_row(record: Record) -> Record:
    csl = record["csl"]
    names = (
        name.get("literal") or ", ".join(part for part in (name.get("family"), name.get("given")) if part)
        for name in csl.get("author", ())
    )
    issued = csl.get("issued", {}).get("date-parts", [[""]])[0]
    return {
        **record,
        "authors": list(names),
        "year": str(issued[0]),
        "title": csl.get("title"),
        "container": csl.get("container-title"),
        "doi": csl.get("DOI"),
        "url": csl.get("URL"),
        "standing": [notice["kind"] for notice in record.get("notices", ())],
    }
