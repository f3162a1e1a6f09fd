"""What a person does on the page and sees there, and what they ought to see."""

import numpy as np
import pytest
import runs
from playwright.sync_api import expect
from runs import QUESTION, ROWS, forward

from nnviz.charts import captions
from nnviz.engine.moment import Moment
from nnviz.strokes import strokes_for
from nnviz.writing import loss_text

# For a test of how far the film comes in so many of the screen's frames or seconds: a busy machine
# may withhold them, so it is tried once more.
counts_frames = pytest.mark.flaky(reruns=1)


def open_app(page, url):
    page.goto(url)
    wait_until_drawn(page)


def wait_until_drawn(page):
    """Until all charts are painted, and the network takes clicks."""
    page.wait_for_function(
        """() => ["network", "loss", "prediction"].every((name) =>
             document.querySelector(`.st-key-${name} .js-plotly-plot .trace`))
           && document.querySelector('[data-testid="loss"]')?.textContent
           && window.nnvizPlayhead"""
    )


def wait_for_layout(page):
    """Until nothing has moved for a while: charts and grid follow the window's size later."""
    page.evaluate(
        """async () => {
          const frame = () => new Promise(requestAnimationFrame);
          const places = () => JSON.stringify(
            [...document.querySelectorAll("[class*=st-key-], .main-svg, canvas")].map((part) =>
              part.getBoundingClientRect()));
          for (let still = 0, last = ""; still < 30; ) {
            await frame();
            const now = places();
            still = now === last ? still + 1 : 0;
            last = now;
          }
        }"""
    )


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def epoch_slider(page):
    return page.get_by_role("slider", name="Epoch", exact=True)


def speed(page, times):
    page.get_by_label("Speed").select_option(str(times))


def shown(page, name):
    """A read-out: epoch, loss or prediction."""
    return page.get_by_test_id(name)


def epoch_of(page):
    return int(shown(page, "epoch").inner_text())


def epochs_of(pictures):
    return [int(seen["epoch"]) for seen in pictures]


def go_to(page, epoch):
    epoch_slider(page).fill(str(epoch))
    expect(shown(page, "epoch")).to_have_text(str(epoch))


def wait_for_epoch(page, at_least):
    page.wait_for_function(
        "(least) => Number(document.querySelector('[data-testid=epoch]').textContent) >= least",
        arg=at_least,
    )


def wait_for_server(page, run, epoch, question=QUESTION):
    """Wait until the server has sent what belongs to an epoch: the numbers shown on pointing."""
    said = captions(Moment(run, epoch, question))
    page.wait_for_function(
        """([epoch, loss, neurons, synapses]) => {
             const shown = (name) => document.querySelector(`[data-testid="${name}"]`).textContent;
             if (shown("epoch") !== epoch || shown("loss") !== loss) return false;
             const said = hoverTexts();
             const same = (a, b) => b.length && a.every((text, i) => text === b[i % b.length]);
             return !said.held && same(said.neurons, neurons) && same(said.synapses, synapses);
           }""",
        arg=[str(epoch), loss_text(run.loss[epoch]), said["neurons"], said["synapses"]],
    )


def set_hidden(page, neurons, label="Hidden neurons"):
    slider = page.get_by_role("slider", name=label).first
    slider.focus()
    steps = neurons - int(slider.get_attribute("value") or slider.get_attribute("aria-valuenow"))
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")


def type_number(page, label, value):
    field = page.get_by_role("spinbutton", name=label, exact=True)
    field.fill(str(value))
    field.press("Enter")


def select_cell(page, row, column):
    """Select a cell of the grid; row and column from 0."""
    grid = page.get_by_test_id("stDataFrame")
    expect(grid).to_have_count(1)  # one that is replaced stands beside the new for a moment
    grid.hover(position={"x": 80, "y": 50})
    grid.click(position={"x": 80, "y": 50}, delay=150)  # as long as a person's
    assert_selected(page, 0, 0)  # what the grid tells of itself follows a little later
    for _ in range(row):
        page.keyboard.press("ArrowDown")
    for _ in range(column):
        page.keyboard.press("ArrowRight")
    assert_selected(page, row, column)


def assert_selected(page, row, column):
    cell = page.get_by_test_id(f"glide-cell-{column + 1}-{row}")
    expect(cell).to_have_attribute("aria-selected", "true")


def open_cell(page, row, column):
    """Open a cell's editor, and find its field."""
    select_cell(page, row, column)
    page.keyboard.press("Enter")
    return page.locator("#portal").get_by_role("textbox")


def type_in_cell(page, row, column, text):
    field = open_cell(page, row, column)
    field.fill(text)
    field.press("Enter")
    expect(field).to_be_hidden()


def cell_text(page, row, column):
    field = open_cell(page, row, column)
    text = field.input_value()
    field.press("Escape")
    expect(field).to_be_hidden()
    return text


def paste_table(page, text):
    button(page, "Tables").click()
    field = page.get_by_label("… or pasted from a spreadsheet")
    field.fill(text)
    field.press("Control+Enter")  # the grid may have taken the focus back


def point_at(page, *locators):
    """Move the pointer onto something, or into the middle of several."""
    boxes = [locator.bounding_box() for locator in locators]
    x = np.mean([box["x"] + box["width"] / 2 for box in boxes])
    y = np.mean([box["y"] + box["height"] / 2 for box in boxes])
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)


