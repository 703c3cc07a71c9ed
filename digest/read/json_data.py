"""JSON text to data, as a stranger may have written it.

Raises ValueError (json.JSONDecodeError where there is a place) for what is no JSON, whatever the depth. Gives only text
that can be written again: half of a surrogate pair, which JSON can spell and UTF-8 cannot, becomes
`\N{REPLACEMENT CHARACTER}`.
"""

import json
import re
from typing import Any

SURROGATE = re.compile("[\ud800-\udfff]")
ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def parse_json(text: str) -> Any:
    """The data of a JSON document."""
    try:
        data = json.loads(text.removeprefix("\ufeff"))
        return _mend(data) if ESCAPED_SURROGATE.search(text) else data
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _mend(data: Any) -> Any:
    if isinstance(data, str):
        return SURROGATE.sub("\N{REPLACEMENT CHARACTER}", data)
    if isinstance(data, list):
        return [_mend(item) for item in data]
    if isinstance(data, dict):
        return {_mend(key): _mend(value) for key, value in data.items()}
    return data
