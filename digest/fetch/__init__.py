"""Crossref, PubMed, Unpaywall, ClinicalTrials.gov, the Internet Archive and the links of a digest.

The only room that uses the network.

    services = Services(contact="editor@example.org", cache_folder=cache_folder(root))
    found = services.find("10.1000/garden.2023.17")        # or a PMID, or an address that holds one of the two

    services.close()

`find` gives a `Found`: the reference (Crossref's record, completed by PubMed's abstract, publication types and MeSH
headings), notices such as a retraction, an open copy, and the `faults` of services that could not be asked; or None
where nobody knows the work. It raises IdentifierUnclear for what is no identifier, and a NetworkFault where everything
hangs on a service that did not answer. `reference.citation_key` is the DOI or empty: the caller gives the key.

    audit = run_audit(library, services, today)            # asks about every DOI and PMID
    write_status(root, audit.status)                       # bib/status.json, if anything is new

    answer = fetch_record(services.client, services.clinicaltrials, "NCT01234567")     # ClinicalTrials.gov
    write_record(root, "NCT01234567", answer.data, ...)    # studies/registry/

`Services(use=CacheUse.ONLY)` is `--offline`: answers come from `.digest/cache/fetch/` alone, whatever their age;
`CacheUse.NONE` asks anew what was asked today. `services.client.ask(Service(...), ...)` asks one more service in the
same way. The contact address is `library.configuration.digest.contact`.

DIGEST_SERVICES (for tests) puts servers of this machine in the services' place: `read_addresses`. The only imports of
`requests` and `urllib3`. Whatever comes from the network is data from a stranger: text, never markup.
"""

from digest.fetch.audit import Audit, run_audit
from digest.fetch.better_record import propose_better
from digest.fetch.client import Answer, CacheUse, Client, Limits, Service
from digest.fetch.clinicaltrials import fetch_record
from digest.fetch.desk import OnProgress
from digest.fetch.identify import Identifier, parse_identifier
from digest.fetch.pace import Clock
from digest.fetch.registry_file import changes, write_record
from digest.fetch.services import VARIABLE, Found, Services, cache_folder, read_addresses
from digest.fetch.status_file import format_status, write_status

__all__ = [
    "VARIABLE",
    "Answer",
    "Audit",
    "CacheUse",
    "Client",
    "Clock",
    "Found",
    "Identifier",
    "Limits",
    "OnProgress",
    "Service",
    "Services",
    "cache_folder",
    "changes",
    "fetch_record",
    "format_status",
    "parse_identifier",
    "propose_better",
    "read_addresses",
    "run_audit",
    "write_record",
    "write_status",
]
