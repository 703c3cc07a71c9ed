"""A library to problems: one rule a file in `rules/`, and in `course_rules/` for what a teacher looks after.

A rule's name is its file, its tag in a message and its place in the docs. It sees the library and nothing else: no
disk, no network, no clock beyond the day it is given.
"""

from digest.check.rule import Rule, find_rule, iter_course_rules, iter_rules
from digest.check.run import Check, Checker, check_course, check_library

__all__ = ["Check", "Checker", "Rule", "check_course", "check_library", "find_rule", "iter_course_rules", "iter_rules"]
