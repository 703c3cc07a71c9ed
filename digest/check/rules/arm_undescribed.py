"""A group of a study that neither the registry's record nor the page describes.

"Experimental: A" tells a visitor nothing about what would happen to them. Say in plain words what each group does, or
that it does nothing.

Passes:

    arms:
      - arm: Straw
        plain: You cover one bed with straw, and write down how much you water.

Fails:

    # the record has an arm "Straw" without a description, and the page has none for it either
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.recruiting import iter_recruiting
from digest.model.plain_words import PlainWords
from digest.model.study import Study
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    """Look at studies that recruit, now or soon."""
    for study in iter_recruiting(context):
        yield from _check_study(study)


def _check_study(study: Study) -> Iterator[Problem]:
    words = PlainWords(study)
    for arm in study.listing.arms:
        plain = words.of_arm(arm)
        if not arm.description and not (plain and plain.plain):
            message = f"nothing says what happens in the group '{arm.label}'"
            fix = f"add to `arms` an item with `arm: {arm.label}` and `plain: ...`"
            yield Problem("arm-undescribed", SEVERITY, study.places.key_at("arms"), message, fix=fix)
    if study.record is None:
        return
    for index, plain in enumerate(study.arms):
        if any(plain is own for own in words.iter_own_arms()) and study.listing.arms:
            message = f"the record has no group '{plain.arm}'"
            labels = "; ".join(arm.label for arm in study.listing.arms)
            place = study.places.at("arms", index, "arm")
            yield Problem("arm-undescribed", SEVERITY, place, message, fix=f"its groups are: {labels}")
