"""How fast the film plays: by the clock, by the screen's frames, and how it speeds up."""

import numpy as np
from playwright.sync_api import expect
from screen import (
    assert_shows,
    button,
    counts_frames,
    epoch_of,
    epochs_of,
    pause,
    record,
    speed,
    type_number,
    wait_for_epoch,
    watch_while,
)


@counts_frames
def test_each_speed_advances_by_as_many_epochs_a_frame(page):
    for times in (5, 25, 100):
        button(page, "To start").click()
        speed(page, times)
        pictures = watch_while(page, 30, button(page, "Play").click)
        epochs = epochs_of(pictures)
        assert 3 * times <= epochs[-1] <= 1000
        assert not np.any(np.array(epochs) % times)


@counts_frames
def test_the_first_play_of_a_visit_is_slow_and_speeds_up_by_itself(page):
    chosen = page.get_by_label("Speed")
    button(page, "Play").click()
    expect(page.get_by_text("speeding up by itself")).to_be_visible()
    page.wait_for_timeout(1500)
    assert epoch_of(page) <= 2
    expect(chosen).to_have_value("5/s")
    expect(chosen).to_have_value("15/s")
    pause(page)
    expect(page.get_by_text("speeding up by itself")).to_be_hidden()
    epoch = epoch_of(page)
    assert 5 < epoch < 60
    button(page, "Play").click()
    expect(page.get_by_text("speeding up by itself")).to_be_hidden()
    wait_for_epoch(page, epoch + 3)
    expect(chosen).to_have_value("15/s")
    pause(page)


@counts_frames
def test_a_slow_film_shows_every_epoch(page):
    speed(page, "15/s")
    pictures = watch_while(page, 150, button(page, "Play").click)
    epochs = epochs_of(pictures)
    expect(page.get_by_text("speeding up by itself")).to_be_hidden()
    assert epochs[-1] >= 10
    assert set(np.diff(epochs)) == {0, 1}
    for seen in pictures:
        assert_shows(seen, record(), int(seen["epoch"]))


@counts_frames
def test_a_speed_that_is_chosen_ends_the_speeding_up(page):
    button(page, "Play").click()
    expect(page.get_by_text("speeding up by itself")).to_be_visible()
    speed(page, "1/s")
    expect(page.get_by_text("speeding up by itself")).to_be_hidden()
    page.wait_for_timeout(3500)
    expect(page.get_by_label("Speed")).to_have_value("1/s")
    assert 1 <= epoch_of(page) <= 6


def test_at_a_slow_speed_no_answer_of_another_epoch_stands_until_the_next(page):
    speed(page, "1/s")
    button(page, "Play").click()
    wait_for_epoch(page, 3)
    type_number(page, "study", 2)
    page.wait_for_function("look().names[0] === 'study 2'")
    for seen in watch_while(page, 90, lambda: None):
        assert_shows(seen, record(), int(seen["epoch"]), (2, 8))
