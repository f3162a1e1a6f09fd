"""How fast the page plays and answers, in headless Chromium, beside the goals of issue 3.

From the root of the project: python -m tests.bench.playback
Another page's updates a second, by the same yardstick:
    python -m tests.bench.playback --url URL --click SELECTOR

`yardstick.js`, beside this file, looks at the page right after each frame was painted. What it
compares is what the charts show (their SVG's paths, places, strokes, texts; a canvas's pixels),
so a frame counts as an update only if its picture differs from the one before. Looking costs
each frame 1 or 2 ms, which is not taken off. As a check, Chromium's own screencast tells how
many different screenshots it took a second, though taking them slows the page down.
"""

import argparse
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import psutil
from playwright.sync_api import sync_playwright

import nnviz
from nnviz.strokes import strokes_for
from nnviz.writing import loss_text
from tests.bench.pages import (
    CHARTS,
    at_rest,
    button,
    go_to,
    launch,
    opened,
    play,
    rest_with,
    serving,
    set_hidden,
    until_drawn,
)
from tests.browser.server import ROOT

READ_OUTS = "[data-testid=epoch], [data-testid=loss], [data-testid=prediction], [aria-label=Epoch]"
SECONDS = 5  # how long updates are counted; screenshots for half as long
STEPS, PAIRS, RUSHES = 40, 7, 5
SIZES = [8, 2, 12, 5, 24, 10, 17, 7, 14, 4, 20, 9, 28, 6, 11, 31, 13]  # each trained for once
SESSIONS, SESSION_SECONDS = 30, 20
AT = (0, 2500)  # epochs from which one page's cost is told

BARE_PAGE = """
import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Scatter(y=[1 / (1 + k) for k in range(1001)])))
"""
FOUR_INPUTS = """a\tb\tc\td\tscore
2\t9\t1\t7\t92
1\t5\t4\t2\t86
3\t6\t2\t5\t89
5\t2\t8\t1\t40
4\t8\t3\t3\t?"""


# --- Updates a second -------------------------------------------------------------------------


def watch(page, selectors, seconds=SECONDS):
    """What `yardstick.watch` says of so many seconds."""
    page.evaluate("s => { window.watched = yardstick.watch(s) }", selectors)
    page.wait_for_timeout(1000 * seconds)
    return page.evaluate("watched.stop()")


def screenshots(page, seconds=SECONDS / 2):
    """How many different screenshots a second Chromium's screencast takes; small, for speed.

    The page's read-outs are not to be seen in them, so that charts alone can make a difference.
    """
    page.add_style_tag(content=f"{READ_OUTS} {{ opacity: 0 !important }}")
    session, frames = page.context.new_cdp_session(page), []

    def take(frame):
        frames.append((frame["metadata"]["timestamp"], frame["data"]))
        session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    session.on("Page.screencastFrame", take)
    small = {"format": "jpeg", "quality": 30, "maxWidth": 700, "maxHeight": 450}
    session.send("Page.startScreencast", small)
    page.wait_for_timeout(1000 * seconds)
    session.send("Page.stopScreencast")
    if len(frames) < 2:
        return 0
    different = sum(a[1] != b[1] for a, b in zip(frames, frames[1:]))
    return different / max(frames[-1][0] - frames[0][0], 1e-3)


def updates(page, selectors):
    """Count a moving page's updates, first in each frame, then by screenshots, and say so.

    Where nothing moves there is no update: at late epochs the guesses stand still.
    """
    seen, shots = watch(page, selectors), screenshots(page)
    rates = {name: changed / seen["seconds"] for name, changed in seen["changed"].items()}
    charts = [f"{name.split('-')[-1]} {rate:.1f}" for name, rate in rates.items() if name in CHARTS]
    each = f" ({', '.join(charts)})" if charts else ""
    frames = seen["frames"] / seen["seconds"]
    return f"{rates['any']:.1f} in {frames:.1f} frames{each}; by screenshots {shots:.1f}"


