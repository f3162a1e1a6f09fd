"""The tab “What it has learned”, as a person sees and uses it."""

import numpy as np
import pytest
from playwright.sync_api import expect
from runs import QUESTION, ROWS, forward
from screen import (
    button,
    epoch_of,
    go_to,
    open_app,
    pause,
    play,
    play_until,
    point_at,
    record,
    shown,
    type_number,
    wait_for_epoch,
    wait_for_server,
)

# The colours of a map's picture, [[red, green, blue, opacity] a point], from the lower left.
PIXELS = """async (name) => {
  const plot = document.querySelector(`.st-key-${name} .js-plotly-plot`);
  const href = plot.querySelector("image").href.baseVal;
  const picture = new Image();
  picture.src = href;
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const { x, y } = plot.layout.meta;
  return { width: picture.width, height: picture.height, data: [...data], x, y };
}"""

# The class by which Plotly marks a part of a chart.
PART = """([name, part]) => {
  const plot = document.querySelector(`.st-key-${name} .js-plotly-plot`);
  return `trace${plot._fullData[plot.layout.meta.parts[part]].uid}`;
}"""

# How high dots stand, by the second of two axes.
HEIGHTS = """(dots) => dots.map((dot) => {
  const { yaxis2 } = dot.closest(".js-plotly-plot")._fullLayout;
  return yaxis2.p2c(Number(dot.getAttribute("transform").match(/,([-\\d.]+)/)[1]));
})"""

# Notes whether the player ever gives up.
WATCH = """() => {
  window.notices = new Set();
  const look = () => window.notices.add(document.querySelector(".nnviz-notice")?.textContent);
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}"""

# A chart that a view has as soon as it is drawn.
CHART_OF = {
    "How sure is it?": "doubt",
    "Left out in turn": "unseen",
    "Compare": "race",
    "The road downhill": "road",
    "The map": "map",
}

HELD = """() => {
  const plot = document.querySelector(".st-key-loss .js-plotly-plot");
  const { x, y, line } = plot._fullData[plot.layout.meta.parts.held];
  return x?.length && { epochs: [...x], losses: [...y], dash: line.dash };
}"""


def points_of(page, chart, part):
    return page.locator(f".st-key-{chart} .{page.evaluate(PART, [chart, part])} .point")


def choose_view(page, view):
    page.get_by_role("radio", name=view).click()


def trained(inputs, targets, seeds, epochs):
    """The tutorial's loop for networks of many seeds; returns what they answer, by a function.

    It shares no line with nnviz: the inputs are divided by their largest, the labels by 100.
    """
    largest = np.max(inputs, axis=0)
    X, y = np.divide(inputs, largest), np.array(targets)[:, None] / 100
    draws = [np.random.default_rng(seed).standard_normal for seed in seeds]
    W1, W2 = (np.array([draw(shape) for draw in draws]) for shape in ((2, 3), (3, 1)))

    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    for _ in range(epochs):
        z2 = sigmoid(X @ W1)
        o = sigmoid(z2 @ W2)
        o_delta = (y - o) * o * (1 - o)
        z2_delta = o_delta @ W2.swapaxes(1, 2) * z2 * (1 - z2)
        W1, W2 = W1 + X.T @ z2_delta, W2 + z2.swapaxes(1, 2) @ o_delta
    return lambda question: 100 * sigmoid(sigmoid(np.divide([question], largest) @ W1) @ W2).ravel()


def open_tab(page, view=None):
    page.get_by_role("tab", name="What it has learned").click()
    expect(page.get_by_role("radio", name="The map")).to_be_visible()
    if view:
        page.get_by_role("radio", name=view).click()


def wait_for_picture(page, name="map"):
    page.wait_for_function(
        """(name) => document.querySelector(`.st-key-${name} image`)
             ?.href.baseVal.startsWith("data:image/png")""",
        arg=name,
    )


def is_blue(page):
    """Which points of the map are blue, not orange; and where they are, in the table's units."""
    seen = page.evaluate(PIXELS, "map")
    pixels = np.array(seen["data"]).reshape(seen["height"], seen["width"], 4)[::-1]
    points = np.array([[(x, y) for x in seen["x"]] for y in seen["y"]])
    return pixels[..., 2] > pixels[..., 0], points


def wait_for_map(page, run, epoch):
    """The picture may lag by a fifteenth of a second."""
    for _ in range(200):
        if map_is_of(page, run, epoch):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"The map is not that of epoch {epoch}.")


def map_is_of(page, run, epoch):
    """Whether blue is what the network puts above the rows' mean, 89, at that epoch."""
    blue, points = is_blue(page)
    weights = run.network(epoch).weights
    answers = 100 * forward(weights, points.reshape(-1, 2) / [3, 9])[-1].reshape(blue.shape)
    clear = np.abs(answers - 89) > 0.05  # nearer to the middle, a picture's colours are too faint
    assert clear.sum() > 0.5 * clear.size
    return (blue == (answers > 89))[clear].all()


