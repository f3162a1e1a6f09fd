"""Whatever is done in whatever haste, the read-outs are those of what was asked for."""

import random

import numpy as np
from playwright.sync_api import expect
from runs import ROWS
from screen import (
    assert_shows,
    button,
    epoch_of,
    epoch_slider,
    look,
    record,
    set_hidden,
    shown,
    speed,
    type_in_cell,
    type_number,
    wait_for_server,
)
from tutorial import TutorialAtRate

ACTIONS, PAUSE = 100, 250  # ms between two of them, at most
KEYS = ["ArrowLeft", "ArrowRight", "Home", "End"]


class Asked:
    """What a person asked for last, of everything."""

    def __init__(self):
        self.rows = [list(row) for row in ROWS]
        self.hidden, self.seed, self.rate, self.question = 3, 0, 1.0, [4.0, 8.0]


def transport(page, asked, rng):
    name = rng.choice(["Step forward", "Step back", "To start", "To end", "play"])
    if name == "play":
        page.locator(".nnviz-play").click()
    else:
        button(page, name).click()


def key(page, asked, rng):
    page.locator(".nnviz-play").focus()
    page.keyboard.press(rng.choice(KEYS))


def scrub(page, asked, rng):
    epoch_slider(page).fill(str(rng.randrange(1001)))


def pace(page, asked, rng):
    speed(page, rng.choice(["5/s", "15/s", "1", "5", "25"]))


def seed(page, asked, rng):
    asked.seed = rng.randrange(100)
    type_number(page, "Seed", asked.seed)


def rate(page, asked, rng):
    asked.rate = rng.choice([0.1, 0.5, 1.0, 3.0])
    type_number(page, "Learning rate", asked.rate)


def neurons(page, asked, rng):
    asked.hidden = min(max(asked.hidden + rng.choice([-1, 1]), 1), 6)
    set_hidden(page, asked.hidden)


def question(page, asked, rng):
    place = rng.randrange(2)
    asked.question[place] = rng.choice([0.5, 2.0, 3.5, 6.0, 11.0])
    type_number(page, ["study", "sleep"][place], asked.question[place])


def cell(page, asked, rng):
    row, score = rng.randrange(3), rng.randrange(100)
    asked.rows[row][2] = score
    type_in_cell(page, row, 2, str(score))


def logarithmic(page, asked, rng):
    page.get_by_text("logarithmic").click()


OFTEN = [transport] * 6 + [key] * 4 + [scrub] * 4 + [pace] * 2
SELDOM = [seed, rate, neurons, question, cell, logarithmic]  # what the server must answer


def expected(asked, epoch):
    """Loss and score by the tutorial's own loop, without a line of nnviz."""
    inputs, labels = np.array(asked.rows[:3], dtype=float)[:, :2], np.array(asked.rows[:3])[:, 2:]
    rng, largest = np.random.default_rng(asked.seed), inputs.max(axis=0)
    weights = [rng.standard_normal(shape) for shape in ((2, asked.hidden), (asked.hidden, 1))]
    loop, X, y = TutorialAtRate(*weights, asked.rate), inputs / largest, labels.astype(float) / 100
    for _ in range(epoch):
        loop.train(X, y)
    score = 100 * loop.forward(np.divide([asked.question], largest))[0, 0]
    return np.mean((y - loop.forward(X)) ** 2), score


def test_after_100_actions_in_haste_the_read_outs_are_the_tutorials_own(page):
    rng, asked = random.Random(14), Asked()
    for _ in range(ACTIONS):
        act = rng.choice(OFTEN if rng.random() < 0.8 else SELDOM)
        act(page, asked, rng)
        page.wait_for_timeout(rng.uniform(0, PAUSE))
    if button(page, "Pause").is_visible():
        button(page, "Pause").click()
    expect(button(page, "Play")).to_be_visible()
    epoch = epoch_of(page)
    run = record(asked.hidden, rows=asked.rows, seed=asked.seed, rate=asked.rate)
    wait_for_server(page, run, epoch, tuple(asked.question))
    loss, score = expected(asked, epoch)
    assert shown(page, "loss").inner_text() == f"{loss:#.3g}"
    assert shown(page, "prediction").inner_text() == f"{score:.2f}"
    assert_shows(look(page), run, epoch, tuple(asked.question))
