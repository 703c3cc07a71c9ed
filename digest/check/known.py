"""What the last audit learnt, as rules tell it."""

from collections.abc import Callable, Iterator

from digest.check.context import Context
from digest.model.reference import Reference
from digest.model.status import Notice, NoticeKind, ReferenceStatus
from digest.problem import Problem, Severity

WORDS = {
    NoticeKind.RETRACTION: "was retracted",
    NoticeKind.PARTIAL_RETRACTION: "was retracted in part",
    NoticeKind.WITHDRAWAL: "was withdrawn",
    NoticeKind.REMOVAL: "was removed",
    NoticeKind.CONCERN: "has an expression of concern",
    NoticeKind.CORRECTION: "was corrected",
    NoticeKind.ADDENDUM: "has an addendum",
    NoticeKind.CLARIFICATION: "has a clarification",
    NoticeKind.NEW_VERSION: "has a newer version",
}


def iter_known(context: Context) -> Iterator[tuple[Reference, ReferenceStatus]]:
    """Each reference with what was learnt of it, where anything was."""
    status = context.library.status
    for reference in context.library.references if status.references else ():
        known = status.find(reference)
        if known is not None:
            yield reference, known


def check_notices(
    context: Context, rule: str, severity: Severity, is_meant: Callable[[NoticeKind], bool], todo: str
) -> Iterator[Problem]:
    """A problem for each notice of the kinds that are meant."""
    for reference, known in iter_known(context):
        for notice in known.notices:
            if is_meant(notice.kind):
                why = "; ".join([*_cited(context, reference), *([f"asked on {known.as_of}"] if known.as_of else [])])
                message = f"'{reference.citation_key}' {describe_notice(notice)}"
                fix = f"{todo}{_address(notice)}"
                yield Problem(rule, severity, reference.places.at("doi"), message, why=why, fix=fix)


def describe_notice(notice: Notice) -> str:
    """`was retracted: notice of 2010-02-06, told by Retraction Watch`."""
    date = f" of {notice.date}" if notice.date else " without a date"
    source = f", told by {notice.source}" if notice.sources else ""
    return f"{WORDS[notice.kind]}: notice{date}{source}"


def _address(notice: Notice) -> str:
    if notice.doi:
        return f"; the notice is https://doi.org/{notice.doi}"
    return f"; the notice is https://pubmed.ncbi.nlm.nih.gov/{notice.pmid}/" if notice.pmid else ""


def _cited(context: Context, reference: Reference) -> Iterator[str]:
    """Which entries cite it, in words."""
    key = reference.citation_key
    places = [entry.path for entry in context.library.entries if key in entry.citations]
    if len(places) == 1:
        yield f"{places[0]} cites it"
    elif places:
        yield f"{places[0]} and {len(places) - 1} more cite it"