def test_the_map_shows_what_the_network_says_and_follows_the_playhead(page):
    run = record()
    go_to(page, 1000)
    wait_for_server(page, run, 1000)
    open_tab(page)
    wait_for_picture(page)
    wait_for_map(page, run, 1000)
    go_to(page, 20)
    wait_for_server(page, run, 20)
    wait_for_map(page, run, 20)


def test_the_film_paints_the_map_while_it_plays(page):
    open_tab(page)
    wait_for_picture(page)
    page.evaluate(
        """() => {
             const image = document.querySelector(".st-key-map image");
             window.pictures = new Set();
             new MutationObserver(() => window.pictures.add(image.href.baseVal))
               .observe(image, { attributes: true });
           }"""
    )
    play(page)
    wait_for_epoch(page, 60)
    button(page, "Pause").click()
    assert page.evaluate("window.pictures.size") > 5


def test_a_click_on_the_map_asks_there(page):
    go_to(page, 1000)
    open_tab(page)
    wait_for_picture(page)
    field = page.locator(".st-key-map .nsewdrag")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.4 * box["height"])
    tip = page.locator(".st-key-map .nnviz-tip")
    expect(tip).to_contain_text("study")
    study, sleep = (float(part.split()[-1]) for part in tip.inner_text().split(" →")[0].split(","))
    said = float(tip.inner_text().split()[-1])
    page.mouse.down()
    page.mouse.up()
    for name, value in (("study", study), ("sleep", sleep)):
        field = page.get_by_role("spinbutton", name=name, exact=True)
        expect(field).to_have_value(f"{value:g}")
    answer = record().predict([[study, sleep]])[0, 0]
    expect(shown(page, "prediction")).to_have_text(f"{answer:.2f}")
    assert abs(said - answer) < 0.051
    assert epoch_of(page) == 1000


def test_pointing_at_a_neuron_shows_its_own_map(page):
    open_tab(page)
    wait_for_picture(page, "neurons")
    opacities = (
        "[...document.querySelectorAll('.st-key-neurons image')].map((el) => el.style.opacity)"
    )
    assert page.evaluate(opacities) == ["", "", ""]
    point_at(page, points_of(page, "network", "discs").nth(3))  # past the two inputs, the second
    page.wait_for_function(f"String({opacities}) === '0.3,,0.3'")


def test_the_range_stands_beside_the_answer_and_goes_while_it_is_of_another_epoch(page):
    go_to(page, 1000)
    expect(shown(page, "range")).to_have_text("200 random starts: the middle 90 % say 89.5 to 92.2")
    page.get_by_label("Speed").select_option("1/s")
    button(page, "To start").click()
    button(page, "Play").click()
    wait_for_epoch(page, 1)
    expect(shown(page, "range")).to_have_text("")
    button(page, "Pause").click()
    expect(shown(page, "range")).to_contain_text("200 random starts")


def test_a_range_that_takes_a_while_follows_by_itself(page, server):
    open_app(page, f"{server.url}/?of=7000&epoch=7000")
    expect(shown(page, "range")).to_have_text("200 random starts: the middle 90 % say 90.3 to 91.5")


def test_a_pinned_run_keeps_a_curve_and_a_row_and_runs_on_the_same_clock(page):
    go_to(page, 100)
    open_tab(page, "Compare")
    button(page, "Pin this run").click()
    expect(page.locator(".st-key-race .js-plotly-plot .point").first).to_be_visible()
    type_number(page, "Learning rate", "0.3")
    table = page.locator("table.nnviz-pins")
    expect(table).to_contain_text("at a learning rate of 1")
    expect(page.locator(".st-key-loss").get_by_text("A", exact=True)).to_be_visible()
    runs = [record(rate=0.3), record()]
    wait_for_server(page, runs[0], 100)
    for epoch in (100, 7):
        go_to(page, epoch)
        dots = points_of(page, "race", "answers")
        assert dots.evaluate_all(HEIGHTS) == pytest.approx(
            [run.predict([QUESTION], epoch)[0, 0] for run in runs], abs=0.2
        )


def test_the_link_opens_the_view_again(page, visit):
    open_tab(page, "How sure is it?")
    page.wait_for_url("**learned=sure**")
    again = visit(page.url)
    expect(again.get_by_role("radio", name="How sure is it?")).to_be_checked()
    expect(again.locator(".st-key-answers .js-plotly-plot")).to_be_visible()


def test_a_pinned_run_travels_in_the_link(page, visit):
    open_tab(page, "Compare")
    button(page, "Pin this run").click()
    type_number(page, "Learning rate", "0.3")
    page.wait_for_url("**pins=**")
    expect(page.locator("table.nnviz-pins")).to_contain_text("at a learning rate of 1")
    again = visit(page.url)
    expect(again.locator("table.nnviz-pins")).to_contain_text("at a learning rate of 1")
    expect(again.locator(".st-key-loss").get_by_text("A", exact=True)).to_be_visible()
    expect(again.get_by_role("spinbutton", name="Learning rate")).to_have_value("0.3")


