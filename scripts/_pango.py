"""Find Pango, on which `digest build --pdf` stands, or install it where apt-get can.

Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess

import _browser

PACKAGES = ("libpangoft2-1.0-0", "libharfbuzz-subset0")


def find_pango() -> bool:
    """Whether this machine has what WeasyPrint loads."""
    return all(ctypes.util.find_library(name) for name in ("pango-1.0", "pangoft2-1.0"))


def install_pango() -> bool:
    """Install it on Debian and Ubuntu, where we may. False when it is not there afterwards."""
    sudo = _browser.as_root() if shutil.which("apt-get") else None
    if sudo is not None:
        print("setup: no Pango found, which typesets PDFs: installing it with apt-get ...", flush=True)
        apt = [*sudo, "apt-get", "-q", "-o", "DPkg::Lock::Timeout=600"]
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        for arguments in (["update"], ["install", "-y", *PACKAGES]):
            subprocess.run([*apt, *arguments], check=False, env=environment, stdout=subprocess.DEVNULL)
    return find_pango()
