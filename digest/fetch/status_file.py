"""`Status` to `bib/status.json`: sorted, so that a diff shows what was learnt and little else. The shape is that of
`digest.read.status`.
"""

import json
from pathlib import Path
from typing import Any

from digest.errors import DigestError
from digest.fetch.replaced_file import replace_file
from digest.model.status import PATH, LinkStatus, Notice, ReferenceStatus, Status


def format_status(status: Status) -> str:
    """The whole file. Days are said once for all references that were asked about together."""
    newest: dict[str, str] = {}
    for reference in status.references.values():
        for service, day in reference.asked.items():
            newest[service] = max(newest.get(service, ""), day.isoformat())
    document = {
        "asked": newest,
        "links": {url: _link(link) for url, link in status.links.items()},
        "references": {key: _reference(reference, newest) for key, reference in status.references.items()},
    }
    document = {name: part for name, part in document.items() if part}
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _reference(status: ReferenceStatus, newest: dict[str, str]) -> dict[str, Any]:
    days = {service: day.isoformat() for service, day in status.asked.items()}
    copy = status.open_access
    return _without_nothing(
        {
            "sources": sorted(service for service, day in days.items() if day == newest[service]),
            "older": {service: day for service, day in days.items() if day != newest[service]},
            "doi": status.doi,
            "pmid": status.pmid,
            "unknown": list(status.unknown),
            "notices": [_notice(notice) for notice in status.notices],
            "mismatches": [
                {"field": each.field, "ours": each.ours, "theirs": each.theirs, "source": each.source}
                for each in status.mismatches
            ],
            "better": dict(status.better),
            "open_access": _without_nothing({"url": copy.url, "licence": copy.licence, "version": copy.version})
            if copy
            else {},
        }
    )


def _notice(notice: Notice) -> dict[str, Any]:
    return _without_nothing(
        {
            "kind": notice.kind.value,
            "date": notice.date,
            "doi": notice.doi,
            "pmid": notice.pmid,
            "sources": list(notice.sources),
        }
    )


def _link(link: LinkStatus) -> dict[str, Any]:
    return _without_nothing({"status": link.status, "date": link.date.isoformat(), "archive": link.archive})


def _without_nothing(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", [], {}, ())}


def write_status(root: Path, status: Status) -> bool:
    """Write the file in one step; whether it had to change. Raises DigestError where it cannot be written."""
    file = root / PATH
    if not status.references and not status.links and not file.exists():
        return False
    content = format_status(status).encode()
    try:
        return replace_file(file, content)
    except OSError as error:
        message = f"'{PATH}' could not be written: {error.strerror or error}"
        raise DigestError(
            message, "check the disk and its permissions; what was asked is kept for the next try"
        ) from error
