"""A record in `studies/registry/` that is not one of the registry's, or holds something that no record holds.

Records are kept as ClinicalTrials.gov gives them: a JSON object with a `protocolSection`, in a file named after its
number. What cannot be read at all, or is the record of another study, is an error. A value that is not of its field's
kind, a status that the registry does not have, or a day in `fetched.json` that is none, is a warning: the page shows
the rest.

Passes:

    studies/registry/NCT01234567.json        # {"protocolSection": {...}}

Fails:

    studies/registry/mulch-trial.json
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
