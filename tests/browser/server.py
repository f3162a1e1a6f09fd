"""The page, served for tests and benchmarks by a Streamlit of its own."""

import os
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A Streamlit on a free port of this machine alone.

    url: where it answers, at which port. pid: its process. log: what it has printed so far,
    line by line.
    """

    def __init__(self, folder=ROOT, script="streamlit_app.py", port=None):
        self.port = port = port or free_port()
        self.url, self.log, self._ready = f"http://127.0.0.1:{port}", [], threading.Event()
        options = {
            "server.port": port,
            "server.address": "127.0.0.1",
            "server.headless": True,
            "server.fileWatcherType": "none",  # an edit must not change the page under test
            "browser.gatherUsageStats": False,
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", script]
            + [f"--{name}={value}" for name, value in options.items()],
            cwd=folder,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.pid = self._process.pid
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self._process.stdout:
            self.log.append(line)
            if "URL:" in line:
                self._ready.set()

    def wait_until_healthy(self):
        if not self._ready.wait(60):
            raise RuntimeError(f"Streamlit does not start:\n{''.join(self.log)}")
        urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=10).close()

    def stop(self):
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
