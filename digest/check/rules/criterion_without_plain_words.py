"""A criterion of the registry's record that the page does not put in plain words; or plain words for none.

Readers of trial pages complain of jargon. The page shows the exact criterion and the plain one side by side, and asks
the plain one in its self-check. `registry` holds the first words of the criterion as the record has them: when the
record changes, the plain words that no longer fit are found here.

Passes:

    criteria:
      - registry: Age between 50 to 80 years old
        plain: You are between 50 and 80 years old.

Fails:

    # the record has the criterion "Age between 50 to 80 years old", and `criteria` does not
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.recruiting import iter_recruiting
from digest.model.plain_words import PlainWords
from digest.model.study import Study
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING
LONGEST = 80


def check(context: Context) -> Iterator[Problem]:
    """Look at studies that recruit, now or soon."""
    for study in iter_recruiting(context):
        yield from _check_study(study)


def _check_study(study: Study) -> Iterator[Problem]:
    words = PlainWords(study)
    for kind, item in study.listing.eligibility.iter_criteria():
        if item.is_listed and not words.is_covered(item):
            text = item.text if len(item.text) <= LONGEST else item.text[:LONGEST].rpartition(" ")[0] + " ..."
            message = f"no plain words for the {kind or 'eligibility'} criterion '{text}'"
            fix = "add to `criteria` an item with `registry:` and its first words, and `plain:` with yours"
            place = study.places.key_at("criteria")
            yield Problem("criterion-without-plain-words", SEVERITY, place, message, fix=fix)
    for index, plain in words.iter_without_record() if study.record else ():
        message = f"the record has no criterion that begins with '{plain.registry[:LONGEST]}'"
        why = "the record may have changed since these words were written"
        fix = "compare with the record; leave `registry` out if the criterion is the study team's own"
        place = study.places.at("criteria", index, "registry")
        yield Problem("criterion-without-plain-words", SEVERITY, place, message, why, fix)
