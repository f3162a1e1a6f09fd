"""Open, edit, ask, choose a network, step: what issue 2 of the project asks of the page."""

import numpy as np
from playwright.sync_api import expect
from runs import ROWS
from screen import (
    assert_shows,
    button,
    cell_text,
    edited,
    go_to,
    look,
    point_at,
    record,
    select_cell,
    set_hidden,
    shown,
    type_in_cell,
    type_number,
    wait_for_server,
)
from tutorial import Tutorial

HOURS = np.array([[2, 9], [1, 5], [3, 6]]) / [3, 9]
SCORES = np.array([[92], [86], [89]]) / 100


def tutorial(epochs):
    """The tutorial's own loop, after so many epochs."""
    rng = np.random.default_rng(0)
    loop = Tutorial(rng.standard_normal((2, 3)), rng.standard_normal((3, 1)))
    for _ in range(epochs):
        loop.train(HOURS, SCORES)
    return loop


def test_the_page_opens_on_the_tutorials_network_before_its_first_epoch(page):
    assert_shows(look(page), record(), 0)


def test_ten_steps_give_the_loss_and_the_score_of_the_tutorials_own_loop(page):
    for epoch in range(1, 11):
        button(page, "Step forward").click()
        expect(shown(page, "epoch")).to_have_text(str(epoch))
    loop = tutorial(10)
    loss = np.mean((SCORES - loop.forward(HOURS)) ** 2)
    score = 100 * loop.forward(np.array([[4 / 3, 8 / 9]]))[0, 0]
    assert shown(page, "loss").inner_text() == f"{loss:#.3g}"
    assert shown(page, "prediction").inner_text() == f"{score:.2f}"


def test_typing_hours_gives_their_score_at_the_present_epoch(page):
    button(page, "To end").click()
    for name, value, question in [("study", 1.5, (1.5, 8)), ("sleep", 7, (1.5, 7))]:
        type_number(page, name, value)
        score = 100 * tutorial(1000).forward(np.divide([question], [3, 9]))[0, 0]
        expect(shown(page, "prediction")).to_have_text(f"{score:.2f}")
    wait_for_server(page, record(), 1000, (1.5, 7))
    assert_shows(look(page), record(), 1000, (1.5, 7))


def test_an_edited_score_is_learned_from_at_the_same_epoch(page):
    go_to(page, 500)
    type_in_cell(page, 0, 2, "40")
    run = record(rows=edited(0, 2, 40))
    wait_for_server(page, run, 500)
    assert_shows(look(page), run, 500)


def test_an_added_row_is_learned_from_once_it_is_whole(page):
    grid = page.get_by_test_id("stDataFrame")
    grid.hover()
    button(page, "Add row: Training table").click()
    type_in_cell(page, 4, 0, "2")
    expect(page.get_by_text("Row 5 is not complete yet")).to_be_visible()
    type_in_cell(page, 4, 1, "4")
    expect(page.get_by_text("is not complete yet")).to_be_hidden()
    type_in_cell(page, 4, 2, "50")
    run = record(rows=[*ROWS, [2, 4, 50]])
    wait_for_server(page, run, 0)
    assert_shows(look(page), run, 0)


def test_a_blank_cell_is_named_and_the_last_good_run_stays(page):
    go_to(page, 300)
    select_cell(page, 2, 1)
    page.keyboard.press("Delete")
    expect(page.get_by_text("Row 3: sleep is blank")).to_be_visible()
    assert cell_text(page, 2, 1) == ""
    wait_for_server(page, record(), 300)
    assert_shows(look(page), record(), 300)


def test_what_is_no_number_is_named_and_stays_typed(page):
    for slip, remedy in [("abc", "Type a number instead"), ("7,5", "Write 7.5")]:
        type_in_cell(page, 2, 1, slip)
        expect(page.get_by_text(f"Row 3: sleep is “{slip}”. {remedy}")).to_be_visible()
        assert cell_text(page, 2, 1) == slip
        assert_shows(look(page), record(), 0)


