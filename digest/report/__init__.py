"""Problems to text for people, annotations for GitHub, or JSON for programs.

Gives strings; prints nothing.
"""

from digest.report.github import format_github
from digest.report.json import edit_as_data, format_json, problem_as_data
from digest.report.text import format_problem, format_summary, format_text

__all__ = [
    "edit_as_data",
    "format_github",
    "format_json",
    "format_problem",
    "format_summary",
    "format_text",
    "problem_as_data",
]
