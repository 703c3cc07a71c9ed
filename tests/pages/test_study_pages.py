"""What a recruitment page says: everything the record has, and a way to sign up only while all agree."""

import datetime
import html
import itertools
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.markup import parse_body
from digest.model.configuration import Configuration, DigestSettings, SiteSettings
from digest.model.poster_text import poster_text, who_can_take_part
from digest.model.study import (
    Contact,
    CriterionKind,
    Ethics,
    PlainArm,
    PlainCriterion,
    Poster,
    RecruitmentStatus,
    RegistryRecord,
    SignUp,
)
from digest.model.training import TrainingModuleFields
from digest.pages.page import Page
from digest.pages.site import plan_site
from digest.pages.study_check import checklists
from digest.read.registry_record import parse_listing
from digest.read.registry_text import unescape
from digest.read.registry_words import say_code
from tests.builders import make_entry, make_library, make_study, places
from tests.trials import NUMBER, SCRIPT, make_record, places_in, replaced

DAY = datetime.date(2026, 6, 15)
RECRUITING = RecruitmentStatus.RECRUITING
FORM = "https://forms.example.org/mulch"
RECORD = make_record()
STATUS = ("protocolSection", "statusModule")
TEXTS = [key for key in places_in(RECORD) if not isinstance(key[-1], int)]
CLASS = re.compile(r'class="([^"]*)"')


def read(record, number=NUMBER):
    """As it comes from studies/registry/."""
    return RegistryRecord(
        nct_id=number,
        path=f"studies/registry/{number}.json",
        record=record,
        listing=parse_listing(record)[0],
        fetched=datetime.date(2026, 6, 1),
        source=f"https://clinicaltrials.gov/api/v2/studies/{number}",
        kind="api",
    )


def site_of(*studies, day=DAY, hosts=("forms.example.org",), **content):
    configuration = Configuration(
        site=SiteSettings(site_name="Garden", site_url="https://garden.example.org/"),
        digest=DigestSettings(authors=("Garden",), sign_up_hosts=hosts, time_zone="America/Toronto"),
        places=places("mkdocs.yml"),
    )
    library = make_library(configuration=configuration, studies=studies, **content)
    return {planned.address: planned for planned in plan_site(library, day).plan}


def page_of(study, day=DAY, **content) -> Page:
    page: Page = site_of(study, day=day, **content)[study.permalink].render()
    return page


def make_trial(record=None, **fields):
    return make_study("mulch", read(record or RECORD), registry=NUMBER, **{"status": RECRUITING, **fields})


def text_of(page):
    return " ".join(html.unescape(re.sub(r"<script>.*?</script>|<[^>]+>", " ", page.body, flags=re.DOTALL)).split())


def signs_up(page):
    return 'class="button sign-up"' in page.body


def leaves(value):
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)
    elif not isinstance(value, bool):
        yield str(value)


def test_everything_that_the_record_has_stands_on_the_page():
    """Every value, as it is or in the words that stand for a code."""
    found = text_of(page_of(make_trial())).casefold()
    dates = {"2026-04", "2026-05-01", "2026-09-30", "2026-12", "2026-03-02", "2026-04-17"}
    said = {"18 Years": "18 to 80 years", "80 Years": "18 to 80 years", "1240": "1240 participants"}
    for leaf in leaves(RECORD):
        if leaf in dates or "Criteria:" in leaf or "\n" in leaf:
            continue
        forms = {leaf, say_code(leaf), unescape(leaf), said.get(leaf, leaf)}
        assert any(" ".join(form.split()).casefold() in found for form in forms), leaf
    for words in (
        "1 May 2026 (Actual)",
        "30 September 2026",
        "December 2026",
        "Two beds of >= 4 m2",
        "straw bare soil",
    ):
        assert words.casefold() in found


def test_fields_stand_in_the_order_of_a_listing():
    found = text_of(page_of(make_trial()))
    found = found[found.index("What the registry says") :]
    order = (
        *("Status", "Conditions", "Treatments", "Study type", "Funder", "Identifiers", "About", "Enrolment", "Sex"),
        *("Ages", "Healthy participants", "Inclusion Criteria", "Exclusion Criteria", "Primary purpose", "Allocation"),
        *("Interventional model", "Masking", "Groups", "Gets:", "Locations", "Contacts", "Dates", "The record"),
        *("Source", "clinicaltrials.gov", "As of", "1 June 2026"),
    )
    at = 0
    for name in order:
        at = found.index(name, at)


