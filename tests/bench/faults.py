"""What goes wrong around the page, some rounds of each: what is shown, and what is lost.

The server is ended and started again, once politely (SIGTERM) and once not (SIGKILL); it stands
still for ten seconds (SIGSTOP), as on a machine that swaps, while the film plays and while cells
are edited; and the network is as slow as on a train. A line says in how many rounds each thing
was so; what was in a field that was not yet left may be lost, and nothing else.

From the root of the project: python -m tests.bench.faults [rounds] [scenarios by name]
"""

import os
import statistics
import sys
import time
from collections import defaultdict

import psutil
from playwright.sync_api import Error, expect, sync_playwright

from tests.bench.pages import launch
from tests.browser.server import ROOT, Server

sys.path += [str(ROOT / "tests" / part) for part in ("unit", "browser")]
import screen  # noqa: E402

ROUNDS = 3
STANDSTILL = 10  # seconds
SLOW = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 20_000}  # ms, bytes a s
EDITED = screen.edited(0, 2, 40)
QUESTION = (1.5, 8.0)
COMPLAINT = "Connection error"
PATIENCE = 60  # seconds
expect.set_options(timeout=1000 * PATIENCE)


class Round:
    """A page of which something was changed, and what was found of it.

    found: by what is asked, whether it is so. times: by what is waited for, in seconds.
    """

    def __init__(self, browser):
        self.server = Server()
        self.server.wait_until_healthy()
        self.found, self.times = {}, {}
        self._context = browser.new_context(viewport={"width": 1440, "height": 900})
        self.page = self._context.new_page()
        self.page.set_default_timeout(1000 * PATIENCE)
        self.page.add_init_script(path=ROOT / "tests" / "browser" / "look.js")
        screen.open_app(self.page, self.server.url)

    @property
    def process(self):
        return psutil.Process(self.server.pid)

    def close(self):
        self._context.close()
        self.server.stop()

    def change(self):
        """Edit a cell, ask something, choose a seed and go somewhere."""
        screen.type_in_cell(self.page, 0, 2, "40")
        screen.type_number(self.page, "Seed", 3)
        screen.type_number(self.page, "study", QUESTION[0])
        screen.go_to(self.page, 137)
        self.wait(self.run(), 137)

    def run(self, rows=EDITED, seed=3):
        return screen.record(rows=rows, seed=seed)

    def wait(self, run, epoch, question=QUESTION):
        screen.wait_for_server(self.page, run, epoch, question)

    def shows(self, run, epoch, question=QUESTION):
        return is_of(screen.look(self.page), run, epoch, question)

    def note(self, what, is_so):
        """Note whether something is so; waiting in vain for it is that it is not."""
        try:
            self.found[what] = bool(is_so())
        except (AssertionError, Error):
            self.found[what] = False

    def time(self, what, wait):
        begin = time.perf_counter()
        self.note(what, lambda: wait() or True)
        self.times[what] = time.perf_counter() - begin


def is_of(seen, run, epoch, question=QUESTION):
    try:
        screen.assert_shows(seen, run, epoch, question)
    except AssertionError:
        return False
    return True


def ended(round, end):
    """The server is ended while a cell is being typed in, and started again."""
    page, server = round.page, round.server
    round.change()
    screen.open_cell(page, 1, 2).fill("77")  # and it is not left
    end(round.process)
    complaint = page.get_by_role("dialog", name=COMPLAINT)
    round.time("the page says so", lambda: expect(complaint).to_be_visible())
    for _ in range(5):  # the cell may hear the key first
        if complaint.is_visible():  # it lies over the page
            page.keyboard.press("Escape")
            page.wait_for_timeout(300)
    if complaint.is_visible():
        complaint.get_by_role("button").first.click()
    screen.button(page, "Step forward").click()
    round.note("a step is painted all the same", lambda: round.shows(round.run(), 138))
    screen.play_until(page, 200)
    epoch = screen.pause(page)
    round.note("the film plays", lambda: epoch >= 200 and round.shows(round.run(), epoch))
    server.stop()
    round.server = Server(port=server.port)
    round.server.wait_until_healthy()
    round.time("it is back by itself", lambda: round.wait(round.run(), epoch))
    seed = page.get_by_role("spinbutton", name="Seed", exact=True)
    round.note("settings are kept", lambda: expect(seed).to_have_value("3") or True)
    asked = page.get_by_role("spinbutton", name="study", exact=True)
    round.note("the question is kept", lambda: expect(asked).to_have_value("1.5") or True)
    round.note("the epoch is kept", lambda: screen.epoch_of(page) == epoch)
    round.note("the table is kept", lambda: screen.cell_text(page, 0, 2) == "40")
    round.note("the cell that was not left is kept", lambda: screen.cell_text(page, 1, 2) == "77")
    screen.type_number(page, "Seed", 8)
    round.note("and it goes on", lambda: round.wait(round.run(seed=8), epoch) or True)


