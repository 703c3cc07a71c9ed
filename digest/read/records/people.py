"""Names as databases write them, to `Name`s: `Family, Given, Suffix`, `Family AB`, `World Health Organization`.

Takes one name as text; gives a `Name`, or None where nothing is left of it. Never raises.

What commas mean: RIS has `Family, Given, Suffix`; EndNote, and who follows it, put a comma behind the name of a group
(`World Health Organization,`), and double the first one within it (`Department of Health,, Canada`).
"""

import re
from dataclasses import replace
from functools import lru_cache

from digest.model.reference import Name
from digest.read.records.text import clean

SUFFIX = re.compile(r"(?:jr|sr)\.?|[1-9](?:st|nd|rd|th)|[IVX]{2,4}", re.IGNORECASE)
SUFFIX_BEHIND = re.compile(r"(.*\S)[, ]+(jr\.?|sr\.?|II|III|IV|[1-9](?:st|nd|rd|th))", re.IGNORECASE)
INITIALS_TOGETHER = re.compile(r"[^\W\d_a-zß-öø-ÿ]{1,4}")
FAMILY_AND_INITIALS = re.compile(r"(?P<family>[^\W\d_][^\d,]*[^\W\d_A-Z])\s+(?P<given>(?:[^\W\d_a-z]\.[- ]?){1,5})")
GROUP_WORD = re.compile(
    r"\b(?:academ\w+|agency|alliance|association|board|bureau|cent(?:er|re)s?|clinic|collaborat\w+|college|"
    r"commission|committee|company|consortium|cooperative|corporation|council|department|directorate|division|"
    r"federation|force|forum|foundation|government|group|health|hospital|inc|initiative|institut\w+|international|"
    r"investigators|library|ministry|national|nations|network|office|organi[sz]ation|panel|press|program(?:me)?|"
    r"project|registry|research|royal|service|services|society|study|survey|team|trial|trust|union|united|"
    r"universit\w+|workgroup|and|for|of|the|on|in|&)\b",
    re.IGNORECASE,
)
OTHERS = re.compile(r"(?:and |& )?(?:others|et\.? ?al\.?)", re.IGNORECASE)
WORDS_OF_A_PERSON = 4


def is_others(text: str) -> bool:
    """Whether it is no name, but says that there are more: `et al.`"""
    return bool(OTHERS.fullmatch(text.strip(" ,;")))


@lru_cache(maxsize=65536)
def parse_person(text: str) -> Name | None:
    """The name of a person or a group as RIS and EndNote write it."""
    text = clean(text).strip(" ;")
    if not text.strip(" ,.;"):
        return None
    if ",," in text or text.endswith(","):
        return Name(literal=text.replace(",,", ",").rstrip(", "))
    return _parse_with_commas(text) if "," in text else _parse_without_comma(text)


def _parse_with_commas(text: str) -> Name:
    family, *rest = [part.strip() for part in text.split(",")]
    is_suffix = [bool(SUFFIX.fullmatch(part)) for part in rest]
    if is_suffix == [True]:  # `Family, Jr.`
        person = _parse_without_comma(family)
        return replace(person, suffix=rest[0]) if not person.literal else Name(literal=text)
    if len(rest) > len(("given", "suffix")):
        return Name(literal=text)
    given, suffix = [*rest, ""][:2]
    if suffix and is_suffix == [True, False]:  # BibTeX's order
        given, suffix = suffix, given
    return make_person(family, given, suffix)


def _parse_without_comma(text: str) -> Name:
    words = text.split()
    if len(words) == 1:
        return Name(family=text)
    if match := FAMILY_AND_INITIALS.fullmatch(text):
        return make_person(match["family"], match["given"])
    if len(words) > WORDS_OF_A_PERSON or GROUP_WORD.search(text) or any(char.isdigit() for char in text):
        return Name(literal=text)
    *given, family = words
    while len(given) > 1 and given[-1].islower():
        family = f"{given.pop()} {family}"
    return make_person(family, " ".join(given))


def make_person(family: str, given: str, suffix: str = "") -> Name:
    """A person; small words that the family name begins with are its particle."""
    if not family:
        return Name(family=given, suffix=suffix)
    particle, family = split_particle(family)
    return Name(family=family, given=given, non_dropping_particle=particle, suffix=suffix)


def split_particle(family: str) -> tuple[str, str]:
    """`van der Berg` as `van der` and `Berg`."""
    words = family.split()
    count = 0
    while count < len(words) - 1 and words[count][0].islower():
        count += 1
    return (" ".join(words[:count]), " ".join(words[count:])) if count else ("", family)


def spaced_initials(given: str) -> str:
    """`JB` as `J. B.`; any other given name as it is."""
    return " ".join([f"{letter}." for letter in given]) if INITIALS_TOGETHER.fullmatch(given) else given


def parse_medline_person(text: str) -> Name | None:
    """A name of Medline: `Family, Given Jr` in full, `Family AB Jr` in short."""
    text = clean(text).strip(" ,;.")
    if not text:
        return None
    suffix = ""
    if match := SUFFIX_BEHIND.fullmatch(text):
        text, suffix = match[1].strip(" ,"), match[2]
    if "," in text:
        family, _, given = text.partition(",")
        return make_person(family.strip(), spaced_initials(given.strip()), suffix)
    family, _, given = text.rpartition(" ")
    if family and INITIALS_TOGETHER.fullmatch(given):
        return make_person(family, spaced_initials(given), suffix)
    return Name(family=text, suffix=suffix)
