"""Entries and open studies to items: which there are for a list, in which order, and what each holds."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from heapq import nsmallest

from markupsafe import Markup

from digest.cite.links import find_address
from digest.export.feeds.feed import Candidate, Item, Publisher, Tag
from digest.export.feeds.ids import lasting_address
from digest.link import Standing
from digest.model.entry import Entry
from digest.model.recruitment import closing_day, is_open
from digest.model.study import Study
from digest.model.vocabulary import ResearchType, Topic
from digest.pages import Site
from digest.pages.abroad import absolute, send_abroad
from digest.pages.bodies import EntryBody
from digest.pages.frame import fill_template
from digest.pages.mistakes import report_link
from digest.pages.words import say_day, say_list, shorten

DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
Thing = Entry | Study


class Items:
    """What may stand in the feeds of one site; each thing is made once, however many feeds show it."""

    def __init__(self, site: Site, publisher: Publisher) -> None:
        self._site = site
        self._links = site.links
        self._publisher = publisher
        self._entries: dict[str, Item] = {}

    @cached_property
    def open_studies(self) -> Sequence[Study]:
        """The studies that look for participants on the site's day: closed ones are not announced."""
        return [study for study in self._site.library.studies if is_open(study, self._site.today)]

    @cached_property
    def _changed_later(self) -> Mapping[str, datetime.date]:
        """The day of the last change that readers should see, by path of those entries that had one."""
        known = self._links.library.status.references
        noticed = {key for key, status in known.items() if status.notices}
        return {
            entry.path: last_change(entry, self._links.standing(entry))
            for entry in self._links.entries
            if entry.corrections or not noticed.isdisjoint(entry.citations)
        }

    def _changed(self, entry: Entry) -> datetime.date:
        return self._changed_later.get(entry.path, entry.published)

    def newest(self, entries: Iterable[Entry], studies: Iterable[Study] = ()) -> list[Candidate]:
        """The entries changed last, as many as a feed holds, and these studies; whatever changed last comes first.

        A correction or a retraction brings an old summary back: who has read it is to learn of that.
        """
        most = self._site.library.configuration.digest.lengths.feed_entries
        chosen = nsmallest(most, entries, key=lambda entry: (-self._changed(entry).toordinal(), entry.path))
        found = [*map(self._entry, chosen), *map(self._study, studies)]
        return sorted(found, key=lambda each: (-(each.updated or datetime.date.min).toordinal(), each.key))

    def everything(self) -> list[Candidate]:
        """What the digest has."""
        return self.newest(self._links.entries, self.open_studies)

    def studies(self) -> list[Candidate]:
        """The open studies alone."""
        return self.newest((), self.open_studies)

    def on_topic(self, topic_id: str) -> list[Candidate]:
        """What belongs to a topic."""
        studies = (study for study in self.open_studies if topic_id in study.topics)
        return self.newest(self._links.entries_on_topic(topic_id), studies)

    def of_type(self, type_id: str) -> list[Candidate]:
        """What is of a type of research."""
        return self.newest(self._links.entries_of_research_type(type_id))

    def in_module(self, slug: str) -> list[Candidate]:
        """What a training module reads, and the studies that belong to it."""
        read = [placed.entry for placed in self._links.readings[slug] if placed.entry]
        named = [entry for entry in self._links.entries if slug in entry.training]
        entries = {entry.path: entry for entry in (*read, *named)}.values()
        return self.newest(entries, (study for study in self.open_studies if slug in study.training))

    def _entry(self, entry: Entry) -> Candidate:
        return Candidate(entry.path, self._changed(entry), entry.published, partial(self._make_entry, entry))

    def _study(self, study: Study) -> Candidate:
        first, last = days_of_study(study)
        return Candidate(study.path, last, first, partial(self._make_study, study))

    def _make_entry(self, entry: Entry) -> Item:
        # Asked for each time, since a build notes which file shows which body.
        body = self._site.bodies.entry(entry)
        if entry.path not in self._entries:
            self._entries[entry.path] = self._item_of_entry(entry, body)
        return self._entries[entry.path]

    def _item_of_entry(self, entry: Entry, body: EntryBody) -> Item:
        links, publisher = self._links, self._publisher
        standing, references = links.standing(entry), links.references_of(entry)
        return Item(
            id=absolute(lasting_address(links.library.permalinks, entry.permalink, entry.aliases), publisher.id_url),
            url=absolute(entry.permalink, publisher.site_url),
            title=_one_line(f"{standing.label}: {entry.title}" if standing.label else entry.title),
            summary=_one_line(entry.takeaway),
            content=self._content_of_entry(entry, body, standing),
            published=entry.published,
            updated=self._changed(entry),
            as_of=self._changed(entry),
            authors=entry.authors or publisher.authors,
            tags=self._tags([*links.topics_of(entry), *links.types_of(entry)]),
            about=find_address(references[0]) if references else "",
        )

    def _content_of_entry(self, entry: Entry, body: EntryBody, standing: Standing) -> str:
        html = fill_template(
            "_feed-entry",
            entry=entry,
            body=body,
            standing=standing,
            references=[Markup(self._links.apa(each).html) for each in self._links.references_of(entry)],  # noqa: S704 - cite/ escapes every field
            report=report_link(self._site.library.configuration, entry),
        )
        return send_abroad(html, entry.permalink, self._publisher.site_url).strip()

    def _make_study(self, study: Study) -> Item:
        publisher = self._publisher
        first, last = days_of_study(study)
        closes = closing_day(study)
        body = self._site.bodies.document(study)
        html = fill_template("_feed-study", study=study, body=body, closes=closes)
        until = f" until {say_day(closes)}" if closes else ""
        audience = f", for {say_list(study.audiences)}" if study.audiences else ""
        known = self._links.lookup.topics
        return Item(
            id=absolute(
                lasting_address(self._links.library.permalinks, study.permalink, study.aliases), publisher.id_url
            ),
            url=absolute(study.permalink, publisher.site_url),
            title=_one_line(f"Take part: {study.title}"),
            summary=shorten(f"Looking for participants{until}{audience}."),
            content=send_abroad(html, study.permalink, publisher.site_url).strip(),
            published=first,
            updated=last,
            as_of=last or publisher.as_of,
            authors=publisher.authors,
            tags=self._tags([known[topic] for topic in dict.fromkeys(study.topics) if topic in known]),
        )

    def _tags(self, terms: Sequence[Topic | ResearchType]) -> tuple[Tag, ...]:
        return tuple(Tag(term.label, absolute(term.permalink, self._publisher.site_url)) for term in terms)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def last_change(entry: Entry, standing: Standing) -> datetime.date:
    """When a reader should look again: the entry's day, its last correction, a notice about the work it summarises."""
    notices = (standing.retraction, standing.concern, *standing.corrections)
    days = (_first_day(notice.date) for notice in notices if notice is not None)
    return max([entry.changed, *(day for day in days if day)])


