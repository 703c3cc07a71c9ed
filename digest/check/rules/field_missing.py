"""A required field that is not there or is empty.

Fields with a rule of their own, such as `topic-missing` and `takeaway-missing`, are told there.

Passes:

    title: Mulch and water
    citations: [bloom2023mulch]

Fails:

    citations: [bloom2023mulch]        # and no title
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
