"""A recording that takes long: it plays as far as it has come, stops when told to, and goes on."""

import re

import numpy as np
import pandas as pd
from playwright.sync_api import expect
from screen import (
    button,
    epoch_of,
    epoch_slider,
    recorded,
    shown,
    speed,
    type_epoch,
    wait_for_epoch,
)

from nnviz import Recipe
from nnviz.writing import loss_text


def long_recipe(rows, columns, seed=0):
    """So many rows that a thousand epochs take seconds."""
    values = np.random.default_rng(seed).uniform(1, 99, (rows, columns)).round(1)
    table = pd.DataFrame(values, columns=[f"c{k}" for k in range(columns)])
    return Recipe(table, hidden=(32, 32, 32), seed=seed, learning_rate=0.01)


def open_recipe(page, recipe):
    button(page, "Tables").click()
    file = {"name": "long.json", "mimeType": "application/json"}
    content = recipe.to_json().encode()
    page.locator("input[type=file]").set_input_files([file | {"buffer": content}])
    expect(note(page)).to_contain_text("epochs recorded")
    page.keyboard.press("Escape")
    page.wait_for_function(  # a new table sends the playhead to its start, and pauses the film
        "nnvizPlayhead.painted.captions?.of.recipe === nnvizProgress.recipe"
    )


def note(page):
    return page.locator(".nnviz-note")


def assert_is_whole(page, recipe):
    """The bar's end, its length and its last loss are those of what is recorded."""
    epochs = recorded(page)
    assert int(epoch_slider(page).get_attribute("max")) == epochs
    button(page, "To end").click()
    expect(shown(page, "epoch")).to_have_text(str(epochs))
    expect(shown(page, "loss")).to_have_text(loss_text(recipe.train(epochs).loss[epochs]))
    return epochs


def test_what_is_recorded_plays_is_kept_when_stopped_and_goes_on(page):
    recipe = long_recipe(10_000, 40)
    open_recipe(page, recipe)
    expect(note(page).get_by_role("progressbar", name="Recorded")).to_be_visible()
    speed(page, 100)
    button(page, "Play").click()
    wait_for_epoch(page, 4)  # and on, as far as it is recorded by then
    expect(button(page, "Pause")).to_be_visible()

    button(page, "Stop").click()
    expect(note(page)).to_have_text(re.compile(r"stopped at \d+ of 1,000 epochs"))
    stopped = assert_is_whole(page, recipe)
    assert 4 <= stopped < 1000

    button(page, "Go on").click()
    wait_for_epoch(page, stopped + 1)
    expect(button(page, "Stop")).to_be_visible()
    button(page, "Stop").click()
    expect(note(page)).to_contain_text("stopped at")
    assert assert_is_whole(page, recipe) > stopped


def test_an_epoch_that_is_not_recorded_yet_is_shown_as_soon_as_it_is(page):
    recipe = long_recipe(3000, 20)
    open_recipe(page, recipe)
    wanted = recorded(page) + 40
    type_epoch(page, wanted)
    wait_for_epoch(page, wanted)
    assert epoch_of(page) == wanted
    expect(shown(page, "loss")).to_have_text(loss_text(recipe.train(wanted).loss[wanted]))