def test_a_label_below_0_is_named_stays_typed_and_can_be_mended(page):
    type_in_cell(page, 1, 2, "-5")
    expect(page.get_by_text("Row 2: score is -5, below 0")).to_be_visible()
    assert cell_text(page, 1, 2) == "-5"
    button(page, "Step forward").click()
    wait_for_server(page, record(), 1)
    assert_shows(look(page), record(), 1)
    type_in_cell(page, 1, 2, "5")
    expect(page.get_by_text("below 0")).to_be_hidden()
    wait_for_server(page, record(rows=edited(1, 2, 5)), 1)


def test_hidden_sizes_up_to_32_show_their_network_at_the_same_epoch(page):
    go_to(page, 200)
    for neurons in (1, 7, 32):
        set_hidden(page, neurons)
        wait_for_server(page, record(neurons), 200)
        assert_shows(look(page), record(neurons), 200)


def test_a_large_network_is_painted_in_bands_by_its_weights(page):
    page.get_by_role("combobox", name="Hidden layers").click()
    page.get_by_role("option", name="3").click()
    set_hidden(page, 12)
    set_hidden(page, 12, "Hidden neurons, layer 2")
    run = record(12, 12, 3)
    wait_for_server(page, run, 0)
    for epoch in (0, 640):
        go_to(page, epoch)
        assert_shows(look(page), run, epoch)


def test_rate_and_seed_make_another_run_at_the_same_epoch(page):
    go_to(page, 100)
    type_number(page, "Learning rate", 0.5)
    wait_for_server(page, record(rate=0.5), 100)
    type_number(page, "Seed", 7)
    wait_for_server(page, record(rate=0.5, seed=7), 100)
    assert_shows(look(page), record(rate=0.5, seed=7), 100)
    button(page, "New random weights").click()
    expect(page.get_by_role("spinbutton", name="Seed")).not_to_have_value("7")
    seed = int(page.get_by_role("spinbutton", name="Seed").input_value())
    wait_for_server(page, record(rate=0.5, seed=seed), 100)
    assert_shows(look(page), record(rate=0.5, seed=seed), 100)


def test_a_logarithmic_loss_axis_marks_the_same_point(page):
    go_to(page, 400)
    page.get_by_text("logarithmic").click()
    page.wait_for_function(
        "document.querySelector('.st-key-loss .js-plotly-plot')._fullLayout.yaxis.type === 'log'"
    )
    assert_shows(look(page), record(), 400)
    go_to(page, 30)
    assert_shows(look(page), record(), 30)


def test_pointing_at_a_neuron_or_a_synapse_says_its_numbers(page):
    button(page, "To end").click()
    run = record()
    wait_for_server(page, run, 1000)
    W1, W2 = run.network().weights
    x = np.array([4 / 3, 8 / 9])
    h1 = 1 / (1 + np.exp(-x @ W1[:, 0]))
    hover = page.locator(".st-key-network .hovertext")
    neuron, output = (
        page.locator(".st-key-network").get_by_text(text, exact=True) for text in ("0.78", "0.91")
    )
    point_at(page, neuron)
    expect(hover).to_contain_text(f"sum {x @ W1[:, 0]:.5g}")  # so that σ of it comes out
    expect(hover).to_contain_text(f"= {h1:.4g}")
    point_at(page, neuron, output)
    expect(hover).to_contain_text(f"= {W2[0, 0] * h1:.4g}")


def test_pointing_at_a_guess_says_the_score_it_is_painted_at(page):
    go_to(page, 30)  # within the axis; before, an arrow at its edge stands for the guess
    wait_for_server(page, record(), 30)
    guess = record().predict([[2, 9]], epoch=30)[0, 0]
    point_at(page, page.locator(".st-key-prediction .point").nth(3))
    expect(page.locator(".st-key-prediction .hovertext")).to_contain_text(f"{guess:.2f}")


def test_pointing_says_the_present_numbers_after_the_window_was_resized(page):
    go_to(page, 700)
    wait_for_server(page, record(), 700)
    page.set_viewport_size({"width": 1200, "height": 800})
    page.wait_for_function(
        "document.querySelector('.st-key-network .main-svg').getBoundingClientRect().width < 520"
    )
    wait_for_server(page, record(), 700)
    assert_shows(look(page), record(), 700)
