"""A criterion or a sign-up for an audience that the study does not have.

The self-check then asks the criterion of everybody, so that none is lost, and an audience would read what does not
concern it.

Passes:

    audiences: [gardeners, neighbours]
    criteria:
      - plain: You have two beds.
        audiences: [gardeners]

Fails:

    audiences: [gardeners, neighbours]
    criteria:
      - plain: You have two beds.
        audiences: [gardener]
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.near import Names, did_you_mean
from digest.model.study import Study
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    """Look at the audiences that parts of a study name."""
    for study in context.library.studies:
        known = Names(study.audiences)
        for audience, place in _iter_named(study):
            if audience not in study.audiences:
                message = f"the study has no audience '{audience}'"
                listed = f"its audiences are: {', '.join(study.audiences)}" if study.audiences else ""
                fix = did_you_mean(known.nearest(audience)) or listed or "name it in `audiences` of the study too"
                yield Problem("study-audience-unknown", SEVERITY, place, message, fix=fix)


def _iter_named(study: Study) -> Iterator[tuple[str, Span]]:
    places = study.places
    for number, audience in enumerate(study.sign_up.audiences if study.sign_up else ()):
        yield audience, places.at("sign_up", "audiences", number)
    for index, criterion in enumerate(study.criteria):
        for number, audience in enumerate(criterion.audiences):
            yield audience, places.at("criteria", index, "audiences", number)
