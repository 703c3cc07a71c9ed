"""Faults of the tool, as exceptions that say what to do.

What is wrong with an editor's content is never one of these: that is a `Problem`.

    DigestError
    ├── NotADigest           no mkdocs.yml where one was expected
    ├── ContentRefused       the content has errors, so nothing was published
    ├── EngineFailed         the engine could not render the staged tree
    ├── EngineMissing        the engine asked for is not installed
    ├── ExtraMissing         an option needs packages that are not installed
    ├── SearchIndexFailed    the readers' search index could not be made
    ├── OutputRefused        the output folder is not one that may be replaced
    ├── BuildLocked          another build is writing here
    ├── IdentifierUnclear    what was typed is no DOI, no PMID and no address that holds one
    └── NetworkFault         the network, or a service on it, did not give what was asked for
        ├── ServiceUnreachable   no connection, or no answer in time
        ├── ServiceRefused       the service answered that it cannot or will not
        ├── AnswerUnusable       the answer is cut off, too large, or not what it should be
        └── NotFetchedYet        --offline, and nothing was kept from an earlier time
"""


class DigestError(Exception):
    """Something the tool could not do; `todo` says what the person can."""

    exit_code = 2

    def __init__(self, message: str, todo: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.todo = todo

    def __str__(self) -> str:
        """Both sentences, the second on a line of its own."""
        return f"{self.message}\n  fix: {self.todo}" if self.todo else self.message


class NotADigest(DigestError):
    """The folder holds no `mkdocs.yml`, so it is not a digest."""


class ContentRefused(DigestError):
    """The content has errors; nothing was published and the old site stands."""

    exit_code = 1


class EngineFailed(DigestError):
    """The engine ended with an error; its own words are in the message."""


class EngineMissing(DigestError):
    """The engine asked for is not installed."""


class ExtraMissing(DigestError):
    """An option needs packages of an extra that is not installed."""

    def __init__(self, extra: str, option: str) -> None:
        todo = f"install it: pip install 'digest-evidence[{extra}]' (in this repository: scripts/setup --all)"
        super().__init__(f"{option} needs the extra [{extra}], which is not installed", todo)


class WorkerKilled(DigestError):
    """A process that made part of the site was stopped from outside."""


class SearchIndexFailed(DigestError):
    """The readers' search index could not be made."""


class OutputRefused(DigestError):
    """The output folder holds something that is not ours to replace."""


class BuildLocked(DigestError):
    """Another build is at work in the same folder."""


class IdentifierUnclear(DigestError):
    """What was typed is neither a DOI nor a PMID, nor an address that holds one."""


class NetworkFault(DigestError):
    """The network, or a service on it, did not give what was asked for. Nothing was changed."""


class ServiceUnreachable(NetworkFault):
    """No connection to a service, or no answer in time."""


class ServiceRefused(NetworkFault):
    """A service answered that it cannot, or will not, say."""


class AnswerUnusable(NetworkFault):
    """A service's answer is cut off, too large, or not what it should be."""


class NotFetchedYet(NetworkFault):
    """Working offline, and no answer was kept from an earlier time."""
