"""The training table as one types in it: numbers, a row in the making, undo, columns, reset."""

from playwright.sync_api import expect
from runs import ROWS
from screen import (
    assert_shows,
    button,
    cell_text,
    edited,
    go_to,
    look,
    record,
    select_cell,
    set_hidden,
    shown,
    type_in_cell,
    type_number,
    wait_for_server,
)


def row_numbers(page):
    return page.locator(".nnviz-rows span").all_inner_texts()


def expect_numbers(page, *numbers):
    page.mouse.move(700, 300)  # where the pointer is, a box stands in the number's place
    expect(page.locator(".nnviz-rows span")).to_have_text([str(number) for number in numbers])


def add_row(page, *cells):
    page.get_by_test_id("stDataFrame").hover()
    button(page, "Add row: Training table").click()
    for column, cell in enumerate(cells):
        type_in_cell(page, 4, column, cell)


def test_rows_have_the_numbers_that_messages_name_also_when_added_and_deleted(page):
    expect_numbers(page, 1, 2, 3, 4)
    add_row(page, "2")
    expect_numbers(page, 1, 2, 3, 4, 5)
    expect(page.get_by_text("Row 5 is not complete yet")).to_be_visible()
    grid = page.get_by_test_id("stDataFrame")
    grid.click(position={"x": 15, "y": 50})  # the box of row 1
    page.keyboard.press("Delete")
    expect_numbers(page, 1, 2, 3, 4)
    expect(page.get_by_text("Row 4 is not complete yet")).to_be_visible()


def test_where_the_box_of_a_row_is_pointed_at_its_number_gives_way(page):
    expect_numbers(page, 1, 2, 3, 4)
    page.get_by_test_id("stDataFrame").hover(position={"x": 15, "y": 85})
    expect(page.locator(".nnviz-rows span")).to_have_text(["1", "", "3", "4"])


def test_the_numbers_scroll_with_a_long_table(page):
    rows = "\n".join(f"{k},{k},{k}" for k in range(1, 31))
    button(page, "Tables").click()
    field = page.get_by_label("… or pasted from a spreadsheet")
    field.fill(f"a,b,c\n{rows}")
    field.press("Control+Enter")
    expect(page.get_by_text("The network sees a / 30")).to_be_visible()
    page.keyboard.press("Escape")
    grid = page.get_by_test_id("stDataFrame")
    expect(grid).to_have_count(1)
    grid.hover()
    page.mouse.wheel(0, 330)
    page.wait_for_function("Number(document.querySelector('.nnviz-rows span')?.textContent) === 11")


def test_a_row_that_is_being_typed_is_no_fault_and_the_others_are_learned_from(page):
    go_to(page, 100)
    add_row(page, "2")
    expect(
        page.get_by_text("Row 5 is not complete yet: sleep and score are blank.")
    ).to_be_visible()
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    assert_shows(look(page), record(), 100)
    type_in_cell(page, 4, 1, "4")
    expect(page.get_by_text("is not complete")).to_be_hidden()
    type_in_cell(page, 4, 2, "50")
    run = record(rows=[*ROWS, [2, 4, 50]])
    wait_for_server(page, run, 100)
    select_cell(page, 4, 1)
    page.keyboard.press("Delete")  # it was complete once
    expect(page.get_by_text("Row 5: sleep is blank")).to_be_visible()


def test_a_row_that_is_being_typed_comes_back_with_the_address(page):
    add_row(page, "7")
    expect(page.get_by_text("Row 5 is not complete yet")).to_be_visible()
    page.wait_for_url("**/*draft=*")
    page.reload()
    expect(page.get_by_text("Row 5 is not complete yet")).to_be_visible()
    assert cell_text(page, 4, 0) == "7"


def test_undo_and_redo_go_through_settings_and_edits(page):
    type_in_cell(page, 0, 2, "40")
    wait_for_server(page, record(rows=edited(0, 2, 40)), 0)
    page.wait_for_url("**/*run=*")
    first = page.url
    set_hidden(page, 4)
    wait_for_server(page, record(4, rows=edited(0, 2, 40)), 0)
    page.wait_for_function("(url) => location.href !== url", arg=first)
    page.keyboard.press("Control+z")
    wait_for_server(page, record(rows=edited(0, 2, 40)), 0)
    select_cell(page, 0, 0)  # the grid has the focus
    page.keyboard.press("Meta+z")
    wait_for_server(page, record(), 0)
    page.keyboard.press("Control+z")  # there is no more, and the page is not left
    assert cell_text(page, 0, 2) == "92"
    page.keyboard.press("Control+Shift+z")
    wait_for_server(page, record(rows=edited(0, 2, 40)), 0)
    page.keyboard.press("Meta+y")
    wait_for_server(page, record(4, rows=edited(0, 2, 40)), 0)


def test_in_a_field_undo_is_the_fields_own(page):
    type_number(page, "Seed", 5)
    wait_for_server(page, record(seed=5), 0)
    page.wait_for_url("**/*run=*")
    page.get_by_role("spinbutton", name="study", exact=True).press("Control+z")
    assert "run=" in page.url
    wait_for_server(page, record(seed=5), 0)


def test_a_table_of_ours_is_reset_and_that_is_undone(page):
    expect(button(page, "Reset")).to_have_count(0)
    type_in_cell(page, 0, 2, "40")
    wait_for_server(page, record(rows=edited(0, 2, 40)), 0)
    page.wait_for_url("**/*run=*")
    button(page, "Reset").click()
    wait_for_server(page, record(), 0)
    assert cell_text(page, 0, 2) == "92"
    expect(button(page, "Reset")).to_have_count(0)
    page.go_back()
    wait_for_server(page, record(rows=edited(0, 2, 40)), 0)


def test_a_shipped_table_keeps_its_edits_while_another_is_shown(page):
    type_in_cell(page, 0, 2, "40")
    wait_for_server(page, record(rows=edited(0, 2, 40)), 0)
    for name in ("Welch Labs", "Exam scores"):
        button(page, "Tables").click()
        page.get_by_role("combobox", name="Table").click()
        page.get_by_role("option", name=name).click()
        page.keyboard.press("Escape")
        expect(shown(page, "epoch")).to_have_text("0")
    wait_for_server(page, record(rows=edited(0, 2, 40)), 0)
    assert cell_text(page, 0, 2) == "40"


def test_to_hide_a_column_of_the_grid_is_not_offered(page):
    grid = page.get_by_test_id("stDataFrame")
    grid.hover()
    expect(button(page, "Add row: Training table")).to_be_visible()
    expect(button(page, "Show/hide columns: Training table")).to_be_hidden()


def test_another_scale_of_the_label_is_said_until_the_next_change(page):
    type_in_cell(page, 0, 2, "200")
    said = page.get_by_text("score is now divided by 1,000, no longer by 100, as 200 is above 100")
    expect(said).to_be_visible()
    type_in_cell(page, 1, 2, "80")
    expect(said).to_be_hidden()
    type_in_cell(page, 0, 2, "92")
    expect(page.get_by_text("score is now divided by 100, no longer by 1,000")).to_be_visible()
