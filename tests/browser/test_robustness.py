"""What may go wrong around the page: no server, no Plotly, names that are code."""

import numpy as np
import pytest
from playwright.sync_api import expect
from runs import QUESTION, ROWS
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
    paste_table,
    pause,
    play,
    play_until,
    record,
    shown,
    speed,
    type_in_cell,
    type_number,
    wait_for_server,
    watch_while,
)
from server import Server

import nnviz
from nnviz.writing import loss_text

NO_PLOTLY = """Object.defineProperty(window, "Plotly", {
  get: () => undefined, set: () => {}, configurable: false,
});"""
CODE = "<img src=x onerror=alert(1)>,**b**,$x$\n2,9,92\n1,5,86\n3,6,89\n4,8,?"


def test_the_film_plays_on_after_the_server_has_stopped_and_the_next_server_follows(visit):
    server = Server()
    server.wait_until_healthy()
    page = visit(server.url, forgiving=True)
    server.stop()
    complaint = page.get_by_role("dialog", name="Connection error")
    expect(complaint).to_be_visible()  # it lies over the page
    page.keyboard.press("Escape")
    expect(complaint).to_be_hidden()
    for name, epoch in [("Step forward", 1), ("Step forward", 2), ("Step back", 1)]:
        button(page, name).click()
        assert_shows(look(page), record(), epoch)
    play_until(page, 60)
    epoch = pause(page)
    assert_shows(look(page), record(), epoch)
    go_to(page, 640)
    assert_shows(look(page), record(), 640)
    server = Server(port=server.port)
    server.wait_until_healthy()
    wait_for_server(page, record(), 640)
    assert_shows(look(page), record(), 640)
    button(page, "Step forward").click()
    wait_for_server(page, record(), 641)
    server.stop()


def test_without_plotly_the_page_says_so_and_steps_through_the_server(visit):
    page = visit(before=NO_PLOTLY)
    expect(page.get_by_role("status").get_by_text("Playback is reduced")).to_be_visible()
    for name, epoch in [("Step forward", 1), ("To end", 1000), ("Step back", 999)]:
        button(page, name).click()
        wait_for_picture(page, record(), epoch)
        assert_shows(look(page), record(), epoch)


def test_without_plotly_the_server_draws_every_other_change_too(visit):
    page = visit(before=NO_PLOTLY)
    button(page, "To end").click()
    wait_for_picture(page, record(), 1000)
    type_number(page, "Seed", 3)
    wait_for_picture(page, record(seed=3), 1000)
    assert_shows(look(page), record(seed=3), 1000)
    type_number(page, "study", 1)
    wait_for_picture(page, record(seed=3), 1000, (1, 8))
    assert_shows(look(page), record(seed=3), 1000, (1, 8))


BREAK_A_CHART = """(name) => {
  document.querySelector(`.st-key-${name} .js-plotly-plot`).layout.meta = null;
}"""


@pytest.mark.parametrize("chart", ["network", "loss", "prediction"])
def test_a_painter_that_fails_midway_leaves_the_charts_to_the_server(page, chart):
    said = []
    page.on("console", lambda line: line.type in ("warning", "error") and said.append(line.text))
    play_until(page, 20)
    page.evaluate(BREAK_A_CHART, chart)
    expect(page.get_by_role("status").get_by_text("Playback is reduced")).to_be_visible()
    expect(button(page, "Play")).to_be_visible()
    epoch = epoch_of(page)
    wait_for_picture(page, record(), epoch)
    for name, to in [("Step forward", epoch + 1), ("To end", 1000), ("Step back", 999)]:
        button(page, name).click()
        wait_for_picture(page, record(), to)
        assert_shows(look(page), record(), to)
    assert len([line for line in said if "TypeError" in line]) == 1


