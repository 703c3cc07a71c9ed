"""A way to sign up that is still there when a study takes nobody any more.

The page of a closed study shows no sign-up, whatever its front matter says. A link in its text would stay: that is why
the address belongs into `sign_up` alone, and this rule looks for it in the text of open studies too.

Passes:

    status: COMPLETED           # no sign_up

Fails:

    status: COMPLETED
    sign_up: {email: study@example.org}
"""

import re
from collections.abc import Iterator

from digest.check.context import Context
from digest.model.body import Link
from digest.model.lookup import Document
from digest.model.recruitment import Phase, recruitment
from digest.model.sign_up import url_fault
from digest.model.study import Study
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    """Look at the front matter of closed studies."""
    for study in context.library.studies:
        sign_up = study.sign_up
        if _is_closed(context, study) and sign_up and (sign_up.url or sign_up.email):
            place = study.places.at("sign_up", "url" if sign_up.url else "email")
            message = f"the study is closed, and '{sign_up.url or sign_up.email}' is still its sign-up"
            fix = "delete `sign_up`; or, if it recruits again, mend `status` and the dates and fetch the record anew"
            yield Problem("study-closed-with-sign-up", SEVERITY, place, message, "it is not shown meanwhile", fix)


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at the links in the text of a study, open or closed."""
    if not isinstance(document, Study):
        return
    hosts = context.library.configuration.digest.sign_up_hosts
    why = "the study is closed" if _is_closed(context, document) else "it stays in the text when the study closes"
    fix = "take it out of the text: the page shows `sign_up` as long as the study recruits"
    linked: list[Span] = []
    for link in document.body.links:
        if _is_sign_up(document, link, hosts):
            linked.append(link.span)
            message = f"the text links to '{link.destination}', which signs people up"
            yield Problem("study-closed-with-sign-up", SEVERITY, link.span, message, why, fix)
    for span in _iter_written_out(document):
        if not any(each.start <= span.start < each.end for each in linked):
            message = "the text names the address with which people sign up"
            yield Problem("study-closed-with-sign-up", SEVERITY, span, message, why, fix)


def _iter_written_out(study: Study) -> Iterator[Span]:
    """Where the sign-up's address of e-mail stands in the text as text."""
    email = study.sign_up.email if study.sign_up else ""
    if not email:
        return
    for match in re.finditer(rf"(?<![\w.+-]){re.escape(email)}(?![\w-])", study.body.text, re.IGNORECASE):
        yield Span(study.path, study.body.offset + match.start(), study.body.offset + match.end())


def _is_closed(context: Context, study: Study) -> bool:
    return recruitment(study, context.today).phase is Phase.CLOSED


def _is_sign_up(study: Study, link: Link, hosts: tuple[str, ...]) -> bool:
    address = link.destination.partition("?")[0]
    if address.lower().startswith("mailto:"):
        return bool(study.sign_up and study.sign_up.email.lower() == address[7:].lower() != "")
    return not url_fault(link.destination, hosts)
