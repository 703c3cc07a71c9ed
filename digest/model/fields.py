"""What all dataclasses have in common whose fields an editor may write."""

from typing import ClassVar


class Fields:
    """Fields of a file; a field that is not listed is a mistake, never ignored (the reader tells it).

    Their dataclasses have `eq=False`: two files that say the same are still two.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
