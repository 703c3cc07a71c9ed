"""What the tests of the rules share.

Each folder of `tests/golden/check/` is a case: `in/` is laid over the digest of `_base/`, and `expected.txt` is what
`digest check` says of it. To add a case, add a folder named after its rule (`rule` or `rule--what-is-special`) with its
`in/`, and run `pytest tests/check --update-golden`; then read what it wrote.
"""

import itertools
import shutil
from pathlib import Path

import pytest

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "check"


@pytest.fixture
def lay(tmp_path):
    """A new digest for a case: the base, and what the case lays over it."""
    roots = (tmp_path / str(number) for number in itertools.count())

    def lay_over_base(case=None):
        root = next(roots)
        shutil.copytree(GOLDEN / "_base", root)
        if case:
            shutil.copytree(GOLDEN / case / "in", root, dirs_exist_ok=True)
        return root

    return lay_over_base
