"""Studies that visitors may still find themselves in: what is missing on their pages matters."""

from collections.abc import Iterator

from digest.check.context import Context
from digest.model.recruitment import Phase, recruitment
from digest.model.study import Study

BEFORE_THE_END = frozenset({Phase.OPEN, Phase.NOT_YET, Phase.BY_INVITATION})


def iter_recruiting(context: Context) -> Iterator[Study]:
    """Studies that recruit, will recruit, or enrol by invitation."""
    for study in context.library.studies:
        if recruitment(study, context.today).phase in BEFORE_THE_END:
            yield study
