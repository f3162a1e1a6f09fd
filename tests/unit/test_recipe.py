import dataclasses
import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from runs import EXAM
from tables import fuzz

import nnviz
from nnviz import Dataset, Network, Recipe, RecipeError, TableError, train
from nnviz.engine.recipe import VERSION
from nnviz.engine.roles import Roles

CELLS = st.floats(-1e15, 1e15, allow_nan=False)


@st.composite
def recipes(draw):
    """Any recipe: tables with questions, every field away from its default."""
    inputs, rows = draw(st.integers(1, 3)), draw(st.integers(1, 5))
    columns = {
        draw(st.text("abä<é→ \"'\\", min_size=1, max_size=4).map(str.strip)) + f"_{k}": draw(
            st.lists(CELLS, min_size=rows, max_size=rows)
        )
        for k in range(inputs)
    }
    scores = draw(st.lists(st.floats(0, 100) | st.none(), min_size=rows, max_size=rows))
    table = pd.DataFrame(columns | {"score": scores}, dtype=float)
    table.iloc[0, :] = 1.0  # a training row, and no column of zeros
    return Recipe(
        table,
        hidden=tuple(draw(st.lists(st.integers(1, 32), max_size=3))),
        seed=draw(st.integers(0, 2**63 - 1)),
        learning_rate=draw(st.floats(1e-3, 1e3)),
        label_scale=draw(st.none() | st.floats(100, 1e6)),
    )


def test_what_a_recipe_is_not_told_is_the_tutorials():
    run, same = Recipe(EXAM).train(1000), train(Network.random([2, 3, 1], 0), Dataset(EXAM))
    assert np.array_equal(run.loss, same.loss)
    assert np.array_equal(run.kept, same.kept)
    assert run.predict([[4, 8]])[0, 0] == same.predict([[4, 8]])[0, 0]


def test_a_run_knows_its_recipe():
    recipe = Recipe(EXAM, hidden=(5,), seed=3, learning_rate=0.5)
    run = recipe.train(10)
    assert run.recipe is recipe
    assert (run.sizes, run.learning_rate, run.epochs) == ((2, 5, 1), 0.5, 10)


def test_a_recipe_does_not_change():
    recipe = Recipe(EXAM)
    with pytest.raises(dataclasses.FrozenInstanceError):
        recipe.seed = 1
    table = EXAM.copy()
    recipe = Recipe(table)
    table.iloc[0, 0] = 99
    assert recipe.data.inputs[0, 0] == 2


OTHERS = {
    "table": EXAM.assign(study=[2.0, 1, 3, 5]),
    "hidden": (4,),
    "seed": 1,
    "learning_rate": 0.5,
    "label_scale": 200.0,
    "roles": Roles.of_numbers(3, labels=2),
    "weights": (np.ones((2, 3)), np.ones((3, 1))),
}


def test_every_field_of_a_recipe_is_part_of_its_key():
    fields = {field.name for field in dataclasses.fields(Recipe) if field.init}
    assert fields == OTHERS.keys() | {"update"}  # which test_updates.py changes
    recipes = [Recipe(EXAM)]
    whole = EXAM.dropna()  # two labels can't both be blank in a question
    recipes += [
        Recipe(**({"table": whole if name == "roles" else EXAM} | {name: value}))
        for name, value in OTHERS.items()
    ]
    recipes += [Recipe(EXAM.rename(columns={"study": "hours"})), Recipe(whole)]
    assert len({recipe.key for recipe in recipes}) == len(recipes)
    assert len(set(recipes)) == len(recipes)


def test_equal_recipes_have_equal_keys_however_the_table_was_typed():
    typed = nnviz.read_table(b"study;sleep;score\n2,0;9;92\n1;5;86\n3;6;89\n4;8;?\n")
    assert Recipe(typed) == Recipe(EXAM)
    assert hash(Recipe(typed)) == hash(Recipe(EXAM))
    assert Recipe(Dataset(EXAM)).key == Recipe(EXAM).key
    assert Recipe(EXAM) != "something else"