def wait_for_picture(page, run, epoch, question=QUESTION):
    """Wait until the server has drawn each chart of an epoch, and the read-outs show it."""
    loss, prediction = run.loss[epoch], run.predict([question], epoch)[0, 0]
    guess = run.predict(run.data.inputs[:1], epoch)[0, 0]
    page.wait_for_function(
        """([epoch, loss, lossText, prediction, guess]) => {
             const seen = look();
             const near = (a, b, far) => Math.abs(a - b) < far;
             return near(seen.point[0], epoch, 0.5) && near(seen.point[1], loss, loss / 100 + 2e-5)
               && near(seen.guesses[0], guess, 0.02) && seen.loss === lossText
               && near(seen.prediction, prediction, 0.006)
               && near(seen.values.at(-1), prediction / 100, 0.006);
           }""",
        arg=[epoch, loss, loss_text(loss), prediction, guess],
    )


@counts_frames
def test_with_reduced_motion_the_picture_changes_twice_a_second_at_most(visit):
    page = visit(reduced_motion="reduce")
    pictures = watch_while(page, 100, lambda: play(page))
    epochs = epochs_of(pictures)
    assert 1 <= np.count_nonzero(np.diff(epochs)) <= 4
    for seen in pictures:
        assert_shows(seen, record(), int(seen["epoch"]))
    epoch = pause(page)
    assert epoch % 30 == 0


@counts_frames
def test_with_reduced_motion_a_slow_film_changes_twice_a_second_at_most_too(visit):
    page = visit(reduced_motion="reduce")
    speed(page, "15/s")
    pictures = watch_while(page, 150, button(page, "Play").click)
    epochs = epochs_of(pictures)
    assert 1 <= np.count_nonzero(np.diff(epochs)) <= 5
    assert epochs[-1] >= 10
    for seen in pictures:
        assert_shows(seen, record(), int(seen["epoch"]))
    pause(page)


