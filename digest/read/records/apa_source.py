"""Title and source as APA 7 prints them, to fields: `Title. Journal, 12(3), 45–67.`, `Title. In A. Editor (Ed.), Book`.

Takes the text behind the year, without DOI and address; gives fields of a `Reference`. Never raises; guesses as little
as it can: where nothing tells a journal from a publisher, the patterns of chapter 10 of the manual decide.
"""

import re
from itertools import islice
from typing import Any

from digest.read.records.apa_people import parse_people_in_order
from digest.read.records.text import full_pages

PAGE = r"[A-Za-z]{0,2}\d[\w.]{0,9}"
PAGES = rf"{PAGE}(?:\s*[-–—]+\s*{PAGE})?"
WHERE = re.compile(
    rf",\s*(?:Vol(?:ume|\.)?\s*)?(?P<volume>[A-Za-z]?\d{{1,5}}(?:[–/-]\d+)?[A-Za-z]?|[IVXLC]+)?"
    rf"(?:\s*\((?P<issue>[^()]{{1,40}})\)|,?\s+(?:No\.|Issue)\s*(?P<number>\d+))?"
    rf"(?:\s*[,:;]\s*(?P<where>(?:pp?\.\s*)?{PAGES}(?:,\s*{PAGES})*|(?:Article|Art\.)\s+(?:No\.\s*)?\S+))?\s*$"
)
"""Volume, issue and pages at the end of an article's reference."""
WHERE_WITHOUT_COMMA = re.compile(
    rf"[\s;]\s*(?P<volume>\d{{1,4}})\s*(?:\((?P<issue>[^()]{{1,40}})\))?\s*:\s*(?P<where>{PAGES})\s*$"
)
"""`J Clin Psychol 75(3):1-10`, which is not APA's way, but what people paste."""
ARTICLE_ALONE = re.compile(r",\s*(?:Article|Art\.)\s+(?:No\.\s*)?(?P<where>\S+)\s*$")
ONLY_PAGES = re.compile(r"(\d+)\s*[–-]\s*(\d+)")
DOUBLE_VOLUME = 1
"""Two volumes in one are `199–200`; whatever lies further apart is pages."""
PLACE = re.compile(r"(?P<place>[^\W\d_a-z][^:()]{1,40}):\s+(?P<publisher>\S.*)")
"""`New York, NY: Guilford Press`, as APA had it up to its sixth edition."""
JOURNAL_WORD = re.compile(
    r"\b(?:Journal|Annals|Archives|Bulletin|Review|Reviews|Quarterly|Annual|Psychology|Psychotherapy|Psychiatry|"
    r"Psychologist|Medicine|Methods|Assessment|Research|Science|Sciences|Therapy|Letters|Proceedings|Trials)\b"
)
PUBLISHER_WORD = re.compile(
    r"(?i)\b(?:press|publish\w+|publications?|books|university|universit\w+|inc|ltd|wiley|springer|elsevier|guilford|"
    r"routledge|association|society|institute|verlag|foundation|department|ministry|council|cent(?:er|re)|office)\b"
)
ARTICLE = re.compile(r"(?:Article|Art\.)\s+(?:No\.\s*)?(\S+)|([eE]\d+)")
SENTENCE = re.compile(r"[.?!…][\"”’')\]]*\s+(?=[^\s\d(a-z])|[)\]]\.\s+(?=[^\s\d(])")
ABBREVIATION = re.compile(
    r"(?:\b[^\W\d_a-z]|\b(?:Acad|Am|Ann|Appl|Arch|Aust|Behav|Br|Bull|Can|Clin|Cogn|Commun|Consult|Couns|Dev|Dis|Educ|"
    r"Epidemiol|Eur|Exp|Fam|Gen|Health|Hum|Int|Med|Ment|Nat|Neurosci|Nurs|Pers|Proc|Psychiatr|Psychiatry|Psychoanal|"
    r"Psychol|Psychother|Public|Res|Rev|Sci|Soc|Stud|Syst|Ther|U\.S|U\.K|vs|St|Dr|Vol|No|ed))\.\s+$"
)
IN = re.compile(r"(?<=[.?!\"”’'\])])\s+In(?::\s*|\s+)")
MOST_INS = 5
EDITORS = re.compile(r"(?P<editors>[^()]{2,400}?)\s*\((?:Eds?|Chairs?|Hrsg|Editors?)\.?\),?\s*(?P<book>.+)")
BOOK_WITH_PAGES = re.compile(r"(?P<book>[^()]{3,300}\([^()]*\bpp?\..+)")
LONGEST_ABBREVIATION = 20
ASIDE = re.compile(r"\s*\((?P<aside>[^()]*)\)\s*")
EDITION = re.compile(r"\b(\w+(?:\s+rev\.)?)\s+ed(?:ition|n)?\.|(rev\.) ed\.", re.IGNORECASE)
VOLUME = re.compile(r"\bvols?\.\s*([\w–-]+)", re.IGNORECASE)
PAGES_OF_A_PART = re.compile(rf"\bpp?\.\s*({PAGES}(?:,\s*{PAGES})*)", re.IGNORECASE)
SAYS_WHERE = re.compile(rf"{PAGES_OF_A_PART.pattern}|{EDITION.pattern}|{VOLUME.pattern}", re.IGNORECASE)
CHAPTER_NUMBER = re.compile(r"(?i)[.,]?\s*\bchapter \d+\.?$")
VERSION = re.compile(r"(?i)\bversion\s+([^\s,;)]+)")
PROCEEDINGS = re.compile(r"(?i)(?:\S+\s+){0,3}(?:proceedings|conference|congress|symposium|workshop|annual meeting)\b")
TRANSLATORS = re.compile(r"(.{2,200}?),\s*Trans\.?")
NUMBER = re.compile(r"\bNo\.\s*([^\s,;)]+)")
BRACKETS = re.compile(r"\s*\[(?P<what>[^\[\]]+)\]$")
DESCRIPTIONS = (
    (re.compile(r"(?i)dissertation|thesis"), "thesis"),
    (re.compile(r"(?i)preprint"), "article"),
    (re.compile(r"(?i)data ?set|database"), "dataset"),
    (re.compile(r"(?i)software|mobile app|source code|computer program"), "software"),
    (re.compile(r"(?i)presentation|conference|symposium|poster|keynote|session"), "speech"),
    (re.compile(r"(?i)manuscript"), "manuscript"),
    (re.compile(r"(?i)video|film|webinar|tv |television|documentary"), "motion_picture"),
    (re.compile(r"(?i)podcast|audio|song|album"), "song"),
    (re.compile(r"(?i)tweet|\bpost|facebook"), "post"),
    (re.compile(r"(?i)fact sheet|brochure|pamphlet"), "pamphlet"),
    (re.compile(r"(?i)press release|white paper|working paper|policy brief"), "report"),
    (re.compile(r"(?i)editorial|letter|comment|review of|special (?:issue|section)|abstract|erratum|interview"), ""),
)
"""What stands in brackets behind a title that is no translation of it, and the CSL type that it means."""
PREPRINT_SERVERS = re.compile(
    r"(?i)(?:(?:psy|soc|ed)?a|med|bio)r[xχ]iv(?: preprint)?|osf(?: preprints)?|ssrn|research square|preprints\.org"
)

