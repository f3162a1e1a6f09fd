import numpy as np
from playwright.sync_api import expect
from screen import (
    button,
    counts_frames,
    go_to,
    look,
    record,
    shown,
    speed,
    wait_for_layout,
    wait_for_server,
)

import nnviz
from nnviz.charts import light as light_on
from nnviz.dissection import headings, neuron_slope, question_walk, weight_story
from nnviz.engine.moment import Moment
from nnviz.writing import rounded, short
from nnviz.writing import shown as digits


def view(page, name):
    page.get_by_text(name, exact=True).click()


def walk_to(page, number):
    while f"Step {number} of" not in page.locator(".st-key-tabs").inner_text():
        before = page.get_by_text("Step ").first.inner_text()
        button(page, "Next").click()
        expect(page.get_by_text("Step ").first).not_to_have_text(before)


def follow(page, whom):
    """Choose which rows the walk follows; it begins with the question."""
    page.get_by_role("combobox", name="Rows").click()
    page.get_by_role("option", name=whom).click()
    expect(page.get_by_role("combobox", name="Rows")).to_have_value(whom)


def jump(page, heading):
    """To a step, by the strip of them."""
    page.locator(".st-key-walk_step").get_by_text(heading, exact=True).click()


def matrices(page):
    """Every matrix on the sheet, by its full numbers."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".nnviz-sheet table")].map((table) =>
             [...table.tBodies[0].rows].map((row) =>
               [...row.querySelectorAll("td > *")].map((cell) =>
                 Number(cell.title.replaceAll("−", "-")))))"""
    )


def lit_cells(page, part):
    return page.locator(".nnviz-sheet table").nth(part).locator("td.lit").all_inner_texts()


def test_every_step_shows_the_engines_numbers_in_full(page):
    run = record()
    go_to(page, 37)
    expect(page.get_by_text("epoch 37 → 38")).to_be_visible()
    follow(page, "All rows")
    page.wait_for_function("document.querySelector('.nnviz-sheet tbody').rows.length === 3")
    walk = nnviz.anatomy(run, 37)
    for number in range(1, 13):
        walk_to(page, number)
        steps = [step for step in walk if step.number == number]
        expect(page.locator(".nnviz-formula")).to_have_text([step.formula for step in steps])
        expected = [np.atleast_2d(m.value) for step in steps for m in [*step.made_from, step]]
        seen = matrices(page)
        assert len(seen) == len(expected)
        assert all(np.array_equal(a, b) for a, b in zip(seen, expected))
    expect(button(page, "Next")).to_have_count(0)  # it is “Next epoch”
    assert np.array_equal(matrices(page)[2], run.network(38).weights[0])


def test_a_picked_cell_is_written_out_and_what_made_it_lights_up(page):
    follow(page, "All rows")
    walk_to(page, 2)
    result = page.locator(".nnviz-sheet table").nth(2)
    result.get_by_role("button").nth(1 + 3 * 2 + 1).click()  # past the copy button: row 3, h2
    expect(page.locator(".nnviz-written")).to_contain_text("z[row 3, h2]")
    X, W1, z = (step.value for step in _operands(2))
    assert lit_cells(page, 0) == [rounded(v) for v in X[2]]
    assert lit_cells(page, 1) == [rounded(v) for v in W1[:, 1]]
    expect(page.locator(".nnviz-written")).to_contain_text(f"= {rounded(z[2, 1])}")


def _operands(number):
    (step,) = [s for s in nnviz.anatomy(record(), 0) if s.number == number]
    return [*step.made_from, step]


def test_the_walk_can_keep_to_one_row(page):
    walk_to(page, 3)
    follow(page, "row 2: 1, 5")
    page.wait_for_function(
        "document.querySelector('.nnviz-sheet tbody th').textContent.includes('row 2')"
    )
    z2 = next(s for s in nnviz.anatomy(record(), 0) if s.name == "z2").value
    assert np.array_equal(matrices(page)[-1], z2[1:2])


def test_playing_puts_the_light_out_and_pausing_lights_the_new_epoch(page):
    run = record()
    follow(page, "All rows")
    walk_to(page, 3)
    page.wait_for_function("look().values[0] === ''")
    speed(page, 1)
    button(page, "Play").click()
    page.wait_for_function("look().values[0] === '1.33'")
    button(page, "Pause").click()
    epoch = int(shown(page, "epoch").inner_text())
    z2 = next(s for s in nnviz.anatomy(run, epoch) if s.name == "z2").value
    page.wait_for_function("(text) => look().values[2] === text", arg=short(z2[0, 0]))


