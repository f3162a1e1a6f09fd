"""Tables of texts on the page: classes, categories, yes and no, blanks, several labels."""

import numpy as np
import pandas as pd
import pytest
from page import (
    drawn,
    edit,
    faults,
    figure,
    film,
    give_roles,
    labelled,
    link_of,
    opened,
    paste,
    readout,
)

from nnviz import Dataset, Recipe, read_table
from nnviz.engine.network import forward
from nnviz.engine.roles import LABEL_OF_NUMBERS, Column, Roles

FLOWERS = read_table("data/iris.csv")
CARS = "brand,age,sold,price\n" + "\n".join(
    f"{'Opel' if k % 3 else 'Audi'},{k % 7},{'yes' if k % 2 else 'no'},{20 - 2 * (k % 7)}"
    for k in range(14)
)


def outputs_at(recipe, epoch, asked):
    """What the network answers, computed by the tutorial's forward pass alone."""
    run = recipe.train(epoch)
    return forward(run.network(epoch).weights, run.data.scale([asked]))[1][-1][0]


def test_a_species_is_told_with_its_share():
    at = opened()
    labelled(at.selectbox, "Table").set_value("Iris")
    at = drawn(at)
    at.session_state.epoch = 300
    drawn(at)
    recipe = Recipe(FLOWERS)
    outputs = outputs_at(recipe, 300, [5.1, 3.5, 1.4, 0.2])
    names = sorted(set(FLOWERS["species"]))
    assert readout(at, "prediction") == names[int(outputs.argmax())]
    assert f"{100 * outputs.max() / outputs.sum():.1f} %" in " ".join(
        e.body for e in at.get("html")
    )
    assert recipe.learning_rate == 0.2
    assert labelled(at.number_input, "Learning rate").value == 0.2
    assert "0.2 is proposed: 30 ÷ 150" in " ".join(c.value for c in at.caption)


def test_the_film_holds_each_rows_share_of_its_own_species_and_whether_it_is_right():
    at = opened()
    labelled(at.selectbox, "Table").set_value("Iris")
    header, arrays = film(drawn(at))
    recipe, names = Recipe(FLOWERS), sorted(set(FLOWERS["species"]))
    shown = np.unique(np.linspace(0, 149, 40).round().astype(int))
    known = [names.index(species) for species in FLOWERS["species"].iloc[shown]]
    assert header["rows"]["known"] == known
    run = recipe.train(1000)
    for epoch in (0, 50, 1000):
        o = forward(run.network(epoch).weights, run.data.X[shown])[1][-1]
        shares = o / o.sum(axis=1, keepdims=True)
        assert np.allclose(arrays["prediction.guesses"][epoch], shares[range(40), known], atol=1e-6)
        assert arrays["prediction.classes"][epoch][:40].tolist() == o.argmax(axis=1).tolist()
    drawing = figure(at, "prediction")
    assert drawing["layout"]["xaxis"]["title"]["text"] == "share of the true species"


def test_texts_are_asked_by_name_and_come_back_with_the_link():
    at = paste(opened(), CARS)
    assert not at.error
    brand = labelled(at.selectbox, "brand")
    assert (list(brand.options), brand.value) == (["Audi", "Opel"], "Audi")
    brand.set_value("Opel")
    labelled(at.selectbox, "sold").set_value("yes")
    at = drawn(at)
    at.session_state.epoch = 40
    drawn(at)
    table = pd.read_csv(__import__("io").StringIO(CARS))
    outputs = outputs_at(Recipe(table), 40, [0, 1, 0, 1])
    said = readout(at, "prediction")
    assert abs(float(said) - 100 * outputs[0]) < 0.006
    again = opened(link_of(at))
    assert readout(again, "prediction") == said
    assert labelled(again.selectbox, "brand").value == "Opel"


@pytest.mark.long
def test_rows_with_blanks_are_left_out_or_filled_by_one_click():
    text = "a,b,y\n1,2,3\n,4,5\n6,,7\n8,9,4"
    at = paste(opened(), text)
    assert "Row 2: a is blank" in faults(at)[0]
    labelled(at.button, "Leave out the 2 rows with blanks").click()
    at = drawn(at)
    assert not at.error
    assert at.session_state.read.data.training_rows.tolist() == [1, 4]
    at = paste(opened(), text)
    labelled(at.button, "Fill in the columns’ means").click()
    at = drawn(at)
    assert at.session_state.read.data.inputs.tolist() == [[1, 2], [5, 4], [6, 5], [8, 9]]


@pytest.mark.long
def test_of_several_labels_one_is_looked_at():
    rows = [[1, 20, -5], [2, 35, 4], [3, 52, 9], [4, 61, 12]]
    table = pd.DataFrame(rows, columns=["a", "x", "y"])
    at = paste(opened(), table.to_csv(index=False))
    roles = Roles((Column(), LABEL_OF_NUMBERS, Column("label", "numbers", "range")))
    at = give_roles(at, roles)
    at.session_state.epoch = 100
    at = drawn(at)
    recipe = Recipe(table, roles=roles)
    said = recipe.train(100).predict([[1]])[0]
    assert abs(float(readout(at, "prediction")) - said[0]) < 0.006
    labelled(at.selectbox, "Which label").set_value(1)
    at = drawn(at)
    assert abs(float(readout(at, "prediction")) - said[1]) < 0.006
    assert readout(opened(link_of(at)), "prediction") == readout(at, "prediction")


def test_what_was_proposed_for_a_table_is_said():
    at = paste(opened(), "id,town,x,y\n" + "\n".join(f"{k},t{k},{k % 3},{k}" for k in range(1, 9)))
    told = " ".join(caption.value for caption in at.caption).replace("\\", "")
    assert "id is left out: it only numbers the rows." in told
    assert "town is left out: it names the rows" in told
    assert at.session_state.read.data.input_names == ["x"]


def test_a_kind_stays_what_it_is_while_one_types():
    at = opened()
    labelled(at.selectbox, "Table").set_value("Iris")
    at = edit(drawn(at), {0: {"sepal length": "long"}})
    assert "Row 1: sepal length is “long”" in faults(at)[0]
    at = edit(at, {0: {"species": "rose"}})
    assert not at.error
    assert at.session_state.read.data.output_names[0] == "species = rose"
    assert Dataset(FLOWERS).output_names[0] == "species = setosa"