Fields = dict[str, Any]


def parse_source(text: str, *, advance: bool, online: bool) -> Fields:
    """The fields that title and source say; without `title` there was none.

    `advance` says that the reference is of an advance online publication, `online` that it has an address and no DOI.
    """
    text = text.strip(" .,;")
    for where in islice(IN.finditer(text), MOST_INS):
        for pattern in (EDITORS, BOOK_WITH_PAGES):
            if match := pattern.match(text, where.end()):
                return _chapter(text[: where.start()], **match.groupdict())
    match = WHERE.search(text) or WHERE_WITHOUT_COMMA.search(text) or ARTICLE_ALONE.search(text)
    if match and any(match.groups()):
        before = text[: match.start()]
        return _article(*(split_sentence(before) or ("", before)), match.groupdict())
    title, source = split_sentence(text) or (text, "")
    if advance and source:
        return {**_titled(title), "type": "article-journal", "container_title": source}
    return _work_alone(title, source, online=online)


def split_sentence(text: str) -> tuple[str, str] | None:
    """What stands before and behind the last end of a sentence that is no abbreviation."""
    ends = [match.end() for match in SENTENCE.finditer(text)]
    for end in reversed(ends):
        if not ABBREVIATION.search(text[max(0, end - LONGEST_ABBREVIATION) : end]):
            return text[:end].strip(), text[end:].strip()
    return (text[: ends[0]].strip(), text[ends[0] :].strip()) if ends else None


