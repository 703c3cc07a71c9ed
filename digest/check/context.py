"""What a rule may look at."""

import datetime
from dataclasses import dataclass

from digest.model.library import Library
from digest.model.lookup import Lookup


@dataclass(frozen=True)
class Context:
    """The library, the same by name, and the day."""

    library: Library
    lookup: Lookup
    today: datetime.date
