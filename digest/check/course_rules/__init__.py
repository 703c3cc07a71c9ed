"""Rules of `digest training check`, one a file: what a teacher looks after each term, not an editor each month.

They are written as those of `rules/` are.
"""