def test_whoever_wants_to_ask_finds_whom_before_the_listing_too():
    """The study team's contacts, else those of the record, and who approved the study."""
    own = make_trial(contacts=(Contact(name="Fern"),), ethics=Ethics(board="Board of the Gardens"))
    for study, name in ((own, "The study team: Fern"), (make_trial(), "Contact Garden office")):
        text = text_of(page_of(study))
        early = text[text.index("Who answers questions") : text.index("What the registry says")]
        assert name in early
    assert "Board of the Gardens" in text_of(page_of(own))
    alone = make_study("mulch", status=RECRUITING, ethics=Ethics(board="Board of the Gardens"))
    assert "Who approved the study Ethics board Board of the Gardens" in text_of(page_of(alone))


def test_documents_and_annotations_of_a_record_are_told_too():
    """Results are not: they have pages of their own in the registry."""
    record = RECORD | {
        "documentSection": {"largeDocumentModule": {"largeDocs": [{"label": "Protocol of the beds"}]}},
        "annotationSection": {"annotationModule": {"violationAnnotation": {"note": "Watered at noon"}}},
        "resultsSection": {"moreInfoModule": {"limitations": "Rain"}},
        "hasResults": True,
    }
    text = text_of(page_of(make_trial(record)))
    assert "Protocol of the beds" in text
    assert "Watered at noon" in text
    assert "Has results yes" in text
    assert "Rain" not in text


def test_a_heading_with_nothing_below_it_says_that_nobody_has_told_us():
    """Silence would read as if there were no risks."""
    text = "Text.\n\n## Risks\n\n## Privacy\n\nNobody reads it.\n\n## How to leave\n"
    study = replace(make_trial(), body=parse_body(text, path="studies/mulch.md"))
    told = "Nobody has told us. Ask the study team before you decide."
    found = text_of(page_of(study))
    assert f"Risks {told} Privacy Nobody reads it. How to leave {told}" in found
    closed = text_of(page_of(replace(study, status=RecruitmentStatus.COMPLETED)))
    assert "Risks Nobody has told us. Privacy" in closed


def test_an_observational_study_says_so():
    design = {
        "studyType": "OBSERVATIONAL",
        "designInfo": {"observationalModel": "COHORT", "timePerspective": "PROSPECTIVE"},
    }
    people = {"studyPopulation": "Gardeners of one town", "samplingMethod": "NON_PROBABILITY_SAMPLE"}
    page = page_of(make_trial(make_record(designModule=design, eligibilityModule=people)))
    for words in ("Observational model Cohort", "Time perspective Prospective", "Gardeners of one town"):
        assert words in text_of(page)
    assert '"MedicalObservationalStudy"' in page.head


@pytest.mark.parametrize("status", RecruitmentStatus)
@pytest.mark.parametrize("whose", ["page", "record"])
def test_only_a_recruiting_study_has_a_sign_up_and_every_other_says_why_not(status, whose):
    fields = {"status": status if whose == "page" else RECRUITING}
    said = status if whose == "record" else RECRUITING
    record = replaced(RECORD, (*STATUS, "overallStatus"), str(said))
    page = page_of(make_trial(record, sign_up=SignUp(url=FORM), **fields))
    assert signs_up(page) == (status is RECRUITING)
    assert ('class="status status-open"' in page.body) == (status is RECRUITING)
    if status is RecruitmentStatus.ENROLLING_BY_INVITATION:
        assert "only people whom the study team invites" in text_of(page)
    if status is RecruitmentStatus.NOT_YET_RECRUITING:
        assert "does not take participants yet" in text_of(page)


