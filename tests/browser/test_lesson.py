"""The lesson in a browser: stations answered wrongly once and rightly once."""

import numpy as np
import pytest
from playwright.sync_api import expect
from runs import EXAM
from screen import (
    button,
    epoch_of,
    look,
    record,
    shown,
    type_epoch,
    wait_for_server,
    wait_until_drawn,
)

from nnviz import Recipe
from nnviz.lessons import STATIONS, Case
from nnviz.lessons.questions import Choice, Do, Number, Order, Pick

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture(scope="module")
def told():
    """What each station says, from 1."""
    case = Case(Recipe(EXAM))
    return [None, *(station.tell(case) for station in STATIONS)]


def rail(page):
    return page.locator(".st-key-lesson")


def option(page, name, of):
    """One of so many options of the question, by its name: few stand there, many in a list."""
    question = page.locator(".st-key-question")
    if of <= 5:
        question.get_by_role("radiogroup").get_by_text(name, exact=True).click()
    else:
        question.get_by_role("combobox").click()
        page.get_by_role("option", name=name, exact=True).click()


def give(page, question, right):
    """Give an answer, the right one or a wrong one, and have it checked."""
    if isinstance(question, Choice):
        wrong = (question.right + 1) % len(question.options)
        of = len(question.options)
        option(page, question.options[question.right if right else wrong], of)
    elif isinstance(question, Pick):
        wrong = question.places[0] if question.right != question.places[0] else question.places[1]
        place = question.right if right else wrong
        option(page, question.said(place), len(question.places))
    elif isinstance(question, Number):
        field = page.locator(".st-key-question").get_by_role("spinbutton")
        field.fill(f"{question.right:.5g}" if right else "7777")
        field.press("Enter")
        expect(field).to_have_value(f"{question.right:.5g}" if right else "7777")
    elif isinstance(question, Order):
        for k in question.right if right else question.right[::-1]:
            pill = page.locator(".st-key-question").get_by_text(question.options[k], exact=True)
            pill.click()
    elif isinstance(question, Do):
        type_epoch(page, int(question.truth.split()[-1]) if right else 500)
    name = question.button if isinstance(question, Do) else "Check"
    rail(page).get_by_role("button", name=name, exact=True).click()


def press(page, name):
    pressed = rail(page).get_by_role("button", name=name)
    expect(pressed).to_have_count(1)  # one that moves stands twice for a moment
    pressed.click()


def skip(page):
    press(page, "Skip")


def is_at(page, scene):
    expect(shown(page, "epoch")).to_have_text(str(scene.epoch))


@pytest.mark.parametrize("number", range(1, len(STATIONS) + 1))
def test_a_station_answered_wrongly_once_and_rightly_once(visit, server, told, number):
    page, station = visit(f"{server.url}/?lesson={number}"), told[number]
    title = rail(page).get_by_role("heading", name=STATIONS[number - 1].title, exact=True)
    expect(title).to_be_visible()
    for right in (False, True):
        is_at(page, station.scenes[0])
        for k, part in enumerate(station.parts, start=1):
            give(page, part.question, right)
            skipped = isinstance(part.question, Do) and not right
            if skipped:
                expect(rail(page).get_by_text("Not yet.", exact=True)).to_be_visible()
                skip(page)
            grade = "skipped" if skipped else "right" if right else "why"
            expect(page.locator(f".st-key-verdict-{k}-{grade}")).to_be_visible()
        is_at(page, station.scenes[-1])
        expect(page.locator(".st-key-takeaway")).to_be_visible()
        if not right:
            press(page, "Once more")
            expect(page.locator(".st-key-takeaway")).to_have_count(0)
    page.wait_for_function(f"location.search.includes('done={number}')")


