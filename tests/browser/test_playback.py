"""Play, pause, step, scrub: what issue 3 of the project asks of the playback."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect
from screen import (
    assert_shows,
    button,
    epoch_of,
    epoch_slider,
    extend,
    go_to,
    look,
    pause,
    places,
    play,
    play_until,
    record,
    recorded,
    select_cell,
    set_hidden,
    shown,
    speed,
    type_epoch,
    type_number,
    wait_for_epoch,
    wait_for_server,
    watch_while,
)

import nnviz


def epochs_of(pictures):
    return [int(seen["epoch"]) for seen in pictures]


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


def test_each_speed_advances_by_as_many_epochs_a_frame(page):
    for times in (5, 25, 100):
        button(page, "To start").click()
        speed(page, times)
        pictures = watch_while(page, 30, button(page, "Play").click)
        epochs = epochs_of(pictures)
        assert 3 * times <= epochs[-1] <= 1000
        assert not np.any(np.array(epochs) % times)


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


def test_a_step_keeps_the_focus_while_the_server_answers(page):
    button(page, "Step forward").click()
    wait_for_server(page, record(), 1)
    expect(button(page, "Step forward")).to_be_focused()


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


def test_an_epoch_is_typed_and_shown_whether_it_was_recorded_or_not(page):
    for typed, epoch, length in [("37", 37, 1000), ("1,500", 1500, 2000), ("0", 0, 2000)]:
        type_epoch(page, typed)
        expect(shown(page, "epoch")).to_have_text(str(epoch))
        assert recorded(page) == length
        run = record(epochs=length)
        wait_for_server(page, run, epoch)
        assert_shows(look(page), run, epoch)
        expect(page.locator(".nnviz-where")).to_be_focused()


@pytest.mark.parametrize("typed", ["", "abc", "-1", "2.5", "100001"])
def test_an_epoch_that_is_none_is_refused_where_it_was_typed(page, typed):
    type_epoch(page, typed)
    expect(page.get_by_text("Type a whole number from 0 to 100,000.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Go to epoch")).to_have_value(typed)
    assert epoch_of(page) == 0
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Go to")).to_be_hidden()
    expect(page.locator(".nnviz-where")).to_be_focused()


def seek(page, below):
    """Type a loss into the panel, which is open."""
    field = page.get_by_role("textbox", name="Next epoch with loss below")
    field.fill(below)
    field.press("Enter")


def test_the_next_epoch_with_a_loss_below_a_number_is_found(page):
    places(page)
    seek(page, "0.001")
    expect(shown(page, "epoch")).to_have_text("26")
    run = record()
    assert run.loss[25] >= 0.001 > run.loss[26]
    said = f"Epoch 26 is the first with a loss below 0.001: {run.loss[26]:#.3g}."
    expect(page.get_by_text(said)).to_be_visible()
    wait_for_server(page, run, 26)
    assert_shows(look(page), run, 26)
    seek(page, "1e-9")
    expect(page.get_by_text(f"The least is {run.loss[1000]:#.3g}, at epoch 1,000.")).to_be_visible()
    assert epoch_of(page) == 26
    for nonsense in ("", "-1", "0,001", "NaN"):
        seek(page, nonsense)
        expect(page.get_by_text("Type a number above 0, such as 0.001.")).to_be_visible()


def test_a_loss_is_found_at_its_exact_epoch_where_the_film_is_thinned(page):
    type_epoch(page, 60_000)
    expect(shown(page, "epoch")).to_have_text("60000")
    run = record(epochs=64_000)
    epoch = 20_011
    below = (run.loss[epoch - 1] + run.loss[epoch]) / 2
    button(page, "To start").click()
    places(page)
    seek(page, repr(float(below)))
    expect(shown(page, "epoch")).to_have_text(str(epoch))
    wait_for_server(page, run, epoch)
    assert_shows(look(page), run, epoch)


def test_a_click_on_the_loss_curve_goes_to_that_epoch(page):
    field = page.locator(".st-key-loss .nsewdrag")
    expect(field).to_have_css("cursor", "pointer")
    box = field.bounding_box()
    for share, epoch in [(0.3, 300), (0.75, 750), (0.0, 0)]:
        x = box["x"] + share * box["width"]
        page.mouse.click(x + 0.2, box["y"] + box["height"] / 2)
        page.wait_for_function("(epoch) => Math.abs(Number(look().epoch) - epoch) <= 4", arg=epoch)
        epoch = epoch_of(page)
        wait_for_server(page, record(), epoch)
        assert_shows(look(page), record(), epoch)


def test_a_click_on_the_curve_of_a_long_recording_goes_to_an_exact_epoch(page):
    type_epoch(page, 60_000)
    expect(shown(page, "epoch")).to_have_text("60000")
    run = record(epochs=64_000)
    wait_for_server(page, run, 60_000)
    box = page.locator(".st-key-loss .nsewdrag").bounding_box()
    page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + box["height"] / 2)
    page.wait_for_function("Math.abs(Number(look().epoch) - 32_000) < 400")
    epoch = epoch_of(page)
    wait_for_server(page, run, epoch)
    assert_shows(look(page), run, epoch)


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


def test_a_slow_film_shows_every_epoch(page):
    speed(page, "15/s")
    pictures = watch_while(page, 150, button(page, "Play").click)
    epochs = epochs_of(pictures)
    expect(page.get_by_text("speeding up by itself")).to_be_hidden()
    assert epochs[-1] >= 10
    assert set(np.diff(epochs)) == {0, 1}
    for seen in pictures:
        assert_shows(seen, record(), int(seen["epoch"]))


def test_a_speed_that_is_chosen_ends_the_speeding_up(page):
    button(page, "Play").click()
    expect(page.get_by_text("speeding up by itself")).to_be_visible()
    speed(page, "1/s")
    expect(page.get_by_text("speeding up by itself")).to_be_hidden()
    page.wait_for_timeout(3500)
    expect(page.get_by_label("Speed")).to_have_value("1/s")
    assert 1 <= epoch_of(page) <= 6


def test_space_plays_after_next_and_enter_still_presses_it(page):
    speed(page, 1)
    button(page, "Next").click()
    expect(page.get_by_text("Step 2 of")).to_be_visible()
    expect(button(page, "Next")).to_be_focused()
    page.keyboard.press("Space")
    wait_for_epoch(page, 5)
    page.keyboard.press("Space")
    expect(button(page, "Play")).to_be_visible()
    expect(page.get_by_text(f"epoch {epoch_of(page)} →")).to_be_visible()
    expect(page.get_by_text("Step 2 of")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Step 3 of")).to_be_visible()


def test_space_presses_other_buttons_that_have_the_focus(page):
    button(page, "New random weights").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("spinbutton", name="Seed")).not_to_have_value("0")
    expect(button(page, "Play")).to_be_visible()


NOTE = "getComputedStyle(document.querySelector('.st-key-tabs'), '::before').content"


def test_while_the_film_plays_the_walk_steps_back_and_says_of_which_epoch_it_is(page):
    sheet = page.locator(".st-key-tabs .nnviz-sheet")
    go_to(page, 12)
    expect(page.get_by_text("epoch 12 → 13")).to_be_visible()
    play_until(page, 30)
    expect(sheet).to_have_css("opacity", "0.45")
    assert page.evaluate(NOTE) == '"still epoch 12, until you pause"'
    expect(page.get_by_text("epoch 12 → 13")).to_be_visible()
    epoch = pause(page)
    expect(sheet).to_have_css("opacity", "1")
    assert page.evaluate(NOTE) == "none"
    expect(page.get_by_text(f"epoch {epoch} → {epoch + 1}")).to_be_visible()


def test_the_example_by_hand_is_of_no_epoch_and_stays(page):
    page.get_by_text("By hand", exact=True).click()
    expect(page.locator(".nnviz-sheet").get_by_text("7.6").first).to_be_visible()
    play_until(page, 30)
    assert page.evaluate(NOTE) == "none"
    expect(page.locator(".st-key-tabs .nnviz-sheet")).to_have_css("opacity", "1")


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


def test_at_a_slow_speed_no_answer_of_another_epoch_stands_until_the_next(page):
    speed(page, "1/s")
    button(page, "Play").click()
    wait_for_epoch(page, 3)
    type_number(page, "study", 2)
    page.wait_for_function("look().names[0] === 'study 2'")
    for seen in watch_while(page, 90, lambda: None):
        assert_shows(seen, record(), int(seen["epoch"]), (2, 8))


def test_space_arrows_home_and_end_drive_the_page(page):
    for key, epoch in [("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", 1000)]:
        page.keyboard.press(key)
        assert epoch_of(page) == epoch
    page.keyboard.press("Home")
    assert epoch_of(page) == 0
    speed(page, 1)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Space")
    wait_for_epoch(page, 5)
    page.keyboard.press("Space")
    expect(button(page, "Play")).to_be_visible()
    wait_for_server(page, record(), epoch_of(page))


def test_keys_are_the_fields_that_has_the_focus(page):
    go_to(page, 50)
    wait_for_server(page, record(), 50)
    fields = [
        page.get_by_role("spinbutton", name="study").focus,
        page.get_by_role("slider", name="Hidden neurons").focus,
        page.get_by_label("Speed").focus,
        lambda: select_cell(page, 0, 0),
    ]
    for focus in fields:
        focus()
        for key in ("ArrowRight", "Home", "Space", "ArrowLeft"):
            page.keyboard.press(key)
        expect(button(page, "Play")).to_be_visible()
        assert epoch_of(page) == 50


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


def send_to(page, token, epoch):
    """As the server does: send the playhead to an epoch."""
    page.evaluate(
        """(go) => {
             window.nnvizPlayhead = { ...window.nnvizPlayhead, go };
             window.dispatchEvent(new Event("nnviz-playhead"));
           }""",
        {"token": token, "epoch": epoch},
    )


def test_the_server_sends_the_playhead_to_an_epoch_once_for_each_token(page):
    send_to(page, "a", 250)
    expect(shown(page, "epoch")).to_have_text("250")
    assert_shows(look(page), record(), 250)
    wait_for_server(page, record(), 250)
    button(page, "Step forward").click()
    send_to(page, "a", 250)
    expect(shown(page, "epoch")).to_have_text("251")
    wait_for_server(page, record(), 251)
    assert epoch_of(page) == 251
    send_to(page, "b", 250)
    expect(shown(page, "epoch")).to_have_text("250")
    wait_for_server(page, record(), 250)


def test_sent_somewhere_while_playing_the_film_rests_there(page):
    play_until(page, 20)
    send_to(page, "a", 5)
    expect(shown(page, "epoch")).to_have_text("5")
    expect(button(page, "Play")).to_be_visible()
    wait_for_server(page, record(), 5)
    assert_shows(look(page), record(), 5)


def test_sent_beyond_the_recording_the_player_waits_for_the_film_that_has_it(page):
    send_to(page, "a", 1500)
    expect(shown(page, "epoch")).to_have_text("1500")
    run = record(epochs=recorded(page))
    assert run.epochs == 2000
    assert_shows(look(page), run, 1500)
    wait_for_server(page, run, 1500)


NOTE_EPOCHS = """
window.epochsSeen = [];
(function note() {
  const text = (name) => document.querySelector(`[data-testid="${name}"]`)?.textContent;
  if (text("loss")) window.epochsSeen.push(text("epoch"));
  requestAnimationFrame(note);
})();
"""


def test_a_page_that_opens_at_an_epoch_shows_no_other_before(visit, server):
    page = visit(f"{server.url}/?epoch=321", before=NOTE_EPOCHS)
    expect(shown(page, "epoch")).to_have_text("321")
    wait_for_server(page, record(), 321)
    assert_shows(look(page), record(), 321)
    assert set(page.evaluate("epochsSeen")) == {"321"}


def test_what_is_sent_fits_what_has_all_its_facts(page):
    source = (Path(nnviz.__file__).parent / "player" / "film.js").read_text("utf-8")
    fits = f"([of, shown]) => {{ {source}\nreturn fits(of, shown); }}"
    shown_now = {"recipe": "r", "epoch": 3, "question": [4, 8.5], "network": "n"}
    for of, answer in [
        ({}, True),
        (None, True),
        ({"recipe": "r"}, True),
        ({"recipe": "r", "epoch": 3, "question": [4.0, 8.5]}, True),
        ({"recipe": "another"}, False),
        ({"recipe": "r", "epoch": 4}, False),
        ({"recipe": "r", "question": [4.0, 8.0]}, False),
        ({"weather": "fine"}, False),
    ]:
        assert page.evaluate(fits, [of, shown_now]) is answer, of
