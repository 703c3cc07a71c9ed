"""A record in `studies/registry/` that is not one of the registry's.

Records are kept as ClinicalTrials.gov gives them: a JSON object with a `protocolSection`, in a file named after its
number.

Passes:

    studies/registry/NCT01234567.json        # {"protocolSection": {...}}

Fails:

    studies/registry/mulch-trial.json
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
