"""How fast the tab “Inside this epoch” answers, in headless Chromium.

From the root of the project: python -m tests.bench.inside

Measured in the page, from the click until the frame in which the tab shows other numbers. The
playhead's answer holds the pause after which the player tells the server, and the server's run.
"""

import statistics

from playwright.sync_api import sync_playwright

from tests.bench.pages import at_rest, launch, serving
from tests.browser.server import ROOT

TIMES = 20
VIEWS = ["Walk", "One weight", "σ and its slope"]

# Milliseconds from a click on a button until the frame after the tab's text differs.
ANSWER = """(name) => new Promise((done) => {
  const parts = () => [...document.querySelectorAll(".st-key-tabs :is(.stMarkdown, .nnviz-sheet)")];
  const text = () => parts().map((el) => el.textContent).join();
  const before = text();
  const start = performance.now();
  const finish = () => done(performance.now() - start);
  const look = () => requestAnimationFrame(text() === before ? look : finish);
  const buttons = [...document.querySelectorAll("button")];
  buttons.find((el) => (el.ariaLabel ?? el.textContent) === name).click();
  look();
})"""


def answer(page, buttons):
    """The median answer to clicks on these buttons, each from rest."""
    taken = []
    for button in buttons:
        taken.append(page.evaluate(ANSWER, button))
        page.wait_for_timeout(400)
    return statistics.median(taken)


def rows(page):
    """What was measured, and how long it took."""
    yield "`Next` or `Back` → the step is shown", answer(page, ["Next"] * 11 + ["Back"] * 11)
    for view in VIEWS:
        page.get_by_text(view, exact=True).click()
        page.wait_for_timeout(1000)
        yield f"`Step forward` → {view} of that epoch", answer(page, ["Step forward"] * TIMES)


def main():
    print("| what | goal | median |\n| --- | ---: | ---: |")
    with sync_playwright() as playwright, serving(ROOT, "streamlit_app.py") as (url, _):
        browser = launch(playwright)
        with at_rest(browser, url) as page:
            for what, milliseconds in rows(page):
                print(f"| {what} | 150 ms | {milliseconds:.0f} ms |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
