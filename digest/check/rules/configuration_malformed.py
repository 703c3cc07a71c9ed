"""A setting in `mkdocs.yml` that is missing or cannot be used.

`site_name`, `site_url` and `extra.digest.authors` are required; `time_zone` is a name such as America/Toronto;
lengths are whole numbers. What cannot be used is left at its default.

Passes:

    site_name: Garden Digest
    site_url: https://garden.example.org/
    extra:
      digest:
        authors: [Garden Digest]

Fails:

    site_name: Garden Digest
    site_url: garden.example.org
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
