"""A click in the network, the nudge of a weight, and the numbers of the prediction chart."""

import numpy as np
from playwright.sync_api import expect
from runs import ROWS, forward
from screen import (
    assert_shows,
    button,
    close,
    go_to,
    look,
    pause,
    play_until,
    record,
    set_hidden,
    shown,
    type_number,
    wait_for_layout,
    wait_for_server,
)

from nnviz.dissection import nudge
from nnviz.engine.moment import Moment
from nnviz.writing import loss_text
from nnviz.writing import shown as digits

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def neurons(page):
    """Where each neuron is on the screen, layer after layer."""
    return page.evaluate(
        """() => {
             const plot = document.querySelector(".st-key-network .js-plotly-plot");
             const discs = plot._fullData.find(({ name }) => name === "discs");
             return [...plot.querySelectorAll(`.trace${discs.uid} .point`)].map((disc) => {
               const { x, y, width, height } = disc.getBoundingClientRect();
               return [x + width / 2, y + height / 2];
             });
           }"""
    )


def on_the_way(page, start, end, share=0.65):
    a, b = (np.array(neurons(page)[k]) for k in (start, end))
    return (a + share * (b - a)).tolist()


def rows_of(page):
    """The prediction chart's rows as they are read: name, guess and target."""
    return page.evaluate(
        """() => {
             const plot = document.querySelector(".st-key-prediction .js-plotly-plot");
             const texts = (name) => {
               const { uid } = plot._fullData.find((trace) => trace.name === name);
               return [...plot.querySelectorAll(`.trace${uid} text`)].map((el) => el.textContent);
             };
             const names = [...plot.querySelectorAll(".ytick text")].map((el) => el.textContent);
             const [guesses, targets] = [texts("guess-number"), texts("target-number")];
             return names.map((name, row) => [name, guesses[row], targets[row]]);
           }"""
    )


def wait_for_rows(page, rows):
    page.wait_for_function(
        """(rows) => {
             const names = document.querySelectorAll(".st-key-prediction .ytick text");
             return String([...names].map((el) => el.textContent)) === String(rows);
           }""",
        arg=rows,
    )


def test_a_click_on_a_synapse_opens_it_and_lights_its_chain(page):
    page.mouse.click(*(np.array(on_the_way(page, 1, 4)) + [0, 6]))  # sleep → h3, beside its line
    expect(page.get_by_text("W1[sleep, h3] = 0.3616")).to_be_visible()
    expect(page.locator(".nnviz-legend")).to_contain_text("chain of sleep → h3")
    lines = look(page)["lines"]
    lit = [k for k, line in enumerate(lines) if line["opacity"] > 0.2]
    assert lit == [5, 8]  # W1[sleep, h3], and W2[h3, score] beyond it
    seen = look(page)
    assert [bool(text) for text in seen["values"]] == [False, True, False, False, True, True]
    assert [k for k, text in enumerate(seen["weights"]) if text] == [5, 8]
    play_until(page, 20)
    seen = look(page)
    assert_shows(seen, record(), int(seen["epoch"]))
    epoch = pause(page)
    expect(page.locator(".nnviz-legend")).to_contain_text("chain of sleep → h3")
    expect(page.get_by_text(f"at epoch {epoch}: ●")).to_be_visible()
    page.get_by_text("Walk", exact=True).click()
    page.wait_for_function("look().values.every((text) => text)")


def assert_lights(page, legend, synapses, row):
    """These synapses alone are lit, and the neurons at their ends, with a training row's values."""
    expect(page.locator(".nnviz-legend")).to_contain_text(legend)
    seen, run = look(page), record()
    lit = [k for k, line in enumerate(seen["lines"]) if line["opacity"] > 0.2]
    assert lit == [k for k, text in enumerate(seen["weights"]) if text] == list(synapses)
    ends = {0: (0, 2), 1: (0, 3), 2: (0, 4), 3: (1, 2), 4: (1, 3), 5: (1, 4)}
    ends |= {6: (2, 5), 7: (3, 5), 8: (4, 5)}
    neurons = sorted({neuron for k in synapses for neuron in ends[k]})
    assert [k for k, text in enumerate(seen["values"]) if text] == neurons
    values = np.hstack(forward(run.network(0).weights, run.data.X[[row]]))[0]
    assert close([text for text in seen["values"] if text], values[neurons], 0.00501)
    hours = [f"{name} {value}" for name, value in zip(("study", "sleep"), ROWS[row])]
    assert seen["names"][:2] == hours


