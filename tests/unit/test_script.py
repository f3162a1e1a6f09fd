"""The script prints the page's numbers, and is code that a teacher would hand out."""

import ast
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import as_shown, last_lines
from runs import EXAM, QUESTION, exam_run

from nnviz import ExportError, Recipe, to_script
from nnviz.engine.moment import moment_at
from nnviz.engine.roles import INPUT, Roles
from nnviz.engine.scaling import INPUT_SCALINGS
from nnviz.engine.updates import UPDATES
from nnviz.writing import loss_text

README = Path(__file__).parents[2] / "README.md"
LONG = pd.DataFrame(np.random.default_rng(1).uniform(-50, 90, (300, 4)), columns=list("abcd"))
LONG["d"] = LONG["d"].abs()
CARS = pd.DataFrame(
    {
        "brand": ["Opel", "BMW", "Opel", "Fiat"],
        "dented": ["yes", "no", "no", "yes"],
        "year": [1999, 2001, 2004, 2005],
        "price": [500, 9000, 4000, 3000],
    }
)
CLASSES = pd.DataFrame({"size": [1, 2, 8, 9], "kind": ["cat", "cat", "dog", "cow"]})
COLD = pd.DataFrame({"hour": [0, 6, 12, 18], "degrees": [-12, -8.5, 3, -1]})
ONE_ROW = pd.DataFrame({"x": [2.0], "y": [3.0]})
LARGE = pd.DataFrame({"x": [1e15, 3e14], "y": [2e14, 7e13]})


def scaled(scaling):
    """The exam's columns, its inputs scaled in that way."""
    roles = Recipe(EXAM).roles
    columns = [replace(c, scaling=scaling) if c.role == INPUT else c for c in roles.columns]
    return replace(roles, columns=tuple(columns))


CASES = {
    "the tutorial's": (Recipe(EXAM), 202, None),
    "before any training": (Recipe(EXAM), 0, None),
    "one epoch": (Recipe(EXAM), 1, (2.5, 6)),
    "to the end": (Recipe(EXAM, seed=2**63 - 1, learning_rate=0.1), None, QUESTION),
    "no hidden layer": (Recipe(EXAM, hidden=()), 40, None),
    "two hidden layers": (Recipe(EXAM, hidden=(4, 2)), 80, (-3, 1e6)),
    "three of the largest": (Recipe(EXAM, hidden=(32, 32, 32)), 100, None),
    "a rate of 100": (Recipe(EXAM, learning_rate=100), 300, None),
    "a rate of 1e6": (Recipe(EXAM, learning_rate=1e6), 20, None),
    "weights written in": (
        Recipe(EXAM, weights=(np.array([[1, -2], [3, 4]]), np.array([[0], [1]]))),
        70,
        None,
    ),
    "a full scale": (Recipe(EXAM, label_scale=250), 60, None),
    "a long table": (Recipe(LONG, hidden=(5,), learning_rate=0.01), 90, None),
    "one row": (Recipe(ONE_ROW), 500, None),
    "texts, yes and no": (Recipe(CARS, hidden=(4,)), 120, ("BMW", "no", 2003)),
    "classes": (Recipe(CLASSES, hidden=(4,)), 120, None),
    "a negative label": (Recipe(COLD), 90, (3,)),
    "two labels": (Recipe(EXAM.iloc[:3], roles=Roles.of_numbers(3, 2)), 60, None),
    **{
        f"inputs scaled by {name}": (Recipe(EXAM, roles=scaled(name)), 80, None)
        for name in INPUT_SCALINGS
    },
    "large numbers": (Recipe(LARGE), 30, None),
}


@pytest.mark.long
@pytest.mark.parametrize("case", CASES)
def test_it_prints_what_the_page_shows(case, tmp_path):
    recipe, epoch, question = CASES[case]
    run = recipe.train(epoch if epoch is not None and epoch > 500 else 500)
    script = to_script(run, epoch, question)
    assert last_lines(script, tmp_path) == as_shown(moment_at(run, epoch, question))


@st.composite
def moments(draw):
    inputs, rows = draw(st.integers(1, 4)), draw(st.integers(1, 12))
    table = np.random.default_rng(draw(st.integers(0, 999))).normal(size=(rows, inputs + 1))
    table *= draw(st.sampled_from([0.01, 1, 1000]))
    table[:, -1] = np.abs(table[:, -1])
    recipe = Recipe(
        pd.DataFrame(table, columns=[f"c{k}" for k in range(inputs + 1)]),
        hidden=tuple(draw(st.lists(st.integers(1, 8), max_size=3))),
        seed=draw(st.integers(0, 99)),
        learning_rate=draw(st.sampled_from([1.0, 1 / 3, 0.02, 7.0, 60.0])),
    )
    question = draw(st.lists(st.floats(-1e4, 1e4), min_size=inputs, max_size=inputs))
    epochs = draw(st.integers(0, 60))
    return moment_at(recipe.train(epochs + draw(st.integers(0, 9))), epochs, question)


