"""The PyTorch program trains the same network.

PyTorch is not among the tests' requirements, as on Linux its wheel on PyPI brings gigabytes for
graphics cards; the one for processors alone is named in tests/torch.txt, and `make test` takes it
where it can be had.
"""

import ast
import importlib.util

import numpy as np
import pytest
from programs import as_shown, last_lines, last_lines_of_each
from runs import EXAM
from test_script import CASES, NAMES

from nnviz import Recipe, to_torch
from nnviz.engine.moment import moment_at

needs_torch = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None,
    reason="There is no PyTorch here: tests/torch.txt says how to have one.",
)
# Its numbers go apart where a learning rate throws them about.
HELD = [case for case in CASES if not case.startswith("a rate")]
PRINTED = "print(repr(float(loss)))\nprint(repr(float(prediction[0, 0])))"


@needs_torch
@pytest.mark.long
def test_loss_and_prediction_agree(tmp_path):
    moments, programs = [], []
    for case in HELD:
        recipe, epoch, question = CASES[case]
        run = recipe.train(500)
        moments.append(moment_at(run, epoch, question))
        programs.append(f"{to_torch(run, epoch, question)}\n{PRINTED}")
    for case, moment, lines in zip(HELD, moments, last_lines_of_each(programs, tmp_path)):
        loss, prediction = map(float, lines)
        assert abs(loss - moment.loss) < 1e-6, case
        assert abs(prediction - moment.prediction[0]) < 1e-6 * moment.data.label_scale, case


@pytest.mark.long
@needs_torch
def test_its_last_two_lines_are_the_pages(tmp_path):
    run = Recipe(EXAM).train(300)
    assert last_lines(to_torch(run, 202), tmp_path) == as_shown(moment_at(run, 202))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_in_its_comment(name):
    script = to_torch(Recipe(EXAM.rename(columns={"study": name})).train(5), name=name)
    assert ast.dump(ast.parse(script)) == ast.dump(ast.parse(to_torch(Recipe(EXAM).train(5))))


def test_no_hidden_layer_and_three_are_programs_too():
    for hidden in ((), (2, 3, 4)):
        run = Recipe(EXAM, hidden=hidden).train(3)
        assert to_torch(run).count("nn.Linear(") == len(run.sizes) - 1
        assert np.isfinite(run.loss).all()
