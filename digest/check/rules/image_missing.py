"""An image that is not a file of this digest.

Readers would see an empty frame. Images of other hosts are missing too: the site asks no other host for anything,
so that nobody learns who reads it.

Passes:

    ![Water needed](water.png)        # entries/2023-01/water.png, beside the entry

Fails:

    ![Water needed](watr.png)
    ![Water needed](https://news.example.org/water.png)
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.near import did_you_mean
from digest.model.body import Link
from digest.model.lookup import Document, Target
from digest.problem import Problem, Severity
from digest.read.library import IMAGES

SEVERITY = Severity.ERROR
BESIDE = "put the file beside this one, and write its name"


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at every image in a Markdown text."""
    for image in document.body.images if document.body else ():
        target = context.lookup.resolve(document.path, image.destination)
        if not (target.kind == "asset" and target.address.lower().endswith(IMAGES)):
            guess = context.images.nearest(document.path, image.destination)
            yield from _problems(image, target, did_you_mean(guess))


def _problems(image: Link, target: Target, guess: str) -> Iterator[Problem]:
    written = image.destination
    if target.kind == "external":
        if written.lower().startswith(("http:", "https:")):  # anything else is `url-unsafe`
            message = f"image '{written}' stands on another host"
            why = "readers' browsers would ask that host for it, and the site asks no other host for anything"
            fix = "save the image beside this file if its licence allows that"
            yield Problem("image-missing", SEVERITY, image.span, message, why, fix)
    elif target.kind == "broken":
        message = f"there is no image '{written}'" if written else f"image '{image.text}' has no address"
        yield Problem("image-missing", SEVERITY, image.span, message, fix=guess or BESIDE)
    else:
        message = f"'{written}' is not an image"
        fix = f"images end in {', '.join(IMAGES)}"
        yield Problem("image-missing", SEVERITY, image.span, message, fix=guess or fix)
