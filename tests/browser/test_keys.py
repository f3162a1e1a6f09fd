"""The keyboard: which keys drive the page, and which are those of what has the focus."""

from playwright.sync_api import expect
from screen import (
    button,
    epoch_of,
    go_to,
    record,
    select_cell,
    speed,
    wait_for_epoch,
    wait_for_server,
)


def test_a_step_keeps_the_focus_while_the_server_answers(page):
    button(page, "Step forward").click()
    wait_for_server(page, record(), 1)
    expect(button(page, "Step forward")).to_be_focused()


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


def test_the_keyboard_goes_from_a_menus_button_into_the_menu_and_back(page):
    drawn = "document.querySelector('.stApp').dataset.testScriptState === 'notRunning'"
    inside = "Boolean(document.activeElement.closest('[data-testid=stPopoverBody]'))"
    for name, key in (("Tables", "Tab"), ("Take home", "ArrowDown")):
        menu = button(page, name)
        menu.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
        page.wait_for_function(drawn)
        page.keyboard.press(key)
        page.wait_for_function(inside)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name=name)).to_be_hidden()
        expect(menu).to_be_focused()


def test_a_button_of_the_grid_that_has_the_focus_is_seen(page):
    for name in ("Add row", "Fullscreen"):
        button(page, f"{name}: Training table").focus()
        toolbar = "document.querySelector('[data-testid=stElementToolbar]')"
        page.wait_for_function(
            f"""() => {{
              const {{ left, top, width, height }} = {toolbar}.getBoundingClientRect();
              const [x, y] = [left + width / 2, top + height / 2];
              return getComputedStyle({toolbar}).opacity > 0.9
                && {toolbar}.contains(document.elementFromPoint(x, y));
            }}"""
        )
