"""The film as a file, opened as a person does who was sent it: from the disk, with no server."""

from urllib.parse import urlparse

import pytest
from conftest import LOOK
from playwright.sync_api import expect
from runs import EXAM, record
from screen import (
    assert_shows,
    button,
    epoch_of,
    epoch_slider,
    go_to,
    look,
    pause,
    places,
    play_until,
    shown,
    type_epoch,
    watch_while,
)

from nnviz import Recipe, to_html
from nnviz.writing import loss_text

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
BACKGROUNDS = {"light": "rgb(251, 251, 249)", "dark": "rgb(17, 21, 28)"}


@pytest.fixture(scope="module")
def run():
    return record(3)


@pytest.fixture
def view(browser, tmp_path):
    """Open a film from the disk; any error in it, and any request that leaves, fails the test."""
    contexts, errors, asked = [], [], []

    def open_file(text, **options):
        path = tmp_path / "film.html"
        path.write_text(text, "utf-8")
        # What waits in these tests evaluates texts, which the file itself forbids.
        options = {"viewport": {"width": 1440, "height": 900}, "bypass_csp": True} | options
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.set_default_timeout(20_000)
        page.add_init_script(path=LOOK)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console", lambda said: said.type in ("error", "warning") and errors.append(said.text)
        )
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        expect(shown(page, "loss")).not_to_be_empty()
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert not errors
    away = [url for url in asked if urlparse(url).scheme not in ("file", "data", "blob")]
    assert not away and len([url for url in asked if url.startswith("file:")]) <= len(contexts)


def test_it_opens_at_the_pinned_epoch_with_the_engines_numbers(view, run):
    page = view(to_html(run, 202, name="Exam scores"))
    assert_shows(look(page), run, 202)
    expect(
        page.get_by_role("heading", name="Exam scores: score from study and sleep")
    ).to_be_visible()
    cells = page.get_by_role("cell").all_inner_texts()
    assert cells == ["2", "9", "92", "1", "5", "86", "3", "6", "89", "4", "8", "?"]
    expect(page.get_by_text("study 4, sleep 8")).to_be_visible()


def test_it_opens_under_its_own_rule_that_nothing_is_fetched(view, run):
    page = view(to_html(run, 202), bypass_csp=False)
    button(page, "Step forward").click()
    assert_shows(look(page), run, 203)


def test_it_plays_to_its_end_and_every_frame_is_of_one_epoch(view, run):
    page = view(to_html(run, 0))
    pictures = watch_while(page, 60, lambda: play_until(page, 30))
    for seen in pictures:
        assert_shows(seen, run, int(seen["epoch"]))
    assert len({seen["epoch"] for seen in pictures}) > 10
    epoch = pause(page)
    assert_shows(look(page), run, epoch)
    play_until(page, 1000, 100)
    expect(page.get_by_text("the recording ends here")).to_be_visible()
    assert_shows(look(page), run, 1000)
    expect(button(page, "Play")).to_be_visible()


def test_one_can_step_scrub_type_and_click_to_an_epoch(view, run):
    page = view(to_html(run, 202))
    button(page, "Step forward").click()
    assert_shows(look(page), run, 203)
    page.keyboard.press("ArrowLeft")
    assert_shows(look(page), run, 202)
    go_to(page, 700)
    assert_shows(look(page), run, 700)
    type_epoch(page, 45)
    assert_shows(look(page), run, 45)
    page.locator("[data-chart=loss] .nsewdrag").click()
    assert 400 < epoch_of(page) < 600
    assert_shows(look(page), run, epoch_of(page))
    for name, epoch in (("To end", 1000), ("To start", 0)):
        button(page, name).click()
        assert_shows(look(page), run, epoch)
    page.get_by_role("heading", level=1).click()  # away from the button, which takes the space bar
    page.keyboard.press("Space")
    page.wait_for_function("Number(document.querySelector('[data-testid=epoch]').textContent) > 0")
    page.keyboard.press("Space")
    expect(button(page, "Play")).to_be_visible()