def idle_rate(browser):
    """Frames a second of an empty page."""
    with opened(browser, "about:blank") as page:
        seen = watch(page, [])
    return f"{seen['frames'] / seen['seconds']:.1f}"


def play_small(browser, url):
    """Updates a second while the page, as it opens, plays from the start at ×1."""
    with at_rest(browser, url) as page:
        play(page)
        return updates(page, CHARTS)


def play_with_map(browser, url):
    """The same with the map on the page, which follows 15 times a second."""
    with at_rest(browser, url) as page:
        page.get_by_role("tab", name="What it has learned").click()
        page.locator(".st-key-map image").wait_for()
        page.wait_for_load_state("networkidle")
        play(page)
        return updates(page, CHARTS)


def play_wide(browser, url):
    """The same with sixteen hidden neurons."""
    with at_rest(browser, url) as page:
        set_hidden(page, 16)
        rest_with(page, 2 * 16 + 16)
        play(page)
        return updates(page, CHARTS)


def play_deep(browser, url):
    """The same with a pasted table of four inputs and two hidden layers of eight neurons."""
    with at_rest(browser, url) as page:
        button(page, "Tables").click()
        field = page.get_by_label("pasted from a spreadsheet")
        field.fill(FOUR_INPUTS)
        field.press("Control+Enter")
        rest_with(page, 4 * 3 + 3)
        page.keyboard.press("Escape")
        page.locator(".st-key-layers").get_by_role("combobox").click()
        page.get_by_role("option", name="2", exact=True).click()
        rest_with(page, 4 * 3 + 3 * 3 + 3)
        for layer in (1, 2):
            set_hidden(page, 8, layer)
        rest_with(page, 4 * 8 + 8 * 8 + 8)
        play(page)
        return updates(page, CHARTS)


# --- How soon the page answers ----------------------------------------------------------------


def spread(times):
    return f"{statistics.median(times):.0f} ms (from {min(times):.0f} to {max(times):.0f})"


def step_forward(browser, url):
    """From the click's event to the painted frame in which every chart has changed.

    The clicks are 0.1 to 0.5 s apart, so some fall while the server answers the one before.
    """
    times = []
    with at_rest(browser, url) as page:
        box = button(page, "Step forward").bounding_box()
        for k in range(STEPS):
            page.evaluate(
                "s => { window.answer = yardstick.answer('click', yardstick.allChange(s)) }", CHARTS
            )
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            times.append(page.evaluate("answer"))
            page.wait_for_timeout(100 + 170 * k % 400)
    return spread(times)


def drag(browser, url):
    """From the press, over 1,000 epochs and back, until half a second after the release."""
    with at_rest(browser, url) as page:
        box = page.get_by_role("slider", name="Epoch").bounding_box()
        left, right = box["x"] + 8, box["x"] + box["width"] - 8
        middle = box["y"] + box["height"] / 2
        page.mouse.move(left, middle)
        page.evaluate("s => { window.watched = yardstick.watch(s) }", CHARTS)
        page.mouse.down()
        page.mouse.move(right, middle, steps=150)
        reached = page.evaluate("yardstick.number('epoch')")
        page.mouse.move(left, middle, steps=150)
        page.mouse.up()
        page.wait_for_timeout(500)
        seen = page.evaluate("watched.stop()")
    long = f"{seen['long']} of {seen['frames']} over 50 ms"
    return (
        f"{seen['longest']:.0f} ms ({long}; {seen['changed']['any']} pictures, "
        f"to epoch {reached} and back)"
    )


