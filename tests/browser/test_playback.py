"""Play, pause, step, scrub: what issue 3 of the project asks of the playback."""

import numpy as np
from playwright.sync_api import expect
from screen import (
    assert_shows,
    button,
    counts_frames,
    epoch_of,
    epoch_slider,
    epochs_of,
    go_to,
    look,
    pause,
    play,
    play_until,
    record,
    set_hidden,
    type_number,
    wait_for_epoch,
    wait_for_server,
    watch_while,
)


@counts_frames
def test_every_frame_of_play_shows_one_epoch_everywhere(page):
    pictures = watch_while(page, 60, lambda: play(page))
    assert len(set(epochs_of(pictures))) > 10
    assert np.all(np.diff(epochs_of(pictures)) >= 0)
    for seen in pictures:
        assert_shows(seen, record(), int(seen["epoch"]))


def test_pause_stops_at_what_it_shows_and_the_server_changes_nothing(page):
    play_until(page, 40)
    epoch = pause(page)
    wait_for_server(page, record(), epoch)
    assert epoch_of(page) == epoch
    assert_shows(look(page), record(), epoch)


def test_pausing_draws_no_chart_anew_and_blanks_none(page):
    play_until(page, 30)
    page.evaluate(
        """() => {
          window.kept = [...document.querySelectorAll(".js-plotly-plot, .main-svg, .trace")];
        }"""
    )
    pictures = watch_while(page, 45, lambda: pause(page))
    epoch = epoch_of(page)
    wait_for_server(page, record(), epoch)
    assert page.evaluate("kept.length > 20 && kept.every((node) => node.isConnected)")
    assert epochs_of(pictures)[-1] == epoch
    for seen in pictures:
        assert_shows(seen, record(), int(seen["epoch"]))


def test_step_forward_and_back_show_the_runs_numbers(page):
    go_to(page, 20)
    for name, epoch in [("Step forward", 21), ("Step forward", 22), ("Step back", 21)]:
        button(page, name).click()
        assert_shows(look(page), record(), epoch)
    wait_for_server(page, record(), 21)
    assert_shows(look(page), record(), 21)


def test_the_ends_are_ends(page):
    button(page, "Step back").click()
    assert_shows(look(page), record(), 0)
    button(page, "To end").click()
    assert_shows(look(page), record(), 1000)
    button(page, "To start").click()
    assert_shows(look(page), record(), 0)


@counts_frames
def test_dragging_the_slider_shows_each_epoch_it_passes(page):
    box = epoch_slider(page).bounding_box()
    middle = box["y"] + box["height"] / 2

    def drag():
        page.mouse.move(box["x"] + 9, middle)
        page.mouse.down()
        for part in np.linspace(0.1, 0.8, 8):
            page.mouse.move(box["x"] + part * box["width"], middle)
        page.mouse.up()

    pictures = watch_while(page, 40, drag)
    assert len(set(epochs_of(pictures))) > 4
    for seen in pictures:
        assert_shows(seen, record(), int(seen["epoch"]))
    assert 700 < epoch_of(page) < 900
    wait_for_server(page, record(), epoch_of(page))


NOTE = "getComputedStyle(document.querySelector('.st-key-tabs'), '::before').content"


def test_while_the_film_plays_the_walk_steps_back_and_says_of_which_epoch_it_is(page):
    sheet = page.locator(".st-key-tabs .nnviz-sheet")
    go_to(page, 12)
    expect(page.get_by_text("epoch 12 → 13")).to_be_visible()
    play_until(page, 30)
    expect(sheet).to_have_css("filter", "grayscale(1)")
    assert page.evaluate(NOTE) == '"still epoch 12, until you pause"'
    expect(page.get_by_text("epoch 12 → 13")).to_be_visible()
    epoch = pause(page)
    expect(sheet).to_have_css("filter", "none")
    assert page.evaluate(NOTE) == "none"
    expect(page.get_by_text(f"epoch {epoch} → {epoch + 1}")).to_be_visible()


def test_the_example_by_hand_is_of_no_epoch_and_stays(page):
    page.get_by_text("By hand", exact=True).click()
    expect(page.locator(".nnviz-sheet").get_by_text("7.6").first).to_be_visible()
    play_until(page, 30)
    assert page.evaluate(NOTE) == "none"
    expect(page.locator(".st-key-tabs .nnviz-sheet")).to_have_css("filter", "none")


def test_another_hidden_size_while_playing_plays_on_from_the_same_epoch(page):
    play_until(page, 20)
    pictures = watch_while(page, 150, lambda: set_hidden(page, 6))
    assert np.all(np.diff(epochs_of(pictures)) >= 0)
    page.wait_for_function("look().lines.length === 18")
    wait_for_epoch(page, epoch_of(page) + 10)
    epoch = pause(page)
    wait_for_server(page, record(6), epoch)
    assert_shows(look(page), record(6), epoch)


def test_a_new_question_while_playing_is_answered_at_the_epoch_of_each_frame(page):
    play_until(page, 10)
    type_number(page, "study", 2)
    page.wait_for_function("look().names[0] === 'study 2'")
    pictures = watch_while(page, 30, lambda: None)
    for seen in pictures:
        assert_shows(seen, record(), int(seen["epoch"]), (2, 8))
    epoch = pause(page)
    wait_for_server(page, record(), epoch, (2, 8))


def test_two_pages_at_once_do_not_disturb_each_other(page, visit):
    play_until(page, 10)
    other = visit()
    assert epoch_of(other) == 0
    set_hidden(other, 5)
    go_to(other, 77)
    wait_for_server(other, record(5), 77)
    assert_shows(look(other), record(5), 77)
    page.bring_to_front()
    wait_for_epoch(page, epoch_of(page) + 10)
    epoch = pause(page)
    wait_for_server(page, record(), epoch)
    assert_shows(look(page), record(), epoch)
    assert_shows(look(other), record(5), 77)