def play(page):
    """Play an epoch in each frame, not as slowly as a visit begins with."""
    speed(page, 1)
    button(page, "Play").click()


def play_until(page, epoch, times=1):
    speed(page, times)
    button(page, "Play").click()
    wait_for_epoch(page, epoch)


def pause(page):
    """Pause, and say where."""
    button(page, "Pause").click()
    return epoch_of(page)


def recorded(page):
    return int(page.locator(".nnviz-recorded").inner_text())


def places(page):
    """Open the panel in which an epoch is typed, or a loss."""
    page.locator(".nnviz-where").click()
    panel = page.get_by_role("dialog", name="Go to")
    expect(panel).to_be_visible()
    return panel


def type_epoch(page, epoch):
    field = places(page).get_by_role("textbox", name="Go to epoch")
    field.fill(str(epoch))
    field.press("Enter")


def extend(page, epochs):
    """Have so many epochs recorded, by going to the first that needs them; a recording doubles."""
    before = 1000
    while 2 * before < epochs:
        before *= 2
    type_epoch(page, before + 1)
    expect(shown(page, "epoch")).to_have_text(str(before + 1))
    assert recorded(page) == epochs


def watch_while(page, frames, act):
    """Pictures of so many of the screen's frames, while something is done."""
    page.evaluate("(frames) => { window.watched = watch(frames); }", frames)
    act()
    return page.evaluate("window.watched")


def edited(row, column, value):
    """The tutorial's rows with one cell changed; row and column from 0."""
    rows = [list(cells) for cells in ROWS]
    rows[row][column] = value
    return rows


def record(*hidden, **options):
    """The run that the page ought to show; hidden: neurons a layer, by default 3."""
    return runs.record(*(hidden or (3,)), **options)


def look(page):
    return page.evaluate("look()")


def assert_shows(seen, run, epoch, question=QUESTION):
    """Every part of a picture (see look.js) is that of one epoch of a run."""
    data, weights = run.data, run.network(epoch).weights
    flat = np.concatenate([w.ravel() for w in weights])
    layers = forward(weights, np.divide([question], data.input_scale))
    neurons = np.concatenate([layer[0] for layer in layers[1:]])
    rows = np.vstack([data.inputs, data.questions]) / data.input_scale
    guesses = forward(weights, rows)[-1][:, 0] * data.label_scale
    prediction = neurons[-1] * data.label_scale

    assert seen["epoch"] == str(epoch)
    assert seen["slider"] in (None, str(epoch))
    assert seen["loss"] == loss_text(run.loss[epoch])
    places = len(seen["prediction"].partition(".")[2])
    assert places >= 2
    assert abs(float(seen["prediction"]) - prediction) < 0.501 * 10.0**-places
    assert synapse_strokes(seen, run.sizes) == expected_strokes(flat, run.sizes)
    if seen["weights"]:
        assert close(seen["weights"], flat, 0.00501)
    texts = [text for text in seen["values"] if text][-len(neurons) :]
    if len(texts) == len(neurons):
        assert close(texts, neurons, 0.00501)
    assert np.allclose(seen["glow"], 0.45 * neurons, atol=1e-4)
    # Plotly rounds places to a hundredth of a pixel.
    x, y = seen["point"]
    assert abs(x - epoch) <= 1e-4 * run.epochs
    assert abs(y - run.loss[epoch]) <= 2e-4 * run.loss.max()
    assert seen["played"] is None or abs(seen["played"] - epoch) <= 1e-4 * run.epochs
    assert np.allclose(seen["guesses"], guesses, rtol=0, atol=1e-4 * data.label_scale)
    known = guesses[: len(data.inputs)]
    assert np.allclose(seen["gaps"], known, rtol=0, atol=1e-4 * data.label_scale)


def close(texts, values, tolerance):
    numbers = [float(text.replace("−", "-")) for text in texts]
    return len(numbers) == len(values) and np.allclose(numbers, values, rtol=0, atol=tolerance)


def expected_strokes(flat, sizes):
    """Each synapse's colour, width and opacity."""
    strokes = strokes_for(sizes)
    return [
        (rgb(strokes.colors[k]), strokes.widths[k], strokes.opacities[k])
        for k in strokes.index(flat)
    ]


def rgb(color):
    return f"rgb({', '.join(str(int(color[i : i + 2], 16)) for i in (1, 3, 5))})"


def synapse_strokes(seen, sizes):
    """The same as painted, found by where the lines begin and end."""
    discs, found = np.array(seen["discs"]), {}
    for line in seen["lines"]:
        for piece in line["d"].split("M")[1:]:
            if "L" in piece:
                ends = np.array([xy.split(",") for xy in piece.split("L")], dtype=float)
                a, b = (int(np.abs(discs - end).sum(axis=1).argmin()) for end in ends)
                found[a, b] = line["stroke"], line["width"], line["opacity"]
    starts = np.cumsum([0, *sizes])
    return [
        found.get((starts[layer] + i, starts[layer + 1] + j))
        for layer, (n_in, n_out) in enumerate(zip(sizes, sizes[1:]))
        for i in range(n_in)
        for j in range(n_out)
    ]
