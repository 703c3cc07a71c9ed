"""Which sentences name an action, and which only say that one is wanted."""

import pytest

from digest.check.rules.practice_implications_passive import PASSIVE, _names_an_action


@pytest.mark.parametrize(
    "sentence",
    [
        "Water in the evening.",
        "Ask clients what they want, and listen.",
        "Do not wait for the client to raise it.",
        "If the bed is dry, water it.",
        "When it rains, in most gardens, leave the beds alone.",
        "Gardeners can cover the beds with straw.",
        "You might not notice at once, but you should look.",
        "“Water early”, they said.",
        "Beds should be covered, and you can use leaves.",
    ],
)
def test_an_action_is_named(sentence):
    assert _names_an_action(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Evening watering should be considered.",
        "More attention to mulch is warranted.",
        "It is important to water early.",
        "The beds were covered.",
        "Further studies are needed.",
        "Watering may be helpful.",
        "The findings do not show why.",
    ],
)
def test_no_action_is_named(sentence):
    assert not _names_an_action(sentence)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("It should be done.", True),
        ("It should not be widely\nused.", True),
        ("It is strongly recommended.", True),
        ("Care must be taken.", True),
        ("It must be done by gardeners.", False),
        ("It may be wet.", False),
        ("It is dry.", False),
    ],
)
def test_what_leaves_open_who_does_it(sentence, found):
    assert (PASSIVE.search(sentence) is not None) is found
