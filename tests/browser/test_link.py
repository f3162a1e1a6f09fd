"""The address: reload, Back, Forward, a sent link, and a server that was started again."""

import numpy as np
import pytest
from playwright.sync_api import expect
from runs import ROWS
from screen import (
    assert_shows,
    button,
    cell_text,
    close,
    go_to,
    look,
    open_app,
    paste_table,
    pause,
    play_until,
    record,
    set_hidden,
    shown,
    type_in_cell,
    type_number,
    wait_for_server,
    wait_until_drawn,
    watch_while,
)
from server import Server

from nnviz.strokes import strokes_for

GRID = "document.querySelector('[class*=st-key-grid-]').className"
EDITED = [[2, 9, 40], *ROWS[1:]]


def query(page):
    return page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")


def wait_for_query(page, **values):
    """Wait until the address says these; None: says nothing of that name."""
    page.wait_for_function(
        """(values) => {
             const query = new URLSearchParams(location.search);
             return Object.entries(values).every(([name, value]) => query.get(name) === value);
           }""",
        arg=values,
    )


def read_outs(page):
    return [shown(page, name).inner_text() for name in ("epoch", "loss", "prediction")]


def change_everything(page):
    """Table, question, network, epoch and view away from what the page begins with."""
    type_in_cell(page, 0, 2, "40")
    wait_for_server(page, record(rows=EDITED), 0)
    set_hidden(page, 5)
    wait_for_server(page, record(5, rows=EDITED), 0)
    type_number(page, "Seed", 7)
    wait_for_server(page, record(5, rows=EDITED, seed=7), 0)
    type_number(page, "study", 1.5)
    wait_for_server(page, record(5, rows=EDITED, seed=7), 0, (1.5, 8))
    page.get_by_text("logarithmic").click()
    page.get_by_text("By hand", exact=True).click()
    wait_for_query(page, view="hand", log="on", ask="1.5,8", row=None)
    go_to(page, 137)
    wait_for_query(page, epoch="137")
    return record(5, rows=EDITED, seed=7), 137, (1.5, 8)


def assert_restored(page, run, epoch, question, before):
    wait_for_server(page, run, epoch, question)
    assert_shows(look(page), run, epoch, question)
    assert read_outs(page) == before
    expect(page.get_by_text("The tutorial prints 7.5")).to_be_visible()
    expect(page.get_by_role("spinbutton", name="Seed")).to_have_value("7")
    expect(page.get_by_role("switch", name="logarithmic")).to_be_checked()