@pytest.mark.parametrize("way", ["pasted", "uploaded"])
def test_names_that_are_code_are_shown_as_text_and_never_run(page, way):
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    if way == "pasted":
        paste_table(page, CODE)
    else:
        button(page, "Tables").click()
        file = {"name": "<b>t</b>.csv", "mimeType": "text/csv", "buffer": CODE.encode()}
        page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("$x$, predicted")).to_be_visible()
    labels = page.get_by_test_id("stNumberInput").get_by_test_id("stWidgetLabel")
    for name in ("<img src=x onerror=alert(1)>", "**b**"):
        expect(labels.get_by_text(name, exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    data = nnviz.Dataset(nnviz.read_table(CODE.encode()))
    run = nnviz.train(nnviz.Network.random([2, 3, 1], 0), data)
    wait_for_server(page, run, 0)
    go_to(page, 12)
    wait_for_server(page, run, 12)
    assert page.locator("img[src=x], .katex").count() == 0
    expect(page.locator(".st-key-prediction .xtitle")).to_have_text("$x$")
    names = look(page)["names"]
    assert [names[0][:8], names[1], names[-1]] == ["<img src", "**b** 8", "$x$"]
    assert not said


def test_names_with_punctuation_are_the_fields_accessible_names(page):
    paste_table(page, "study_hours,sleep (h),score\n2,9,92\n1,5,86\n3,6,89\n4,8,?")
    for name in ("study_hours", "sleep (h)"):
        expect(page.get_by_role("spinbutton", name=name, exact=True)).to_be_visible()


def test_a_table_pasted_with_other_names_takes_no_edit_of_the_one_before(page):
    rows, question = [*ROWS[:3], [5, 8, None]], (5, 8)
    cells = "2,9,92\n1,5,86\n3,6,89\n5,8,?"
    paste_table(page, f"study,sleep,score\n{cells}")
    page.keyboard.press("Escape")
    wait_for_server(page, record(rows=rows), 0, question)
    type_in_cell(page, 0, 0, "7")
    wait_for_server(page, record(rows=[[7, 9, 92], *rows[1:]]), 0, question)
    paste_table(page, f"hours,rest,score\n{cells}")
    page.keyboard.press("Escape")
    wait_for_server(page, record(rows=rows, names=("hours", "rest", "score")), 0, question)


def test_a_table_of_ones_own_stays_however_soon_the_menu_is_closed(page):
    rows, question = [*ROWS[:3], [5, 8, None]], (5, 8)
    button(page, "Tables").click()
    field = page.get_by_label("… or pasted from a spreadsheet")
    field.fill("study,sleep,score\n2,9,92\n1,5,86\n3,6,89\n5,8,?")
    page.mouse.click(700, 30)  # beside the menu, which takes the table and closes it
    wait_for_server(page, record(rows=rows), 0, question)
    type_number(page, "Seed", 3)
    wait_for_server(page, record(rows=rows, seed=3), 0, question)
    button(page, "Tables").click()
    expect(page.get_by_role("combobox", name="Table", exact=True)).to_have_value("Pasted table")


def test_a_file_that_is_no_table_is_refused_where_it_was_given(page):
    button(page, "Tables").click()
    file = {"name": "t.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,\0\n"}
    page.locator("input[type=file]").set_input_files(file)
    menu = page.get_by_test_id("stPopoverBody")
    expect(menu.get_by_text("it holds binary data")).to_be_visible()
    page.keyboard.press("Escape")
    expect(shown(page, "prediction")).to_have_text("62.79")


def test_why_a_file_is_too_large_is_seen_without_pointing_at_it(page):
    button(page, "Tables").click()
    file = {"name": "t.csv", "mimeType": "text/csv", "buffer": b"a,b\n" + b"1,2\n" * 1_400_000}
    page.locator("input[type=file]").set_input_files(file)
    said = page.get_by_role("alert").get_by_text("File must be 5.0MB or smaller")
    expect(said).to_be_visible()
    box, menu = said.bounding_box(), page.get_by_test_id("stPopoverBody").bounding_box()
    assert box["width"] > 100 and box["height"] > 12
    assert menu["x"] <= box["x"] and box["x"] + box["width"] <= menu["x"] + menu["width"]


def test_a_question_about_a_paste_is_seen_however_soon_the_menu_is_closed(page):
    paste_table(page, "rooms\tprice\n2\t1,234\n3\t980")
    asked = page.locator(".st-key-waiting")
    expect(button(page, "1,234 → 1234")).to_be_visible()
    expect(asked).to_be_hidden()
    page.mouse.click(700, 30)  # beside the menu, which closes it
    expect(asked.get_by_text("Are these thousands or decimals?")).to_be_visible()
    expect(shown(page, "prediction")).to_have_text("62.79")
    button(page, "Tables").click()
    button(page, "1,234 → 1234").click()
    expect(page.get_by_text("1,234 read as 1234 in 1 cell of price.")).to_be_visible()
    expect(asked).to_have_count(0)


def test_a_pasted_table_begins_at_its_own_start_though_the_film_plays(page):
    play_until(page, 20)
    paste_table(page, "sleep,study,score\n3,5,75\n5,1,82\n10,2,93\n8,3,?")
    expect(page.get_by_role("spinbutton", name="sleep", exact=True)).to_have_value("8")
    expect(shown(page, "epoch")).to_have_text("0")
    expect(button(page, "Play")).to_be_visible()


def test_the_longest_recording_ends_and_play_starts_over(page):
    extend(page, 100_000)
    button(page, "To end").click()
    run = record(epochs=100_000)
    wait_for_server(page, run, 100_000)
    assert_shows(look(page), run, 100_000)
    button(page, "Step forward").click()
    assert epoch_of(page) == 100_000
    epoch_slider(page).press("ArrowLeft")
    expect(shown(page, "epoch")).to_have_text("99999")
    speed(page, 25)
    button(page, "Play").click()
    expect(button(page, "Play")).to_be_visible()
    expect(shown(page, "epoch")).to_have_text("100000")
    button(page, "Play").click()
    page.wait_for_function(
        "Number(document.querySelector('[data-testid=epoch]').textContent) < 50000"
    )
    pause(page)
