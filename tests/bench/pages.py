"""Servers and browser pages to be measured."""

from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.browser.install import find_chromium
from tests.browser.server import Server

HERE = Path(__file__).parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CHARTS = [".st-key-network", ".st-key-loss", ".st-key-prediction"]


@contextmanager
def serving(folder, script):
    """A Streamlit page on a port of its own: its address and the server's process."""
    server = Server(folder, script)
    try:
        server.wait_until_healthy()
        yield server.url, psutil.Process(server.pid)
    finally:
        server.stop()


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


def play(page):
    """Play an epoch in each frame, not as slowly as a visit begins with."""
    page.get_by_label("Speed").select_option("1")
    button(page, "Play").click()


def go_to(page, epoch):
    """Go to an epoch; the recording grows as far as that needs."""
    page.locator(".nnviz-where").click()
    page.get_by_label("Go to epoch").fill(str(epoch))
    page.get_by_label("Go to epoch").press("Enter")
    page.wait_for_function(f"yardstick.number('epoch') === {epoch}")


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
