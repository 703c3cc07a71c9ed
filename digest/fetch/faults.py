"""What can go wrong with a question, in one clear sentence each, and whether it may pass.

Takes exceptions of requests and urllib3, HTTP statuses and unusable answers; gives faults to be raised.
"""

from dataclasses import dataclass
from http import HTTPStatus

import requests
from urllib3.exceptions import NameResolutionError

from digest.errors import AnswerUnusable, NetworkFault, ServiceRefused, ServiceUnreachable
from digest.fetch.body import Unusable

AGAIN_LATER = "try again later; what was known before stays as it is"
OR_OFFLINE = "or use --offline for what was fetched before"
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which the same question may be answered."""
REFUSING = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.UNPROCESSABLE_ENTITY})
"""Statuses by which services refuse whoever does not say who they are."""
LONGEST_CHAIN = 6


@dataclass
class Passing(Exception):
    """A fault that may be over a moment later."""

    fault: NetworkFault
    pause: float | None = None
    """Seconds that the service wants to be left alone."""


def as_fault(label: str, error: Exception, seconds: float) -> Exception:
    """What became of a request to the service with this label, whose answer may take so many seconds."""
    if isinstance(error, requests.exceptions.Timeout | TimeoutError):
        return Passing(ServiceUnreachable(f"{label} did not answer within {seconds:g} seconds", AGAIN_LATER))
    if isinstance(error, requests.exceptions.SSLError):
        words = f"{label} cannot be trusted: its certificate is not the one of its host"
        return ServiceUnreachable(words, "check the clock and the network of this machine")
    if isinstance(error, requests.exceptions.ProxyError):
        return ServiceUnreachable(f"{label} cannot be reached through the proxy of this machine", "check HTTPS_PROXY")
    if _is_about_name(error):
        words = f"{label} cannot be found: this machine seems to have no network"
        return ServiceUnreachable(words, f"go online, {OR_OFFLINE}")
    words = f"{label} cannot be reached: the connection was refused or broken off"
    return Passing(ServiceUnreachable(words, f"check the network, {OR_OFFLINE}"))


def as_unusable(label: str, unusable: Unusable) -> Exception:
    """The fault of an answer that cannot be used."""
    fault = AnswerUnusable(f"the answer of {label} {unusable}", AGAIN_LATER)
    return Passing(fault) if unusable.is_passing else fault


def as_refusal(label: str, status: int, pause: float | None) -> Exception:
    """The fault that an HTTP status stands for; `pause` is what `Retry-After` says."""
    wanted = f" and wants to be left alone for {pause:.0f} seconds" if pause else ""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Passing(ServiceRefused(f"{label} was asked too often (429){wanted}", AGAIN_LATER), pause)
    if status in PASSING:
        return Passing(ServiceRefused(f"{label} has a fault of its own ({status}){wanted}", AGAIN_LATER), pause)
    todo = AGAIN_LATER
    if status in REFUSING:
        todo = "set `contact` below `extra.digest` in mkdocs.yml to a real e-mail address"
    return ServiceRefused(f"{label} refuses to answer ({status})", todo)


def _is_about_name(error: BaseException | None) -> bool:
    """Whether somewhere below this error a host's name could not be resolved."""
    for _ in range(LONGEST_CHAIN):
        if error is None or isinstance(error, NameResolutionError):
            return error is not None
        inner = getattr(error, "reason", None) or next(iter(error.args), None)
        error = inner if isinstance(inner, BaseException) else error.__cause__ or error.__context__
    return False
