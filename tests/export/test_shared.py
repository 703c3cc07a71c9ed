"""What several files share is made once for all of them, and not held afterwards."""

import weakref

from digest.export.shared import Shared


class _Thing:
    """Something that can be watched while it lasts."""


def test_it_is_made_once_for_as_many_uses_and_then_let_go():
    made: list[weakref.ref[_Thing]] = []

    def make() -> _Thing:
        thing = _Thing()
        made.append(weakref.ref(thing))
        return thing

    shared = Shared(make, uses=2)
    first, second = shared.take(), shared.take()
    assert first is second
    del first, second
    assert made[0]() is None
    assert isinstance(shared.take(), _Thing)
    assert len(made) == 2


def test_of_one_use_nothing_is_kept():
    shared = Shared(_Thing, uses=1)
    assert shared.take() is not shared.take()
