"""What the walk says of scaled inputs and of labels, and that its sums come out."""

import numpy as np
import pandas as pd
from runs import EXAM

from nnviz import Recipe
from nnviz.dissection import question_walk, walk_of, written_out
from nnviz.engine.moment import Moment
from nnviz.engine.roles import LABEL_OF_NUMBERS, Column, Roles


def moment_of(table, roles=None, epoch=3):
    run = Recipe(table, roles=roles).train(epoch)
    data = run.data
    asked = data.questions[0] if len(data.questions) else data.inputs[0]
    return Moment(run, epoch, tuple(asked))


def named(walk, name):
    return next(step for step in walk if step.name == name)


def test_the_tutorials_inputs_are_divided_by_the_largest():
    step = named(walk_of(moment_of(EXAM), 0), "X")
    assert step.formula == "X = inputs / largest"
    assert written_out(step, 0, 0).text == "2 / 3 = 0.6667"
    o = named(walk_of(moment_of(EXAM), 0), "o")
    assert "times 100 it stands beside the score of the table." in o.sentence


def test_shifted_inputs_are_written_out():
    years = pd.DataFrame({"year": [1990.0, 2003, 2020], "x": [1.0, 2, 3], "y": [1.0, 2, 3]})
    roles = Roles((Column(scaling="range"), Column(scaling="none"), LABEL_OF_NUMBERS))
    moment = moment_of(years, roles)
    step = named(walk_of(moment, 1), "X")
    assert step.formula == "X = (inputs − shift) / scale"
    assert written_out(step, 1, 0).text == "(2003 − 1990) / 30 = 0.4333"
    assert np.allclose(step.value, moment.data.X, rtol=0, atol=0)
    assert named(question_walk(moment), "X").value.shape == (1, 2)


def test_classes_and_ranges_are_said_as_what_they_are():
    flowers = pd.DataFrame({"w": [1.0, 2, 4, 3], "kind": ["a", "b", "a", "b"]})
    walk = walk_of(moment_of(flowers), 0)
    assert "of kind, the class whose output is the largest." in named(walk, "o").sentence
    assert "kind, 1 for the class it is and 0 for the others" in named(walk, "loss").sentence
    cold = pd.DataFrame({"h": [1.0, 2, 3], "degrees": [-10.0, 0, 10]})
    walk = walk_of(moment_of(cold), 0)
    assert "times 24 minus 12 it stands beside the degrees" in named(walk, "o").sentence
    assert "degrees plus 12, divided by 24" in named(walk, "loss").sentence