def test_but_changes_what_it_is_told_and_nothing_else():
    recipe = Recipe(EXAM, hidden=(5,), seed=3, learning_rate=0.5, label_scale=200.0)
    other = recipe.but(seed=4)
    assert (other.seed, other.hidden, other.learning_rate) == (4, (5,), 0.5)
    assert other.data is recipe.data
    assert other.but(seed=3) == recipe
    assert recipe.but(label_scale=None).data.label_scale == 100
    assert recipe.but(table=EXAM.iloc[:2]).data.label_scale == 200


def test_given_weights_are_where_it_starts():
    weights = Network.random([2, 4, 1], seed=9).weights
    recipe = Recipe(EXAM, weights=tuple(weights))
    assert recipe.hidden == (4,)
    assert all(np.array_equal(a, b) for a, b in zip(recipe.network().weights, weights))
    weights[0][0, 0] = 77
    assert recipe.network().weights[0][0, 0] != 77
    assert recipe.but(seed=9).weights is None


@pytest.mark.long
@fuzz
@given(recipes())
def test_json_gives_the_same_recipe_again(recipe):
    again = nnviz.from_json(recipe.to_json())
    assert again == recipe
    assert again.to_json() == recipe.to_json()


def test_json_holds_given_weights_to_the_last_bit():
    recipe = Recipe(EXAM, weights=tuple(Network.random([2, 3, 3, 1], seed=1).weights))
    again = nnviz.from_json(recipe.to_json())
    assert again == recipe
    assert all(np.array_equal(a, b) for a, b in zip(again.weights, recipe.weights))


def test_json_is_what_a_person_can_read():
    assert json.loads(nnviz.to_json(Recipe(EXAM).train(0))) == {
        "nnviz": 2,
        "columns": ["study", "sleep", "score"],
        "rows": [[2, 9, 92], [1, 5, 86], [3, 6, 89], [4, 8, None]],
        "hidden": [3],
        "seed": 0,
        "learning_rate": 1,
        "label_scale": None,
        "roles": {
            "columns": [
                ["input", "numbers", "largest"],
                ["input", "numbers", "largest"],
                ["label", "numbers", "full scale"],
            ],
            "rows": {},
            "blanks": "refuse",
        },
        "update": "gradient descent",
    }


ROLES = json.loads(Recipe(EXAM).to_json())["roles"]


