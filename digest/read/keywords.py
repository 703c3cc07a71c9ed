"""Lists of keywords in one text: `alliance; rupture`, or with commas where there is no semicolon."""


def parse_keywords(text: str) -> tuple[str, ...]:
    """The keywords, each once; a comma separates only where no semicolon does."""
    if not text:
        return ()
    parts = text.split(";" if ";" in text else ",")
    return tuple(dict.fromkeys(word for part in parts if (word := part.strip())))