def suspended_while_playing(round):
    page = round.page
    round.change()
    screen.go_to(page, 0)
    screen.play(page)
    round.process.suspend()
    time.sleep(STANDSTILL)
    epoch = screen.epoch_of(page)
    round.note("the film plays on", lambda: epoch > 10 * STANDSTILL)
    screen.button(page, "Step back").click()
    epoch = screen.epoch_of(page)
    round.note("a step is painted", lambda: round.shows(round.run(), epoch))
    round.process.resume()
    round.time("the server catches up", lambda: round.wait(round.run(), epoch))
    round.note("nothing is lost", lambda: screen.cell_text(page, 0, 2) == "40")


def suspended_while_editing(round):
    page, rows = round.page, screen.edited(0, 2, 40)
    round.change()
    round.process.suspend()
    screen.type_in_cell(page, 1, 2, "77")
    time.sleep(STANDSTILL / 2)
    round.note("the last run stays", lambda: round.shows(round.run(), 137))
    screen.type_in_cell(page, 2, 2, "66")
    time.sleep(STANDSTILL / 2)
    rows[1][2], rows[2][2] = 77, 66
    round.process.resume()
    round.time("both edits are learned from", lambda: round.wait(round.run(rows), 137))
    cells = (("40", 0), ("77", 1), ("66", 2))
    round.note(
        "nothing is lost",
        lambda: all(screen.cell_text(page, row, 2) == text for text, row in cells),
    )


def slow(round):
    page = round.page
    round.change()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", {"offline": False, **SLOW})
    before, after = round.run(), round.run(screen.edited(0, 2, 50))
    begin = time.perf_counter()
    screen.type_in_cell(page, 0, 2, "50")
    pictures = screen.watch_while(page, 100, lambda: None)
    round.time("an edit is learned from", lambda: round.wait(after, 137))
    round.times["an edit is learned from"] = time.perf_counter() - begin
    round.note(
        "every picture meanwhile is of one run, or what is late is faint",
        lambda: all(
            seen["late"] or is_of(seen, before, 137) or is_of(seen, after, 137) for seen in pictures
        ),
    )
    screen.button(page, "Step forward").click()
    round.note("a step is painted at once", lambda: round.shows(after, 138))
    round.time("what belongs to it comes", lambda: round.wait(after, 138))
    screen.play_until(page, 300)
    epoch = screen.pause(page)
    round.note("the film plays", lambda: round.shows(after, epoch))
    round.time("the pause is told", lambda: round.wait(after, epoch))


SCENARIOS = {
    "SIGTERM": lambda round: ended(round, psutil.Process.terminate),
    "SIGKILL": lambda round: ended(round, psutil.Process.kill),
    "SIGSTOP-playing": suspended_while_playing,
    "SIGSTOP-editing": suspended_while_editing,
    "slow-network": slow,
}


def main(rounds=ROUNDS, names=()):
    print(f"load before: {os.getloadavg()[0]:.1f}\n")
    print("| what happens | what is looked at | rounds in which it is so | median s |")
    print("| --- | --- | ---: | ---: |")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name in names or SCENARIOS:
            found, times = defaultdict(list), defaultdict(list)
            for _ in range(rounds):
                round = Round(browser)
                try:
                    SCENARIOS[name](round)
                except (AssertionError, Error) as error:
                    print(f"{name} broke off: {str(error)[:200]}", file=sys.stderr)
                finally:
                    round.close()
                for what, is_so in round.found.items():
                    found[what].append(is_so)
                    times[what] += [round.times[what]] if what in round.times else []
            for what, so in found.items():
                took = f"{statistics.median(times[what]):.1f}" if times[what] else ""
                print(f"| {name} | {what} | {sum(so)} of {len(so)} | {took} |", flush=True)
        browser.close()
    print(f"\nload after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS, sys.argv[2:])
