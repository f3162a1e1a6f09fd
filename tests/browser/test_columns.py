"""The window of the columns and rows, as one works in its grid."""

import numpy as np
import pandas as pd
from playwright.sync_api import expect
from screen import (
    button,
    cell_text,
    expected_strokes,
    go_to,
    look,
    paste_table,
    shown,
    synapse_strokes,
    wait_for_layout,
)

from nnviz import Dataset, Recipe
from nnviz.engine.network import forward
from nnviz.engine.roles import LEFT_OUT, Column, Roles
from nnviz.writing import answer_text, loss_text

CARS = pd.DataFrame(
    {
        "width": [1.6, 1.7, 1.8, 1.9, 2.0, 1.75, 1.65],
        "doors": [3, 5, 5, 4, 2, 5, 3],
        "weight": [0.9, 1.1, 1.4, 1.6, 1.9, 1.3, 1.0],
        "price": [12, 17, 25, 40, 88, 22, 14],
    },
    dtype=float,
)
AS_PASTED = Recipe(CARS)
GIVEN = Roles(
    (
        Column(scaling="range"),
        Column(LEFT_OUT),
        Column("label", scaling="full scale"),
        Column(scaling="largest"),
    ),
    {2: "question", 5: "held out", 6: "held out"},
)
CHANGED = Recipe(Dataset(CARS.rename(columns={"width": "breadth"}), roles=GIVEN))
NAME, ROLE, _, SCALING = range(4)  # the columns of the window's grid
EPOCH = 300


def window(page):
    return page.get_by_role("dialog", name="Columns and rows")


def open_window(page):
    button(page, "Columns").click()
    grid = window(page).get_by_test_id("stDataFrame")
    expect(grid).to_be_visible()
    wait_for_layout(page)
    return grid


def open_cell(page, line, column):
    """Open the editor of a cell of the window's grid; both from 0."""
    grid = window(page).get_by_test_id("stDataFrame")
    grid.click(position={"x": 80, "y": 50}, delay=150)
    expect(cell(page, 0, 0)).to_have_attribute("aria-selected", "true")
    for key, times in (("ArrowDown", line), ("ArrowRight", column)):
        for _ in range(times):
            page.keyboard.press(key)
    expect(cell(page, line, column)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")


def cell(page, line, column):
    return window(page).get_by_test_id(f"glide-cell-{column}-{line}")


def pick(page, line, column, said):
    open_cell(page, line, column)
    option = page.locator("#portal").get_by_role("option", name=said)
    option.click()
    expect(option).to_be_hidden()
    wait_until_sent(page)


def rename(page, line, name):
    open_cell(page, line, NAME)
    field = page.locator("#portal").get_by_role("textbox")
    field.fill(name)
    field.press("Enter")
    expect(field).to_be_hidden()
    wait_until_sent(page)


def wait_until_sent(page):
    """A moment later Streamlit sends what was done; nobody presses the next button any sooner."""
    page.wait_for_timeout(300)


def type_rows(page, label, text):
    field = window(page).get_by_label(label)
    field.fill(text)
    field.press("Tab")


def expect_network_of(page, recipe, asked):
    """The page shows the network of a recipe, trained here, and what it answers."""
    run = recipe.train(1000)
    weights = run.network(EPOCH).weights
    outputs = forward(weights, run.data.scale([asked]))[1][-1]
    expect(shown(page, "loss")).to_have_text(loss_text(run.loss[EPOCH]))
    expect(shown(page, "prediction")).to_have_text(answer_text(run.data.label(0), outputs[0]))
    flat = np.concatenate([w.ravel() for w in weights])
    assert synapse_strokes(look(page), run.sizes) == expected_strokes(flat, run.sizes)


def test_what_is_said_in_the_window_is_learned_sent_on_and_undone(page, visit):
    paste_table(page, CARS.to_csv(index=False))
    page.keyboard.press("Escape")
    expect(shown(page, "loss")).to_have_text(loss_text(AS_PASTED.train(0).loss[0]))
    go_to(page, EPOCH)
    first = CARS.iloc[0].tolist()
    expect_network_of(page, AS_PASTED, first[:3])
    before = page.url

    open_window(page)
    rename(page, 0, "breadth")
    pick(page, 0, SCALING, "smallest to largest")
    pick(page, 1, ROLE, "left out")
    pick(page, 2, ROLE, "predicted")
    pick(page, 3, ROLE, "input")
    type_rows(page, "Rows to ask, not to learn from", "2")
    type_rows(page, "Rows to hold out, for testing", "5-6")
    button(page, "Apply").click()
    expect(window(page)).to_be_hidden()
    asked = [CARS["width"][1], CARS["price"][1]]
    expect_network_of(page, CHANGED, asked)
    expect(page.get_by_role("spinbutton", name="breadth", exact=True)).to_have_value("1.7")

    page.wait_for_function("(url) => location.href !== url", arg=before)
    other = visit(page.url)
    expect_network_of(other, CHANGED, asked)
    grid = open_window(other)
    expect(grid).to_be_visible()
    expect(cell(other, 0, NAME)).to_have_text("breadth")
    expect(cell(other, 1, ROLE)).to_have_text("left out")
    expect(window(other).get_by_label("Rows to hold out, for testing")).to_have_value("5–6")

    page.go_back()
    expect_network_of(page, AS_PASTED, first[:3])


def test_closed_without_apply_the_window_changes_nothing(page):
    open_window(page)
    rename(page, 0, "hours")
    type_rows(page, "Rows to hold out, for testing", "1")
    page.keyboard.press("Escape")
    expect(window(page)).to_be_hidden()
    expect(page.get_by_role("spinbutton", name="study", exact=True)).to_be_visible()
    wait_until_sent(page)
    open_window(page)
    expect(cell(page, 0, NAME)).to_have_text("study")
    expect(window(page).get_by_label("Rows to hold out, for testing")).to_have_value("")


def test_a_fault_in_the_window_is_said_there_and_what_was_typed_stays(page):
    open_window(page)
    rename(page, 0, "score")
    expect(window(page).get_by_text("Two columns are named “score”")).to_be_visible()
    type_rows(page, "Rows to ask, not to learn from", "9")
    rename(page, 0, "hours")
    expect(window(page).get_by_text("There is no row 9; the table has 4.")).to_be_visible()
    button(page, "Apply").click()
    expect(cell(page, 0, NAME)).to_have_text("hours")
    type_rows(page, "Rows to ask, not to learn from", "3")
    button(page, "Apply").click()
    expect(window(page)).to_be_hidden()
    expect(page.get_by_role("spinbutton", name="hours", exact=True)).to_be_visible()


def test_a_new_column_needs_no_more_than_its_name(page):
    grid = open_window(page)
    grid.hover()
    button(page, "Add row: Columns").click()
    rename(page, 3, "coffee")
    button(page, "Apply").click()
    expect(window(page)).to_be_hidden()
    expect(page.get_by_text("coffee is not complete yet")).to_be_visible()
    assert cell_text(page, 0, 3) == "92"
