"""The course and its modules."""

from collections.abc import Iterator
from functools import partial

from digest.model.training import TrainingModule
from digest.pages.frame import Frame
from digest.pages.page import Page, PlannedPage
from digest.pages.words import say_count


def render_course(frame: Frame) -> Page:
    """All modules in their order."""
    modules = frame.library.modules
    return frame.page(
        "/training/",
        "training",
        "Training",
        f"{say_count(len(modules), 'training module')} with readings from the digest",
        modules=modules,
    )


def iter_modules(frame: Frame) -> Iterator[PlannedPage]:
    """Each module: objectives, its text, required and further readings."""
    modules = frame.library.modules
    for index, module in enumerate(modules):
        earlier = modules[index - 1] if index else None
        later = modules[index + 1] if index + 1 < len(modules) else None
        yield PlannedPage(module.permalink, partial(_render_module, frame, module, earlier, later))


def _render_module(
    frame: Frame, module: TrainingModule, earlier: TrainingModule | None, later: TrainingModule | None
) -> Page:
    readings = frame.links.readings[module.slug]
    lists = [
        ("Required readings", "required-readings", [placed for placed in readings if placed.reading.required]),
        ("Further readings", "further-readings", [placed for placed in readings if not placed.reading.required]),
    ]
    page = frame.page(
        module.permalink,
        "module",
        module.title,
        module.objectives[0] if module.objectives else module.title,
        module=module,
        reading_lists=[each for each in lists if each[2]],
        topics=frame.links.topics_of(module),
        studies=[study for study in frame.links.studies_of_module(module) if study in frame.open_studies],
        previous=earlier,
        next=later,
        data={"number": module.number, "objectives": list(module.objectives)},
    )
    return frame.with_assets(page, module)