def test_turning_the_light_off_shows_the_question_again(page):
    walk_to(page, 3)
    page.wait_for_function("look().values[0] === ''")
    page.get_by_text("On the network").click()
    page.wait_for_function("look().values[0] === '1.33'")


def wait_for_light(page, light):
    """Wait until values, legend and what pointing says are those of the light."""
    page.wait_for_function(
        """({ neurons, legend, captions }) => {
             const said = hoverTexts();
             const same = (a, b) => b.every((text, i) => text === a[i]);
             const shown = [...document.querySelectorAll(".nnviz-legend em")];
             return String(look().values) === String(neurons.map((text) => text ?? ""))
               && same(shown.map((el) => el.textContent), legend)
               && same(said.neurons, captions.neurons) && same(said.synapses, captions.synapses);
           }""",
        arg=light,
    )


def test_the_first_step_keeps_to_the_question_that_the_network_shows(page):
    run = record()
    names = look(page)["names"]
    moment = Moment(run, 0, (4, 8))
    button(page, "Next").click()
    wait_for_light(page, light_on(moment, question_walk(moment), 2, 0))
    assert look(page)["names"] == names
    assert matrices(page)[2] == [question_walk(moment)[1].value[0].tolist()]


def test_the_question_has_no_score_to_learn_from(page):
    run = record()
    said = page.get_by_text("The question has no score to compare with")
    walk_to(page, 5)
    assert said.count() == 0
    button(page, "Next").click()
    expect(said).to_be_visible()
    assert np.array_equal(matrices(page)[0], run.data.y)
    button(page, "all rows").click()
    expect(said).to_be_hidden()
    expect(page.get_by_role("combobox", name="Rows")).to_have_value("All rows")


def test_the_network_takes_part_and_pointing_says_what_is_drawn(page):
    run = record()
    follow(page, "row 2: 1, 5")
    walk_to(page, 2)
    for number in (1, 2, 5, 8, 9, 11, 12):
        jump(page, headings(2)[number - 1])
        expect(page.get_by_text(f"Step {number} of 12")).to_be_visible()
        light = light_on(Moment(run, 0), nnviz.anatomy(run, 0), number, 1)
        wait_for_light(page, light)
        lines = look(page)["lines"]
        dim = [line["opacity"] < 0.2 for line in lines]
        assert dim == [stroke is None for stroke in light["strokes"]]
        grey = "rgb(128, 128, 128)"  # a colour would say something, of what is not spoken of
        assert [line["stroke"] == grey for line in lines] == dim


def test_after_the_last_step_comes_the_next_epoch(page):
    run = record()
    follow(page, "All rows")
    walk_to(page, 2)
    jump(page, "new weights")
    said = page.get_by_text("On the network: the new weights, those of epoch 1.")
    expect(said).to_be_visible()
    expect(page.locator(".nnviz-loud")).to_have_text("new weights: epoch 1")
    button(page, "Next epoch").click()
    expect(page.get_by_text("epoch 1 → 2")).to_be_visible()
    expect(page.get_by_text("Step 1 of 12")).to_be_visible()
    expect(shown(page, "epoch")).to_have_text("1")
    walk_to(page, 2)
    assert np.array_equal(matrices(page)[1], run.network(1).weights[0])


def test_at_the_end_of_the_recording_the_walk_goes_on(page):
    go_to(page, 1000)
    expect(page.get_by_text("epoch 1,000 → 1,001")).to_be_visible()
    jump(page, "new weights")
    button(page, "Next epoch").click()
    expect(shown(page, "epoch")).to_have_text("1001")
    expect(page.get_by_text("epoch 1,001 → 1,002")).to_be_visible()


def test_light_and_row_survive_a_visit_to_another_view(page):
    follow(page, "row 2: 1, 5")
    walk_to(page, 3)
    for name in ("One weight", "σ and its slope", "By hand"):
        view(page, name)
        expect(page.locator(".st-key-walk")).to_be_hidden()
        view(page, "Walk")
        expect(page.get_by_text("Step 3 of 12")).to_be_visible()
        expect(page.get_by_text("On the network: row 2")).to_be_visible()
        assert (
            page.get_by_role("switch", name="On the network")
            .or_(page.get_by_role("checkbox", name="On the network"))
            .is_checked()
        )


def test_matrices_and_network_are_seen_together(page):
    """Whoever walks on need not scroll; where the matrices are many, the network stays."""
    follow(page, "All rows")
    for number in range(2, 13):
        walk_to(page, number)
        page.wait_for_function(
            """() => {
              const [bar, ...matrices] = [".nnviz-player", ".nnviz-matrices"].flatMap((all) =>
                [...document.querySelectorAll(all)].map((one) => one.getBoundingClientRect()));
              return matrices[0].bottom <= bar.top;
            }"""
        )
        wait_for_layout(page)
        tops = page.evaluate(
            """[...document.querySelectorAll(".st-key-network .point")].map((point) =>
                 point.getBoundingClientRect().top)"""
        )
        assert min(tops) > 0


