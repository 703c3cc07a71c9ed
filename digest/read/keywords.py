"""Lists of keywords in one text: `alliance; rupture`, or with commas where there is no semicolon."""


def parse_keywords(text: str) -> tuple[str, ...]:
    """The keywords, each once; a comma separates only where no semicolon does."""
    parts = text.split(";" if ";" in text else ",")
    return tuple(dict.fromkeys(word for part in parts if (word := part.strip())))


def format_keywords(words: tuple[str, ...]) -> str:
    """The keywords in a form that `parse_keywords` takes apart again."""
    text = "; ".join([word.replace(";", ",") for word in words])
    return f"{text};" if "," in text and ";" not in text else text