def test_a_click_on_a_neuron_opens_its_slope_and_lights_all_ways_through_it(
    page,
):
    page.mouse.click(*neurons(page)[0])
    page.mouse.click(*neurons(page)[3])
    expect(page.get_by_text("h2, row 1:")).to_be_visible()
    assert_lights(page, "row 1: all ways through h2", synapses=[1, 4, 7], row=0)
    page.get_by_role("combobox", name="Training row").click()
    page.get_by_role("option", name="row 2: 1, 5").click()
    assert_lights(page, "row 2: all ways through h2", synapses=[1, 4, 7], row=1)
    assert page.evaluate("hoverTexts().neurons")[3].startswith("h2, row 2<br>sum ")
    page.mouse.click(*neurons(page)[5])
    expect(page.get_by_text("score, row 2:")).to_be_visible()
    assert_lights(page, "row 2: all ways through score", synapses=range(9), row=1)
    page.mouse.click(*on_the_way(page, 3, 5))
    expect(page.get_by_text("W2[h2, score] =").first).to_be_visible()


def test_the_pointer_says_what_can_be_clicked(page):
    page.mouse.move(*on_the_way(page, 4, 5))
    expect(page.locator(".st-key-network.nnviz-picks")).to_have_count(1)
    page.mouse.move(*(np.array(neurons(page)[0]) - [0, 120]))
    expect(page.locator(".st-key-network.nnviz-picks")).to_have_count(0)


def test_a_tap_opens_a_synapse_too(visit):
    page = visit(**PHONE)
    wait_for_server(page, record(), 0)
    wait_for_layout(page)
    page.touchscreen.tap(*(np.array(on_the_way(page, 4, 5)) + [0, 9]))
    expect(page.locator(".nnviz-legend")).to_contain_text("chain of h3 → score")


def test_without_the_tabs_a_click_does_nothing(visit, server):
    page = visit(f"{server.url}/?hide=tabs")
    page.mouse.move(*on_the_way(page, 4, 5))
    page.mouse.click(*on_the_way(page, 4, 5))
    go_to(page, 7)
    wait_for_server(page, record(), 7)
    assert "view" not in page.url and "synapse" not in page.url
    expect(page.locator(".st-key-network.nnviz-picks")).to_have_count(0)
    assert_shows(look(page), record(), 7)


def test_a_click_in_a_network_drawn_in_bands_opens_what_is_there(page):
    set_hidden(page, 32)
    page.get_by_role("combobox", name="Hidden layers").click()
    page.get_by_role("option", name="2").click()
    wait_for_server(page, record(32, 3), 0)
    page.mouse.click(*neurons(page)[2 + 31])
    expect(page.get_by_text("a32, row 1:")).to_be_visible()
    page.mouse.click(*on_the_way(page, 36, 37, 0.5))
    expect(page.get_by_text("W3[b3, score] =").first).to_be_visible()


def points(page):
    """Where the three points of the nudge's chart are, in its own units."""
    return page.evaluate(
        """() => {
             const plot = document.querySelector(".st-key-nudged .js-plotly-plot");
             const of = (name) => plot._fullData.find((trace) => trace.name === name);
             return ["present", "nudged", "lowest"].map((name) => [of(name).x[0], of(name).y[0]]);
           }"""
    )


