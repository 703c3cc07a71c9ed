"""Who points at whom: entry, topic, type of research, training module, study.

Takes a library; gives lookups; reads and writes nothing.
"""

from digest.link.course import CourseLink, CourseModule, course_module, course_of, works_of_course
from digest.link.graph import Links, Placement
from digest.link.standing import Standing, with_note

__all__ = [
    "CourseLink",
    "CourseModule",
    "Links",
    "Placement",
    "Standing",
    "course_module",
    "course_of",
    "with_note",
    "works_of_course",
]
