"""The page, served for the tests by a Streamlit of its own."""

import os
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Server:
    """A Streamlit on a free port of this machine alone.

    log: what it has printed so far, line by line.
    """

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url, self.log, self._ready = f"http://127.0.0.1:{port}", [], threading.Event()
        options = {
            "port": port,
            "address": "127.0.0.1",
            "headless": True,
            "fileWatcherType": "none",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
            + [f"--server.{name}={value}" for name, value in options.items()],
            cwd=ROOT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
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
