"""A newsletter as a file that a mail program opens as a draft (RFC 5322), the same bytes every time."""

import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from digest.export.newsletter.contents import Contents
from digest.export.newsletter.html import write_html
from digest.export.newsletter.text import write_text
from digest.model.entry import edition_day
from digest.pages.addresses import host, is_web_address

BOUNDARY = "=_digest-{month}"
"""No encoded text holds `=_`: quoted-printable follows `=` with two digits (RFC 2045, 6.7)."""


def write_eml(contents: Contents) -> bytes:
    """Both forms in one message. It has no recipient; `X-Unsent` lets Outlook open it for sending."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = contents.subject
    if contents.contact:
        message["From"] = formataddr((contents.digest_title, contents.contact))
    noon = datetime.datetime.combine(edition_day(contents.month), datetime.time(12), datetime.UTC)
    message["Date"] = format_datetime(noon)
    message["Message-ID"] = f"<newsletter-{contents.month}@{host(contents.web_address) or 'localhost'}>"
    if is_web_address(contents.leave) or contents.leave.startswith("mailto:"):
        message["List-Unsubscribe"] = f"<{contents.leave}>"
    message["X-Unsent"] = "1"
    message.set_content(write_text(contents), cte="quoted-printable")
    message.add_alternative(write_html(contents), subtype="html", cte="quoted-printable")
    message.set_boundary(BOUNDARY.format(month=contents.month))
    return message.as_bytes()