@pytest.mark.parametrize(
    ("day", "opens", "closes", "expected"),
    [
        ("2026-04-30", "2026-05-01", "2026-06-30", False),
        ("2026-05-01", "2026-05-01", "2026-06-30", True),
        ("2026-06-30", "2026-05-01", "2026-06-30", True),
        ("2026-07-01", "2026-05-01", "2026-06-30", False),
        ("2026-09-30", None, None, True),
        ("2026-10-01", None, None, False),
        ("2026-12-31", None, "2026-12-31", True),
    ],
)
def test_on_each_side_of_its_days_a_study_is_announced_or_not(day, opens, closes, expected):
    """On its own page, on the list, at home, on entries and modules; its poster too."""
    first, last = (datetime.date.fromisoformat(text) if text else None for text in (opens, closes))
    sign_up = SignUp(email="trial@garden.example.org", opens=first, closes=last)
    study = make_trial(sign_up=sign_up, training=("soil",), title="A trial")
    entry = make_entry("straw", studies=("mulch",))
    module = _make_module()
    site = site_of(study, day=datetime.date.fromisoformat(day), entries=(entry,), modules=(module,))
    assert signs_up(site["/studies/mulch/"].render()) == expected
    assert ("<svg" in site["/studies/mulch/poster/"].render().body) == expected
    for address in ("/", entry.permalink, module.permalink):
        body = site[address].render().body
        assert ("Take part in research" in body) == expected, address
        assert ("data-closes" in body) == expected
    listed = text_of(site[module.permalink].render())
    assert bool(re.search("Studies A trial (Recruitment closed|Not yet recruiting)", listed)) == (not expected)
    listed = site["/studies/"].render().body
    assert listed.index("A trial") > listed.index("Not taking participants") or expected
    closed = text_of(site["/studies/mulch/"].render())
    if not expected and closes == "2026-06-30" and day > closes:
        assert "Recruitment closed on 30 June 2026, the day that the study team gave" in closed
    if day == "2026-10-01":
        assert "Recruitment closed on 30 September 2026, the day that the registry's record gives" in closed


def _make_module():
    from digest.model.training import TrainingModule

    fields = TrainingModuleFields(title="Soil", number=1)
    path = "training/soil.md"
    return TrainingModule(
        **vars(fields), path=path, slug="soil", body=parse_body("Text.\n", path=path), places=places(path)
    )


def test_a_closed_study_says_which_others_are_open():
    closed = make_study("closed", status=RecruitmentStatus.COMPLETED)
    other = make_study("other", status=RECRUITING, title="Another trial")
    page = site_of(closed, other)["/studies/closed/"].render()
    assert '<a href="../../studies/other/">Another trial</a>' in page.body
    assert "on which day recruitment closed is not known." in text_of(page)


def test_before_the_click_it_says_where_it_leads_who_sees_it_and_that_it_does_not_enrol():
    by_form = page_of(make_trial(sign_up=SignUp(url=FORM, seen_by="Two gardeners read it.")))
    by_mail = page_of(make_trial(sign_up=SignUp(email="trial@garden.example.org")))
    for page, leads, sees in (
        (by_form, "a form at forms.example.org", "Two gardeners read it."),
        (by_mail, "a message to trial@garden.example.org", "We do not know."),
    ):
        before = text_of(page)
        before = before[: before.index("Sign up at" if page is by_form else "Write to the study team")]
        assert leads in before
        assert sees in before
        assert "does not enrol you" in before
        assert "until 30 September 2026" in before


@pytest.mark.parametrize(
    "sign_up",
    [
        SignUp(url="http://forms.example.org/mulch"),
        SignUp(url="https://forms.example.net/mulch"),
        SignUp(url="https://forms.example.org@evil.example/"),
        SignUp(url="https://evil.example\\@forms.example.org/"),
        SignUp(url="javascript:alert(1)//forms.example.org"),
        SignUp(url="https://sub.forms.example.org/"),
        SignUp(email="not an address"),
        SignUp(email="a@b.example?cc=all@b.example"),
        SignUp(label="Click"),
    ],
)
def test_a_sign_up_that_no_visitor_should_follow_is_not_shown(sign_up):
    page = page_of(make_trial(sign_up=sign_up))
    assert not signs_up(page)
    assert "We do not know how to sign up" in text_of(page)


def test_an_address_of_e_mail_leads_to_nobody_but_itself():
    """`%2C` would be a comma to a program for e-mail, and what stands before it another recipient."""
    address = "other%40b.example%2Ctrial@garden.example.org"
    page = page_of(make_trial(sign_up=SignUp(email=address), contacts=(Contact(name="Office", email=address),)))
    assert page.body.count('href="mailto:other%2540b.example%252Ctrial@garden.example.org"') == 3
    assert "mailto:other%40" not in page.body


def test_a_host_may_stand_for_all_below_it():
    assert signs_up(
        page_of(make_trial(sign_up=SignUp(url="https://uni.forms.example.org/x")), hosts=("*.forms.example.org",))
    )


def test_no_class_but_that_of_the_link_speaks_of_signing_up():
    page = page_of(make_trial(sign_up=SignUp(url=FORM)))
    names = [name for found in CLASS.findall(page.body) for name in found.split() if "sign" in name]
    assert names == ["sign-up"]


