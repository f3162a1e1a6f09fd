"""Recording that takes long, in headless Chromium: 10,000 rows of 50 columns, three layers of 32.

From the root of the project: python -m tests.bench.long

Measured in the page where a person sees it: how soon something plays, what Stop takes, and what
another person's change of size takes while the recording is made; and of the server, what it
still computes once the page is closed.
"""

import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import sync_playwright

from nnviz import Recipe
from tests.bench.pages import at_rest, button, launch, serving
from tests.browser.server import ROOT

CHANGES = 12  # of size, by somebody else, there and back
WATCHED = 8  # seconds after the page is closed

# Milliseconds until something is so, looked at in each frame.
UNTIL = """(is) => new Promise((done) => {
  const start = performance.now();
  const so = new Function(`return ${is}`);
  const look = () => (so() ? done(performance.now() - start) : requestAnimationFrame(look));
  look();
})"""
NOTE = "document.querySelector('.nnviz-note').textContent"
SYNAPSES = "document.querySelectorAll('.st-key-network .js-line').length"


def recipe():
    rng = np.random.default_rng(0)
    table = pd.DataFrame(rng.uniform(1, 99, (10_000, 50)).round(2))
    table[49] = table[[0, 1, 2]].mean(axis=1).round(2)
    columns = [f"c{k}" for k in range(50)]
    return Recipe(table.set_axis(columns, axis=1), hidden=(32, 32, 32), learning_rate=0.003)


def opened(page, folder):
    """The recipe, opened as a file; milliseconds until a first piece of it can be played."""
    path = Path(folder, "large.json")
    path.write_text(recipe().to_json())
    button(page, "Tables").click()
    page.locator("input[type=file]").set_input_files(path)
    taken = page.evaluate(UNTIL, f"{NOTE}.includes('epochs recorded')")
    page.keyboard.press("Escape")
    return taken


def changes(page):
    """What somebody else's changes of size take, until their network stands there, in ms."""
    slider, taken = page.locator(".st-key-hidden-1 input"), []
    for turn in range(CHANGES):
        neurons = 4 if turn % 2 == 0 else 3
        slider.press("ArrowRight" if neurons == 4 else "ArrowLeft")
        taken.append(page.evaluate(UNTIL, f"{SYNAPSES} === {3 * neurons}"))
        page.wait_for_timeout(400)
    return taken


def toggles(page):
    """What it takes until the loss is drawn on another axis, in ms."""
    taken = []
    for kind in ("log", "linear") * 3:
        page.get_by_text("logarithmic").click()
        is_drawn = "document.querySelector('.st-key-loss .js-plotly-plot')?._fullLayout"
        taken.append(page.evaluate(UNTIL, f"{is_drawn}?.yaxis.type === '{kind}'"))
        page.wait_for_timeout(1000)
    return taken


def computed_after(process):
    """Seconds that the server still computes, of those that follow."""
    before = sum(process.cpu_times()[:2])
    time.sleep(WATCHED)
    return sum(process.cpu_times()[:2]) - before


def rows(browser, url, process, folder):
    """What was measured, its goal and how long it took."""
    with at_rest(browser, url) as other:
        alone = changes(other)
        yield "a change of size, alone", "500 ms", f"{statistics.median(alone):.0f} ms"
        with at_rest(browser, url) as page:
            taken = opened(page, folder)
            yield "the table is taken in and a first piece plays", "", f"{taken / 1000:.1f} s"
            page.get_by_label("Speed").select_option("100")
            button(page, "Play").click()
            page.wait_for_timeout(3000)
            among = changes(other)
            yield "a change of size, meanwhile", "500 ms", f"{statistics.median(among):.0f} ms"
            yield "… the longest", "", f"{max(among):.0f} ms"
            recorded = page.locator(".nnviz-recorded").inner_text()
            yield "epochs that can be played by then", "", recorded
            taken = statistics.median(toggles(page))
            yield "a toggle, meanwhile", "1,000 ms", f"{taken:.0f} ms"
            stop = page.locator("[data-do=stop]")
            if not stop.is_visible():  # a fast machine is done with the first thousand
                page.locator("[data-do=end]").click()
                button(page, "Go on").click()
            stop.click()
            taken = page.evaluate(UNTIL, f"!{NOTE}.includes('to go')")
            yield "Stop", "", f"{taken:.0f} ms"
            page.wait_for_timeout(2000)
            taken = statistics.median(toggles(page))
            yield "a toggle, afterwards", "1,000 ms", f"{taken:.0f} ms"
            button(page, "Go on").click()
            page.wait_for_timeout(3000)
        taken = computed_after(process)
    yield f"computed in the {WATCHED} s after the page is closed", "", f"{taken:.1f} s"


def main():
    print("| what | goal | measured |\n| --- | ---: | ---: |")
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        serving(ROOT, "streamlit_app.py") as (url, process),
    ):
        browser = launch(playwright)
        for what, goal, taken in rows(browser, url, process, folder):
            print(f"| {what} | {goal} | {taken} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
