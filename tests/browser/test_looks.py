"""Themes, small screens, and those who don't see the page or don't use a mouse."""

import pytest
from playwright.sync_api import expect
from screen import (
    assert_shows,
    button,
    epoch_of,
    epoch_slider,
    look,
    pause,
    play_until,
    record,
    set_hidden,
    shown,
    speed,
    wait_for_epoch,
    wait_for_server,
)

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SPEEDS = ["1/s", "5/s", "15/s", "×1", "×5", "×25", "×100"]
BACKGROUNDS = {"dark": "rgb(17, 21, 28)", "light": "rgb(251, 251, 249)"}


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desktop", "phone"])
def test_the_page_fits_the_screen_in_either_theme(visit, screen):
    page = visit(color_scheme="dark", **screen)
    for theme, color in BACKGROUNDS.items():
        page.emulate_media(color_scheme=theme)
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", color)
        button(page, "Step forward").click()
        assert_fits(page)
    assert_shows(look(page), record(), 2)


def test_the_page_fits_a_tablet(page):
    button(page, "To end").click()
    page.set_viewport_size({"width": 820, "height": 1180})
    page.wait_for_function(
        "document.querySelector('.st-key-network').getBoundingClientRect().width < 800"
    )
    assert_fits(page)


def assert_fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bar = page.get_by_role("group", name="Playback").bounding_box()
    assert bar["x"] >= 0 and bar["x"] + bar["width"] <= page.viewport_size["width"]


def test_on_a_phone_a_network_of_32_neurons_fits(visit):
    page = visit(**PHONE)
    set_hidden(page, 32)
    wait_for_server(page, record(32), 0)
    assert_fits(page)
    assert_shows(look(page), record(32), 0)


def test_controls_have_their_roles_and_names(page):
    bar = page.get_by_role("group", name="Playback")
    for name in ("To start", "Step back", "Play", "Step forward", "To end"):
        expect(bar.get_by_role("button", name=name, exact=True)).to_be_visible()
    slider = epoch_slider(page)
    assert [slider.get_attribute(name) for name in ("min", "max")] == ["0", "1000"]
    speed = bar.get_by_role("combobox", name="Speed")
    assert speed.locator("option").all_inner_texts() == SPEEDS
    expect(page.get_by_role("slider", name="Hidden neurons")).to_be_visible()
    for name in ("study", "sleep", "Learning rate", "Seed"):
        expect(page.get_by_role("spinbutton", name=name, exact=True)).to_be_visible()
    for alt in ("Network", "Loss", "Each row's target"):
        expect(page.get_by_role("figure", name=alt)).to_be_visible()
    expect(page.get_by_role("region", name="Training table")).to_be_visible()


def test_read_outs_hold_the_bare_number(page):
    assert shown(page, "epoch").inner_text() == "0"
    assert shown(page, "loss").inner_text() == f"{record().loss[0]:#.3g}"
    prediction = record().predict([[4, 8]], epoch=0)[0, 0]
    assert shown(page, "prediction").inner_text() == f"{prediction:.2f}"


def test_what_is_read_aloud_changes_on_pause_and_not_with_each_frame(page):
    page.evaluate(
        """() => {
          window.changes = 0;
          const count = () => { window.changes += 1; };
          for (const spoken of document.querySelectorAll("[aria-live], [role=status]"))
            new MutationObserver(count).observe(
              spoken, { subtree: true, childList: true, characterData: true });
        }"""
    )
    play_until(page, 40)
    assert page.evaluate("changes") == 0
    epoch = pause(page)
    expect(page.locator("[aria-live=polite]").get_by_text(f"epoch {epoch}, loss")).to_have_count(1)
    for name in ("epoch", "loss", "prediction"):
        assert shown(page, name).locator("xpath=ancestor::*[@aria-live]").count() == 0


def test_the_keyboard_alone_plays_pauses_steps_and_scrubs(page):
    speed(page, 1)
    button(page, "To start").focus()
    for name in ("Step back", "Play"):
        page.keyboard.press("Tab")
        expect(button(page, name)).to_be_focused()
    page.keyboard.press("Enter")
    wait_for_epoch(page, 10)
    expect(button(page, "Pause")).to_be_focused()
    page.keyboard.press("Space")
    expect(button(page, "Play")).to_be_focused()
    epoch = epoch_of(page)
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(epoch_slider(page)).to_be_focused()
    page.keyboard.press("ArrowRight")
    assert epoch_of(page) == epoch + 1
    page.keyboard.press("End")
    assert epoch_of(page) == 1000
    wait_for_server(page, record(), 1000)
    expect(epoch_slider(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(button(page, "epoch 1000 of 1000")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("44")
    page.keyboard.press("Enter")
    assert epoch_of(page) == 44
    expect(button(page, "epoch 44 of 1000")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Speed")).to_be_focused()
