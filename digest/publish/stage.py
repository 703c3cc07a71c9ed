"""Pages to a plain tree that any of the engines renders: `docs/`, `theme/` and an `mkdocs.yml`.

Everything is computed before this point. A staged page is front matter in JSON (which is YAML) and a body that is
HTML already; the configuration has no plugin of ours.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from digest.model.library import Library
from digest.pages import Page, Redirect, Site

SECTIONS = (
    ("Topics", "/topics/"),
    ("Research", "/research/"),
    ("Training", "/training/"),
    ("Studies", "/studies/"),
    ("Archive", "/archive/"),
)
"""The navigation: short and the same every month, so that a page changes only with its own content."""


@dataclass(frozen=True)
class StagedTree:
    """Where the parts of a staged tree are."""

    root: Path

    @property
    def docs(self) -> Path:
        """The pages and the files beside them."""
        return self.root / "docs"

    @property
    def theme(self) -> Path:
        """Templates and assets over those of the engine's theme."""
        return self.root / "theme"

    @property
    def configuration(self) -> Path:
        """The engine's configuration."""
        return self.root / "mkdocs.yml"


def stage_site(site: Site, digest_root: Path, target: Path) -> StagedTree:
    """Write the tree into `target`, which is empty or does not exist."""
    tree = StagedTree(target)
    for page in site.pages:
        _write(tree.docs / page.address.strip("/") / "index.md", staged_page(page))
        for asset in page.assets:
            _copy(digest_root / asset.path, tree.docs / asset.address.strip("/"))
    for redirect in site.redirects:
        _write(tree.docs / redirect.address.strip("/") / "index.html", redirect_page(redirect))
    stage_theme(digest_root, tree.theme)
    _write(tree.configuration, json.dumps(engine_configuration(site.library), ensure_ascii=False, indent=1))
    return tree


def staged_page(page: Page) -> str:
    """Front matter and body of one page, as every engine reads it."""
    meta = {
        "title": page.title,
        "description": page.description,
        "kind": page.kind,
        "section": section_of(page.address),
        "head": page.head,
        "hide": ["navigation", "toc"],
        **page.data,
    }
    # One element without a blank line at either end is one block of raw HTML, which Markdown passes through.
    front_matter = json.dumps(meta, ensure_ascii=False)
    return f'---\n{front_matter}\n---\n\n<div class="digest digest-{page.kind}">\n{page.body.strip()}\n</div>\n'


def section_of(address: str) -> str:
    """The entry of the navigation that a page belongs to, or nothing."""
    return next((section for _, section in SECTIONS if address.startswith(section)), "")


def redirect_page(redirect: Redirect) -> str:
    """A page for an old address, which needs no script."""
    way = "../" * (redirect.address.count("/") - 1)
    target = escape(way + redirect.target.lstrip("/") or "./", quote=True)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>This page has moved</title>\n'
        f'<link rel="canonical" href="{target}">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n</head>\n'
        '<body>\n<h1>This page has moved</h1>\n'
        f'<p><a href="{target}">Go to its new address</a></p>\n</body>\n</html>\n'
    )


def stage_theme(digest_root: Path, target: Path) -> None:
    """The program's theme, and over it what the digest's own `theme/` holds."""
    with as_file(files("digest.publish") / "theme") as own:
        shutil.copytree(own, target, ignore=shutil.ignore_patterns("__pycache__"))
    overrides = digest_root / "theme"
    if overrides.is_dir():
        shutil.copytree(overrides, target, dirs_exist_ok=True)


def engine_configuration(library: Library) -> dict[str, Any]:
    """What the engine is told: the digest's own settings, and nothing that needs a plugin."""
    configuration = library.configuration
    theme: dict[str, Any] = {
        "name": "material",
        "variant": "classic",
        "custom_dir": "theme",
        "language": configuration.digest.language.partition("-")[0],
        "font": False,
        "palette": {"scheme": "default", "primary": "custom", "accent": "custom"},
        "features": [],
    }
    return {
        "site_name": configuration.site.site_name or configuration.title or "Digest",
        "site_url": configuration.site.site_url,
        "docs_dir": "docs",
        "use_directory_urls": True,
        "theme": theme,
        "plugins": [],
        "markdown_extensions": [],
        "nav": [{"Home": "index.md"}],
        "extra_css": ["assets/digest/digest.css"],
        "validation": {
            "nav": dict.fromkeys(("omitted_files", "not_found", "absolute_links"), "ignore"),
            "links": dict.fromkeys(("not_found", "absolute_links", "unrecognized_links", "anchors"), "ignore"),
        },
        "extra": {"digest": theme_data(library), "generator": False},
    }


def theme_data(library: Library) -> Mapping[str, Any]:
    """What the templates show on every page."""
    configuration = library.configuration
    return {
        "title": configuration.title,
        "language": configuration.digest.language,
        "copyright": configuration.site.copyright,
        "licence": configuration.digest.licence,
        "licence_url": configuration.digest.licence_url,
        "navigation": [{"title": title, "address": address} for title, address in SECTIONS],
        "footer": [{"title": page.title, "address": page.permalink} for page in library.pages],
    }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
