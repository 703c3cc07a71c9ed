"""Faults of a `.bib` file, in words, under their two rules.

`reference-unreadable`: a block is lost. `reference-field-malformed`: a fault inside a record that is still read.
Here is what is said; what is a fault is found by the scanner.
"""

from dataclasses import dataclass, field, replace

from digest.model.source import Source
from digest.problem import Edit, Problem, Severity, Span

UNREADABLE = "reference-unreadable"
MALFORMED = "reference-field-malformed"
_CURLY = "\u201c\u201d\u201e\u00ab\u00bb"
_LONGEST_QUOTE = 60
_FORM = "@article{key, title = {...}, ...}"


def quote(text: str) -> str:
    """A text in quotation marks for a message: one line, not too long."""
    line = " ".join(text[: 4 * _LONGEST_QUOTE].split())
    return f"'{line}'" if len(line) <= _LONGEST_QUOTE else f"'{line[:_LONGEST_QUOTE].rstrip()}...'"


class LostError(Exception):
    """Raised within the scanner where a block is given up, and caught there: reading resumes at `resume`."""

    def __init__(self, problem: Problem, resume: int) -> None:
        super().__init__(problem.message)
        self.problem = problem
        self.resume = resume


@dataclass
class BibtexFaults:
    """What was found wrong with one file so far."""

    source: Source
    problems: list[Problem] = field(default_factory=list)

    def malform(self, span: Span, message: str, *, why: str = "", fix: str = "", edit: Edit | None = None) -> None:
        """Note an error inside a record that is still read."""
        edits = (edit,) if edit else ()
        self.problems.append(Problem(MALFORMED, Severity.ERROR, span, message, why, fix, edits))

    def doubt(self, span: Span, message: str, *, why: str = "", fix: str = "", edit: Edit | None = None) -> None:
        """Note a fault that loses nothing."""
        edits = (edit,) if edit else ()
        self.problems.append(Problem(MALFORMED, Severity.WARNING, span, message, why, fix, edits))

    def _lost(self, span: Span, message: str, why: str, fix: str) -> Problem:
        return Problem(UNREADABLE, Severity.ERROR, span, message, why, fix)

    def _edit(self, start: int, end: int, text: str) -> Edit:
        return Edit(self.source.span(start, end), text)

    def _place(self, offset: int) -> str:
        at_end = offset >= len(self.source.text.rstrip())
        return "the end of the file" if at_end else f"line {self.source.line_column(offset)[0]}"

    # Blocks that are lost

    def never_closed(self, start: int, end: int, what: str, resume: int) -> LostError:
        """A block runs into the next one."""
        why = f"it runs into {self._place(resume)}, where reading goes on"
        fix = "put the closing brace on a line of its own after its last field"
        return LostError(
            self._lost(self.source.span(start, end), f"{what} is never closed, and is lost", why, fix), resume
        )

    def value_never_closed(self, start: int, name: str, what: str, resume: int) -> LostError:
        """A value runs into the next block, and its record with it."""
        message = f"the value of '{name}' is never closed, and {what} is lost"
        why = f"all that follows its brace counts as its text, up to {self._place(resume)}"
        fix = "close the value with }; each { needs its }"
        return LostError(self._lost(self.source.span(start, start + 1), message, why, fix), resume)

    def key_missing(self, start: int, end: int, kind: str, resume: int) -> LostError:
        """A record has no key."""
        fix = f"write one after the opening brace: @{kind}{{smith2023word, ..."
        return LostError(
            self._lost(self.source.span(start, end), f"this @{kind} has no citation key", "nothing can cite it", fix),
            resume,
        )

    def macro_unreadable(self, start: int, end: int, resume: int) -> LostError:
        """An `@string` is not of the form that one has."""
        message = f"this @string cannot be read: {quote(self.source.text[start:end])}"
        fix = 'write @string{name = "text"}'
        return LostError(
            self._lost(self.source.span(start, end), message, "a macro is one name and its text", fix), resume
        )

    def left_over(self, start: int, end: int, kind: str) -> None:
        """Text between blocks is comment, but this looks like a record."""
        text = quote(self.source.text[start:end])
        message, why, fix = {
            "at": (f"{text} is no record", "a type and an opening brace must follow the @", f"write {_FORM}"),
            "no_at": (f"{text} is no record", "there is no @ before it", f"write {_FORM}"),
            "other": (
                f"{text} is no record of BibTeX",
                "",
                "put it into a file of its own, and run `digest import FILE`",
            ),
            "field": (f"{text} stands outside any record", "", "put it before the closing brace of its record"),
        }[kind]
        problem = self._lost(self.source.span(start, end), message, why, fix)
        self.problems.append(replace(problem, severity=Severity.WARNING) if kind == "other" else problem)

    # Faults of a record that is still read

    def key_with_space(self, start: int, end: int) -> None:
        """A key holds white space."""
        message = f"citation key {quote(self.source.text[start:end])} holds a space"
        self.malform(
            self.source.span(start, end), message, why="BibTeX allows none in a key", fix="write the key without spaces"
        )

    def comma_missing(self, start: int, end: int, what: str) -> None:
        """A key or a value is followed by a field at once."""
        edit = self._edit(end, end, ",")
        why = "other programs lose the record, or take the next field for a part of this one"
        self.malform(
            self.source.span(start, end),
            f"there is no comma after {what}",
            why=why,
            fix="put a comma behind it",
            edit=edit,
        )

    def equals_missing(self, start: int, end: int, name: str) -> None:
        """A field's name is followed by its value at once."""
        edit = self._edit(end, end, " =")
        self.malform(
            self.source.span(start, end), f"there is no '=' after '{name}'", fix=f"write {name} = ...", edit=edit
        )

    def value_missing(self, start: int, end: int, name: str) -> None:
        """A field has no value, or nothing follows its `#`."""
        self.doubt(
            self.source.span(start, end),
            f"field '{name}' lacks a value",
            fix="write the value in braces, or delete the field",
        )

    def value_unbraced(self, start: int, end: int, name: str) -> None:
        """A value stands in neither braces nor quotation marks, and is no number and no macro."""
        text = self.source.text[start:end]
        message = f"the value of '{name}' stands in neither braces nor quotation marks: {quote(text)}"
        value = " ".join(text[:_LONGEST_QUOTE].split()).strip(_CURLY)
        self.malform(self.source.span(start, end), message, fix=f"write {name} = {{{value}}}")

    def escaped_brace(self, start: int, name: str) -> None:
        r"""A value holds `\{` or `\}` without its counterpart."""
        message = f"the value of '{name}' holds an escaped brace without its counterpart"
        why = "to BibTeX a brace is a brace, backslash or not, and the record ends elsewhere"
        fix = r"write \textbraceleft{} or \textbraceright{}"
        self.doubt(self.source.span(start, start + 1), message, why=why, fix=fix)

    def quotation_never_closed(self, start: int, end: int, name: str) -> None:
        """A quotation mark opens a value and does not close it."""
        message = f"the quotation mark before the value of '{name}' is never closed"
        why = f"the value is taken to be {quote(self.source.text[start + 1 : end])}"
        self.malform(self.source.span(start, end), message, why=why, fix="put the value in braces instead")

    def part_unreadable(self, start: int, end: int, name: str) -> None:
        """Something within a record is no field."""
        after = f" after the value of '{name}'" if name else ""
        line_end = self.source.text.find("\n", start, end)
        self.malform(
            self.source.span(start, max(start + 1, end if line_end == -1 else line_end)),
            f"this cannot be read{after}: {quote(self.source.text[start:end])}",
            why="only fields stand in a record, each `name = {value}` with a comma behind it",
            fix='make it part of a value, or delete it; inside quotation marks write {"} for "',
        )

    def brace_too_many(self, at: int) -> None:
        """A record closes, and goes on."""
        message = f"the record ends with this '{self.source.text[at]}', but more fields follow"
        edit = self._edit(at, at + 1, "")
        self.malform(
            self.source.span(at, at + 1), message, why="other programs lose them", fix="delete the brace", edit=edit
        )

    def wrong_closer(self, at: int, closer: str) -> None:
        """A record opens with a brace and closes with a parenthesis, or the other way round."""
        message = f"the record ends with '{self.source.text[at]}', where '{closer}' belongs"
        self.malform(self.source.span(at, at + 1), message, fix=f"write {closer}", edit=self._edit(at, at + 1, closer))

    def stray_closer(self, at: int) -> None:
        """A brace stands after a record that is closed."""
        message = f"this '{self.source.text[at]}' has nothing to close"
        self.doubt(self.source.span(at, at + 1), message, fix="delete it", edit=self._edit(at, at + 1, ""))