def test_exact_and_plain_words_stand_side_by_side():
    study = make_trial(
        criteria=(
            PlainCriterion(plain="Your beds have room for a bath.", registry="Two beds of >="),
            PlainCriterion(plain="You have a pump.", registry="a pump"),
            PlainCriterion(plain="You like straw."),
        ),
        arms=(PlainArm(arm="Bare soil", plain="You do nothing."),),
        ages="Grown up",
    )
    text = text_of(page_of(study))
    for words in (
        "The registry: Two beds of >= 4 m2 In plain words: Your beds have room for a bath.",
        "In plain words: You have a pump.",
        "Besides, in plain words You like straw.",
        "Bare soil (No intervention) In plain words: You do nothing.",
        "Ages The registry: 18 to 80 years The study team: Grown up",
    ):
        assert words in text


def test_the_page_says_from_where_and_as_of_when_the_registrys_words_are():
    page = page_of(make_trial())
    assert f"come from its record {NUMBER}, as of 1 June 2026" in text_of(page)
    assert [asset.address for asset in page.assets] == [f"/studies/mulch/{NUMBER}.json"]


def test_two_audiences_are_two_paths():
    study = make_trial(
        audiences=("therapists", "clients"),
        criteria=(
            PlainCriterion(plain="You have a licence.", audiences=("therapists",)),
            PlainCriterion(plain="You are in therapy.", audiences=("clients",)),
            PlainCriterion(plain="You are a weed.", kind=CriterionKind.EXCLUSION, audiences=("weeds",)),
        ),
    )
    first, second = checklists(study)
    assert (first.audience, second.audience) == ("therapists", "clients")
    assert [each.statement for each in first.must][:2] == [
        "You have a licence.",
        "You are at least 18 years and at most 80 years old.",
    ]
    assert "You are in therapy." in [each.statement for each in second.must]
    for each in (first, second):
        assert "You are a weed." in [question.statement for question in each.must_not]
        assert "Use of a hose" in [question.statement for question in each.must_not]


def test_the_self_check_is_there_only_while_somebody_could_take_part():
    assert "data-check" in page_of(make_trial()).body
    assert "data-check" not in page_of(make_trial(status=RecruitmentStatus.COMPLETED)).body


def test_numbers_of_criteria_are_the_registrys():
    text = {"eligibilityCriteria": "Inclusion Criteria:\n\n3. beds, with\n\n   7. soil\n4. a well"}
    page = page_of(make_trial(make_record(eligibilityModule=text)))
    assert "3. beds, with" in text_of(page)
    assert '<ol><li value="7">soil</li></ol>' in page.body


def test_criteria_of_which_nobody_knows_which_way_they_count_are_not_asked_but_named():
    text = {"eligibilityCriteria": "Gardeners:\n\n* with a bed\n* with a well"}
    study = make_trial(make_record(eligibilityModule=text))
    assert checklists(study) == []
    study = make_trial(make_record(eligibilityModule={**text, "minimumAge": "18 Years"}))
    assert [each.statement for each in checklists(study)[0].must] == ["You are at least 18 years old."]
    assert "Read what else the record says of who can take part" in text_of(page_of(study))
    assert "with a well" in text_of(page_of(study))


def test_linked_data_tells_the_study():
    study = make_trial(sign_up=SignUp(url=FORM))
    node = _linked_data(page_of(study))
    assert node["@type"] == "MedicalTrial"
    assert node["status"] == "https://schema.org/Recruiting"
    assert node["healthCondition"] == [{"@type": "MedicalCondition", "name": "Drought"}]
    assert [each["name"] for each in node["sponsor"]] == ["Society of Gardens", "Wells & Co"]
    assert {"Straw", "Bare soil", "Strawing"} == {each["name"] for each in node["studySubject"]}
    assert "Long Bed" in node["studyLocation"][0]["name"]
    same = _linked_data(page_of(replace(study, title="Straw Against Thirst")))
    assert same["alternateName"] == ["A Trial of Straw on Beds That Are < 2 Years Old", "SAT"]
    assert "Eligibility: ages 18 to 80 years" in node["description"]
    later = _linked_data(page_of(study, day=datetime.date(2026, 10, 1)))
    assert later["status"] != node["status"]


def _linked_data(page):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.head, re.DOTALL)
    assert found
    return json.loads(found[1])["mainEntity"]