def resize(browser, url):
    """From the press on the slider to the painted frame with every new width and the new loss.

    The playhead is on epoch 1,000, so there is nothing to show before all are trained. What must
    be seen is computed here, from the package itself. Each size is trained for the first time.
    """
    times = []
    table = nnviz.read_table(ROOT / "data" / "exam_scores.csv")
    with at_rest(browser, url) as page:
        button(page, "To end").click()
        for size in SIZES:
            page.wait_for_timeout(700)
            run = nnviz.train(nnviz.Network.random([2, size, 1], 0), nnviz.Dataset(table), 1000)
            strokes = strokes_for(run.sizes)
            widths = [strokes.widths[k] for k in strokes.index(run.kept[-1])]
            page.evaluate(
                "([widths, loss]) => { window.answer = yardstick.answer("
                "'pointerdown', () => () => yardstick.shows(widths, loss)) }",
                [widths, loss_text(run.loss[-1])],
            )
            set_hidden(page, size)
            times.append(page.evaluate("answer"))
    return spread(times)


def rush(browser, url):
    """From the click on Play, at ×100, to the painted frame with epoch 1,000, on fresh pages."""
    times = []
    for _ in range(RUSHES):
        with at_rest(browser, url) as page:
            page.get_by_label("Speed").select_option("100")
            page.evaluate(
                "() => { window.answer = yardstick.answer("
                "'click', () => () => yardstick.number('epoch') >= 1000) }"
            )
            button(page, "Play").click()
            times.append(page.evaluate("answer") / 1000)
    return f"{statistics.median(times):.2f} s (slowest of {RUSHES}: {max(times):.2f})"


def open_beside_bare(browser, url):
    """From navigation until all charts and the loss are painted, beside a page of one chart.

    The two are opened in turn, each time with an empty cache, and each once before.
    """
    times = {"page": [], "bare": []}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bare.py").write_text(BARE_PAGE)
        with serving(folder, "bare.py") as (bare_url, _):
            for _ in range(PAIRS + 1):
                with opened(browser, bare_url) as page:
                    times["bare"].append(until_drawn(page, ["body"]))
                with opened(browser, url) as page:
                    times["page"].append(until_drawn(page, also="yardstick.number('loss') > 0"))
    ours, bare = (statistics.median(times[name][1:]) for name in ("page", "bare"))
    return f"{ours / bare:.2f} times ({ours:.0f} ms beside {bare:.0f} ms, {PAIRS} pairs)"


# --- Thirty at once ---------------------------------------------------------------------------


def many_sessions(browser, url, server):
    """The server's processor time while thirty pages play at ×1, each on weights of its own.

    One machine can't draw thirty pages at full rate, so their films hardly come near the end and
    the server is idle. Beside it stands what it would use if each page played 60 epochs a second:
    thirty times what one costs over that many epochs, from the start, and where its film
    is thinned. What the server uses anyway counts once.
    """
    with ExitStack() as stack:
        pages = []
        for seed in range(1, SESSIONS + 1):
            pages.append(stack.enter_context(at_rest(browser, url)))
            pages[-1].get_by_role("spinbutton", name="Seed").fill(str(seed))
            pages[-1].get_by_role("spinbutton", name="Seed").press("Enter")
            pages[-1].get_by_label("Speed").select_option("1")
        until_idle(server)
        start = time.time() + 10
        for page in pages:
            button(page, "Play").evaluate(
                "(button, at) => void setTimeout(() => button.click(), at - Date.now())",
                1000 * start,
            )
        time.sleep(start - time.time())
        percent = load(server)
        reached = min(page.evaluate("yardstick.number('epoch')") for page in pages)
    idle = load(server)
    costs = [cost(browser, url, server, idle, epoch) for epoch in AT]
    full = [f"{idle + SESSIONS * one:.1f} % from epoch {at}" for one, at in zip(costs, AT)]
    each = f"the slowest plays {reached / SESSION_SECONDS:.0f} epochs/s"
    return f"{percent:.1f} % ({each}); if all played 60: {', '.join(full)}"