# A chart is seen whole; of the network, of which less may be, every neuron.
IS_SEEN = """(name) => {
  const boxesOf = (query) =>
    [...document.querySelectorAll(query)].map((part) => part.getBoundingClientRect());
  const over = boxesOf(".nnviz-player, .st-key-lesson").map(({ top }) => top);
  const foot = Math.min(...over.filter((top) => top > 100));
  const boxes = boxesOf(`.st-key-${name}` + (name === "network" ? " .point" : ""));
  const isSeen = ({ top, bottom }) => top >= 0 && bottom > top && bottom <= foot;
  return boxes.length && boxes.every(isSeen);
}"""


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desktop", "phone"])
def test_from_the_first_station_to_the_last_and_out(visit, server, told, screen):
    page = visit(server.url, **screen)
    button(page, "Lesson").click()
    for number, station in enumerate(told[1:], start=1):
        title = rail(page).get_by_role("heading", name=STATIONS[number - 1].title, exact=True)
        expect(title).to_be_visible()
        for k in range(1, len(station.parts) + 1):
            skip(page)
            expect(page.locator(f".st-key-verdict-{k}-skipped")).to_be_visible()
            page.wait_for_function(IS_SEEN, arg=station.scenes[k].sight)
        is_at(page, station.scenes[-1])
        if number < len(STATIONS):
            press(page, "Next station")
    rail(page).get_by_role("button", name="Leave").click()
    expect(rail(page)).to_have_count(0)
    expect(button(page, "Lesson")).to_be_focused()
    expect(shown(page, "epoch")).to_have_text("0")
    wait_for_server(page, record(), 0)


def test_a_click_in_the_network_chooses_and_the_verdict_has_the_focus(visit, server):
    page = visit(f"{server.url}/?lesson=1")
    page.wait_for_function("look().values.filter((text) => text === '?').length === 4")
    x, y = page.evaluate(
        """() => {
             const plot = document.querySelector(".st-key-network .js-plotly-plot");
             const { uid } = plot._fullData.find(({ name }) => name === "discs");
             const disc = plot.querySelectorAll(`.trace${uid} .point`)[3];
             const { x, y, width, height } = disc.getBoundingClientRect();
             return [x + width / 2, y + height / 2];
           }"""
    )
    page.mouse.click(x, y)
    expect(rail(page).get_by_role("radio", name="h2")).to_be_checked()
    rail(page).get_by_role("button", name="Check").click()
    verdict = page.locator(".st-key-verdict-1-right")
    expect(verdict).to_be_focused()
    expect(page.locator(".nnviz-aloud")).to_contain_text("Right. It is h2.")
    page.wait_for_function("look().values.includes('−0.62')")


def test_on_a_phone_the_lesson_is_a_sheet_and_nothing_is_cut(visit, server):
    page = visit(f"{server.url}/?lesson=3", **PHONE)
    expect(rail(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sheet, bar = rail(page).bounding_box(), page.locator(".nnviz-player").bounding_box()
    assert sheet["width"] == 390 and sheet["y"] + sheet["height"] == pytest.approx(844, abs=1)
    assert bar["y"] + bar["height"] <= sheet["y"] + 1
    expect(page.locator(".st-key-loss .main-svg").first).to_be_hidden()  # it is asked about
    unknown = "getComputedStyle(document.querySelector('[data-testid=loss]'), '::before').content"
    assert page.evaluate(unknown) == '"?"'
    button(page, "Fold").click()
    expect(button(page, "Unfold")).to_be_visible()
    page.wait_for_function("document.querySelector('.st-key-lesson').offsetHeight < 100")
    sheet, bar = rail(page).bounding_box(), page.locator(".nnviz-player").bounding_box()
    assert sheet["y"] - 30 < bar["y"] + bar["height"] <= sheet["y"] + 1  # it has come down, too


def test_back_goes_to_the_station_before(visit, server):
    page = visit(f"{server.url}/?lesson=1", new=True)
    press(page, "Next station")
    expect(rail(page).get_by_role("heading", name="Squeezed, and a first answer")).to_be_visible()
    page.wait_for_function("location.search.includes('lesson=2')")
    page.go_back()
    expect(rail(page).get_by_role("heading", name="A weighted sum")).to_be_visible()
    wait_until_drawn(page)
    assert epoch_of(page) == 0
    assert np.isfinite(float(look(page)["loss"]))
