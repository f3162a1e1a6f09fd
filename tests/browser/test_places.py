"""Where the playhead can go, and be sent: an epoch typed, a loss sought, a click on the curve."""

from playwright.sync_api import expect
from screen import (
    assert_shows,
    button,
    epoch_of,
    look,
    places,
    play_until,
    record,
    recorded,
    shown,
    type_epoch,
    wait_for_server,
)


def test_an_epoch_is_typed_and_shown_whether_it_was_recorded_or_not(page):
    for typed, epoch, length in [("37", 37, 1000), ("1,500", 1500, 2000), ("0", 0, 2000)]:
        type_epoch(page, typed)
        expect(shown(page, "epoch")).to_have_text(str(epoch))
        assert recorded(page) == length
        run = record(epochs=length)
        wait_for_server(page, run, epoch)
        assert_shows(look(page), run, epoch)
        expect(page.locator(".nnviz-where")).to_be_focused()


def test_an_epoch_that_is_none_is_refused_where_it_was_typed(page):
    for typed in ("", "abc", "-1", "2.5", "100001"):
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
