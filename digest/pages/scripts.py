"""The few scripts of the site's pages: small files put inline, so that a hash says which may run.

Takes the files of `scripts/`; gives `<script>` elements, and their texts for the Content-Security-Policy. A page runs
no script unless its template puts one in by `inline_script`; it must serve readers without one too.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from markupsafe import Markup

SCRIPTS = files("digest.pages") / "scripts"


@cache
def inline_script(name: str) -> Markup:
    """`<script>...</script>` with the file of that name: the same text on every page, hence one hash."""
    return Markup(f"<script>{_text(name)}</script>")  # noqa: S704 - a file of the program, which holds no `</`


@cache
def _text(name: str) -> str:
    text = (SCRIPTS / f"{name}.js").read_text(encoding="utf-8")
    assert "</" not in text, f"{name}.js would end its own element"  # noqa: S101 - a fault of the program
    return text


def iter_scripts() -> Iterator[str]:
    """The text of each script between its tags, by name."""
    names = sorted(path.name.removesuffix(".js") for path in SCRIPTS.iterdir() if path.name.endswith(".js"))
    yield from map(_text, names)
