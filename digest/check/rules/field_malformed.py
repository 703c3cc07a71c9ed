"""A field whose value is of the wrong kind: a text for a list, a day that no calendar has, a word for a number.

The field is left out, and reading goes on. A single value where a list is wanted is put in brackets by
`digest check --fix`.

Passes:

    date: 2023-01-31
    topics: [soil]

Fails:

    date: 2023-01-32
    topics: soil
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
