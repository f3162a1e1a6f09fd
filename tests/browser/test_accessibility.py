"""What axe-core finds on the page: WCAG 2.2 A and AA, contrast included, and its best practices."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from screen import (
    button,
    places,
    speed,
    type_in_cell,
    type_number,
    wait_for_epoch,
    wait_for_layout,
)

VIEWS = ("Walk", "One weight", "σ and its slope", "By hand")

# What Streamlit builds, and no setting or style of ours can change: the place to drop a file has
# the role of no meaning and a name, which contradict each other; the options of a select box lie
# outside of all landmarks; and the unseen table of the grid has an empty header at times.
STREAMLITS_OWN = [
    ['[data-testid="stFileUploaderDropzone"]'],
    ['[role="listbox"]'],
    ['table[role="grid"] th:empty'],
]


def violations(page):
    """What axe finds, as text; a violation a line, with where."""
    found = Axe().run(page, {"exclude": STREAMLITS_OWN}).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]} {node['failureSummary']}"
        for fault in found
        for node in fault["nodes"]
    ]


def assert_accessible(page, what):
    wait_for_layout(page)
    assert not violations(page), what


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_at_rest_is_accessible_in_every_view(visit, theme):
    page = visit(color_scheme=theme)
    for view in VIEWS:
        page.get_by_role("radio", name=view, exact=True).click()
        expect(page.locator(".nnviz-sheet, .st-key-slope").first).to_be_visible()
        assert_accessible(page, view)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_accessible_while_the_film_plays(visit, theme):
    page = visit(color_scheme=theme)
    speed(page, "1/s")  # else it might end before it is looked at
    button(page, "Play").click()
    wait_for_epoch(page, 1)
    assert_accessible(page, "playing")
    expect(button(page, "Pause")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_accessible_at_every_width_in_the_walk(visit, theme):
    page = visit(color_scheme=theme)
    button(page, "Next").click()
    expect(page.get_by_text("Step 2 of 12")).to_be_visible()
    for width, height in [(360, 740), (768, 1024), (1024, 768), (1920, 1080)]:
        page.set_viewport_size({"width": width, "height": height})
        assert_accessible(page, width)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_opens_over_the_page_is_accessible(visit, theme):
    page = visit(color_scheme=theme)
    panel = places(page)
    for number in ("1e-12", "abc"):  # an answer, and a fault
        panel.get_by_role("textbox", name="Next epoch with loss below").fill(number)
        page.keyboard.press("Enter")
        expect(panel.locator("form p").nth(1)).to_have_text(re.compile("least|above 0"))
        assert_accessible(page, f"panel, {number}")
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Hidden layers").click()
    expect(page.get_by_role("option", name="3")).to_be_visible()
    assert_accessible(page, "options")
    page.keyboard.press("Escape")
    button(page, "Tables").click()
    expect(page.get_by_label("… or pasted from a spreadsheet")).to_be_visible()
    assert_accessible(page, "Tables")
    page.keyboard.press("Escape")
    button(page, "Columns").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page, "Columns")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_faults_advice_and_ends_are_accessible(visit, server, theme):
    page = visit(f"{server.url}/?run=1broken", color_scheme=theme)
    button(page, "To end").click()
    expect(button(page, "Go on")).to_be_visible()
    type_number(page, "Learning rate", 100)
    expect(page.get_by_role("button", name="Learn at a rate of")).to_be_visible()
    type_in_cell(page, 2, 1, "abc")
    expect(page.get_by_text("Row 3: sleep is “abc”")).to_be_visible()
    assert_accessible(page, "advice and fault")
