"""What stands in the newsletter of an edition, before it is HTML or plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.cite.links import doi_address, find_address
from digest.export.xml import FORBIDDEN
from digest.link import Standing
from digest.model.configuration import Configuration
from digest.model.entry import Edition, Entry
from digest.model.lookup import has_scheme
from digest.model.recruitment import closing_day, is_open
from digest.model.study import Study
from digest.pages import Site
from digest.pages.abroad import absolute, send_abroad, without_images
from digest.pages.addresses import is_web_address, mail_link
from digest.pages.mistakes import report_link
from digest.pages.words import say_day, say_list, say_month

IMPLICATIONS_LEVEL = 3
"""Headings within the practice implications come below this level."""
MARK = re.compile(r"[*%\[{|][^\s\"'<>():]+[*%\]}|]")
"""What a sending service puts an address in place of: `*|UNSUB|*`, `{{unsubscribe}}`, `[unsubscribe]`, `%leave%`."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One entry in it."""

    title: str
    address: str
    types: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    """What is wrong with the article or was wrong with the summary: a word for it, and a sentence."""
    takeaway: str
    implications_heading: str
    implications: str
    """HTML, its links whole and without pictures."""
    work: str
    """Address of the article."""


@dataclass(frozen=True, slots=True)
class Call:
    """One study that looks for participants."""

    title: str
    address: str
    facts: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A newsletter."""

    month: str
    language: str
    digest_title: str
    heading: str
    subject: str
    edition_address: str
    web_address: str
    introduction: str
    """HTML, as `implications`."""
    summaries: tuple[Summary, ...]
    studies: tuple[Call, ...]
    footer: tuple[tuple[str, str], ...]
    """Words, and where they lead, if anywhere; the way to leave among them."""
    leave: str
    """Address at which one leaves, if there is one."""
    contact: str


def contents_of(site: Site, edition: Edition) -> Contents:
    """The newsletter of an edition, on the site's day: it decides which studies are open."""
    configuration = site.library.configuration
    month = say_month(edition.month)
    site_url = configuration.site.site_url
    leave = leave_link(configuration.digest.newsletter.leave)
    introduction = str(site.bodies.document(edition)) if edition.body is not None else ""
    web_address = absolute(f"/newsletter/{edition.month}.html", site_url)
    return Contents(
        month=edition.month,
        language=configuration.digest.language,
        digest_title=one_line(configuration.title),
        heading=one_line(f"{edition.title} ({month})" if edition.title else month),
        subject=one_line(f"{configuration.title}: {edition.title or month}"),
        edition_address=absolute(edition.permalink, site_url),
        web_address=web_address,
        introduction=_for_mail(introduction, edition.permalink, site_url),
        summaries=tuple(_summary(site, entry) for entry in site.links.entries_of_edition(edition.month)),
        studies=tuple(_call(study, site_url) for study in site.library.studies if is_open(study, site.today)),
        footer=tuple(_iter_footer(configuration, web_address, leave)),
        leave=leave,
        contact=configuration.digest.contact if mail_link(configuration.digest.contact) else "",
    )


def one_line(text: str) -> str:
    """Text for a heading or a header: no line break, nothing that XML cannot hold."""
    return " ".join(FORBIDDEN.sub("\ufffd", text).split())


def leave_link(written: str) -> str:
    """Where one leaves: a web address, an e-mail, or the mark of a sending service; nothing for other words."""
    if is_web_address(written) or (MARK.fullmatch(written) and not has_scheme(written)):
        return written
    return mail_link(written.removeprefix("mailto:"), "Please take me off the list")


def _summary(site: Site, entry: Entry) -> Summary:
    links, site_url = site.links, site.library.configuration.site.site_url
    body = site.bodies.entry(entry)
    standing, references = links.standing(entry), links.references_of(entry)
    notes = [(f"Correction, {say_day(each.date)}", one_line(each.note)) for each in entry.corrections]
    if standing.label:
        notes.insert(0, (standing.label, _say_notice(standing)))
    implications = str(site.bodies.excerpt(entry, IMPLICATIONS_LEVEL)) if body.implications else ""
    return Summary(
        title=one_line(entry.title),
        address=absolute(entry.permalink, site_url),
        types=tuple(one_line(kind.label) for kind in links.types_of(entry)),
        notes=tuple(notes),
        takeaway=one_line(entry.takeaway),
        implications_heading=one_line(body.implications_heading),
        implications=_for_mail(implications, entry.permalink, site_url),
        work=find_address(references[0]) if references else "",
    )


def _say_notice(standing: Standing) -> str:
    """What became of the article, in the words of the summary's page."""
    notice = standing.retraction or standing.concern
    if notice is None:
        return ""
    what = "was retracted" if standing.retraction else "carries an expression of concern"
    when = f" ({notice.date})" if notice.date else ""
    where = f", {doi_address(notice.doi)}" if notice.doi else ""
    advice = "Do not rely on its findings." if standing.retraction else "Read its findings with care."
    return one_line(f"The article {what}{when}. Source: {notice.source or 'the publisher'}{where}. {advice}")


def _for_mail(html: str, permalink: str, site_url: str) -> str:
    return FORBIDDEN.sub("\ufffd", without_images(send_abroad(html, permalink, site_url)))


def _call(study: Study, site_url: str) -> Call:
    closes = closing_day(study)
    audience = f" For {say_list(study.audiences)}." if study.audiences else ""
    until = f" until {say_day(closes)}" if closes else ""
    facts = f"Looking for participants{until}.{audience} Its page says whether it still does."
    return Call(one_line(study.title), absolute(study.permalink, site_url), one_line(facts))


def _iter_footer(configuration: Configuration, web_address: str, leave: str) -> Iterator[tuple[str, str]]:
    digest, site_url = configuration.digest, configuration.site.site_url
    yield "Read this edition in a browser", web_address
    subscribe = digest.subscribe
    if is_web_address(subscribe) or mail_link(subscribe.removeprefix("mailto:")):
        yield "Was this passed on to you? Subscribe", subscribe
    yield "Other ways to follow", absolute("/follow/", site_url)
    if report := report_link(configuration):
        yield "Report a mistake", report
    if digest.licence:
        licence = f"The summaries may be shared under {digest.licence}"
        yield one_line(licence), digest.licence_url if is_web_address(digest.licence_url) else ""
    yield "Made without pictures, and without anything that counts who reads it.", ""
    if leave:
        yield "Leave this newsletter", leave
    else:
        how = one_line(digest.newsletter.leave) or "answer this e-mail and say so"
        yield f"To leave this newsletter: {how}.", ""
    if digest.newsletter.sender:
        yield one_line(f"Sent by {digest.newsletter.sender}"), ""
