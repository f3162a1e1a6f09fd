import numpy as np
from playwright.sync_api import expect
from screen import (
    QUESTION,
    assert_shows,
    button,
    look,
    record,
    set_hidden,
    shown,
    type_number,
    wait_for_server,
)
from tutorial import Tutorial

HOURS = np.array([[2, 9], [1, 5], [3, 6]]) / [3, 9]
SCORES = np.array([[92], [86], [89]]) / 100


def tutorial(epochs, hidden=3, seed=0):
    """The tutorial's own loop, after so many epochs."""
    rng = np.random.default_rng(seed)
    loop = Tutorial(rng.standard_normal((2, hidden)), rng.standard_normal((hidden, 1)))
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
    assert shown(page, "loss").inner_text() == f"{loss:.6g}"
    assert shown(page, "prediction").inner_text() == f"{score:.2f}"


def test_typing_hours_gives_their_score_at_the_present_epoch(page):
    button(page, "To end").click()
    type_number(page, "study", 1.5)
    type_number(page, "sleep", 7)
    score = 100 * tutorial(1000).forward(np.array([[1.5 / 3, 7 / 9]]))[0, 0]
    expect(shown(page, "prediction")).to_have_text(f"{score:.2f}")
    wait_for_server(page, record(), 1000, (1.5, 7))
    assert_shows(look(page), record(), 1000, (1.5, 7))


def test_another_hidden_size_shows_another_network(page):
    set_hidden(page, 5)
    wait_for_server(page, record(5), 0)
    assert_shows(look(page), record(5), 0, QUESTION)
