"""Lists of people with commas between them: what was meant is told, and names that are sound are left in peace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.read.names import parse_names


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Bloom, F., Rake, T., Hoe, U.", "Bloom, F. and Rake, T. and Hoe, U."),
        ("Bloom, F., Rake, T., & Hoe, U.", "Bloom, F. and Rake, T. and Hoe, U."),
        (r"Bloom, F. \& Rake, T.", r"Bloom, F. and Rake, T."),
        ("Bloom F, Rake TU, Hoe U", "Bloom, F and Rake, TU and Hoe, U"),
        ("Bloom F, Rake T", "Bloom, F and Rake, T"),
        ("van der Bloom, A. B., de la Rake, M.-L.", "van der Bloom, A. B. and de la Rake, M.-L."),
        ("Bloom, Fern, Rake, T.", "Bloom, Fern and Rake, T."),
        ("Fern Bloom, Tea Rake, Una Hoe", "Fern Bloom and Tea Rake and Una Hoe"),
    ],
)
def test_people_with_commas_between_them_are_told_with_what_was_meant(written, meant):
    ((message, fix),) = parse_names(written).faults
    assert message == f"commas separate no names: '{written}'"
    assert fix == f"write `{meant}`"
    assert parse_names(meant).faults == ()


@pytest.mark.parametrize(
    "written",
    [
        *("Bloom, F.", "Bloom, Jr., Fern", "Bloom, III, F. G.", "de la Rosa Bloom, Fern May", "Plato,"),
        *("Bloom, F. and Rake, T.", "{Bloom, Rake, Hoe}", "{Bloom & Sons, Gardens}", "Bloom-Rake, Fern T."),
        *("García Bloom, María José", "Bloom, F. G. H.", "family=Bloom, given=Fern, prefix=van"),
    ],
)
def test_names_that_are_sound_are_left_in_peace(written):
    assert parse_names(written).faults == ()


@given(st.text(alphabet="AbC.,& -\\{}é", max_size=40))
def test_whatever_is_offered_has_no_such_fault_itself(written):
    for _, fix in parse_names(written).faults:
        if fix.startswith("write `") and " and " in fix and "Family" not in fix:
            again = parse_names(fix[len("write `") : -1])
            assert not any(message.startswith("commas") for message, _ in again.faults)
