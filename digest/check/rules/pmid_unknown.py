"""A PMID that PubMed had no record of when the last audit asked.

Notices of retraction are looked for under it, so a wrong one hides them.

Passes:

    "bloom2023mulch": {"pmid": "12345678", "sources": ["pubmed"]}

Fails:

    "bloom2023mulch": {"pmid": "99999999", "sources": ["pubmed"], "unknown": ["pubmed"]}
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.known import iter_known
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    for reference, known in iter_known(context):
        if "pubmed" in known.unknown and known.pmid:
            message = f"PubMed did not know the PMID '{known.pmid}' on {known.asked.get('pubmed')}"
            fix = "compare it with the one on the article's page in PubMed; `digest audit` asks again"
            yield Problem("pmid-unknown", SEVERITY, reference.places.at("pmid"), message, fix=fix)
