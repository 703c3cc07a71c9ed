"""PubMed's E-utilities: records by PMID or DOI, with publication types, MeSH headings and notices.

https://www.ncbi.nlm.nih.gov/books/NBK25499/ and, for the XML, https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/. Many
records are asked for in one question, as its usage policy wants, and kept one by one.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from digest.fetch.body import Unusable, decode_json, decode_xml
from digest.fetch.client import Answer, Client, Service
from digest.fetch.crossref import JSON, notices_of_title
from digest.fetch.notices import merge_notices
from digest.model.identifier import bare_doi
from digest.model.reference import Reference
from digest.model.source import Places
from digest.model.status import Notice, NoticeKind
from digest.problem import Span
from digest.read.records.pubmed_xml import iter_pubmed_xml
from digest.read.records.record import Record
from digest.read.records.stream import TextStream

XML = "application/xml"
FETCH, SEARCH = "efetch.fcgi", "esearch.fcgi"
MOST_RECORDS, MOST_DOIS = 100, 30
"""In one question: an address may not be too long."""
PMID = re.compile(r"[1-9]\d{0,8}")
KINDS = {
    "RetractionIn": NoticeKind.RETRACTION,
    "RetractedandRepublishedIn": NoticeKind.RETRACTION,
    "PartialRetractionIn": NoticeKind.PARTIAL_RETRACTION,
    "ExpressionOfConcernIn": NoticeKind.CONCERN,
    "ErratumIn": NoticeKind.CORRECTION,
    "CorrectedandRepublishedIn": NoticeKind.CORRECTION,
    "UpdateIn": NoticeKind.NEW_VERSION,
}
"""By `RefType` of `CommentsCorrections`; the other types say nothing against the work, or are of the notice itself."""
ABOUT = frozenset({"RetractionOf", "PartialRetractionOf", "ExpressionOfConcernFor", "ErratumFor"})
KINDS_BY_TYPE = {"Retracted Publication": NoticeKind.RETRACTION}
"""By publication type."""
APPEARED = frozenset({"epublish", "ppublish", "aheadofprint", "ecollection"})
"""Kinds of `PubMedPubDate` on which readers had it."""
YEAR = re.compile(r"[12]\d{3}")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DATE = re.compile(rf"\b((?:19|20)\d\d)(?:\s+({'|'.join(MONTHS)})[a-z]*(?:\s+(\d{{1,2}})\b)?)?")
DOI_WITHIN = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;]")


@dataclass(frozen=True, slots=True)
class PubmedRecord:
    """A record of PubMed."""

    pmid: str
    doi: str
    reference: Reference
    """With publication types and MeSH headings."""
    years: frozenset[int] = frozenset()
    """Every year in which a version of it appeared."""
    notices: tuple[Notice, ...] = ()
    notice_about: tuple[str, ...] = ()
    """PMIDs of other works, if this record is itself a notice about them."""


def pubmed_service(base: str, contact: str) -> Service:
    """Three questions a second."""
    identify = {"tool": "digest-evidence", **({"email": contact} if contact else {})}
    return Service("pubmed", "PubMed", base, 0.34, identify)


def fetch_records(client: Client, service: Service, pmids: Iterable[str]) -> dict[str, Answer[PubmedRecord]]:
    """The records with these PMIDs; an answer's data is None where PubMed has no such record."""
    wanted = list(dict.fromkeys(pmid for pmid in pmids if PMID.fullmatch(pmid)))
    found: dict[str, Answer[PubmedRecord]] = {}
    for pmid in wanted:
        if kept := client.find_kept(service, FETCH, _by_pmid([pmid]), _decode_records):
            found[pmid] = _only(kept, pmid)
    for batch in _batches([pmid for pmid in wanted if pmid not in found], MOST_RECORDS):
        answer = client.ask(service, FETCH, _by_pmid(batch), _decode_records, accept=XML)
        for pmid in batch:
            found[pmid] = _only(answer, pmid)
            if len(batch) > 1:
                client.keep(service, FETCH, _by_pmid([pmid]), _alone((answer.data or {}).get(pmid)), XML)
    return found


def fetch_by_doi(client: Client, service: Service, dois: Iterable[str]) -> dict[str, Answer[PubmedRecord]]:
    """The records with these DOIs; an answer's data is None where PubMed has no such record, as for many books."""
    wanted = list(dict.fromkeys(bare_doi(doi).casefold() for doi in dois if '"' not in doi))
    searched: dict[str, Answer[list[str]]] = {}
    records: dict[str, Answer[PubmedRecord]] = {}
    for doi in wanted:
        if kept := client.find_kept(service, SEARCH, _by_doi([doi]), _decode_search):
            searched[doi] = kept
    for batch in _batches([doi for doi in wanted if doi not in searched], MOST_DOIS):
        answer = client.ask(service, SEARCH, _by_doi(batch), _decode_search, accept=JSON)
        records |= fetch_records(client, service, answer.data or [])
        pmid_of = _by_own_doi(records)
        for doi in batch:
            pmids = [pmid_of[doi]] if doi in pmid_of else []
            searched[doi] = Answer(pmids, answer.fetched, answer.is_kept)
            if len(batch) > 1:
                alone = json.dumps({"esearchresult": {"idlist": pmids}}).encode()
                client.keep(service, SEARCH, _by_doi([doi]), alone, JSON)
    found = [pmid for answer in searched.values() for pmid in answer.data or []]
    records |= fetch_records(client, service, [pmid for pmid in found if pmid not in records])
    return {doi: _of_search(doi, answer, records) for doi, answer in searched.items()}