def test_what_needs_a_server_is_not_offered(view, run):
    page = view(to_html(run))
    expect(page.get_by_text("the recording ends here")).to_be_visible()
    expect(page.get_by_text("Go on")).to_be_hidden()
    panel = places(page)
    expect(panel.get_by_role("textbox", name="Go to epoch")).to_be_visible()
    expect(panel.get_by_text("Next epoch with loss below")).to_be_hidden()
    expect(page.get_by_text("Back to").filter(visible=True)).to_have_count(0)


def test_beyond_the_end_one_is_told_what_to_type(view, run):
    page = view(to_html(run))
    type_epoch(page, 1001)
    expect(page.get_by_text("Type a whole number from 0 to 1,000.")).to_be_visible()
    assert epoch_of(page) == 1000


@pytest.mark.parametrize("theme", BACKGROUNDS)
def test_the_theme_is_the_screens_until_one_switches_it(view, run, theme):
    page = view(to_html(run, 202), color_scheme=theme)
    other = next(name for name in BACKGROUNDS if name != theme)
    body = page.locator("body")
    expect(body).to_have_css("background-color", BACKGROUNDS[theme])
    ink = "getComputedStyle(document.querySelector('[data-chart=network] text')).fill"
    first = page.evaluate(ink)
    button(page, other.capitalize()).click()
    expect(body).to_have_css("background-color", BACKGROUNDS[other])
    page.wait_for_function(f"(first) => {ink} !== first", arg=first)
    assert_shows(look(page), run, 202)
    go_to(page, 3)
    button(page, theme.capitalize()).click()
    expect(body).to_have_css("background-color", BACKGROUNDS[theme])
    assert_shows(look(page), run, 3)
    page.emulate_media(color_scheme=other)
    expect(body).to_have_css("background-color", BACKGROUNDS[other])


def test_the_loss_can_be_seen_logarithmic(view, run):
    page = view(to_html(run, 202))
    page.get_by_label("logarithmic").check()
    page.wait_for_function(
        "document.querySelector('[data-chart=loss] > *')._fullLayout.yaxis.type === 'log'"
    )
    assert_shows(look(page) | {"point": (202, run.loss[202])}, run, 202)
    go_to(page, 7)
    x, y = look(page)["point"]
    assert round(x) == 7 and abs(y / run.loss[7] - 1) < 0.01


@pytest.mark.parametrize("theme", BACKGROUNDS)
def test_it_fits_a_phone(view, run, theme):
    page = view(to_html(run, 202), color_scheme=theme, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bar = page.get_by_role("group", name="Playback").bounding_box()
    assert bar["x"] >= 0 and bar["x"] + bar["width"] <= 390 and bar["y"] + bar["height"] <= 844
    button(page, "Step forward").click()
    assert_shows(look(page), run, 203)


def test_a_thinned_film_moves_from_frame_to_frame(view):
    run = Recipe(EXAM).train(60_000)
    page = view(to_html(run, 30_000))
    expect(page.get_by_text("one epoch in")).to_be_visible()
    assert_shows(look(page), run, 30_000)
    button(page, "To start").click()
    page.get_by_label("Speed").select_option("15/s")
    button(page, "Step forward").click()
    gap = epoch_of(page)
    assert gap > 1
    assert shown(page, "loss").inner_text() == loss_text(run.loss[gap])
    page.keyboard.press("ArrowRight")
    assert epoch_of(page) == 2 * gap
    page.keyboard.press("ArrowLeft")
    assert epoch_of(page) == gap
    button(page, "Play").click()
    page.wait_for_function(
        f"Number(document.querySelector('[data-testid=epoch]').textContent) >= {5 * gap}"
    )
    epoch = pause(page)
    assert_shows(look(page), run, epoch)
    type_epoch(page, gap * 10 + 1)
    assert epoch_of(page) == gap * 10
    assert epoch_slider(page).input_value() == str(gap * 10)


def test_names_with_html_are_text_and_nothing_runs(view):
    evil = "<img src=x onerror=alert(1)>"
    run = Recipe(EXAM.rename(columns={"study": evil, "score": "</script><b>s</b>"})).train(20)
    page = view(to_html(run, name=evil))
    page.on("dialog", lambda dialog: pytest.fail("A name was run."))
    assert page.locator("img, b:not([data-testid], .nnviz-asked b)").count() == 0
    assert evil in page.locator("h1").inner_text()
    assert evil in page.locator("th").first.inner_text()
    assert look(page)["names"][-1].startswith("</script>")