def test_a_nudge_is_drawn_and_said_and_changes_nothing_of_the_run(visit, server):
    page = visit(f"{server.url}/?view=weight&synapse=2.3.1")
    run = record()
    page.locator(".st-key-nudged .point").first.wait_for()
    page.evaluate("window.before = document.querySelector('.st-key-nudged .js-plotly-plot')")
    handle = page.get_by_role("slider", name="Nudge this weight by")
    handle.focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    for epoch in (0, 400):
        go_to(page, epoch)
        wanted = nudge(Moment(run, epoch), 2, 2, 0, 0.1)
        expect(page.get_by_text(f"to {digits(wanted.moved[1])}.")).to_be_visible()
        page.wait_for_function(
            """(x) => {
                 const plot = document.querySelector(".st-key-nudged .js-plotly-plot");
                 const nudged = plot._fullData.find(({ name }) => name === "nudged");
                 return Math.abs(nudged.x[0] - x) < 1e-9;
               }""",
            arg=wanted.moved[0],
        )
        expected = [(wanted.value, wanted.loss), wanted.moved, wanted.lowest]
        assert np.allclose(points(page), expected, rtol=1e-12)
        assert shown(page, "loss").inner_text() == loss_text(run.loss[epoch])
    assert page.evaluate("before.isConnected")  # painted in place
    assert "nudge=0.1" in page.url


def test_the_rows_say_their_numbers_and_the_one_asked_is_among_them(page):
    run = record()
    page.evaluate("window.before = document.querySelector('.st-key-prediction .js-plotly-plot')")
    go_to(page, 10)
    guesses = [f"{guess:.2f}" for guess in run.predict([[2, 9], [1, 5], [3, 6], [4, 8]], 10)[:, 0]]
    targets = ["92", "86", "89", "?"]
    names = ["2, 9", "1, 5", "3, 6", "4, 8"]
    assert rows_of(page) == [list(row) for row in zip(names, guesses, targets)]
    assert guesses[-1] == shown(page, "prediction").inner_text()
    type_number(page, "study", 5)
    wait_for_rows(page, [*names, "5, 8"])
    asked = f"{run.predict([[5, 8]], 10)[0, 0]:.2f}"
    expect(shown(page, "prediction")).to_have_text(asked)
    assert rows_of(page)[-1] == ["5, 8", asked, "?"]
    assert rows_of(page)[:4] == [list(row) for row in zip(names, guesses, targets)]
    type_number(page, "study", 1)
    type_number(page, "sleep", 5)
    wait_for_rows(page, names)  # the row that asks the same
    expect(shown(page, "prediction")).to_have_text(guesses[1])
    assert page.evaluate("before.isConnected")  # never drawn anew
    button(page, "To end").click()
    wait_for_server(page, run, 1000, (1, 5))
    assert_shows(look(page), run, 1000, (1, 5))


def arrows(page):
    """For each row, whether an arrow is seen, and whether its dot is."""
    return page.evaluate(
        """() => {
             const plot = document.querySelector(".st-key-prediction .js-plotly-plot");
             const seen = (name) => {
               const { uid } = plot._fullData.find((trace) => trace.name === name);
               const points = [...plot.querySelectorAll(`.trace${uid} .point`)];
               return points.map((el) => getComputedStyle(el).display !== "none");
             };
             return { beyond: seen("beyond"), dots: [...seen("guess"), ...seen("asked")] };
           }"""
    )


def test_a_guess_beyond_the_axis_is_an_arrow_at_its_edge_and_the_axis_stands_still(page):
    for epoch in (0, 10, 1000):
        go_to(page, epoch)
        guesses = record().predict([[2, 9], [1, 5], [3, 6], [4, 8]], epoch)[:, 0]
        assert page.evaluate(
            "document.querySelector('.st-key-prediction .js-plotly-plot')._fullLayout.xaxis.range"
        ) == [80, 100]
        beyond = [bool(guess < 80) for guess in guesses]
        assert arrows(page) == {"beyond": beyond, "dots": [not far for far in beyond]}


def test_the_answer_before_is_there_to_compare_and_says_its_epoch(page):
    go_to(page, 1000)
    wait_for_server(page, record(), 1000)
    type_number(page, "Seed", 3)
    wait_for_server(page, record(seed=3), 1000)
    was = f"{record().predict([[4, 8]])[0, 0]:.2f}"
    expect(page.get_by_text(f"was {was} at epoch 1,000 with seed 0", exact=True)).to_be_visible()
    set_hidden(page, 4)
    was = f"{record(seed=3).predict([[4, 8]])[0, 0]:.2f}"
    said = f"was {was} at epoch 1,000 with 3 hidden neurons; other starting weights, too"
    expect(page.get_by_text(said)).to_be_visible()
