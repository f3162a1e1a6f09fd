"""What a person does on the page and sees there, and what they ought to see."""

import numpy as np
from playwright.sync_api import expect

import nnviz
from nnviz.captions import captions
from nnviz.strokes import strokes_for

QUESTION = (4.0, 8.0)  # that of the tutorial's table


def open_app(page, url):
    page.goto(url)
    wait_until_drawn(page)


def wait_until_drawn(page):
    page.wait_for_function(
        """() => ["network", "loss", "prediction"].every((name) =>
             document.querySelector(`.st-key-${name} .js-plotly-plot .trace`))
           && document.querySelector('[data-testid="loss"]')?.textContent"""
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


def go_to(page, epoch):
    epoch_slider(page).fill(str(epoch))
    expect(shown(page, "epoch")).to_have_text(str(epoch))


def wait_for_epoch(page, at_least):
    page.wait_for_function(
        "(least) => Number(document.querySelector('[data-testid=epoch]').textContent) >= least",
        arg=at_least,
    )


def wait_for_server(page, run, epoch, question=QUESTION):
    """Wait until pointing at the network says the numbers of that epoch, which the server sends."""
    page.wait_for_function(
        """([neurons, synapses]) => {
             const said = hoverTexts();
             const same = (a, b) => b.length && a.every((text, i) => text === b[i % b.length]);
             return !said.held && same(said.neurons, neurons) && same(said.synapses, synapses);
           }""",
        arg=list(captions(run, epoch, question).values()),
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


def record(*hidden, seed=0, rate=1.0, epochs=1000, table="data/exam_scores.csv"):
    """The run that the page ought to show; hidden: neurons a layer, 3 if not given."""
    data = nnviz.Dataset(table if hasattr(table, "columns") else nnviz.read_table(table))
    sizes = [data.X.shape[1], *(hidden or (3,)), 1]
    return nnviz.train(nnviz.Network.random(sizes, seed), data, epochs, rate)


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
    assert float(seen["loss"]) == float(f"{run.loss[epoch]:.6g}")
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
    assert np.allclose(seen["point"], [epoch, run.loss[epoch]], rtol=1e-3, atol=1e-3)
    assert seen["played"] is None or abs(seen["played"] - epoch) < 1e-6 * run.epochs
    assert np.allclose(seen["guesses"], guesses, atol=1e-3 * data.label_scale)
    assert np.allclose(seen["gaps"], guesses[: len(data.inputs)], atol=1e-3 * data.label_scale)


def forward(weights, X):
    layers = [X]
    for w in weights:
        layers.append(1 / (1 + np.exp(-layers[-1] @ w)))
    return layers


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
    """The same as painted, in a large network by where each band's lines begin and end."""
    looks = [(line["stroke"], line["width"], line["opacity"]) for line in seen["lines"]]
    if not strokes_for(sizes).banded:
        return looks
    discs, found = np.array(seen["discs"]), {}
    for line, stroke in zip(seen["lines"], looks):
        for piece in line["d"].split("M")[1:]:
            if "L" in piece:
                ends = np.array([xy.split(",") for xy in piece.split("L")], dtype=float)
                a, b = (int(np.abs(discs - end).sum(axis=1).argmin()) for end in ends)
                found[a, b] = stroke
    starts = np.cumsum([0, *sizes])
    return [
        found.get((starts[layer] + i, starts[layer + 1] + j))
        for layer, (n_in, n_out) in enumerate(zip(sizes, sizes[1:]))
        for i in range(n_in)
        for j in range(n_out)
    ]