def test_a_poster_has_what_an_ethics_board_wants_to_see():
    study = make_trial(
        title="A trial of straw",
        poster=Poster(purpose="Does straw keep water?", tasks="You cover a bed.", time_and_place="A summer, at home."),
        ethics=Ethics(board="Board", statement="Cleared as file 17.", version_date=datetime.date(2026, 5, 4)),
        contacts=(Contact(name="Garden office", phone="555-0100"),),
        criteria=(PlainCriterion(plain="You have two beds."),),
    )
    poster = site_of(study)["/studies/mulch/poster/"].render()
    for words in (
        *("A trial of straw", "Does straw keep water?", "You have two beds.", "You cover a bed.", "A summer, at home."),
        *("https://garden.example.org/studies/mulch/", "Garden office, 555-0100", "Cleared as file 17.", "4 May 2026"),
    ):
        assert words in text_of(poster)
    assert poster.body.count("<svg") == 1


@pytest.mark.parametrize("sentences", [1, 11, 20, 400])
def test_a_poster_is_set_smaller_and_then_cut_until_it_fits_its_page(sentences):
    """Title, address and ethics board are never cut."""
    text = "Does straw keep water in the ground of a bed? " * sentences
    study = make_trial(
        poster=Poster(purpose=text, tasks=text, who=text),
        ethics=Ethics(statement="Cleared as file 17."),
    )
    found = poster_text(study)
    body = site_of(study)["/studies/mulch/poster/"].render().body
    assert f'class="sheet sheet-{found.size}"' in body
    assert found.is_cut == (sentences >= 20) == ("What is cut here stands on the page of the study." in body)
    assert found.size == {1: 0, 11: 2}.get(sentences, 3)
    assert "Cleared as file 17." in body
    assert "https://garden.example.org/studies/mulch/" in body


def test_a_poster_says_who_can_take_part_for_each_audience_by_the_kind_that_the_record_gives():
    study = make_trial(
        audiences=("gardeners", "neighbours"),
        criteria=(
            PlainCriterion(plain="You have two beds.", registry="Two beds", audiences=("gardeners",)),
            PlainCriterion(plain="You water with a hose.", registry="Use of a hose"),
            PlainCriterion(plain="You look over the fence.", audiences=("neighbours",)),
            PlainCriterion(plain="You are at least 18 years old.", registry="ages"),
        ),
    )
    assert who_can_take_part(study) == [
        "Gardeners: You have two beds. You are at least 18 years old.",
        "Neighbours: You look over the fence. You are at least 18 years old.",
    ]


@pytest.mark.parametrize("criteria", ["Inclusion Criteria:", "Inclusion Criteria:\n\n* a"])
def test_headings_go_down_one_level_at_a_time_however_little_a_record_has(criteria):
    everything = make_record()
    gone = dict.fromkeys(everything["protocolSection"].keys() - {"identificationModule", "oversightModule"})
    for record in (make_record(**gone), make_record(eligibilityModule={"eligibilityCriteria": criteria})):
        body = page_of(make_trial(record)).body
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", body)]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
        assert not re.search(r"<ul[^>]*>\s*</ul>", body)


@settings(max_examples=60)
@given(st.sets(st.sampled_from(sorted(RECORD["protocolSection"]))))
def test_a_record_without_any_of_its_modules_gives_a_page(gone):
    page = page_of(make_trial(make_record(**dict.fromkeys(gone)), status=None, sign_up=SignUp(url=FORM)))
    assert signs_up(page) == ("statusModule" not in gone)


@settings(max_examples=60)
@given(st.sampled_from(TEXTS), st.sampled_from([None, 17, SCRIPT, f'"{SCRIPT}', [SCRIPT], {"x": SCRIPT}, [], True]))
def test_a_record_with_any_value_exchanged_gives_a_page_without_markup_of_its_own(key, value):
    record = replaced(RECORD, key, value)
    study = make_trial(record, status=None, sign_up=SignUp(url=FORM))
    site = site_of(study)
    for address in (study.permalink, study.poster_address, "/studies/", "/"):
        page = site[address].render()
        assert SCRIPT not in page.body + page.head
    status = record["protocolSection"].get("statusModule") if isinstance(record["protocolSection"], dict) else None
    said = status.get("overallStatus") if isinstance(status, dict) else None
    if said != "RECRUITING":
        assert not signs_up(site[study.permalink].render())
