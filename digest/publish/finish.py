"""What the program adds to a site that an engine rendered, and what it takes away: the slow way's last step."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from digest.pages import Site
from digest.publish.engine import NOT_OURS
from digest.publish.outputs import Output, iter_files


def finish_site(site: Site, digest_root: Path, target: Path, more: Iterable[Output] = ()) -> None:
    """Make the rendered tree the one that is published: whatever is no page is written here, and `more`."""
    for name in NOT_OURS:
        path = target / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for page in site.pages:
        for asset in page.assets:
            _write(target / asset.address.lstrip("/"), (digest_root / asset.path).read_bytes())
    for output in (*iter_files(site), *more):
        _write(target / output.path, output.make().content)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
