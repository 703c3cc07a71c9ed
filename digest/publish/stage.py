"""Pages to a plain tree that any of the engines renders: `docs/`, `theme/` and an `mkdocs.yml`.

Everything is computed before this point. A staged page is front matter in JSON (which is YAML) and a body that is
HTML already; the configuration has no plugin of ours.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from digest.model.configuration import Configuration
from digest.model.page import FreePage
from digest.pages import Page, Site
from digest.pages.addresses import folder_of
from digest.pages.policy import policy_element
from digest.publish.parts import SECTIONS, Parts, parts_of, section_of

FOOT = (("Follow", "/follow/"), ("Data", "/data/"))
"""What every digest offers at the foot of its pages, before its own free pages."""


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
    configuration = site.library.configuration
    for page in site.pages:
        parts = parts_of(page, configuration.title, configuration.site.site_url)
        write_text(tree.docs / page.address.strip("/") / "index.md", staged_page(page, parts))
    stage_theme(digest_root, tree.theme)
    write_text(
        tree.configuration,
        json.dumps(engine_configuration(site.library.configuration, site.library.pages), ensure_ascii=False, indent=1),
    )
    return tree


def staged_page(page: Page, parts: Parts) -> str:
    """Front matter and body of one page, as every engine reads it.

    The frame takes what it shows from `parts`; the rest says what the page is about.
    """
    meta = {
        "title": page.title,
        "kind": page.kind,
        "section": section_of(page.address),
        "root": "../" * (page.address.count("/") - 1) or "./",
        "hide": ["navigation", "toc"],
        "parts": parts.heads,
        **page.data,
    }
    return f"---\n{json.dumps(meta, ensure_ascii=False)}\n---\n\n{parts.body}\n"


def stage_theme(digest_root: Path, target: Path) -> None:
    """The program's theme, and over it what the digest's own `theme/` holds."""
    with as_file(files("digest.publish") / "theme") as own:
        shutil.copytree(own, target, ignore=shutil.ignore_patterns("__pycache__"))
    overrides = digest_root / "theme"
    if overrides.is_dir():
        shutil.copytree(overrides, target, dirs_exist_ok=True)


def engine_configuration(configuration: Configuration, pages: Sequence[FreePage]) -> dict[str, Any]:
    """What the engine is told: the digest's own settings, and nothing that needs a plugin."""
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
        "extra": {"digest": theme_data(configuration, pages), "generator": False},
    }


def theme_data(configuration: Configuration, pages: Sequence[FreePage]) -> Mapping[str, Any]:
    """What the templates show on every page."""
    return {
        "title": configuration.title,
        "language": configuration.digest.language,
        "root": folder_of(configuration.site.site_url),
        "policy": policy_element(()),
        "copyright": configuration.site.copyright,
        "licence": configuration.digest.licence,
        "licence_url": configuration.digest.licence_url,
        "navigation": [{"title": title, "address": address} for title, address in SECTIONS],
        "footer": [
            *({"title": title, "address": address} for title, address in FOOT),
            *({"title": page.title, "address": page.permalink} for page in pages),
        ],
    }


def write_text(path: Path, text: str) -> None:
    """Write a file, its folders too, with the same bytes on every system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
