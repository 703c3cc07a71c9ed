"""`bib/status.json` cannot be read, wholly or in part.

`digest audit` writes it, and nobody else should. While it cannot be read the site would show no notice of retraction,
so a file that is no JSON at all is an error; a single field that is not as it should be is left out with a warning.

Passes:

    {"references": {"bloom2023mulch": {"doi": "10.1000/garden.17", "sources": ["crossref"]}}}

Fails:

    {"references": {"bloom2023mulch": {"doi": 17, "sources": "crossref"
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
