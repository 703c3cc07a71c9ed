"""A Markdown file whose front matter is not there, not closed, or not readable as YAML.

Front matter is the block of fields between two lines of three hyphens at the very beginning. A line that cannot be
read is left out, and reading goes on with the next one.

Passes:

    ---
    title: "Mulch: less water, more worms"
    ---

Fails:

    ---
    title: Mulch: less water, more worms
    ---
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