def cost(browser, url, server, idle, epoch):
    """What one page adds to the idle server's percent while it plays from an epoch on.

    Taken over the epochs that are played in so many seconds at full rate, however long it takes.
    """
    stop = epoch + 60 * SESSION_SECONDS
    with at_rest(browser, url) as page:
        page.get_by_role("spinbutton", name="Seed").fill("31")
        page.get_by_role("spinbutton", name="Seed").press("Enter")
        for there in (stop, max(epoch - 300, 0)):  # so that it is recorded as far
            go_to(page, there)
        until_idle(server)
        play(page)
        page.wait_for_function(f"yardstick.number('epoch') >= {epoch}")
        used, start = processor_seconds(server), time.perf_counter()
        page.wait_for_function(f"yardstick.number('epoch') >= {stop}", timeout=300_000)
        seconds = processor_seconds(server) - used
        seconds -= idle / 100 * (time.perf_counter() - start)
    return 100 * seconds / SESSION_SECONDS


def load(server):
    """Percent of one core that the server uses for so many seconds."""
    used, start = processor_seconds(server), time.perf_counter()
    time.sleep(SESSION_SECONDS)
    return 100 * (processor_seconds(server) - used) / (time.perf_counter() - start)


def until_idle(server):
    """Return once the server has done nothing for three seconds."""
    used = -1
    while processor_seconds(server) > used + 0.05:
        used = processor_seconds(server)
        time.sleep(3)


def processor_seconds(server):
    """User and system time of a process and all it started."""
    times = [process.cpu_times() for process in (server, *server.children(recursive=True))]
    return sum(t.user + t.system for t in times)


# --- The tables -------------------------------------------------------------------------------


def own_rows(browser):
    """What is measured, its goal, and the measuring, in the order of the issue."""
    with serving(ROOT, "streamlit_app.py") as (url, server):
        yield "frames a second of an idle page", "", idle_rate(browser)
        playing = "screen updates a second while playing"
        yield f"{playing}, 2-3-1", "at least 54", play_small(browser, url)
        yield f"{playing}, 2-3-1 with the map", "at least 54", play_with_map(browser, url)
        yield f"{playing}, 2-16-1", "at least 48", play_wide(browser, url)
        yield f"{playing}, 4-8-8-1", "at least 48", play_deep(browser, url)
        step = f"click on `Step forward` → painted, median of {STEPS}"
        yield step, "at most 25 ms", step_forward(browser, url)
        yield "slider dragged across 1,000 epochs: longest frame", "50 ms", drag(browser, url)
        size = f"hidden size changed → retrained and painted, median of {len(SIZES)}"
        yield size, "at most 300 ms", resize(browser, url)
        first = "first picture after opening, against a bare Streamlit page with one Plotly chart"
        yield first, "at most 1.3 times", open_beside_bare(browser, url)
        yield "epoch 1,000 reached by playing at ×100", "under 0.5 s", rush(browser, url)
        thirty = f"{SESSIONS} sessions playing: server CPU over {SESSION_SECONDS} s, of one core"
        yield thirty, "under 10 %", many_sessions(browser, url, server)


def others_rows(browser, url, selector):
    """How often another page's picture changes once something on it is clicked."""
    yield "frames a second of an idle page", "", idle_rate(browser)
    with opened(browser, url) as page:
        page.wait_for_load_state()
        page.wait_for_timeout(1500)
        if selector:
            page.locator(selector).first.click()
        yield f"screen updates a second, {url}", "", updates(page, ["body"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", help="another page, to be timed by the same yardstick")
    parser.add_argument("--click", metavar="SELECTOR", help="what there is clicked to make it move")
    asked = parser.parse_args()
    busy = psutil.cpu_percent(interval=2)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        print(f"Chromium {browser.version}; {psutil.cpu_count()} cores, {busy:.0f} % busy before\n")
        print("| what | goal | measured |\n| --- | --- | --- |")
        rows = others_rows(browser, asked.url, asked.click) if asked.url else own_rows(browser)
        for row in rows:
            print(f"| {' | '.join(row)} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
