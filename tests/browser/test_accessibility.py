"""What axe-core finds on the page: WCAG 2.2 A and AA, contrast included, and its best practices."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from screen import button

VIEWS = ("Walk", "One weight", "σ and its slope", "By hand")

# What Streamlit builds, and no setting or style of ours can change: the place to drop a file has
# the role of no meaning and a name, which contradict each other.
STREAMLITS_OWN = [['[data-testid="stFileUploaderDropzone"]']]


def violations(page):
    """What axe finds, as text; a violation a line, with where."""
    found = Axe().run(page, {"exclude": STREAMLITS_OWN}).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]} {node['failureSummary']}"
        for fault in found
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_at_rest_is_accessible_in_every_view(visit, theme):
    page = visit(color_scheme=theme)
    for view in VIEWS:
        page.get_by_role("radio", name=view, exact=True).click()
        expect(page.locator(".nnviz-sheet, .st-key-slope").first).to_be_visible()
        page.wait_for_timeout(1500)
        assert not violations(page), view


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_menus_are_accessible(visit, theme):
    page = visit(color_scheme=theme)
    button(page, "Tables").click()
    expect(page.get_by_label("… or pasted from a spreadsheet")).to_be_visible()
    assert not violations(page)
    page.keyboard.press("Escape")
    button(page, "Columns").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert not violations(page)