def test_all_views_one_after_the_other_and_back_leave_the_film_alive(page):
    page.evaluate(WATCH)
    open_tab(page, "Compare")
    button(page, "Pin this run").click()
    for view in [*CHART_OF, *CHART_OF]:
        choose_view(page, view)
        expect(
            page.locator(f".st-key-{CHART_OF[view]} .js-plotly-plot .main-svg").first
        ).to_be_visible()
    wait_for_picture(page)
    play_until(page, 60)
    epoch = pause(page)
    wait_for_server(page, record(), epoch)
    wait_for_map(page, record(), epoch)
    assert page.evaluate("[...window.notices]") == [""]


@pytest.mark.parametrize("view", list(CHART_OF))
def test_the_film_plays_on_while_a_view_is_open_and_each_follows_it(page, view):
    page.evaluate(WATCH)
    open_tab(page, "Compare")
    button(page, "Pin this run").click()
    expect(page.locator("table.nnviz-pins")).to_be_visible()
    choose_view(page, view)
    expect(
        page.locator(f".st-key-{CHART_OF[view]} .js-plotly-plot .main-svg").first
    ).to_be_visible()
    play_until(page, 40)
    wait_for_server(page, record(), pause(page))
    chart = page.locator(f".st-key-{CHART_OF[view]} .js-plotly-plot")
    expect(chart).to_have_css("opacity", "1")  # what is of another epoch is faint
    assert page.evaluate("[...window.notices]") == [""]


def test_the_range_is_what_other_random_starts_say(page):
    go_to(page, 1000)
    open_tab(page, "How sure is it?")
    rows = [row for row in ROWS if row[2] is not None]
    say = trained([row[:2] for row in rows], [row[2] for row in rows], range(200), 1000)
    answers = say(QUESTION)
    low, high = (f"{end:.1f}" for end in np.percentile(answers, [5, 95]))
    expect(page.locator(".st-key-learned-tab")).to_contain_text(
        f"score {answers[0]:.1f}; from 200 random starts the middle 90 % say {low} to {high}."
    )
    below = (answers < answers[0]).sum()
    expect(page.locator(".st-key-learned-tab")).to_contain_text(f"is above {below} of the 200.")
    expect(shown(page, "range")).to_have_text(
        f"200 random starts: the middle 90 % say {low} to {high}"
    )


def test_left_out_rows_are_predicted_by_networks_that_never_saw_them(page):
    go_to(page, 1000)
    open_tab(page, "Left out in turn")
    rows = np.array([row for row in ROWS if row[2] is not None], float)
    said, dull = [], []
    for row in range(3):
        others = np.delete(rows, row, axis=0)
        say = trained(others[:, :2], others[:, 2], [0], 1000)
        said.append(say(rows[row, :2])[0])
        dull.append(others[:, 2].mean())
    assert np.round(said, 2).tolist() == [88.18, 88.91, 91.18]
    numbers = page.locator(".st-key-unseen .js-plotly-plot")
    for guess in said:
        expect(numbers.get_by_text(f"{guess:.2f}", exact=True)).to_be_visible()
    ours, theirs = (np.abs(np.subtract(guess, rows[:, 2])).mean() for guess in (said, dull))
    assert (round(ours, 2), round(theirs, 2)) == (2.97, 3.00)
    expect(page.locator(".st-key-learned-tab")).to_contain_text(
        f"A network that never saw the row misses its score by {ours:.2f} in the mean; "
        f"always guessing the other rows’ mean misses it by {theirs:.2f}."
    )
    expect(page.locator(".st-key-learned-tab")).to_contain_text("no better than the mean")


def test_a_row_that_is_held_out_by_hand_has_a_second_loss_curve(page):
    button(page, "Columns").click()
    page.get_by_label("Rows to hold out, for testing").fill("3")
    button(page, "Apply").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".st-key-stage")).to_contain_text("the 1 held-out row, dashed")
    say = [trained([[2, 9], [1, 5]], [92, 86], [0], epochs)([3, 6])[0] for epochs in (0, 1000)]
    first, last = (((guess - 89) / 100) ** 2 for guess in say)
    curve = page.wait_for_function(HELD).json_value()  # it comes with the film
    assert curve["epochs"][0] == 0 and curve["epochs"][-1] == 1000
    assert [curve["losses"][0], curve["losses"][-1]] == pytest.approx([first, last])
    assert curve["dash"] not in ("", "solid")


def test_a_class_that_is_chosen_is_what_the_map_shows_the_share_of(page):
    page.evaluate(WATCH)
    button(page, "Tables").click()
    page.get_by_role("combobox", name="Table").click()
    page.get_by_role("option", name="Iris").click()
    page.keyboard.press("Escape")
    open_tab(page)
    about = page.locator(".st-key-learned-tab")
    expect(about).to_contain_text("its colour the share of setosa that is answered")
    page.get_by_role("combobox", name="Share of").click()
    page.get_by_role("option", name="share of virginica").click()
    expect(about).to_contain_text("its colour the share of virginica that is answered")
    page.wait_for_url("**class=3**")
    wait_for_picture(page)
    play_until(page, 20)
    button(page, "Pause").click()
    expect(page.locator(".st-key-map .js-plotly-plot")).to_have_css("opacity", "1")
    assert page.evaluate("[...window.notices]") == [""]
