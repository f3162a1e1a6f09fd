"""Themes, small screens, and those who don't see the page or don't use a mouse."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect
from screen import (
    assert_shows,
    button,
    epoch_of,
    epoch_slider,
    look,
    paste_table,
    pause,
    play_until,
    record,
    set_hidden,
    shown,
    speed,
    type_number,
    wait_for_epoch,
    wait_for_layout,
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


WIDTHS = [
    (360, 740),
    (390, 844),
    (768, 1024),
    (844, 390),
    (1024, 768),
    (1280, 720),
    (1440, 900),
    (1920, 1080),
]
PARTS = {
    "title": "h1",
    "menus": '[data-testid="stPopover"]',
    "table": '[data-testid="stDataFrame"]',
    "question": ".nnviz-answer",
    "legend": ".nnviz-legend",
    "network": ".st-key-network",
    "loss": ".st-key-loss",
    "prediction": ".st-key-prediction",
    "tabs": ".st-key-tabs",
    "settings": ".st-key-seed",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_at_no_width_is_anything_cut_or_covered(visit, theme):
    page = visit(color_scheme=theme)
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        wait_for_layout(page)
        assert_fits(page)
        boxes = {name: box_of(page, selector) for name, selector in PARTS.items()}
        for name, (left, _, right, _) in boxes.items():
            assert -0.5 <= left < right <= width + 0.5, (name, width)
        for one, other in combinations(boxes, 2):
            assert not overlap(boxes[one], boxes[other]), (one, other, width)
        bar = box_of(page, ".nnviz-player")
        assert bar[1] >= 0 and bar[3] <= height
        assert not overlap(bar, boxes["network"]), width
        assert_last_column_is_seen(page)


def test_on_a_phone_a_steps_matrices_stand_close_to_the_network(visit):
    page = visit(**PHONE)
    button(page, "Next").click()
    expect(page.get_by_text("Step 2 of 12")).to_be_visible()
    wait_for_layout(page)
    assert box_of(page, ".nnviz-matrix")[1] - box_of(page, ".st-key-network")[3] < 450


def test_all_neurons_and_a_steps_matrices_are_seen_at_once(page):
    button(page, "Next").click()
    wait_for_layout(page)  # a list closes where the page is scrolled
    for layers, steps in [(1, 12), (3, 20)]:
        choose_layers(page, layers)
        for heading in ("hidden sums", "changes", "new weights"):
            page.locator(".st-key-walk_step").get_by_text(heading).first.click()
            expect(page.get_by_text(f"of {steps}")).to_be_visible()
            wait_for_layout(page)
            highest = page.locator(".st-key-network .points path").evaluate_all(
                "(discs) => Math.min(...discs.map((disc) => disc.getBoundingClientRect().top))"
            )
            bar = page.locator(".nnviz-player").bounding_box()["height"]
            names = highest - 24
            assert box_of(page, ".nnviz-matrices")[3] - names <= 900 - bar - 16, (layers, heading)


def choose_layers(page, layers):
    page.get_by_role("combobox", name="Hidden layers").click()
    page.get_by_role("option", name=str(layers)).click()


def test_with_three_layers_the_seed_is_still_on_the_screen(page):
    choose_layers(page, 3)
    expect(page.get_by_role("slider", name="Hidden neurons, layer 3")).to_be_visible()
    wait_for_layout(page)
    assert box_of(page, ".st-key-seed")[3] <= 900


@pytest.mark.parametrize("inputs", [6, 10, 30, 49])
def test_answer_rate_and_advice_are_on_the_screen_with_any_number_of_inputs(page, inputs):
    names = [f"a name of many words {k}" for k in range(inputs)]
    values = np.random.default_rng(0).uniform(1, 9, (60, inputs))
    values = np.column_stack([values, values.mean(axis=1)]).round(2)
    paste_table(page, pd.DataFrame(values, columns=[*names, "label"]).to_csv(index=False))
    page.keyboard.press("Escape")
    expect(page.get_by_text("0.5 is proposed")).to_be_visible()
    button(page, "To end").click()
    type_number(page, "Learning rate", 1000)
    advice = page.get_by_role("button", name="Learn at a rate of")
    expect(advice).to_be_visible()
    wait_for_layout(page)
    rate = page.get_by_role("spinbutton", name="Learning rate", exact=True)
    for part in (shown(page, "prediction"), rate, advice):
        box = part.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 900


def test_on_a_phone_no_name_of_a_neuron_is_cut(visit):
    page = visit(**PHONE)
    paste_table(page, "quite a long name,another long name,a name of the label\n1,2,3\n2,3,4\n")
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-network").get_by_text("quite a long na")).to_be_visible()
    wait_for_layout(page)
    plot = page.locator(".st-key-network .main-svg").first.bounding_box()
    for text in page.locator(".st-key-network .textpoint text").all():
        box = text.bounding_box()
        assert plot["x"] + 3 <= box["x"]  # within the chart's margin of 8, but for a halo of 4
        assert box["x"] + box["width"] <= plot["x"] + plot["width"] - 3


def test_a_key_draws_no_frame_through_the_page(page):
    page.mouse.click(700, 40)
    page.keyboard.press("ArrowRight")
    expect(shown(page, "epoch")).to_have_text("1")
    frame = page.evaluate(
        """() => {
          const { top, height } = getComputedStyle(document.querySelector(".stMain"), "::before");
          return [top, height];
        }"""
    )
    assert frame in (["0px", "900px"], ["auto", "auto"])


def test_twelve_inputs_have_names(page):
    names = [f"n{k}" for k in range(12)]
    paste_table(page, ",".join([*names, "y"]) + "\n" + ",".join("1" * 13) + "\n" + "2," * 12 + "3")
    page.wait_for_function("() => look().names.some((name) => name.startsWith('n11'))")
    assert [name.split()[0] for name in look(page)["names"]][:12] == names


def box_of(page, selector):
    """Left, top, right and bottom, in the window."""
    box = page.locator(selector).first.bounding_box()
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def overlap(one, other):
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1 and down > 1


def assert_last_column_is_seen(page):
    """The names of the columns need no more room than the grid has."""
    needed, given = page.evaluate(
        """() => {
          const grid = document.querySelector(".st-key-table .dvn-scroller");
          return [grid.scrollWidth, grid.clientWidth];
        }"""
    )
    assert needed <= given + 1


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


def test_on_a_phone_the_note_above_the_bar_is_not_cut(visit, server):
    page = visit(f"{server.url}/?of=20000&epoch=20000", **PHONE)
    note = page.locator(".nnviz-note")
    expect(note).to_contain_text("stopped at 20,000 of 32,000 epochs")
    box = note.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
