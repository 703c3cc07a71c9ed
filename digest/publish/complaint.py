"""What an engine says of a template of `theme/` that it cannot fill, to a sentence for whoever wrote the template.

Takes the engine's output, a traceback of Python; gives place and reason, or nothing where it is about something else.
Knows the words of Jinja (MkDocs and ProperDocs); Zensical says place and reason by itself.
"""

import re
from pathlib import Path

PLACE = re.compile(r'File "(?P<path>[^"\n]+)", line (?P<line>\d+), in (?:top-level template code|template|block)')
FAULT = re.compile(r"^jinja2\.exceptions\.(?P<kind>\w+): (?P<words>.+)$", re.MULTILINE)
SAYINGS = {
    "TemplateSyntaxError": "this is not as Jinja, the language of templates, is written: {}",
    "TemplateAssertionError": "Jinja, the language of templates, does not know this: {}",
    "UndefinedError": "the template uses what is not there: {}",
    "TemplateNotFound": "the template asks for another that is not there: {}",
}


def read_complaint(output: str, theme: Path) -> str:
    """`theme/main.html:4: ...`, for templates in the folder `theme` of a staged tree; empty if it is not about one."""
    faults = list(FAULT.finditer(output))
    places = [(Path(found["path"]), found["line"]) for found in PLACE.finditer(output)]
    own = [(path.relative_to(theme), line) for path, line in places if path.is_relative_to(theme)]
    if not faults or not own:
        return ""
    path, line = own[-1]
    words = faults[-1]["words"].partition(" not found in search paths")[0]
    saying = SAYINGS.get(faults[-1]["kind"], "the template cannot be filled: {}")
    return f"theme/{path.as_posix()}:{line}: {saying.format(words)}"
