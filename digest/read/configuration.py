"""`mkdocs.yml` to `Configuration`: the site's own keys and `extra.digest`, typed and checked with positions."""

import dataclasses
import zoneinfo
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from digest.model.configuration import Configuration, DigestSettings, SiteSettings
from digest.model.source import Key, Places, Source
from digest.problem import Problem, Severity, Span
from digest.read.fields import read_fields
from digest.read.files import Files, stays_inside
from digest.read.yaml_tree import YamlTree, parse_yaml

PATH = "mkdocs.yml"
RULE = "configuration-malformed"


def read_configuration(files: Files) -> Configuration:
    """Read what the program needs of `mkdocs.yml`; what cannot be used is reported and left at its default."""
    file = files.root / PATH
    source = files.read(PATH) if stays_inside(files, file, PATH) and file.is_file() else None
    if source is None:
        if not files.problems:
            _report(files, Span(PATH), "there is no mkdocs.yml", "run the command in a digest's folder, or use --root")
        return Configuration(places=Places(Span(PATH), {}, {}))
    tree = parse_yaml(source, 0, len(source.text), rule=RULE)
    files.problems += tree.problems
    data = tree.data if isinstance(tree.data, dict) else {}
    known = {field.name for field in dataclasses.fields(SiteSettings)}
    site, _, problems = read_fields(SiteSettings, {k: v for k, v in data.items() if k in known}, tree.places, source)
    _require_groups(files, tree, source)
    extra = data.get("extra")
    settings = extra.get("digest") if isinstance(extra, dict) else None
    key: Key = ("extra", "digest")
    digest, _, more = read_fields(DigestSettings, settings, _below(tree.places, key), source)
    files.problems += [_as_configuration(problem) for problem in problems + more]
    configuration = Configuration(site=site, digest=digest, places=tree.places)
    if not tree.unreadable:  # what is missed may stand there
        _require(files, configuration, source)
    _check_values(files, configuration)
    return configuration


def _require_groups(files: Files, tree: YamlTree, source: Source) -> None:
    """The file, `extra` and `extra.digest` are groups of fields, where they are there at all."""
    data = tree.data
    for key in ((), ("extra",), ("extra", "digest")):
        data = data.get(key[-1]) if key else data
        if data is None:
            return
        if not isinstance(data, dict):
            span = tree.places.at(*key) if key else source.span(0, len(source.line(1)))
            name = ".".join(key) or PATH
            _report(files, span, f"'{name}' is not a group of fields", "write its fields below it, indented")
            return


def _below(places: Places, key: Key) -> Places:
    depth = len(key)
    return Places(
        places.key_at(*key),
        {found[depth:]: span for found, span in places.values.items() if found[:depth] == key},
        {found[depth:]: span for found, span in places.keys.items() if found[:depth] == key},
    )


def _as_configuration(problem: Problem) -> Problem:
    return dataclasses.replace(problem, rule=RULE) if problem.rule.startswith("field-ma") else problem


def _require(files: Files, configuration: Configuration, source: Source) -> None:
    places = configuration.places
    top = source.span(0, len(source.line(1)))
    if not configuration.site.site_name:
        _report(files, top, "'site_name' is missing", "add `site_name: ...`: the name of the site")
    if not configuration.site.site_url:
        _report(files, top, "'site_url' is missing", "add `site_url: https://.../`: feeds and redirects need it")
    reported = {problem.span for problem in files.problems}
    if not configuration.digest.authors and places.at("extra", "digest", "authors") not in reported:
        span = places.key_at("extra", "digest")
        _report(files, span, "'extra.digest.authors' is missing", "add `authors: [...]`: who the summaries are by")


def _check_values(files: Files, configuration: Configuration) -> None:
    url, places = configuration.site.site_url, configuration.places
    if url and (not url.startswith(("https://", "http://")) or not url.endswith("/")):
        _report(files, places.at("site_url"), f"'{url}' is not an address that ends in '/'", "write https://.../")
    elif not url.isascii():
        message = f"'{url}' has letters that feeds and site maps must not hold"
        _report(files, places.at("site_url"), message, f"write {_in_ascii(url)}, which is the same address")
    zone = configuration.digest.time_zone
    if not _is_time_zone(zone):
        span = places.at("extra", "digest", "time_zone")
        _report(files, span, f"unknown time zone '{zone}'", "write a name such as America/Toronto")
    _check_lengths(files, configuration)


def _in_ascii(url: str) -> str:
    """An address as it is sent: the host as IDNA has it, the path with percent signs."""
    parts = urlsplit(url)
    try:
        host = parts.netloc.encode("idna").decode()
    except UnicodeError:
        host = quote(parts.netloc)
    return urlunsplit((parts.scheme, host, quote(parts.path, safe="/%"), "", ""))


def _is_time_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _check_lengths(files: Files, configuration: Configuration) -> None:
    lengths: dict[str, Any] = vars(configuration.digest.lengths)
    for name, value in lengths.items():
        if value < 0:
            span = configuration.places.at("extra", "digest", "lengths", name)
            _report(files, span, f"'{name}' is {value}, less than nothing", "write 0 or more")


def _report(files: Files, span: Span, message: str, fix: str) -> None:
    files.problems.append(Problem(RULE, Severity.ERROR, span, message, fix=fix))


def read_time_zone(root: Path) -> str:
    """The digest's time zone alone: what decides which day it is before anything else is read."""
    return read_configuration(Files(root)).digest.time_zone
