"""`studies/registry/*.json` to registry records, kept as they were fetched, and what each says.

A record that is none is an error; one that holds something unexpected is read as far as it goes, with a warning.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from digest.model.identifier import NCT
from digest.model.source import Key, Source
from digest.model.study import RECRUITMENT_STATUSES, REGISTRY, RegistryRecord
from digest.problem import Problem, Severity, Span
from digest.read.files import Files
from digest.read.json_data import parse_json
from digest.read.json_places import find_place
from digest.read.registry_record import parse_listing

RULE = "registry-record-unreadable"
FETCHED = f"{REGISTRY}/fetched.json"
AGAIN = "fetch the record again: `digest study fetch {}`"


def read_registry(files: Files) -> list[RegistryRecord]:
    """Every record of `studies/registry/`, with when and where it was fetched."""
    fetched = _read_json(files, FETCHED, "mend it, or delete it and fetch the records again")
    records = []
    for path in files.under(REGISTRY, ".json"):
        if path == FETCHED:
            continue
        nct_id = path.rpartition("/")[2].removesuffix(".json")
        if not NCT.fullmatch(nct_id):
            fix = "name the file after it: NCT01234567.json"
            _report(files, Span(path), f"'{nct_id}' is not a registry number", fix)
            continue
        data = _read_json(files, path, AGAIN.format(nct_id))
        if data is None:
            continue
        if not isinstance(data.get("protocolSection"), dict):
            fix = AGAIN.format(nct_id)
            _report(files, _place(files, path, "protocolSection"), "the record has no 'protocolSection'", fix)
            continue
        record, problems = parse_record(files.sources[path], nct_id, data, (fetched or {}).get(nct_id))
        records.append(record)
        files.problems += problems
    if fetched is not None:
        files.problems += _check_fetched(files.sources[FETCHED], fetched)
    return records


def parse_record(
    source: Source, nct_id: str, data: dict[str, Any], fetched: object = None
) -> tuple[RegistryRecord, list[Problem]]:
    """One record, and what in it is not as the registry writes it; `fetched` is its part of `fetched.json`."""
    listing, faults = parse_listing(data)
    about = fetched if isinstance(fetched, dict) else {}
    record = RegistryRecord(
        nct_id=nct_id,
        path=source.path,
        record=data,
        listing=listing,
        fetched=_day(about.get("fetched")),
        source=_text(about.get("source")),
        kind=_text(about.get("kind")),
    )
    problems = [
        Problem(RULE, Severity.WARNING, find_place(source, fault.key), fault.message, fix=AGAIN.format(nct_id))
        for fault in faults
    ]
    return record, [*_check_record(source, record), *problems]


def _check_record(source: Source, record: RegistryRecord) -> Iterator[Problem]:
    listing = record.listing
    protocol: Key = ("protocolSection",)
    if listing.nct_id and listing.nct_id != record.nct_id:
        place = find_place(source, (*protocol, "identificationModule", "nctId"))
        message = f"the record is of '{listing.nct_id[:60]}', and its file is named after {record.nct_id}"
        why = "a page would show the facts of another study"
        yield Problem(RULE, Severity.ERROR, place, message, why, f"rename the file, or {AGAIN.format(record.nct_id)}")
    if listing.status and listing.status not in RECRUITMENT_STATUSES:
        place = find_place(source, (*protocol, "statusModule", "overallStatus"))
        message = f"'{listing.status[:60]}' is no status of recruitment that the registry has"
        why = "the study counts as closed until its status is known"
        yield Problem(RULE, Severity.WARNING, place, message, why, AGAIN.format(record.nct_id))


def _check_fetched(source: Source, fetched: dict[str, Any]) -> Iterator[Problem]:
    for nct_id, about in fetched.items():
        day = about.get("fetched") if isinstance(about, dict) else None
        if _day(day) is None:
            place = find_place(source, (nct_id, "fetched"))
            message = f"when the record of '{nct_id[:60]}' was fetched is not said as a day"
            yield Problem(RULE, Severity.WARNING, place, message, fix='write "fetched": "YYYY-MM-DD"')


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _read_json(files: Files, path: str, fix: str) -> dict[str, Any] | None:
    source = files.read(path) if path in files.paths else None
    if source is None:
        return None
    try:
        data = parse_json(source.text)
    except ValueError as error:
        position = error.pos if isinstance(error, json.JSONDecodeError) else 0
        span = source.span(min(position, len(source.text)), min(position + 1, len(source.text)))
        _report(files, span, f"'{path}' is not JSON: {error}", fix)
        return None
    if not isinstance(data, dict):
        _report(files, source.span(0, min(1, len(source.text))), f"'{path}' is not a JSON object", fix)
        return None
    return data


def _place(files: Files, path: str, *key: str) -> Span:
    return find_place(files.sources[path], key)


def _report(files: Files, span: Span, message: str, fix: str) -> None:
    files.problems.append(Problem(RULE, Severity.ERROR, span, message, fix=fix))
