"""The page at an old address: it leads on at once, and keeps the anchor that a reader followed.

A `<meta>` refresh goes to an address as it is written, so the anchor would be lost: a script of one line leads on where
scripts run, the refresh where they do not, and the link where neither does.
"""

from html import escape

from digest.pages.page import Redirect
from digest.pages.policy import page_policy
from digest.pages.scripts import inline_script


def render_redirect(redirect: Redirect, language: str, site_url: str) -> str:
    """A whole page, without the frame of the site: nobody stays on it."""
    way = "../" * (redirect.address.count("/") - 1)
    target = escape(way + redirect.target.lstrip("/") or "./")
    canonical = escape(site_url.rstrip("/") + redirect.target) if site_url else target
    script = inline_script("redirect")
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"{page_policy('redirect', script)}<title>This page has moved</title>\n"
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<link rel="canonical" href="{canonical}">\n<meta name="robots" content="noindex">\n'
        f'<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>\n'
        "</head>\n<body>\n<main>\n<h1>This page has moved</h1>\n"
        f'<p><a href="{target}">Go to its new address</a></p>\n</main>\n{script}\n</body>\n</html>\n'
    )
