"""A study that recruits, and of which nobody can be reached: no address and no telephone number of a contact.

A contact has a name and an `email` or a `phone`. The contacts of the registry's record count too.

Passes:

    contacts:
      - name: The study's office
        email: study@example.org

Fails:

    contacts:
      - name: The study's office
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.recruiting import iter_recruiting
from digest.model.listing import Person
from digest.model.study import Contact
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    """Look at studies that recruit, now or soon."""
    for study in iter_recruiting(context):
        contacts: list[Contact | Person] = [*study.contacts, *study.listing.iter_contacts()]
        if any(contact.email or contact.phone for contact in contacts):
            continue
        named = [contact.name for contact in contacts if contact.name]
        message = "the page names nobody who answers questions"
        if named:
            message = f"there is no address or number of {' or '.join(dict.fromkeys(named))}"
        why = "people want to ask before they decide"
        fix = "ask the study team for a public address, and add it to `contacts`; never guess one"
        yield Problem("study-contact-missing", SEVERITY, study.places.key_at("contacts"), message, why, fix)
