"""`studies/registry/*.json` to registry records, kept as they were fetched."""

import json
from datetime import date
from typing import Any

from digest.model.identifier import NCT
from digest.model.source import Source
from digest.model.study import RegistryRecord
from digest.problem import Problem, Severity, Span
from digest.read.files import Files

RULE = "registry-record-unreadable"
FOLDER = "studies/registry"
FETCHED = f"{FOLDER}/fetched.json"


def read_registry(files: Files) -> list[RegistryRecord]:
    """Every record of `studies/registry/`, with when and where it was fetched."""
    fetched = _read_json(files, FETCHED) if FETCHED in files.paths else {}
    records = []
    for path in files.under(FOLDER, ".json"):
        if path == FETCHED:
            continue
        nct_id = path.rpartition("/")[2].removesuffix(".json")
        record = _read_json(files, path)
        if record is None:
            continue
        if not NCT.fullmatch(nct_id):
            _report(
                files, Span(path), f"'{nct_id}' is not a registry number", "name the file after it: NCT01234567.json"
            )
            continue
        if not isinstance(record.get("protocolSection"), dict):
            _report(files, Span(path), "the record has no 'protocolSection'", "fetch the record again")
            continue
        records.append(_record(nct_id, path, record, (fetched or {}).get(nct_id)))
    return records


def _record(nct_id: str, path: str, record: dict[str, Any], fetched: Any) -> RegistryRecord:
    about = fetched if isinstance(fetched, dict) else {}
    try:
        day = date.fromisoformat(str(about.get("fetched", "")))
    except ValueError:
        day = None
    return RegistryRecord(
        nct_id=nct_id,
        path=path,
        record=record,
        fetched=day,
        source=str(about.get("source") or ""),
        kind=str(about.get("kind") or ""),
    )


def _read_json(files: Files, path: str) -> dict[str, Any] | None:
    source = files.read(path)
    if source is None:
        return None
    try:
        data = json.loads(source.text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        _report(files, _place(source, error), f"'{path}' is not JSON: {error}", "fetch the record again")
        return None
    if not isinstance(data, dict):
        _report(files, source.span(0, 1), f"'{path}' is not a JSON object", "fetch the record again")
        return None
    return data


def _place(source: Source, error: Exception) -> Span:
    position = error.pos if isinstance(error, json.JSONDecodeError) else 0
    return source.span(position, min(position + 1, len(source.text)))


def _report(files: Files, span: Span, message: str, fix: str) -> None:
    files.problems.append(Problem(RULE, Severity.ERROR, span, message, fix=fix))
