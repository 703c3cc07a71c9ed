"""A field of a record in a `.bib` file that is not well written.

A missing comma, a macro that is not defined, a field that stands twice, names without `and` between them, a year
that is none. What loses nothing is told as a warning.

Passes:

    author = {Bloom, F. and Rake, T.},
    year = {2023},

Fails:

    author = {Bloom, F., Rake, T.},
    year = {last year},
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
