"""Languages as databases name them, to tags of BCP 47: `eng`, `English` and `en` are `en`.

Takes a name or code of ISO 639-2 (https://www.loc.gov/standards/iso639-2/php/code_list.php); one that is not here
stays as it is.
"""

TAGS = {
    "en": ("eng", "english"),
    "fr": ("fre", "fra", "french", "français"),
    "de": ("ger", "deu", "german", "deutsch"),
    "es": ("spa", "spanish", "español", "castilian"),
    "it": ("ita", "italian", "italiano"),
    "pt": ("por", "portuguese", "português"),
    "nl": ("dut", "nld", "dutch", "nederlands"),
    "sv": ("swe", "swedish"),
    "nb": ("nob", "bokmål"),
    "no": ("nor", "norwegian"),
    "da": ("dan", "danish"),
    "fi": ("fin", "finnish"),
    "is": ("ice", "isl", "icelandic"),
    "pl": ("pol", "polish"),
    "cs": ("cze", "ces", "czech"),
    "sk": ("slo", "slk", "slovak"),
    "sl": ("slv", "slovene", "slovenian"),
    "hr": ("hrv", "croatian"),
    "sr": ("srp", "serbian"),
    "hu": ("hun", "hungarian"),
    "ro": ("rum", "ron", "romanian"),
    "bg": ("bul", "bulgarian"),
    "el": ("gre", "ell", "greek"),
    "ru": ("rus", "russian"),
    "uk": ("ukr", "ukrainian"),
    "tr": ("tur", "turkish"),
    "ar": ("ara", "arabic"),
    "fa": ("per", "fas", "persian"),
    "he": ("heb", "hebrew"),
    "hi": ("hin", "hindi"),
    "ja": ("jpn", "japanese"),
    "ko": ("kor", "korean"),
    "zh": ("chi", "zho", "chinese"),
    "la": ("lat", "latin"),
    "ca": ("cat", "catalan"),
    "et": ("est", "estonian"),
    "lt": ("lit", "lithuanian"),
    "lv": ("lav", "latvian"),
}
BY_NAME = {name: tag for tag, names in TAGS.items() for name in names}


def language_tag(name: str) -> str:
    """The tag of a language; `english` in small letters is what biblatex calls it, and stays."""
    is_name = len(name) > len("eng")
    return name if is_name and name.islower() else BY_NAME.get(name.casefold(), name)
