"""Servers and browser pages to be measured."""

import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.browser.install import find_chromium

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CHARTS = [".st-key-network", ".st-key-loss", ".st-key-prediction"]


@contextmanager
def serving(folder, script):
    """A Streamlit page on a port of its own: its address and the server's process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "server.address": "127.0.0.1",
        "server.port": port,
        "server.headless": "true",
        "server.fileWatcherType": "none",  # an edit while measuring must not change the page
        "browser.gatherUsageStats": "false",
    }
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += [f"--{name}={value}" for name, value in options.items()]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}", psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def wait_for(address):
    """Return once the address answers; raise after half a minute."""
    for _ in range(300):
        try:
            return urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


def launch(playwright):
    """A headless Chromium."""
    return playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)


@contextmanager
def opened(browser, url):
    """A page in a context, so a cache, of its own; the address only just answered."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.add_init_script(path=HERE / "yardstick.js")
    page.goto(url, wait_until="commit")
    yield page
    context.close()


@contextmanager
def at_rest(browser, url):
    """The page, all its charts drawn, and nothing left to do."""
    with opened(browser, url) as page:
        until_drawn(page)
        page.wait_for_timeout(1500)
        yield page


def until_drawn(page, charts=CHARTS, also="true"):
    """Milliseconds from the start of navigation until all these charts were painted."""
    return page.evaluate(f"s => yardstick.until(() => yardstick.drawn(s) && {also})", charts)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def set_hidden(page, neurons, layer=1):
    """Click on a slider of hidden neurons, where that many are, and mend a near miss by key."""
    box = page.locator(f".st-key-hidden-{layer} [role=group] > div").bounding_box()
    page.mouse.click(box["x"] + box["width"] * (neurons - 1) / 31, box["y"] + box["height"] / 2)
    slider = page.locator(f".st-key-hidden-{layer} input")
    while missing := neurons - int(slider.input_value()):
        slider.press("ArrowRight" if missing > 0 else "ArrowLeft")
        page.wait_for_timeout(300)


def rest_with(page, synapses):
    """Return once the network chart shows so many synapses and the page has come to rest."""
    lines = "document.querySelectorAll('.st-key-network .js-line').length"
    page.wait_for_function(f"{lines} === {synapses}")
    page.wait_for_timeout(1500)
