"""ClinicalTrials.gov: the record of a study by its number. https://clinicaltrials.gov/data-api/api (version 2)"""

from collections.abc import Mapping
from typing import Any

from digest.fetch.body import Unusable, decode_json
from digest.fetch.client import Answer, Client, Service
from digest.model.identifier import NCT

JSON = "application/json"
PAUSE = 1.25
"""Seconds between two questions: it asks for at most 50 a minute."""


def clinicaltrials_service(base: str) -> Service:
    """It wants nobody's name."""
    return Service("clinicaltrials", "ClinicalTrials.gov", base, PAUSE)


def fetch_record(client: Client, service: Service, nct_id: str) -> Answer[dict[str, Any]]:
    """The whole record, as data; None where the registry has no such number."""

    def decode(body: bytes, content_type: str) -> dict[str, Any]:
        return check_record(decode_json(body, content_type), nct_id)

    return client.ask(service, f"studies/{nct_id}", {}, decode, accept=JSON)


def check_record(data: object, nct_id: str) -> dict[str, Any]:
    """The data, if it is a record of this number. Raises Unusable."""
    if not isinstance(data, dict):
        raise Unusable("holds no record")
    protocol = data.get("protocolSection")
    if not isinstance(protocol, Mapping):
        raise Unusable("holds no record: it has no 'protocolSection'")
    module = protocol.get("identificationModule")
    found = module.get("nctId") if isinstance(module, Mapping) else None
    if found != nct_id:
        named = found if isinstance(found, str) and NCT.fullmatch(found) else "another number"
        aliases = module.get("nctIdAliases") if isinstance(module, Mapping) else None
        is_former = isinstance(aliases, list) and nct_id in aliases
        raise Unusable(f"is the record of {named}{', the number that ' + nct_id + ' has now' if is_former else ''}")
    return data
