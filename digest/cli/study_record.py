"""The record that `digest study` works with: from the registry, from a file, or from what is kept already."""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.cli.fetching import open_services
from digest.errors import DigestError, NetworkFault
from digest.model.identifier import NCT
from digest.model.library import Library
from digest.model.study import REGISTRY

if TYPE_CHECKING:
    from digest.fetch import Services

IN_TEXT = re.compile(r"NCT\d{8}", re.IGNORECASE)
UNKNOWN = "compare the number with the study's page in the registry; what is kept stays as it is"


@dataclass(frozen=True)
class FoundRecord:
    """A record, and what is known of it."""

    nct_id: str
    """Empty where nobody said a number."""
    data: dict[str, Any]
    fetched: datetime.date
    source: str
    kind: str
    is_kept: bool = False
    """It is in studies/registry/ already."""
    is_dated: bool = True
    """Whether somebody said on which day it was fetched; if not, `fetched` is today."""


def read_number(text: str) -> str:
    """`NCT01234567`, also out of an address of the registry or in small letters."""
    found = IN_TEXT.findall(text)
    if len(found) != 1:
        raise DigestError(f"'{text}' is no registry number", "write it as NCT and eight digits: NCT01234567")
    return str(found[0]).upper()


def source_of(nct_id: str) -> str:
    """Where people find a record."""
    return f"https://clinicaltrials.gov/api/v2/studies/{nct_id}"


def fetch_one(services: "Services", root: Path, nct_id: str, today: datetime.date) -> dict[str, Any]:
    """Fetch and keep one record; what became of it, in plain values."""
    from digest.fetch import changes, fetch_record, write_record

    told: dict[str, Any] = {"number": nct_id, "fault": "", "fix": "", "changes": [], "is_new": False}
    try:
        answer = fetch_record(services.client, services.clinicaltrials, nct_id)
    except NetworkFault as fault:
        return told | {"fault": fault.message, "fix": fault.todo}
    if answer.data is None:
        return told | {"fault": f"ClinicalTrials.gov knows no study {nct_id}", "fix": UNKNOWN}
    day = answer.fetched.date() if answer.is_kept else today
    told["changes"] = list(changes(root, nct_id, answer.data))
    told["is_new"] = write_record(root, nct_id, answer.data, fetched=day, source=source_of(nct_id), kind="api")
    return told | {"path": f"{REGISTRY}/{nct_id}.json", "fetched": day.isoformat()}


def find_data(
    root: Path, library: Library, wanted: str, file: Path | None, today: datetime.date, *, offline: bool
) -> FoundRecord:
    """The record to start a page from."""
    if file is not None:
        return _from_file(file, wanted, today)
    kept = next((record for record in library.registry if record.nct_id == wanted), None)
    if kept is not None:
        data, day = dict(kept.record), kept.fetched or today
        return FoundRecord(wanted, data, day, kept.source or source_of(wanted), kept.kind or "api", is_kept=True)
    from digest.fetch import fetch_record

    with open_services(root, library, offline=offline) as services:
        try:
            answer = fetch_record(services.client, services.clinicaltrials, wanted)
        except NetworkFault as fault:
            saved = f"save https://clinicaltrials.gov/api/v2/studies/{wanted} elsewhere"
            fault.todo += f"; or {saved} and hand it over: digest study new {wanted} --record FILE.json"
            raise
    if answer.data is None:
        raise DigestError(f"ClinicalTrials.gov knows no study {wanted}", UNKNOWN)
    day = answer.fetched.date() if answer.is_kept else today
    return FoundRecord(wanted, answer.data, day, source_of(wanted), "api")


def _from_file(file: Path, wanted: str, today: datetime.date) -> FoundRecord:
    """A record that somebody saved; its number stands in it, in the call, or in the file's name."""
    from digest.read.json_data import parse_json

    fix = "save the record from https://clinicaltrials.gov/api/v2/studies/NCT... as it is"
    try:
        data = parse_json(file.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError) as error:
        raise DigestError(f"'{file}' cannot be read: {error}", fix) from error
    if not isinstance(data, dict) or not isinstance(data.get("protocolSection"), dict):
        raise DigestError(f"'{file}' holds no record: it has no 'protocolSection'", fix)
    own = _own_number(data)
    if wanted and own and wanted != own:
        raise DigestError(f"'{file}' is the record of {own}, not of {wanted}", "name one of the two")
    nct_id = own or wanted or (file.stem if NCT.fullmatch(file.stem) else "")
    is_made = "reconstruct" in str(data.get("_note", "")).lower()
    version = _version(data)
    source = f"https://clinicaltrials.gov/study/{nct_id}" if nct_id else ""
    kind = "reconstructed" if is_made else "api"
    return FoundRecord(nct_id, data, version or today, source, kind, is_dated=version is not None)


def _own_number(data: dict[str, Any]) -> str:
    module = data["protocolSection"].get("identificationModule")
    own = module.get("nctId") if isinstance(module, dict) else None
    return own if isinstance(own, str) and NCT.fullmatch(own) else ""


def _version(data: dict[str, Any]) -> datetime.date | None:
    """The day of the registry's data that the record was taken from (`versionHolder`)."""
    derived = data.get("derivedSection")
    module = derived.get("miscInfoModule") if isinstance(derived, dict) else None
    written = module.get("versionHolder") if isinstance(module, dict) else None
    try:
        return datetime.date.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
