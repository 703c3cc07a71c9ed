"""The installation: Python, packages, engines, the readers' search index, fonts, browsers. Nothing of any digest."""

import importlib.metadata
import importlib.util
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence

from digest.cli.health import Finding, State
from digest.export.cards import has_cards
from digest.export.pdf import PANGO, has_pdf
from digest.export.vendored_fonts import missing_fonts
from digest.publish import ENGINES
from digest.publish.engine import is_installed

OURS = "digest-evidence"
AGAIN = "install again: scripts/setup, or pip install --force-reinstall digest-evidence"
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[^\]]*\])?\s*(?P<bounds>[^;]*)(?:;\s*(?P<marker>.*))?")
BOUND = re.compile(r"(>=|<=|==|!=|<|>|~=)\s*([\w.*]+)")
EXTRA = re.compile(r"extra\s*==\s*['\"](\w+)['\"]")
EXTRAS = {
    "ml": "better topic suggestions",
    "cluster": "`digest suggest --batch --dask`",
    "cards": "`digest build --cards`",
    "pdf": "`digest build --pdf`",
}
"""What each extra is for; those for people who work on the program itself are not missed."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATIENCE = 60


def examine_program() -> Iterator[Finding]:
    """Each part of the installation."""
    yield _python()
    yield from _packages()
    yield from _whoosh(importlib.metadata.packages_distributions())
    yield from _engines()
    yield _pagefind()
    yield from _extras()
    yield _fonts()
    yield _browser()


def _python() -> Finding:
    wanted = importlib.metadata.metadata(OURS)["Requires-Python"] or ""
    said = f"digest {importlib.metadata.version(OURS)} on Python {platform.python_version()}, {platform.system()}"
    if not _fits(platform.python_version(), wanted):
        return Finding("python", State.FAULT, f"{said}, but Python {wanted} is needed", "install such a Python")
    return Finding("python", State.GOOD, said)


def _packages() -> Iterator[Finding]:
    """Those that the program cannot do without."""
    lacking = [
        f"{name} {bounds}".strip() + (f" (here: {version})" if version else " (not here)")
        for name, bounds, version in _iter_required(None)
        if version is None or not _fits(version, bounds)
    ]
    if lacking:
        yield Finding("packages", State.FAULT, f"missing or of another version: {', '.join(lacking)}", AGAIN)
    else:
        versions = ", ".join(f"{name} {version}" for name, _, version in _iter_required(None))
        yield Finding("packages", State.GOOD, versions)


def _iter_required(extra: str | None) -> Iterator[tuple[str, str, str | None]]:
    """Name, bounds and installed version of each package that the program, or one of its extras, asks for."""
    for line in importlib.metadata.requires(OURS) or ():
        match = REQUIREMENT.fullmatch(line)
        if match is None:
            continue
        of_extra = EXTRA.search(match["marker"] or "")
        if (of_extra[1] if of_extra else None) == extra:
            yield match["name"], match["bounds"].strip(), _version(match["name"])


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _fits(version: str, bounds: str) -> bool:
    """Whether a version is within bounds such as `>=1.6.1,<2`; only their numbers are compared."""
    here = _numbers(version)
    for sign, bound in BOUND.findall(bounds):
        there = _numbers(bound)
        order = (here > there) - (here < there)
        if not {">=": order >= 0, "<=": order <= 0, "==": order == 0, "<": order < 0, ">": order > 0}.get(sign, True):
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    found = [int(part) for part in re.findall(r"\d+", version.partition("+")[0])[:4]]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _whoosh(packages: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Every fork of Whoosh installs the same import name: two at once are a mixture of both."""
    found = sorted(set(packages.get("whoosh", ())))
    if len(found) > 1:
        said = f"{' and '.join(found)} are installed, and overwrite each other's files"
        todo = f"pip uninstall {' '.join(found)}, then {AGAIN}"
        yield Finding("whoosh", State.FAULT, said, todo)
    elif found:
        yield Finding("whoosh", State.GOOD, f"one package, {found[0]} {_version(found[0])}")


def _engines() -> Iterator[Finding]:
    there = [engine for engine in ENGINES if is_installed(engine)]
    if ENGINES[0] not in there:
        yield Finding("engine", State.FAULT, f"{ENGINES[0]} is not installed, which renders the theme", AGAIN)
    else:
        yield Finding("engine", State.GOOD, ", ".join(f"{engine} {_version(engine) or ''}".strip() for engine in there))


def _pagefind() -> Finding:
    said = "the program that makes the readers' search index"
    program = [sys.executable, "-m", "pagefind_bin", "--version"]
    complaint = _complaint(program)
    if complaint:
        todo = f"{AGAIN}; until then build with --no-search"
        return Finding("pagefind", State.FAULT, f"{said} does not run: {complaint}", todo)
    return Finding("pagefind", State.GOOD, f"{said} runs, version {_version('pagefind-bin')}")


def _extras() -> Iterator[Finding]:
    for extra, purpose in EXTRAS.items():
        required = list(_iter_required(extra))
        lacking = [name for name, bounds, version in required if version is None or not _fits(version, bounds)]
        if not required:
            yield Finding("extras", State.NOTICE, f"this installation is older than the extra [{extra}]", AGAIN)
        elif lacking:
            said = f"[{extra}] is not installed ({', '.join(lacking)}): {purpose} has to do without it"
            todo = f"if you want it: pip install '{OURS}[{extra}]' (in this repository: scripts/setup --all)"
            yield Finding("extras", State.NOTICE, said, todo)
        else:
            yield Finding("extras", State.GOOD, f"[{extra}] is installed: {purpose}")
    if has_pdf() and (complaint := _complaint([sys.executable, "-c", "import weasyprint"])):
        said = f"WeasyPrint is here and cannot start: {complaint}"
        yield Finding("pango", State.FAULT, said, f"install Pango: {PANGO}")


def _fonts() -> Finding:
    missing = missing_fonts()
    if missing:
        names = ", ".join(path.name for path in missing)
        state = State.FAULT if has_cards() or has_pdf() else State.NOTICE
        return Finding("fonts", state, f"fonts of cards and PDFs are missing: {names}", AGAIN)
    return Finding("fonts", State.GOOD, "those of cards and PDFs are here")


def _browser() -> Finding:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        said = "no Chromium: publishing needs none, but the tests of pages in a browser do"
        return Finding("browser", State.NOTICE, said, "if you work on the program: scripts/setup --all")
    return Finding("browser", State.GOOD, f"{found}, for the tests of pages")


def _complaint(program: Sequence[str]) -> str:
    """What a program says when it cannot run; nothing if it can."""
    try:
        done = subprocess.run(program, capture_output=True, check=False, timeout=PATIENCE)
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
    if done.returncode == 0:
        return ""
    lines = (done.stderr or done.stdout).decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), f"it ended with {done.returncode}")