@pytest.mark.long
@given(moments())
@settings(max_examples=150, deadline=None, database=None)
def test_it_agrees_to_the_last_digit_whatever_the_recipe(moment):
    printed = []
    code = compile(to_script(moment.run, moment.epoch, moment.question), "script", "exec")
    with np.errstate():  # a script may ask for silence
        exec(code, {"print": printed.append})
    assert printed[-2:] == as_shown(moment)


def test_the_tutorials_program_is_some_sixty_lines_of_its_own_names():
    script = to_script(exam_run(epochs=202), 202)
    lines = [line for line in script.splitlines() if line.strip()]
    assert len([line for line in lines if not line.strip().startswith("#")]) <= 60
    assert len(lines) <= 75
    assert max(map(len, lines)) <= 100
    names = {node.id for node in ast.walk(ast.parse(script)) if isinstance(node, ast.Name)}
    assert {"z2_error", "z2_delta", "o_error", "o_delta", "sigmoid_prime", "W1", "W2"} <= names


def test_a_seed_draws_the_weights_and_given_ones_are_written_in():
    drawn = to_script(Recipe(EXAM, seed=7).train(3))
    assert "default_rng(seed=7)" in drawn
    given = to_script(Recipe(EXAM, weights=Recipe(EXAM, seed=7).network().weights).train(3))
    assert "default_rng" not in given
    assert repr(float(Recipe(EXAM, seed=7).network().weights[0][0, 0])) in given


def test_by_default_it_is_the_last_epoch_and_the_tables_own_question():
    run = Recipe(EXAM).train(30)
    assert to_script(run) == to_script(run, 30, (4, 8))
    without = Recipe(EXAM.iloc[:3]).train(30)
    assert "question = np.array([[2, 9]])" in to_script(without)


def test_the_same_recipe_makes_the_same_text():
    assert to_script(Recipe(EXAM).train(50), 20) == to_script(Recipe(EXAM).train(80), 20)


def test_the_graders_lines_in_the_readme_tell_right_from_wrong(tmp_path):
    """As a teacher would use them, on a learner's program that is right and one that is not."""
    blocks = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    (grader,) = (block for block in blocks if "learner-1.py" in block)
    assert len(grader.splitlines()) == 5
    script = to_script(exam_run(epochs=202))
    files = {
        "grade.py": grader,
        "nnviz.py": script,
        "right.py": script.replace('print(f"epoch', 'str(f"'),
        "wrong.py": script.replace("W2 +=", "W2 -="),
        "broken.py": "import nothing_of_that_name",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, "utf-8")
    command = [sys.executable, "grade.py", "nnviz.py", "right.py", "wrong.py", "broken.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    said = ["right.py right", "wrong.py not yet", "broken.py not yet"]
    assert done.stdout.splitlines() == said, done.stderr


NAMES = [
    "a\nimport os",
    "a\rprint(1)",
    'a"""',
    "<b>x</b>",
    "coding: utf-7",
    "\u202eevil",
    "x\x0cy",
    "{z}",
    "\\",
]


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_in_its_comment(name, tmp_path):
    table = EXAM.rename(columns={"study": name})
    run = Recipe(table).train(5)
    script = to_script(run, name=name)
    plain = ast.dump(ast.parse(to_script(Recipe(EXAM).train(5))))
    assert ast.dump(ast.parse(script)) == plain
    assert all(line.isprintable() for line in script.splitlines())
    assert last_lines(script, tmp_path) == as_shown(moment_at(run))


def test_what_overflows_rightly_says_nothing_and_what_does_not_has_no_line_for_it():
    assert "seterr" in to_script(Recipe(EXAM, learning_rate=1e6).train(20))
    assert "seterr" not in to_script(Recipe(EXAM).train(200))


def test_an_epoch_or_a_question_that_is_not_there_is_refused():
    run = exam_run(epochs=20)
    with pytest.raises(ValueError, match="Epoch 21 is not between 0 and 20"):
        to_script(run, 21)
    with pytest.raises(ValueError, match="Inputs must have shape"):
        to_script(run, 3, (1,))


def test_an_update_rule_without_a_script_is_refused_with_its_name(monkeypatch):
    other = replace(next(iter(UPDATES.values())), name="another rule")
    monkeypatch.setitem(UPDATES, other.name, other)
    with pytest.raises(ExportError, match="another rule"):
        to_script(Recipe(EXAM, update=other.name).train(3))


@pytest.mark.parametrize("update", UPDATES)
def test_every_update_rule_that_the_page_offers_has_a_script(update, tmp_path):
    run = Recipe(EXAM, update=update).train(100)
    assert last_lines(to_script(run), tmp_path) == as_shown(moment_at(run))


@pytest.mark.parametrize("loss", [0.0, 1.0, 0.0264, 1e-4, 2.15e-6, 123.4, 99.96, 1234.5, 0.5])
def test_a_loss_is_formatted_as_the_page_writes_it(loss):
    from nnviz.export.program import _loss_format

    assert format(loss, _loss_format(loss)) == loss_text(loss)


@pytest.mark.parametrize("epochs", [3, 10, 202, 1000])
def test_the_reports_on_the_way_are_some_ten(epochs):
    printed = []
    script = to_script(Recipe(EXAM).train(epochs))
    exec(compile(script, "script", "exec"), {"print": printed.append})
    assert 3 <= len(printed) - 2 <= 15