def test_a_reload_and_a_copied_link_restore_exactly_what_was_on_the_screen(page, visit):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    what = change_everything(page)
    before = read_outs(page)
    page.reload()
    wait_until_drawn(page)
    assert_restored(page, *what, before)

    button(page, "Link").click()
    expect(page.get_by_role("status").get_by_text("Link copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert_restored(visit(link), *what, before)


def test_back_undoes_settings_and_edits_a_step_at_a_time_and_forward_does_them_again(page):
    go_to(page, 20)
    wait_for_query(page, epoch="20")
    set_hidden(page, 4)
    wait_for_server(page, record(4), 20)
    go_to(page, 60)
    wait_for_query(page, epoch="60")
    type_in_cell(page, 0, 2, "40")
    wait_for_server(page, record(4, rows=EDITED), 60)

    page.go_back()
    wait_for_server(page, record(4), 60)
    assert_shows(look(page), record(4), 60)
    assert cell_text(page, 0, 2) == "92"
    page.go_back()
    wait_for_server(page, record(), 20)
    assert_shows(look(page), record(), 20)
    expect(page.get_by_role("slider", name="Hidden neurons").first).to_have_value("3")
    page.go_forward()
    wait_for_server(page, record(4), 60)
    page.go_forward()
    wait_for_server(page, record(4, rows=EDITED), 60)
    assert_shows(look(page), record(4, rows=EDITED), 60)
    assert cell_text(page, 0, 2) == "40"


def test_an_edit_after_back_is_made_to_what_is_shown(page):
    type_in_cell(page, 0, 2, "40")
    wait_for_server(page, record(rows=EDITED), 0)
    page.go_back()
    wait_for_server(page, record(), 0)
    type_in_cell(page, 1, 2, "10")
    wait_for_server(page, record(rows=[ROWS[0], [1, 5, 10], *ROWS[2:]]), 0)


def test_epochs_make_no_entries_and_no_flash(visit):
    page = visit(new=True)  # whose history is not as long as it may be
    entries = page.evaluate("history.length")
    page.evaluate("window.kept = [...document.querySelectorAll('.js-plotly-plot, .trace')]")
    for epoch in (1, 2, 3):
        button(page, "Step forward").click()
        wait_for_query(page, epoch=str(epoch))
    pictures = watch_while(page, 30, lambda: go_to(page, 300))
    wait_for_query(page, epoch="300")
    assert all(len(seen["lines"]) == 9 for seen in pictures)
    assert page.evaluate("history.length") == entries
    assert page.evaluate("kept.every((node) => node.isConnected)")
    button(page, "To start").click()
    wait_for_query(page, epoch=None)


def test_while_the_film_plays_the_address_is_left_alone(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    go_to(page, 5)
    wait_for_query(page, epoch="5")
    play_until(page, 60)
    assert query(page)["epoch"] == "5"
    button(page, "Link").click()
    copied = page.wait_for_function("navigator.clipboard.readText()").json_value()
    assert int(copied.split("epoch=")[1]) >= 60
    epoch = pause(page)
    wait_for_query(page, epoch=str(epoch))


def test_going_back_while_playing_shows_what_was_on_the_screen(page):
    go_to(page, 30)
    wait_for_query(page, epoch="30")
    set_hidden(page, 4)
    wait_for_server(page, record(4), 30)
    play_until(page, 100)
    page.go_back()
    wait_for_server(page, record(), 30)
    expect(button(page, "Play")).to_be_visible()
    assert_shows(look(page), record(), 30)


def test_a_table_too_large_for_a_link_says_so_and_can_be_saved_and_opened(page, visit):
    rows = [[k % 97 + k / 1000, (k * k) % 89 + k / 777, k % 100] for k in range(1, 701)]
    paste_table(page, "a,b,c\n" + "\n".join(",".join(map(str, row)) for row in rows))
    expect(page.get_by_role("spinbutton", name="a", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    button(page, "Take home").click()
    with page.expect_download() as saved:
        button(page, "Recipe").click()
    assert saved.value.suggested_filename == "nnviz-pasted-table-2-3-1-recipe.json"
    path = saved.value.path()
    page.keyboard.press("Escape")
    button(page, "Link").click()
    expect(page.get_by_text("too large for a link")).to_be_visible()
    assert query(page) == {}

    other = visit()
    button(other, "Tables").click()
    file = {"name": "mine.json", "mimeType": "application/json", "buffer": path.read_bytes()}
    other.locator("input[type=file]").set_input_files(file)
    expect(other.get_by_role("spinbutton", name="a", exact=True)).to_be_visible()
    expect(shown(other, "loss")).to_have_text(shown(page, "loss").inner_text())


@pytest.mark.parametrize("link", ["?run=1broken", "?epoch=-7&ask=x", "?run=" + "A" * 50_000])
def test_a_broken_link_says_so_and_opens_the_page(visit, server, link):
    page = visit(server.url + "/" + link)
    expect(page.get_by_text("can't be followed")).to_be_visible()
    wait_for_server(page, record(), 0)
    assert_shows(look(page), record(), 0)


def test_after_the_server_was_started_again_the_page_comes_back_with_all_of_it(visit):
    server = Server()
    server.wait_until_healthy()
    page = visit(server.url, forgiving=True)
    what = change_everything(page)
    before = read_outs(page)
    grid = page.evaluate(GRID)
    server.stop()
    expect(page.get_by_role("dialog", name="Connection error")).to_be_visible()
    server = Server(port=server.port)
    server.wait_until_healthy()
    expect(page.get_by_role("dialog", name="Connection error")).to_be_hidden()
    seed = page.get_by_role("spinbutton", name="Seed", exact=True)
    seed.click()  # as soon as that can be done, and the page is whole
    assert page.evaluate(GRID) != grid  # it is that of the new session
    assert_restored(page, *what, before)
    seed.fill("8")  # the first change after it counts
    seed.press("Enter")
    run = record(5, rows=EDITED, seed=8)
    wait_for_server(page, run, 137, (1.5, 8))
    assert_shows(look(page), run, 137, (1.5, 8))
    server.stop()


def test_a_teacher_can_leave_parts_out_and_show_the_rest_large(visit, server):
    page = visit(server.url + "/?hide=table,settings,tabs&size=large&epoch=9")
    expect(page.get_by_role("spinbutton", name="study", exact=True)).to_be_visible()
    expect(page.get_by_role("slider", name="Hidden neurons")).to_have_count(0)
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)
    expect(page.get_by_text("Inside this epoch")).to_have_count(0)
    wait_for_server(page, record(), 9)
    seen = look(page)
    sizes = [float(line["width"]) for line in seen["lines"]]
    weights = record().weights_at([9])[0]
    assert seen["epoch"] == "9"
    assert close(seen["weights"], weights, 0.00501)
    strokes = strokes_for((2, 3, 1))
    usual = [strokes.widths[k] for k in strokes.index(weights)]
    assert np.allclose(sizes, np.multiply(usual, 1.4), atol=0.02)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert query(page) == {"hide": "table,settings,tabs", "size": "large", "epoch": "9"}


def test_without_the_network_or_the_prediction_the_film_plays_on(visit, server):
    page = visit()
    page.goto(server.url + "/?hide=network,prediction,ask")
    page.wait_for_function("document.querySelector('.st-key-loss .js-plotly-plot .trace')")
    play_until(page, 50, times=5)
    pause(page)
    open_app(page, server.url)
