"""A sign-up that leads where no visitor should be sent.

A sign-up is an https address on a host of the list `sign_up_hosts` in `mkdocs.yml`, such as the REDCap or Qualtrics of
the study's university, or an address of e-mail. So a slip of the keyboard, or a change that nobody noticed, does not
send visitors to a stranger. `*.example.org` in the list stands for all hosts below `example.org`.

Passes:

    sign_up:
      url: https://redcap.example.org/surveys/?s=ABC        # sign_up_hosts: [redcap.example.org]

Fails:

    sign_up:
      url: http://forms.example.net/study
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.model.sign_up import email_fault, url_fault
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at the sign-up of every study, open or not."""
    hosts = context.library.configuration.digest.sign_up_hosts
    for study in context.library.studies:
        sign_up = study.sign_up
        if sign_up and sign_up.url and (fault := url_fault(sign_up.url, hosts)):
            message = f"the sign-up '{sign_up.url}' {fault}"
            fix = "compare it with what the study team gave you"
            if "sign_up_hosts" in fault:
                fix += "; if it is right, add its host to `sign_up_hosts` below `extra.digest` in mkdocs.yml"
            place = study.places.at("sign_up", "url")
            yield Problem("study-sign-up-insecure", SEVERITY, place, message, "visitors trust where it leads", fix)
        if sign_up and sign_up.email and (fault := email_fault(sign_up.email)):
            message, place = f"the sign-up '{sign_up.email}' {fault}", study.places.at("sign_up", "email")
            yield Problem("study-sign-up-insecure", SEVERITY, place, message, fix="write it as name@example.org")