def days_of_study(study: Study) -> tuple[datetime.date | None, datetime.date | None]:
    """When a study began to look for participants, and when what its page says was last stated; None if unknown."""
    opens = study.sign_up.opens if study.sign_up else None
    first = opens or next(_iter_record_days(study, "startDateStruct", "studyFirstPostDateStruct"), None)
    version = study.ethics.version_date if study.ethics else None
    stated = [*_iter_record_days(study, "lastUpdatePostDateStruct"), *([version] if version else [])]
    fetched = study.record.fetched if study.record else None
    return first, max([day for day in (first, *stated) if day], default=fetched)


def _iter_record_days(study: Study, *fields: str) -> Iterator[datetime.date]:
    """Days of the registry's record, of these fields of `protocolSection.statusModule`."""
    module: object = study.record.record if study.record else {}
    for name in ("protocolSection", "statusModule"):
        module = module.get(name) if isinstance(module, dict) else None
    for field in fields:
        struct = module.get(field) if isinstance(module, dict) else None
        written = struct.get("date") if isinstance(struct, dict) else None
        day = _first_day(written) if isinstance(written, str) else None
        if day:
            yield day


def _first_day(written: str) -> datetime.date | None:
    """`2010-02-06`, or the first day of `2010-02` or `2010`."""
    match = DAY.fullmatch(written)
    try:
        return datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None
    except ValueError:
        return None
