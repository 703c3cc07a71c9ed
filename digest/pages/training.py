"""The course and its modules."""

from collections.abc import Iterator, Sequence
from functools import partial

from digest.link import CourseModule, course_module, course_of, works_of_course
from digest.model.training import TrainingModule
from digest.pages.frame import Frame, fill_template
from digest.pages.linked_data_things import course_data, module_data
from digest.pages.page import Page, PlannedPage
from digest.pages.reader import render_reader, required_entries
from digest.pages.study_words import status_words
from digest.pages.words import say_count


def render_course(frame: Frame) -> Page:
    """All modules in their order."""
    modules = frame.library.modules
    site_url = frame.library.configuration.site.site_url
    number = say_count(len(modules), "training module") if modules else "Training modules"
    description = f"{number} with readings from the digest"
    return frame.page(
        "/training/",
        "training",
        "Training",
        description,
        citations="readings" if works_of_course(frame.links) else "",
        linked_data=course_data(frame, modules, "Training", description),
        modules=modules,
        course=course_of(frame.links, site_url) if site_url else (),
        course_address=frame.library.configuration.digest.course,
    )


def iter_modules(frame: Frame) -> Iterator[PlannedPage]:
    """Each module: objectives, its text, required and further readings; and its reader."""
    modules = frame.library.modules
    for index, module in enumerate(modules):
        earlier = modules[index - 1] if index else None
        later = modules[index + 1] if index + 1 < len(modules) else None
        yield PlannedPage(module.permalink, partial(_render_module, frame, module, earlier, later))
        yield PlannedPage(module.reader, partial(render_reader, frame, module))


def _render_module(
    frame: Frame, module: TrainingModule, earlier: TrainingModule | None, later: TrainingModule | None
) -> Page:
    links, configuration = frame.links, frame.library.configuration
    readings = links.readings[module.slug]
    lists = [
        ("Required readings", "required-readings", [placed for placed in readings if placed.reading.required]),
        ("Further readings", "further-readings", [placed for placed in readings if not placed.reading.required]),
    ]
    studies = links.studies_of_module(module)
    site_url = configuration.site.site_url
    page = frame.page(
        module.permalink,
        "module",
        module.title,
        module.objectives[0] if module.objectives else module.title,
        citations="readings" if links.works_of_module(module) else "",
        module=module,
        reading_lists=[each for each in lists if each[2]],
        has_reader=bool(required_entries(frame, module)),
        topics=links.topics_of(module),
        newest=links.newest_for_module(module),
        studies=[study for study in studies if study in frame.open_studies],
        closed=[(study, status_words(study, frame.today)) for study in studies if study not in frame.open_studies],
        previous=earlier,
        next=later,
        course=[course_module(links, module, site_url)] if site_url else (),
        course_address=configuration.digest.course,
        linked_data=module_data(frame, module),
        trail=[("Training", "/training/")],
        data={"number": module.number, "objectives": list(module.objectives)},
    )
    return frame.with_assets(page, module)


def render_paste_list(modules: Sequence[CourseModule]) -> str:
    """The links of these modules as HTML to paste into a page of another site."""
    return fill_template("paste", modules=modules)
