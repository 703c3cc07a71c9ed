"""Find Chromium for the browser tests, or install it.

Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ELSEWHERE = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)
OS_RELEASE = Path("/etc/os-release")


def find_browser() -> str | None:
    """The Chromium or Chrome that this machine has, on PATH or where its installer puts it."""
    found = [path for path in map(shutil.which, ON_PATH) if path]
    found += [path for path in ELSEWHERE if Path(path).is_file()]
    return found[0] if found else None


def install_browser(python: Path) -> bool:
    """Install Chromium: Debian's own where we may, else the one that Playwright brings. False when neither worked."""
    if is_debian():
        sudo = as_root()
        if sudo is not None and install_from_debian(sudo):
            return True
    print("setup: no Chromium found: installing the one that Playwright brings ...", flush=True)
    return subprocess.run([str(python), "-m", "playwright", "install", "chromium"], check=False).returncode == 0


def install_from_debian(sudo: list[str]) -> bool:
    """`apt-get install chromium`, waiting when another `apt-get` is at work."""
    print("setup: no Chromium found: installing Debian's with apt-get (some minutes) ...", flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    apt = [*sudo, "apt-get", "-q", "-o", "DPkg::Lock::Timeout=600"]
    for arguments in (["update"], ["install", "-y", "chromium"]):
        if subprocess.run([*apt, *arguments], check=False, env=environment, stdout=subprocess.DEVNULL).returncode:
            print("setup: apt-get " + arguments[0] + " failed.", flush=True)
            return False
    return find_browser() is not None


def is_debian() -> bool:
    """Whether `apt-get install chromium` gives a browser: on Ubuntu it gives a snap, or nothing."""
    if not (shutil.which("apt-get") and OS_RELEASE.is_file()):
        return False
    lines = OS_RELEASE.read_text(encoding="utf-8", errors="replace").splitlines()
    words = " ".join(
        line.split("=", 1)[1].strip("\"'") for line in lines if line.startswith(("ID=", "ID_LIKE="))
    ).split()
    return "debian" in words and "ubuntu" not in words


def as_root() -> list[str] | None:
    """What to put before a command so that root runs it, without asking for a password; None when that cannot be."""
    if os.geteuid() == 0:  # only ever asked on Debian, which has it
        return []
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") and subprocess.run([*sudo, "true"], check=False, capture_output=True).returncode == 0:
        return sudo
    return None