def changed(**changes):
    content = json.loads(Recipe(EXAM).to_json()) | changes
    return json.dumps({name: value for name, value in content.items() if value != "gone"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "can't be read as JSON"),
        ("[" * 100_000, "can't be read as JSON"),
        ("[]", "no recipe of nnviz"),
        ("{}", "no recipe of nnviz"),
        (changed(nnviz=VERSION + 1), "written by a newer nnviz"),
        (changed(nnviz=True), "no recipe of nnviz"),
        (changed(flavour="sweet"), "“flavour” is unknown here"),
        (changed(hidden="three"), "“hidden” must be a list"),
        (changed(hidden=[2.5]), "Hidden neurons must be a whole number, not 2.5"),
        (changed(hidden=[0]), "Hidden neurons must be 1 or more"),
        (changed(seed=-1), "The seed must be 0 or more"),
        (changed(seed=True), "The seed must be a whole number"),
        (changed(learning_rate="fast"), "The learning rate must be a number above 0, not fast"),
        (changed(learning_rate=0), "The learning rate must be a number above 0"),
        (changed(learning_rate=math.inf), "The learning rate must be a number above 0"),
        (changed(label_scale="wide"), "The full scale must be a number above 0, not wide"),
        (changed(label_scale=True), "The full scale must be a number above 0"),
        (changed(labels=2), "“labels” is unknown here"),
        (changed(nnviz=1, labels=3), "3 of 3 columns can't be labels"),
        (changed(nnviz=1, labels=1.0), "Labels must be a whole number"),
        (changed(roles=3), "These roles of columns and rows can't be read"),
        (changed(roles={"columns": []}), "roles for 0 columns, but 3 columns"),
        (changed(roles={"columns": [["boss"]] * 3}), "A column's role can't be “boss”"),
        (changed(roles={"columns": [["input"]] * 3}), "a column to learn from and one to predict"),
        (changed(roles={"columns": [["label", "numbers", "largest"]] * 3}), "scaling can't be"),
        (changed(roles=ROLES | {"rows": {"0": "question"}}), "Row 0 can't be “question”"),
        (changed(roles=ROLES | {"rows": {"1": "lost"}}), "Row 1 can't be “lost”"),
        (changed(roles=ROLES | {"blanks": "guess"}), "Blanks can't be dealt with by “guess”"),
        (changed(update="luck"), "There is no update rule named “luck”"),
        (changed(update=["luck"]), "There is no update rule"),
        (changed(weights=[[1, 2]]), "These weights make no network"),
        (changed(weights=[[["a"]]]), "These weights make no network"),
        (changed(weights=[[[1], [1], [1]]]), "takes 3 inputs and gives 1 outputs"),
        (changed(columns="gone"), "“columns” must be a list"),
        (changed(columns=[1, 2, 3]), "“columns” must be a list of names"),
        (changed(columns=["a", "a", "b"]), "Two columns are named “a”"),
        (changed(rows=[[1, 2]]), "Row 1 has 2 cells, not 3"),
        (changed(rows=[[1, "two", 3]]), "Row 1: sleep is “two”"),
        (changed(rows=[[1, True, 3]]), "Row 1 holds something that is no number and no text"),
        (changed(rows=[[1, 10**400, 3]]), "too large"),
        (changed(rows=[]), "There is no row to learn from"),
        (changed(rows=[[1, 2, 3]] * 10_001), "at most 10,000"),
    ],
)
def test_what_is_no_recipe_is_refused_in_a_sentence(text, words):
    with pytest.raises((RecipeError, TableError)) as error:
        Recipe.from_json(text)
    assert words in str(error.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)
FIELDS = st.sampled_from(sorted(json.loads(Recipe(EXAM).to_json()) | {"weights": 0}))


@pytest.mark.long
@fuzz
@given(st.dictionaries(FIELDS, JSON))
@example({"rows": [[1, 2, 3, 4]] * 3})
def test_any_json_is_a_recipe_or_refused_in_a_sentence(changes):
    try:
        recipe = Recipe.from_json(changed(**changes))
    except (RecipeError, TableError) as error:
        assert str(error)
    else:
        assert recipe.key


def test_a_recipe_of_the_first_version_is_read_as_it_was_meant():
    content = {"nnviz": 1, "columns": ["a", "id"], "rows": [[1.99, 1], [2, 2], [2.01, 3]]}
    recipe = Recipe.from_json(json.dumps(content))
    assert recipe.roles == Roles.of_numbers(2)
    assert (recipe.learning_rate, recipe.data.label_scale) == (1, 10)


def test_what_is_proposed_is_part_of_the_recipe():
    table = pd.DataFrame({"x": range(300), "y": range(300)})
    recipe = Recipe(table)
    assert recipe.learning_rate == 0.1
    assert recipe.roles == recipe.data.roles
    assert nnviz.from_json(recipe.to_json()).learning_rate == 0.1


def test_another_table_with_the_same_columns_has_the_same_roles():
    recipe = Recipe(EXAM, roles=Roles.of_numbers(3))
    negative = EXAM.assign(score=[-1, 86, 89, None])
    with pytest.raises(TableError, match="below 0"):
        recipe.but(table=negative)
    assert recipe.but(table=negative.rename(columns={"study": "hours"})).roles != recipe.roles
