"""Tables of many columns and rows: what is folded away, and what is said of it."""

import numpy as np
import pandas as pd
import pytest
from page import drawn, edit, labelled, opened, paste, prediction

from nnviz import Dataset
from nnviz.page.pictures import rows_shown


def wide(inputs, rows=20, questions=0):
    values = np.random.default_rng(inputs).uniform(1, 99, (rows, inputs + 1)).round(2)
    table = pd.DataFrame(values, columns=[f"c{k}" for k in range(inputs)] + ["label"])
    table.loc[rows - questions :, "label"] = np.nan
    return table


def pasted(table):
    return paste(opened(), table.to_csv(index=False))


def folded(at):
    return [part.label for part in at.expander]


@pytest.mark.parametrize(("inputs", "label"), [(6, []), (7, ["All 7 inputs"])])
def test_more_than_six_inputs_are_folded_away(inputs, label):
    at = pasted(wide(inputs))
    assert folded(at) == label
    assert labelled(at.number_input, f"c{inputs - 1}").value == wide(inputs).iloc[0, inputs - 1]


def test_a_row_fills_the_inputs_and_is_what_is_asked():
    table = wide(10, questions=2)
    at = pasted(table)
    for number in (3, 20, 1):
        labelled(at.number_input, "Ask what a row asks").set_value(number)
        drawn(at)
        row = table.iloc[number - 1, :10].tolist()
        assert list(at.session_state.question) == row
        assert [labelled(at.number_input, f"c{k}").value for k in range(10)] == row
        data = at.session_state.read.data
        run = at.session_state.shown.train(1000)
        assert (
            prediction(at)
            == f"{data.unscale(run.network(0).forward(data.scale([row]))[-1])[0, 0]:.2f}"
        )


def test_a_blank_row_asks_nothing():
    at = edit(pasted(wide(8)), {4: dict.fromkeys(wide(8))})
    assert 5 not in at.session_state.read.data.training_rows
    before = at.session_state.question
    labelled(at.number_input, "Ask what a row asks").set_value(5)
    assert drawn(at).session_state.question == before


@pytest.mark.long
def test_the_label_stays_in_sight_where_columns_are_many():
    for inputs, pinned in ((2, False), (3, False), (4, True), (10, True)):
        at = pasted(wide(inputs))
        columns = at.data_editor[0].proto.columns
        assert ('"pinned": true' in columns) is pinned


@pytest.mark.long
@pytest.mark.parametrize(
    ("rows", "questions", "said"),
    [
        (40, 0, ""),
        (442, 0, "40 of 442 rows shown"),
        (1240, 0, "40 of 1,240 rows shown"),
        (142, 100, "40 of 42 rows and 40 of 100 questions shown"),
    ],
)
def test_how_many_of_the_rows_the_chart_shows_is_said(rows, questions, said):
    assert rows_shown(Dataset(wide(3, rows, questions))) == said
    at = pasted(wide(3, rows, questions))
    assert [c.value for c in at.caption if "shown" in c.value] == [said][: bool(said)]