def _of_search(
    doi: str, search: Answer[list[str]], records: Mapping[str, Answer[PubmedRecord]]
) -> Answer[PubmedRecord]:
    """The record that a search for a DOI led to: only one with that DOI, since PubMed guesses at what it lacks."""
    for pmid in search.data or []:
        record = records.get(pmid)
        if record is not None and record.data is not None and record.data.doi.casefold() == doi:
            return record
    return Answer(None, search.fetched, search.is_kept)


def _by_own_doi(records: Mapping[str, Answer[PubmedRecord]]) -> dict[str, str]:
    return {answer.data.doi.casefold(): pmid for pmid, answer in records.items() if answer.data and answer.data.doi}


def _by_pmid(pmids: Sequence[str]) -> Mapping[str, str]:
    return {"db": "pubmed", "id": ",".join(pmids), "retmode": "xml"}


def _by_doi(dois: Sequence[str]) -> Mapping[str, str]:
    return {"db": "pubmed", "retmode": "json", "term": " OR ".join(f'"{doi}"[doi]' for doi in dois)}


def _batches(things: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (things[start : start + size] for start in range(0, len(things), size))


def _only(answer: Answer[dict[str, ET.Element]], pmid: str) -> Answer[PubmedRecord]:
    article = (answer.data or {}).get(pmid)
    return Answer(None if article is None else parse_article(article), answer.fetched, answer.is_kept)


def _alone(article: ET.Element | None) -> bytes:
    return b"<PubmedArticleSet>%s</PubmedArticleSet>" % (b"" if article is None else ET.tostring(article))


def _decode_search(body: bytes, content_type: str) -> list[str]:
    data = decode_json(body, content_type)
    result = data.get("esearchresult") if isinstance(data, dict) else None
    if not isinstance(result, dict) or not isinstance(result.get("idlist"), list):
        raise Unusable("holds no result of the search")
    return [pmid for pmid in result["idlist"] if isinstance(pmid, str) and PMID.fullmatch(pmid)]


def _decode_records(body: bytes, content_type: str) -> dict[str, ET.Element]:
    root = decode_xml(body, content_type)
    if root.tag != "PubmedArticleSet":
        raise Unusable("holds no set of records")
    found: dict[str, ET.Element] = {}
    for article in root:
        pmid = _pmid(article)
        if article.tag in {"PubmedArticle", "PubmedBookArticle"} and PMID.fullmatch(pmid):
            found.setdefault(pmid, article)
    return found


def _pmid(article: ET.Element) -> str:
    return (article.findtext("MedlineCitation/PMID") or article.findtext("BookDocument/PMID") or "").strip()


class _Written(TextStream):
    """One record of an answer, as the reader of files takes it."""

    def __init__(self, article: ET.Element) -> None:
        self.path = ""
        self.places = Places(Span(""), {}, {})
        self._text = ET.tostring(article, encoding="unicode")

    def chunks(self) -> Iterator[str]:
        """The whole of it."""
        yield self._text


def parse_article(article: ET.Element) -> PubmedRecord:
    """The record of a `PubmedArticle` or `PubmedBookArticle`; what is missing or empty is left out."""
    outcome = next(iter_pubmed_xml(_Written(article)), None)
    pmid = _pmid(article)
    reference = outcome.reference if isinstance(outcome, Record) else _nothing(pmid)
    corrections = article.findall("MedlineCitation/CommentsCorrectionsList/CommentsCorrections")
    notices = [notice for each in corrections for notice in _iter_notices(each)]
    notices += [
        Notice(KINDS_BY_TYPE[kind], sources=("pubmed",))
        for kind in reference.publication_types
        if kind in KINDS_BY_TYPE
    ]
    notices += notices_of_title(reference.title, "pubmed")
    about = [each.findtext("PMID", "").strip() for each in corrections if each.get("RefType") in ABOUT]
    return PubmedRecord(
        pmid=pmid,
        doi=reference.DOI,
        reference=reference,
        years=_years(article, reference),
        notices=tuple(merge_notices(notices)),
        notice_about=tuple(pmid for pmid in about if PMID.fullmatch(pmid)),
    )


def _years(article: ET.Element, reference: Reference) -> frozenset[int]:
    """Of the issue, of the article online, and of the dates of publication in its history."""
    history = article.iterfind("PubmedData/History/PubMedPubDate")
    dates = [date for date in history if date.get("PubStatus") in APPEARED]
    dates += article.iterfind("MedlineCitation/Article/ArticleDate")
    written = [date.findtext("Year", "").strip() for date in dates]
    years = {int(year) for year in written if YEAR.fullmatch(year)}
    return frozenset(years | ({reference.issued.year} if reference.issued else set()))


def _nothing(pmid: str) -> Reference:
    """A record of which only the number can be read."""
    return Reference(citation_key="", type="document", PMID=pmid, path="", places=Places(Span(""), {}, {}))


def _iter_notices(correction: ET.Element) -> Iterator[Notice]:
    """Of `<CommentsCorrections RefType="RetractionIn">`: a source such as `Lancet. 2010 Feb 6;375:445`, and a PMID."""
    kind = KINDS.get(correction.get("RefType", ""))
    if kind is None:
        return
    source, pmid = correction.findtext("RefSource", ""), correction.findtext("PMID", "").strip()
    doi = DOI_WITHIN.search(source)
    yield Notice(kind, _date(source), doi[0] if doi else "", pmid if PMID.fullmatch(pmid) else "", ("pubmed",))


def _date(source: str) -> str:
    match = DATE.search(source)
    if match is None:
        return ""
    year, month, day = match.groups()
    parts = [year]
    if month:
        parts.append(f"{MONTHS.index(month) + 1:02d}")
        if day and 1 <= int(day) <= 31:  # noqa: PLR2004 - days of a month
            parts.append(f"{int(day):02d}")
    return "-".join(parts)
