"""A recording's end, and one that is so long that its film is thinned."""

import numpy as np
from playwright.sync_api import expect
from screen import (
    assert_shows,
    button,
    counts_frames,
    epoch_of,
    epoch_slider,
    epochs_of,
    extend,
    go_to,
    look,
    pause,
    places,
    play,
    play_until,
    record,
    recorded,
    shown,
    speed,
    type_epoch,
    type_number,
    wait_for_epoch,
    wait_for_server,
    watch_while,
)


def test_play_stops_at_the_end_of_the_recording_and_goes_on_when_told_to(page):
    speed(page, 100)
    for end in (1000, 2000):
        assert button(page, "Go on").is_visible() == (end > 1000)
        button(page, "Play" if end == 1000 else "Go on").click()
        expect(shown(page, "epoch")).to_have_text(str(end))
        expect(button(page, "Go on")).to_be_visible()
        expect(button(page, "Play")).to_be_visible()
        assert recorded(page) == end
        run = record(epochs=end)
        wait_for_server(page, run, end)
        assert_shows(look(page), run, end)
    speed(page, "1/s")
    button(page, "Go on").focus()
    page.keyboard.press("Enter")
    expect(button(page, "Pause")).to_be_focused()
    wait_for_epoch(page, 2001)
    page.keyboard.press("Space")
    assert 2000 < epoch_of(page) < recorded(page) == 4000


def test_play_at_the_end_starts_over(page):
    button(page, "To end").click()
    play(page)
    page.wait_for_function(
        "Number(document.querySelector('[data-testid=epoch]').textContent) < 500"
    )
    pause(page)
    assert recorded(page) == 1000


def test_a_step_at_the_end_records_no_more_and_end_means_the_same(page):
    button(page, "To end").click()
    for _ in range(3):
        button(page, "Step forward").click()
    page.keyboard.press("ArrowRight")
    expect(button(page, "Go on")).to_be_visible()
    wait_for_server(page, record(), 1000)
    page.wait_for_timeout(500)
    assert (epoch_of(page), recorded(page)) == (1000, 1000)


def test_the_recording_can_be_cut_back(page):
    back = button(page, "Back to 1,000 epochs")
    button(page, "To end").click()
    expect(button(page, "Go on")).to_be_visible()
    expect(back).to_be_hidden()
    type_epoch(page, 3500)
    expect(shown(page, "epoch")).to_have_text("3500")
    button(page, "To end").click()
    expect(shown(page, "epoch")).to_have_text("4000")
    back.click()
    expect(shown(page, "epoch")).to_have_text("1000")
    assert recorded(page) == 1000
    wait_for_server(page, record(), 1000)
    assert_shows(look(page), record(), 1000)
    type_epoch(page, 1001)
    expect(shown(page, "epoch")).to_have_text("1001")
    go_to(page, 77)
    page.wait_for_function("location.search.includes('of=2000')")
    places(page).get_by_role("button", name="Back to 1,000 epochs").click()
    expect(page.locator(".nnviz-recorded")).to_have_text("1000")
    page.wait_for_function("location.search === '?epoch=77'")
    assert_shows(look(page), record(), 77)


def test_no_step_is_lost_while_the_server_answers_another(page):
    for end in (1000, 2000, 4000):
        button(page, "To end").click()
        expect(shown(page, "epoch")).to_have_text(str(end))
        page.wait_for_timeout(100)  # the server is told of the end, and has not yet answered
        type_epoch(page, end + 1)
        expect(shown(page, "epoch")).to_have_text(str(end + 1))


def test_another_network_while_a_long_recording_plays_plays_on_from_the_same_epoch(page):
    type_epoch(page, 3000)
    expect(shown(page, "epoch")).to_have_text("3000")
    type_epoch(page, 0)
    expect(shown(page, "epoch")).to_have_text("0")
    wait_for_server(page, record(epochs=4000), 0)
    play_until(page, 1500, times=5)
    speed(page, 1)
    pictures = watch_while(page, 200, lambda: type_number(page, "Seed", 3))
    assert np.all(np.diff(epochs_of(pictures)) >= 0)
    wait_for_epoch(page, epochs_of(pictures)[-1] + 5)
    epoch = pause(page)
    run = record(seed=3, epochs=recorded(page))
    wait_for_server(page, run, epoch)
    assert_shows(look(page), run, epoch)


COUNT_RECEIVED_BYTES = """
window.received = 0;
window.WebSocket = class extends WebSocket {
  constructor(...options) {
    super(...options);
    this.addEventListener("message", ({ data }) => (received += data.byteLength ?? data.size));
  }
};
"""


def test_a_thinned_film_steps_by_single_exact_epochs(page):
    type_epoch(page, 5000)
    expect(shown(page, "epoch")).to_have_text("5000")
    play_until(page, 5300)
    epoch = pause(page)
    run = record(epochs=recorded(page))
    assert run.epochs == 8000
    wait_for_server(page, run, epoch)
    for by, name in [(1, "Step forward"), (2, "Step forward"), (1, "Step back")]:
        button(page, name).click()
        expect(shown(page, "epoch")).to_have_text(str(epoch + by))
        assert_shows(look(page), run, epoch + by)

    epoch_slider(page).fill("3333")
    expect(shown(page, "epoch")).not_to_have_text(str(epoch + 1))
    epoch = epoch_of(page)
    assert_shows(look(page), run, epoch)
    button(page, "Step back").click()
    expect(shown(page, "epoch")).to_have_text(str(epoch - 1))
    assert_shows(look(page), run, epoch - 1)


@counts_frames
def test_a_thinned_film_plays_every_epoch_without_going_back(page):
    extend(page, 64_000)
    button(page, "To start").click()
    button(page, "Step forward").click()
    expect(shown(page, "epoch")).to_have_text("1")  # so the frames around it have come
    button(page, "Step back").click()
    speed(page, 5)
    pictures = watch_while(page, 160, button(page, "Play").click)
    epochs = epochs_of(pictures)
    assert epochs[-1] > 550
    assert np.diff(epochs).min() >= 0
    assert not np.any(np.array(epochs) % 5)


def test_where_a_thinned_film_rests_the_frames_in_between_come(visit):
    page = visit(before=COUNT_RECEIVED_BYTES)
    extend(page, 16_000)
    wait_for_server(page, record(epochs=16_000), 8_001)
    before = page.evaluate("received")
    go_to(page, 4_000)
    page.wait_for_function("least => received > least", arg=before + 50_000)
