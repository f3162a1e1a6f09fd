"""What many people on one server cost: its memory, and how long each waits for an answer.

Each page has a seed of its own, so that nothing is shared but what all pages share. Together they
act about three times a second, each page once a second at most: it edits a cell, steps, or pauses
somewhere, which tells the server the epoch. The wait for a step and a pause is the server's alone;
the browser has painted the epoch long since. What other starts would answer follows an edit in the
background: "range" is the wait until that stands there, too.

From the root of the project: python -m tests.bench.load [seconds of acting for each line]
"""

import os
import random
import sys
import threading
import time

import numpy as np
import psutil

from nnviz import Recipe, read_table
from nnviz.page import packing
from nnviz.page.memory import MEMORY
from tests.bench.pages import serving
from tests.bench.visitor import Visitor
from tests.browser.server import ROOT

PAGES, EPOCHS = (1, 10, 30), (1_000, 100_000)
ACTIONS_A_SECOND = 3
EDIT, PAUSE, STEP, RANGE = "edit", "pause", "step", "range"
LITTLE, AGAIN = 20, 11  # MB; seconds after which memory is given back again
FORGOTTEN = 130  # seconds after which Streamlit has forgotten a page that was closed


def link(seed, epochs):
    recipe = Recipe(read_table(ROOT / "data" / "exam_scores.csv"), seed=seed)
    return f"run={packing.pack(recipe.to_json())}" + (f"&of={epochs}" if epochs > 1000 else "")


def act(visitor, rng, until, waits):
    """One person's doings until a time, a while apart, as a person's are."""
    epoch, pages = 0, len(waits["pages"])
    while True:
        pause = rng.expovariate(min(1, ACTIONS_A_SECOND / pages))
        if time.monotonic() + pause > until:
            return  # sooner than the next action; all at once would be another question
        time.sleep(pause)
        what = rng.choice((EDIT, PAUSE, STEP))
        if what == EDIT:
            wait = visitor.edit(rng.randrange(3), "score", str(rng.randrange(100)))
            waits[RANGE].append(wait + visitor.until_sure())
        else:
            epoch = (epoch + 1 if what == STEP else rng.randrange(visitor.epochs)) % visitor.epochs
            wait = visitor.tell(epoch)
        waits[what].append(wait)


def measured(pages, epochs, seconds):
    """A line of the table: so many pages, each with so many epochs recorded."""
    with serving(ROOT, "streamlit_app.py") as (url, server):
        visitors = [Visitor(url, link(seed, epochs)) for seed in range(1, pages + 1)]
        for visitor in visitors:
            until_recorded(visitor, epochs)
            visitor.until_sure()
        opened, used = memory(server), processor_seconds(server)
        waits = {what: [] for what in (EDIT, PAUSE, STEP, RANGE)} | {"pages": visitors}
        until = time.monotonic() + seconds
        people = [
            threading.Thread(target=act, args=(visitor, random.Random(seed), until, waits))
            for seed, visitor in enumerate(visitors)
        ]
        most = watched(people, server)
        cost = (processor_seconds(server) - used) / sum(len(waits[w]) for w in (EDIT, PAUSE, STEP))
        for visitor in visitors:
            visitor.close()
        return opened, most, cost, waits


def until_recorded(visitor, epochs):
    """A long recording is made piece by piece, while the page asks how far it is."""
    while visitor.epochs < epochs:
        time.sleep(0.2)
        visitor.run()


def watched(people, server):
    """The most memory while they act, in MB."""
    for person in people:
        person.start()
    most = memory(server)
    while any(person.is_alive() for person in people):
        time.sleep(0.2)
        most = max(most, memory(server))
    return most


def memory(server):
    """What the server takes of the machine's memory, in MB."""
    return server.memory_info().rss / 1e6


def processor_seconds(server):
    times = server.cpu_times()
    return times.user + times.system


def p95(waits):
    return 1000 * float(np.percentile(waits, 95)) if waits else float("nan")


def closed(pages, rounds=3):
    """Whether closed pages' memory comes back, in MB: as many pages again and again.

    The server may keep little, so that what grows is not what it keeps for the next who come.
    """
    os.environ[MEMORY] = str(LITTLE)
    with serving(ROOT, "streamlit_app.py") as (url, server):
        Visitor(url).close()
        yield memory(server)
        for turn in range(rounds):
            visitors = [
                Visitor(url, link(1000 * turn + seed, 100_000)) for seed in range(1, pages + 1)
            ]
            for visitor in visitors:
                until_recorded(visitor, 100_000)
            opened = memory(server)
            for visitor in visitors:
                visitor.close()
            time.sleep(FORGOTTEN)
            for _ in range(2):  # Streamlit looks who is gone when someone goes, and then
                Visitor(url).close()  # who comes next has the memory given back
                time.sleep(AGAIN)
            yield opened, memory(server)
    del os.environ[MEMORY]


def main(seconds=60):
    print(f"{psutil.cpu_count()} cores; load before: {os.getloadavg()[0]:.1f}\n")
    print("| pages | epochs | MB, open | MB, at most | CPU ms an action |", end="")
    print(" edit, p95 ms | range, p95 ms | pause, p95 ms | step, p95 ms | actions |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for epochs in EPOCHS:
        for pages in PAGES:
            opened, most, cost, waits = measured(pages, epochs, seconds)
            actions = len(waits[EDIT] + waits[PAUSE] + waits[STEP])
            print(
                f"| {pages} | {epochs:,} | {opened:.0f} | {most:.0f} | {1000 * cost:.0f} | "
                + " | ".join(f"{p95(waits[what]):.0f}" for what in (EDIT, RANGE, PAUSE, STEP))
                + f" | {actions} |",
                flush=True,
            )
    first, *rounds = closed(10)
    print(f"\nWith a budget of {LITTLE} MB, one page, closed again: {first:.0f} MB.")
    print("Ten pages with seeds of their own and 100,000 epochs, and closed again:")
    for opened, after in rounds:
        print(f"{opened:.0f} MB open, {after:.0f} MB two minutes after they were closed")
    print(f"\nload after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