def _article(title: str, journal: str, where: dict[str, str | None]) -> Fields:
    place, volume = (where["where"] or "").rstrip("."), where.get("volume") or ""
    issue = where.get("issue") or where.get("number") or ""
    pages = ONLY_PAGES.fullmatch(volume)
    if pages and not (place or issue) and int(pages[2]) - int(pages[1]) > DOUBLE_VOLUME:
        place, volume = volume, ""
    article = ARTICLE.fullmatch(place)
    number = (article[1] or article[2]) if article else "" if "volume" in where else place
    return {
        **_titled(title),
        "type": "article-journal",
        "container_title": journal,
        "volume": volume,
        "issue": issue,
        "page": "" if number else full_pages(place),
        "number": number,
    }


def _chapter(title: str, book: str, editors: str = "") -> Fields:
    whole, source = _split_book(book)
    return {
        **_titled(title),
        "type": "chapter",
        "editor": parse_people_in_order(editors),
        **_asides(whole, "container_title"),
        **_published(source),
    }


def _split_book(text: str) -> tuple[str, str]:
    """A book with what stands in parentheses behind it, and its publisher."""
    text = CHAPTER_NUMBER.sub("", text)
    end = max((match.end() for match in ASIDE.finditer(text) if SAYS_WHERE.search(match[0])), default=0)
    if end:
        return text[:end].strip(), text[end:].strip(" .")
    return split_sentence(text) or (text, "")


def _asides(text: str, field: str) -> Fields:
    """A title without `(2nd ed., Vol. 3, pp. 4–5)`, and what that says."""
    fields: Fields = {}
    for match in ASIDE.finditer(text):
        aside = match["aside"]
        if people := TRANSLATORS.fullmatch(aside):
            fields["translator"] = parse_people_in_order(people[1])
            text = text.replace(match[0], " ", 1)
            continue
        found = {
            "edition": next((m[1] or m[2] for m in [EDITION.search(aside)] if m), ""),
            "volume": next((m[1] for m in [VOLUME.search(aside)] if m), ""),
            "page": next((full_pages(m[1]) for m in [PAGES_OF_A_PART.search(aside)] if m), ""),
            "number": next((m[1] for m in [NUMBER.search(aside)] if m), ""),
            "version": next((m[1] for m in [VERSION.search(aside)] if m), ""),
        }
        if any(found.values()):
            fields |= {name: value for name, value in found.items() if value}
            text = text.replace(match[0], " ", 1)
    return {field: " ".join(text.split()).rstrip(" .,"), **fields}


def _titled(title: str) -> Fields:
    """A title, and what stands in brackets behind it: a description, or a translation."""
    title = title.strip()
    bare = title.removesuffix(".") if not title.endswith("..") else title
    match = BRACKETS.search(bare)
    if match is None or match.start() == 0:
        return {"title": bare}
    what, before = match["what"], bare[: match.start()]
    for pattern, kind in DESCRIPTIONS:
        if pattern.search(what):
            return {"title": before.removesuffix("."), "genre": what, "kind": kind}
    return {"title": what, "original_title": before}


def _work_alone(title: str, source: str, *, online: bool) -> Fields:
    """A book, report, thesis, preprint, page of the web: what is no part of anything."""
    fields = _asides(title, "title")
    fields |= _titled(fields["title"])
    kind = fields.pop("kind", "")
    genre = fields.get("genre", "")
    if kind == "thesis":
        genre, _, university = genre.partition(", ")
        return {**fields, "type": "thesis", "genre": genre, "publisher": university or source}
    if not kind and PREPRINT_SERVERS.fullmatch(source):
        return {**fields, "type": "article", "genre": genre or "Preprint", "publisher": source}
    kind = kind or _kind(fields, source, online=online)
    stands_in = kind in {"article-journal", "paper-conference", "webpage"}
    return {**fields, "type": kind, **({"container_title": source} if stands_in else _published(source))}


def _kind(fields: Fields, source: str, *, online: bool) -> str:
    """The type of a work that does not say what it is."""
    if fields.get("version"):
        return "software"
    if PROCEEDINGS.match(source):
        return "paper-conference"
    if fields.get("number"):
        return "report"
    if fields.get("edition") or fields.get("volume"):
        return "book"
    if JOURNAL_WORD.search(source) and not PUBLISHER_WORD.search(source):
        return "article-journal"
    return "webpage" if online else "book" if source else "document"


def _published(source: str) -> Fields:
    if match := PLACE.fullmatch(source):
        return {"publisher": match["publisher"], "publisher_place": match["place"]}
    return {"publisher": source}
