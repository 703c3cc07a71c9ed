"""The rules, one a file.

A module's docstring is the rule's documentation (`digest check --explain RULE`): a first line that says what it
reports, why it matters, and what passes and fails. `SEVERITY` says how much it matters. `check` yields the problems;
a module without it documents a fault that is found while reading.
"""
