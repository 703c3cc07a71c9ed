"""A record in a `.bib` file that cannot be read, or text that looks like the remains of one.

A brace that is never closed, a record without a key, a field without `=`: the record is left out, and reading goes
on with the next one. A citation or a record of another form that was pasted between the records is a warning: BibTeX
takes it for a comment.

Passes:

    @article{bloom2023mulch,
      title = {Mulch and water},
    }

Fails:

    @article{bloom2023mulch,
      title = {Mulch and water,
    }
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
