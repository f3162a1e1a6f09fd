"""Find a Chromium for the browser tests, or install one: ``python tests/browser/install.py``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """A Chromium that runs: $CHROMIUM, the system's, or the one Playwright downloaded."""
    for command in (os.environ.get("CHROMIUM"), *COMMANDS):
        path = command and shutil.which(command)
        if path and _succeeds(path, "--version"):
            return path
    return _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def install_chromium() -> str | None:
    """Try to install a Chromium; its path, or None if none can be had."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        _succeeds("apt-get", "update") and _succeeds("apt-get", "install", "-y", "chromium")
        if path := find_chromium():
            return path
    _succeeds(sys.executable, "-m", "playwright", "install", "chromium")
    return find_chromium()


def _succeeds(*command: str) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return False
    if done.returncode and "install" in command:
        print(f"{' '.join(command)}: {done.stderr.strip()[-300:]}", file=sys.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    if not (path := find_chromium() or install_chromium()):
        sys.exit(
            "The browser tests need Chromium, and none was found or could be installed. "
            "Install chromium or Google Chrome, or set CHROMIUM to the path of one."
        )
    print(f"Browser tests run in {path}")