def test_a_deeper_network_gets_steps_of_its_own(page):
    page.get_by_role("combobox", name="Hidden layers").click()
    page.get_by_role("option", name="2").click()
    expect(page.get_by_text("Step 1 of 16")).to_be_visible()


def test_one_weights_story(page):
    run = record()
    go_to(page, 37)
    wait_for_server(page, run, 37)
    view(page, "One weight")
    page.get_by_role("combobox", name="Synapse").click()
    page.get_by_role("option", name="W2: h2 → score").click()
    story = weight_story(Moment(run, 37), 2, 1, 0)
    expect(page.get_by_text("W2[h2, score] =").first).to_be_visible()
    expect(page.locator(".st-key-gradient-sheet")).to_contain_text(digits(story.gradient))
    expect(page.locator(".st-key-gradient-sheet")).to_contain_text(digits(story.relative_error))
    expect(page.get_by_text("2/3").first).to_be_visible()  # how ½·Σ and the mean differ


def wait_for_marker(page, name, x, y):
    page.wait_for_function(
        """([name, x, y]) => {
             const at = markerOf(name);
             return at && Math.abs(at[0] - x) < 1e-3 * Math.abs(x) + 2e-3
               && Math.abs(at[1] - y) < 1e-3;
           }""",
        arg=[name, x, y],
    )


@counts_frames
def test_the_weights_playhead_moves_along_its_curve_in_every_frame(page):
    run = record()
    view(page, "One weight")
    wait_for_marker(page, "weight", 0, run.network(0).weights[0][0, 0])
    page.evaluate("window.before = document.querySelector('.st-key-weight .js-plotly-plot')")
    speed(page, 1)
    go_to(page, 700)
    wait_for_marker(page, "weight", 700, run.network(700).weights[0][0, 0])
    seen = page.evaluate(
        """async (button) => {
             const seen = [];
             button.click();
             while (seen.length < 40) {
               await new Promise(requestAnimationFrame);
               seen.push([Number(look().epoch), ...markerOf("weight")]);
             }
             button.click();
             return seen;
           }""",
        button(page, "Play").element_handle(),
    )
    assert seen[-1][0] > 710
    for epoch, x, y in seen:
        assert abs(x - epoch) < 0.1
        assert abs(y - run.network(epoch).weights[0][0, 0]) < 1e-4
    assert page.evaluate("before.isConnected")


def test_stepping_moves_the_point_and_the_tangent_on_the_sigmoid(page):
    run = record()
    view(page, "σ and its slope")
    neuron = neuron_slope(Moment(run, 0), 1, 0, 0)
    wait_for_marker(page, "slope", neuron.z, neuron.s)
    page.evaluate("window.before = document.querySelector('.st-key-slope .js-plotly-plot')")
    go_to(page, 500)
    neuron = neuron_slope(Moment(run, 500), 1, 0, 0)
    wait_for_marker(page, "slope", neuron.z, neuron.s)
    expect(page.get_by_text(f"row 1: z = {digits(neuron.z)}, ")).to_be_visible()
    assert page.evaluate("before.isConnected")


def test_sigma_and_its_slope(page):
    view(page, "σ and its slope")
    neuron = neuron_slope(Moment(record(), 0), 1, 0, 0)
    text = f"z = {digits(neuron.z)}, σ(z) = {digits(neuron.s)}, slope {digits(neuron.slope)}"
    expect(page.get_by_text(text)).to_be_visible()
    expect(page.get_by_text("Why s·(1 − s)")).to_be_visible()


def test_the_example_by_hand_is_one_click_away(page):
    view(page, "By hand")
    sheet = page.locator(".nnviz-sheet")
    for number in ("7.6", "3.9", "6.5", "0.9995", "0.9802", "1.789", "0.8567"):
        expect(sheet).to_contain_text(number)
    expect(sheet).to_contain_text("The tutorial prints 7.5")


def test_a_matrix_can_be_copied_in_full(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    follow(page, "All rows")
    walk_to(page, 2)
    button(page, "Copy z").click()
    text = page.evaluate("navigator.clipboard.readText()")
    rows = [line.split("\t") for line in text.splitlines()]
    assert rows[0] == ["", "h1", "h2", "h3"]
    z = _operands(2)[-1].value
    assert np.array_equal(np.array([row[1:] for row in rows[1:]], dtype=float), z)
